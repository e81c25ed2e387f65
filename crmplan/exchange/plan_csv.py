"""A plan as comma-separated values, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import TYPE_CHECKING

from crmplan.exchange.plan_rows import PlanRow, plan_rows

if TYPE_CHECKING:
    from crmplan.report import Report

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(report: Report) -> str:
    """Write one row a task, under the names of the fields of ``PlanRow``."""
    names = [field.name for field in dataclasses.fields(PlanRow)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in plan_rows(report):
        writer.writerow([_cell(getattr(row, name)) for name in names])
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: object) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
