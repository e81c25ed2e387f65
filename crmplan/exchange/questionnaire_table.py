"""Find the answers in a workbook: the columns by their keys, the rows by their ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from crmplan.assessment.form_fields import EVIDENCE, INTENTION, LEVEL, LEVELS, NOTE, REALITY, REASON
from crmplan.errors import ExchangeError
from crmplan.exchange.questionnaire_layout import ITEM, MARKS_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.exchange.workbook_cells import Rows

_TEXTS = (REASON, EVIDENCE, NOTE)
_ASK_AGAIN = "copy the answers into the form as it was sent, and send that"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that names an item or holds answers.

    Attributes:
        number: of the row, from 0.
        item: what stands in the hidden id column; empty if nothing does.
        cells: what was typed, by column key.
        places: number of each column, from 0, by column key.
    """

    number: int
    item: str
    cells: Mapping[str, str]
    places: Mapping[str, int]

    def cell(self, key: str) -> str:
        """Name a cell as Excel does, such as H12."""
        return str(xl_rowcol_to_cell(self.number, self.places[key]))


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """All rows with answers; ``has_layers`` if there are two level columns."""

    has_layers: bool
    rows: tuple[TableRow, ...]


def find_table(book: Mapping[str, Rows], *, name: str) -> AnswerTable:
    """Find the answers, wherever rows, columns and sheets were moved to.

    Rows without an id and without answers are left out: headings and empty ones.

    Raises:
        ExchangeError: if the sheet, or a column of it, is missing or there twice.
    """
    for sheet, rows in book.items():
        key_row = next((row for row in rows if ITEM in row), None)
        if key_row is not None and sheet != MARKS_SHEET:
            places = _places(key_row, name)
            return AnswerTable(INTENTION in places, _rows(rows, places))
    raise ExchangeError(
        f"{name}: the sheet with the answers is missing, or its hidden first row is",
        hint=_ASK_AGAIN,
    )


def _places(key_row: tuple[str, ...], name: str) -> dict[str, int]:
    levels = (INTENTION, REALITY) if INTENTION in key_row or REALITY in key_row else (LEVEL,)
    wanted = (ITEM, *levels, *_TEXTS)
    counted = Counter(key_row)
    if lost := [key for key in wanted if counted[key] != 1]:
        raise ExchangeError(
            f"{name}: columns are missing or there twice: {', '.join(lost)}", hint=_ASK_AGAIN
        )
    return {key: key_row.index(key) for key in wanted}


def _rows(rows: Rows, places: Mapping[str, int]) -> tuple[TableRow, ...]:
    found = []
    for number, row in enumerate(rows):
        cells = {key: row[place].strip() for key, place in places.items()}
        item = cells.pop(ITEM)
        if item != ITEM and (item or any(cells.values())):
            found.append(TableRow(number, item, cells, places))
    return tuple(found)


def level_columns(*, has_layers: bool, is_layered: bool) -> tuple[str, ...]:
    """Name the level columns that an item is answered in.

    Args:
        has_layers: whether the form has two level columns.
        is_layered: whether the item may be answered for plan and practice separately.
    """
    if not has_layers:
        return (LEVEL,)
    return (INTENTION, REALITY) if is_layered else (REALITY,)


def closed_columns(row: TableRow, open_columns: tuple[str, ...]) -> tuple[str, ...]:
    """Name the level columns that hold something although the item is not answered there."""
    return tuple(key for key in LEVELS if key not in open_columns and row.cells.get(key))
