"""Read the tables of a filled workbook: sheets, rows and columns by their hidden keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from crmplan.errors import ExchangeError
from crmplan.exchange.table_workbook import HEADER_ROW, MARKS_SHEET, TABLE_MARK
from crmplan.exchange.workbook_cells import read_workbook
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.exchange.workbook_cells import Rows

_WRITE_AGAIN = "write the workbook again with: crmplan sheet write"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in which something was written.

    Attributes:
        file: what the file is called.
        number: of the row, from 0.
        key: what stands in the hidden column; empty for a row that was added.
        cells: what was written, by column key, stripped; empty cells are empty texts.
        places: number of each column, from 0.
    """

    file: str
    number: int
    key: str
    cells: Mapping[str, str]
    places: Mapping[str, int]

    def problem(self, column: str, code: str, message: str, hint: str | None = None) -> Problem:
        """Say what is wrong in a cell; a column that is not there means the row."""
        place = self.places.get(column, 0)
        cell = str(xl_rowcol_to_cell(self.number, place or min(self.places.values())))
        return Problem(
            Location(self.file, self.number + 1, place + 1), code, f"{cell}: {message}", hint
        )


@dataclass(frozen=True, slots=True)
class ReadTables:
    """What a workbook holds: its marks, and the rows of each table by its id."""

    marks: Mapping[str, str]
    tables: Mapping[str, tuple[ReadRow, ...]]


def read_tables(data: bytes, *, name: str) -> ReadTables:
    """Read a workbook that ``write_tables`` made and people filled in.

    Args:
        data: the file, from anybody.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if the file is no such workbook, or a table or column stands there twice.
    """
    book = read_workbook(data, name=name)
    marks = {row[0]: row[1] for row in book.get(MARKS_SHEET, ()) if len(row) > 1 and row[0]}
    if "format" not in marks:
        raise ExchangeError(
            f"{name}: this is no sheet of crmplan, or its hidden sheet was deleted",
            hint=_WRITE_AGAIN,
        )
    tables: dict[str, tuple[ReadRow, ...]] = {}
    for rows in book.values():
        table = _table_of(rows)
        if table is None:
            continue
        if table in tables:
            raise ExchangeError(
                f"{name}: the sheet {table} is there twice", hint="delete one of the two sheets"
            )
        tables[table] = _rows(rows, name)
    return ReadTables(marks, tables)


def _table_of(rows: Rows) -> str | None:
    marked = [cell for row in rows[:1] for cell in row if cell.startswith(TABLE_MARK)]
    return marked[0].removeprefix(TABLE_MARK) if marked else None


def _rows(rows: Rows, name: str) -> tuple[ReadRow, ...]:
    keys = [cell.strip() for cell in rows[0]]
    if twice := [key for key, count in Counter(filter(None, keys)).items() if count > 1]:
        raise ExchangeError(
            f"{name}: columns are there twice: {', '.join(twice)}",
            hint="delete the columns that were added",
        )
    of_rows = next(place for place, key in enumerate(keys) if key.startswith(TABLE_MARK))
    places = {key: place for place, key in enumerate(keys) if key and place != of_rows}
    found = []
    for number, row in enumerate(rows):
        cells = {key: row[place].strip() for key, place in places.items() if place < len(row)}
        if number > HEADER_ROW and (row[of_rows].strip() or any(cells.values())):
            found.append(ReadRow(name, number, row[of_rows].strip(), cells, places))
    return tuple(found)
