"""Tables as an Excel workbook: a row a record, cells to fill in, lists to choose from.

A hidden first row holds the keys of the columns, a hidden first column those of the rows, so that
rows and columns may be moved and still be understood. Everything is written as text or number,
never as a formula.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from crmplan.errors import ExchangeError
from crmplan.exchange.questionnaire_guidance import prepare_print
from crmplan.exchange.questionnaire_look import (
    BOXED,
    CLOSED,
    HEADER,
    TYPED,
    WRAPPED,
    CellFormats,
    Look,
    look,
)
from crmplan.exchange.sheet_extent import LAST_ROW
from crmplan.exchange.sheet_text import put_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

MARKS_SHEET = "_crmplan"
TABLE_MARK = "crmplan:table:"
"""Stands before the id of a table in its first cell."""

KEY_ROW, HEADER_ROW = 0, 1
SPARE_ROWS = 100
_LONGEST_NAME = 31
_LONGEST_HINT = 255
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table.

    Attributes:
        key: what it is called when the table is read.
        hint: shown when a cell is entered.
        width: in characters.
        choices: what cells are chosen from; empty if anything may be written.
        is_closed: whether it only explains and is not read.
    """

    key: str
    title: str
    hint: str = ""
    width: float = 18
    choices: tuple[str, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its key, empty for a row that is new, and its cells by column key."""

    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A sheet of the workbook.

    Attributes:
        id: what the table is called when it is read.
        takes_more_rows: whether there is room for rows of one's own.
    """

    id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    takes_more_rows: bool = True


@dataclass(frozen=True, slots=True)
class IdList:
    """Ids that cells may name, with what they stand for."""

    title: str
    entries: Mapping[str, str]


def write_tables(
    tables: Sequence[WorkbookTable],
    *,
    marks: Mapping[str, str],
    id_sheet: str,
    ids: Sequence[IdList] = (),
    language: str,
    made_on: date,
) -> bytes:
    """Make a workbook to fill in; equal arguments give equal bytes.

    Args:
        tables: a sheet each.
        marks: what the hidden sheet says about the workbook.
        id_sheet: name of the sheet that lists ids.
        ids: the lists on it; none leaves the sheet out.
        language: decides direction and font.
        made_on: the date that the file carries.

    Raises:
        ExchangeError: if a table has more rows than can be read back, or a text fits no cell.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"created": datetime.combine(made_on, time(), tzinfo=UTC)})
        appearance = look(language)
        formats = CellFormats(workbook, appearance)
        names = _names([*(table.title for table in tables), *([id_sheet] if ids else [])])
        sheets = [workbook.add_worksheet(name) for name in names]
        hidden = workbook.add_worksheet(MARKS_SHEET)
        lists = _write_marks(hidden, marks, tables)
        for sheet, table in zip(sheets, tables, strict=False):
            _write_table(sheet, formats, appearance, table, lists)
        if ids:
            _write_ids(sheets[-1], formats, appearance, ids)
        hidden.very_hidden()
    return target.getvalue()


def _names(titles: Sequence[str]) -> list[str]:
    """Give each sheet a name that Excel takes and that no other has."""
    names: list[str] = []
    for title in titles:
        name = title.translate(_NOT_IN_NAMES).strip(" '")[:_LONGEST_NAME].strip(" '")
        number = 1
        while (name or "_").casefold() in {one.casefold() for one in names}:
            number += 1
            name = f"{name[: _LONGEST_NAME - 4]} {number}"
        names.append(name or "_")
    return names


def _write_marks(
    sheet: Worksheet, marks: Mapping[str, str], tables: Sequence[WorkbookTable]
) -> dict[tuple[str, ...], str]:
    """Write marks and lists; give the place of each list."""
    for row, (key, value) in enumerate(marks.items()):
        put_text(sheet, row, 0, key)
        put_text(sheet, row, 1, value)
    places: dict[tuple[str, ...], str] = {}
    for column in (column for table in tables for column in table.columns):
        if column.choices and column.choices not in places:
            place = 3 + len(places)
            for row, choice in enumerate(column.choices):
                put_text(sheet, row, place, choice)
            letter = _letter(place)
            places[column.choices] = f"='{MARKS_SHEET}'!${letter}$1:${letter}${len(column.choices)}"
    return places


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _write_table(
    sheet: Worksheet,
    formats: CellFormats,
    appearance: Look,
    table: WorkbookTable,
    lists: Mapping[tuple[str, ...], str],
) -> None:
    last = HEADER_ROW + len(table.rows) + (SPARE_ROWS if table.takes_more_rows else 0)
    if last >= LAST_ROW:
        raise ExchangeError(
            f"{table.title}: {len(table.rows)} rows are more than a workbook takes",
            hint="use crmplan export --format json",
        )
    _look_of(sheet, appearance, table)
    put_text(sheet, KEY_ROW, 0, f"{TABLE_MARK}{table.id}")
    header = formats.of(HEADER)
    for place, column in enumerate(table.columns, start=1):
        sheet.set_column(place, place, column.width)
        put_text(sheet, KEY_ROW, place, column.key)
        put_text(sheet, HEADER_ROW, place, column.title, style=header)
        if not column.is_closed:
            sheet.data_validation(HEADER_ROW + 1, place, last, place, _guidance(column, lists))
    height = max(appearance.height(one.title, one.width) for one in table.columns)
    sheet.set_row(HEADER_ROW, height + 6)
    spare = [TableRow("", {})] * (last - HEADER_ROW - len(table.rows))
    for number, row in enumerate([*table.rows, *spare], start=HEADER_ROW + 1):
        _write_row(sheet, formats, appearance, table.columns, number, row)


def _look_of(sheet: Worksheet, appearance: Look, table: WorkbookTable) -> None:
    if appearance.is_rtl:
        sheet.right_to_left()
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(HEADER_ROW)
    prepare_print(sheet, table.title)


def _write_row(
    sheet: Worksheet,
    formats: CellFormats,
    appearance: Look,
    columns: Sequence[TableColumn],
    number: int,
    row: TableRow,
) -> None:
    open_cell = formats.of(BOXED, WRAPPED, TYPED)
    closed_cell = formats.of(BOXED, WRAPPED, {"bg_color": CLOSED})
    put_text(sheet, number, 0, row.key)
    for place, column in enumerate(columns, start=1):
        style = closed_cell if column.is_closed else open_cell
        put_text(sheet, number, place, row.cells.get(column.key, ""), style=style)
    if row.cells:
        texts = ((row.cells.get(column.key, ""), column.width) for column in columns)
        sheet.set_row(number, max(appearance.height(*one) for one in texts))


def _guidance(column: TableColumn, lists: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices:
        # A warning, no more: words of the other languages and ids are understood as well.
        rule = {
            "validate": "list",
            "source": lists[column.choices],
            "error_type": "warning",
            "ignore_blank": True,
        }
    if column.hint:
        rule |= {"input_message": column.hint[:_LONGEST_HINT]}
    return rule


def _write_ids(
    sheet: Worksheet, formats: CellFormats, appearance: Look, ids: Sequence[IdList]
) -> None:
    """Write the lists of ids, each in two columns beside the one before."""
    if appearance.is_rtl:
        sheet.right_to_left()
    for place, one in enumerate(ids):
        left = 2 * place
        sheet.set_column(left, left, 26)
        sheet.set_column(left + 1, left + 1, 46)
        put_text(sheet, 0, left, one.title, style=formats.of(HEADER))
        put_text(sheet, 0, left + 1, "", style=formats.of(HEADER))
        for row, (name, title) in enumerate(one.entries.items(), start=1):
            put_text(sheet, row, left, name, style=formats.of())
            put_text(sheet, row, left + 1, title, style=formats.of(WRAPPED))
    sheet.freeze_panes(1, 0)
