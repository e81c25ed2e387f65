"""Measure a foreign sheet before it is loaded.

Loading gives room to the whole rectangle between the first and the last cell, and a copy of its
text to each cell that shares it: two cells, or one long text, can ask for more memory than there
is. The measure is taken by expat, which stops at the first limit and refuses entities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST_ROW = 5_000
LAST_COLUMN = 200
MOST_CELLS = 50_000
MOST_SHARED_TEXT = 200_000_000
"""Letters that cells may share: cells of all sheets times the longest text."""

_REFERENCE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,9})")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)


class _TooLargeError(Exception):
    """A limit is passed; measuring stops."""


class _Extent:
    """Counts cells and follows their places, as far as they are given."""

    def __init__(self) -> None:
        self.cells = 0
        self.row = 0
        self.column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            self._cell(attributes.get("r"))

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        self.column += 1
        row = self.row
        if reference is not None:
            found = _REFERENCE.fullmatch(reference)
            if not found:
                raise _TooLargeError
            self.column, row = _column_number(found[1]), int(found[2])
        if row > LAST_ROW or self.column > LAST_COLUMN or self.cells > MOST_CELLS:
            raise _TooLargeError


class _Longest:
    """Finds the length of the longest shared text."""

    def __init__(self) -> None:
        self.longest = 0
        self._length = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text)
        self.longest = max(self.longest, self._length)


def check_extent(parts: Mapping[str, bytes], *, name: str) -> None:
    """Refuse a workbook whose sheets are larger than a questionnaire can be.

    Args:
        parts: the parts of the workbook by name.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if a sheet is too large, or a part is no well-formed XML.
    """
    try:
        is_small = _is_small(parts)
    except _TooLargeError:
        is_small = False
    except (expat.ExpatError, ValueError) as cause:
        raise ExchangeError(
            f"{name}: the file is damaged", hint="ask for it again, or save it again in Excel"
        ) from cause
    if not is_small:
        raise ExchangeError(
            f"{name}: a sheet is larger than any questionnaire",
            hint=f"keep to the form: {LAST_ROW} rows and {LAST_COLUMN} columns are the limit",
        )


def _is_small(parts: Mapping[str, bytes]) -> bool:
    cells = sum(_cells(parts[part]) for part in parts if _SHEET.fullmatch(part))
    longest = max((_longest(parts[part]) for part in parts if _TEXTS.fullmatch(part)), default=0)
    return cells * longest <= MOST_SHARED_TEXT


def _cells(content: bytes) -> int:
    extent = _Extent()
    parser = _parser()
    parser.StartElementHandler = extent.start
    parser.Parse(content, True)
    return extent.cells


def _longest(content: bytes) -> int:
    found = _Longest()
    parser = _parser()
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.text
    parser.Parse(content, True)
    return found.longest


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declaration: object) -> None:
    raise ValueError("a workbook has no document type")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
