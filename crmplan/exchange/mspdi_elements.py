"""How the MS Project XML format writes values: elements, durations, and its numbers for kinds.

Source: Microsoft, Project 2007 XML Data Interchange Schema (mspdi_pj12.xsd); ``Active`` and
``Manual`` came with Project 2010.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

NAMESPACE = "http://schemas.microsoft.com/project"
TEXT1 = 188743731
"""The number of the custom field Text1 of tasks; it carries the id of the task in crmplan."""

LONGEST_NAME = 255
"""Characters that MS Project keeps of a name."""

LinkKind = Literal["FS", "SS", "FF", "SF"]
LINK_TYPES: Mapping[LinkKind, int] = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
ConstraintKind = Literal["ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT"]
CONSTRAINT_TYPES: Mapping[ConstraintKind, int] = {
    "ASAP": 0,
    "ALAP": 1,
    "MSO": 2,
    "MFO": 3,
    "SNET": 4,
    "SNLT": 5,
    "FNET": 6,
    "FNLT": 7,
}
FIXED_DURATION = 1
IN_DAYS = 7
NO_UID = -1

Value = str | int | bool | datetime | time | Decimal | None
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("[\t\n\u2028\u2029]+")


def add(parent: Element, name: str, /, **fields: Value) -> Element:
    """Add an element with fields, in the order in which they are given; None is left out."""
    element = SubElement(parent, name)
    fill(element, **fields)
    return element


def fill(element: Element, /, **fields: Value) -> None:
    """Add fields to an element, in the order in which they are given; None is left out."""
    for name, value in fields.items():
        if value is not None:
            SubElement(element, name).text = _written(value)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="seconds")
    return clean(str(value))


def clean(text: str) -> str:
    """Take out what XML cannot hold: control characters and halves of characters."""
    return _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """Write a name as MS Project keeps it: on one line, at most 255 characters."""
    return _LINE_ENDS.sub(" ", clean(text)).strip()[:LONGEST_NAME]


def duration(seconds: int) -> str:
    """Write working time as ``PT16H30M0S``; MS Project knows no days here."""
    minutes, rest = divmod(seconds, 60)
    return f"PT{minutes // 60}H{minutes % 60}M{rest}S"
