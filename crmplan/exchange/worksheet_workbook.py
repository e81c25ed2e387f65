"""A worksheet as a workbook with a sheet for each part, and back."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from crmplan.assessment.client_records import WorksheetEntry
from crmplan.errors import ExchangeError
from crmplan.exchange.record_sheet import FORMAT, SheetReading
from crmplan.exchange.table_workbook import (
    IdList,
    TableColumn,
    TableRow,
    WorkbookTable,
    write_tables,
)
from crmplan.localisation.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from crmplan.assessment.worksheet import Column, Worksheet, WorksheetPart
    from crmplan.assessment.worksheet_rows import FilledPart, FilledRow, FilledWorksheet
    from crmplan.exchange.table_reading import ReadRow, ReadTables
    from crmplan.exchange.worksheet_cell import CellReader
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages
    from crmplan.problems import Problem

TOPIC = "crmplan:topic"
"""The column that names prepared rows; it explains and is not read."""

_WIDTHS: Mapping[str, float] = {"number": 12, "date": 14, "choice": 18}


def write_worksheet(
    filled: FilledWorksheet,
    *,
    known: Mapping[str, Mapping[str, str]],
    locale: Locale,
    made_on: date,
) -> bytes:
    """Make a workbook of a worksheet with what was written into it so far.

    Args:
        filled: the worksheet, in the language of the words.
        known: ids of factors and initiatives with their names, by what they stand for.
        locale: language of the words, and calendar of the days.
        made_on: the date that the file carries.
    """
    messages = catalogue("sheet", locale.language)
    sheet = filled.worksheet
    named = dict.fromkeys(_names(one) for one in sheet.columns if _names(one))
    return write_tables(
        [_table(sheet, part, messages, known, locale) for part in filled.parts],
        marks={
            "format": FORMAT,
            "worksheet": sheet.id,
            "version": sheet.version,
            "language": locale.language,
        },
        id_sheet=messages("ids"),
        ids=[IdList(messages(f"names.{name}"), known[name]) for name in named if name],
        language=locale.language,
        made_on=made_on,
    )


def _names(column: Column) -> str | None:
    return {"factor": "external-factor", "initiative": "initiative"}.get(column.type)


def _table(
    sheet: Worksheet,
    filled: FilledPart,
    messages: Messages,
    known: Mapping[str, Mapping[str, str]],
    locale: Locale,
) -> WorkbookTable:
    part, columns = filled.part, sheet.columns_of(filled.part)
    topic = TableColumn(TOPIC, messages("topic"), width=34, is_closed=True)
    return WorkbookTable(
        part.id,
        part.title,
        (*((topic,) if part.rows else ()), *(_column(one, messages, known) for one in columns)),
        tuple(TableRow(row.id, _cells(row, columns, locale)) for row in filled.rows),
        takes_more_rows=part.takes_more_rows,
    )


def _column(
    column: Column, messages: Messages, known: Mapping[str, Mapping[str, str]]
) -> TableColumn:
    kind = {"number": "exact", "date": "day"}.get(column.type, column.type)
    names = _names(column)
    return TableColumn(
        column.id,
        f"{column.title} *" if column.required else column.title,
        hint=column.hint or messages(f"hints.{kind}"),
        width=_WIDTHS.get(column.type, 24),
        choices=tuple(known[names]) if names else tuple(one.title for one in column.options),
    )


def _cells(row: FilledRow, columns: tuple[Column, ...], locale: Locale) -> dict[str, str]:
    found = {}
    if row.prepared:
        lines = (row.prepared.title, row.prepared.guidance)
        found[TOPIC] = "\n".join(line for line in lines if line)
    for column in columns:
        found[column.id] = _shown(column, row.cells.get(column.id, ""), locale)
    return found


def _shown(column: Column, cell: str, locale: Locale) -> str:
    if column.type == "choice":
        return {one.id: one.title for one in column.options}.get(cell, cell)
    if column.type == "date" and cell:
        from datetime import date

        return locale.short_date(date.fromisoformat(cell))
    return cell


def read_worksheet(
    sheet: Worksheet,
    read: ReadTables,
    *,
    name: str,
    reader: CellReader,
    written: Collection[tuple[str, str]] = (),
) -> SheetReading:
    """Make entries of the rows of a workbook; a row that was added or copied gets a new id.

    Args:
        sheet: the worksheet, of the version in use.
        read: the workbook.
        name: what the file is called, for messages.
        reader: understands the cells.
        written: part and row of the entries there are; those that are empty now are left.

    Raises:
        ExchangeError: if it was written for another major version, or a sheet is missing.
    """
    if read.marks.get("version", "").split(".")[0] != sheet.version.split(".", maxsplit=1)[0]:
        raise ExchangeError(
            f"{name}: the workbook is of another version of {sheet.id}",
            hint="write it again with: crmplan sheet write",
        )
    if lost := [part.title for part in sheet.parts if part.id not in read.tables]:
        raise ExchangeError(
            f"{name}: sheets are missing: {', '.join(lost)}",
            hint="write the workbook again with: crmplan sheet write",
        )
    entries: list[WorksheetEntry] = []
    problems: list[Problem] = []
    for part in sheet.parts:
        rows = [row for row in read.tables[part.id] if row.key or _is_filled(row)]
        for row, row_id in _identified(part, rows, written):
            made, faults = _entry(sheet, part, row, row_id, reader)
            problems += faults
            entries += [made] if made else []
    if problems:
        return SheetReading((), (), tuple(sorted(problems, key=lambda one: one.location)))
    emptied = [one for one in entries if not one.cells and (one.part, one.row) in written]
    return SheetReading(
        tuple(one for one in entries if one.cells),
        tuple((one.worksheet, one.part, one.row) for one in emptied),
        (),
    )


def _identified(
    part: WorksheetPart, rows: list[ReadRow], written: Collection[tuple[str, str]]
) -> Iterator[tuple[ReadRow, str]]:
    """Give each row its id: its key, or a new one if it has none or is a copy of another."""
    used = {row.key for row in rows} | {row for of, row in written if of == part.id}
    new = (name for number in count(1) if (name := f"r{number}") not in used)
    seen: set[str] = set()
    for row in rows:
        is_copy = row.key in seen and part.takes_more_rows
        yield row, next(new) if is_copy or not row.key else row.key
        seen.add(row.key)


def _is_filled(row: ReadRow) -> bool:
    return any(text for key, text in row.cells.items() if key != TOPIC)


def _entry(
    sheet: Worksheet, part: WorksheetPart, row: ReadRow, row_id: str, reader: CellReader
) -> tuple[WorksheetEntry | None, list[Problem]]:
    cells, problems = {}, []
    if row_id not in part.row and (not part.takes_more_rows or not _is_id(row_id)):
        hint = "write into the rows that are there"
        message = "this part has no such row, or its hidden key was changed"
        return None, [row.problem(TOPIC, "SHEET-ROW-KEY", message, hint)]
    for column in sheet.columns_of(part):
        found = reader.read(column, row.cells.get(column.id, ""))
        if not isinstance(found, str):
            problems.append(row.problem(column.id, found.code, found.message, found.hint))
        elif found:
            cells[column.id] = found
        elif column.required and _is_filled(row):
            hint = "fill it in, or empty the whole row"
            problems.append(row.problem(column.id, "SHEET-MISSING", "the cell is empty", hint))
    if problems:
        return None, problems
    return WorksheetEntry(worksheet=sheet.id, part=part.id, row=row_id, cells=cells), []


def _is_id(key: str) -> bool:
    from pydantic import TypeAdapter, ValidationError

    from crmplan.assessment.definition import Id

    try:
        TypeAdapter(Id).validate_python(key)
    except ValidationError:
        return False
    return True
