"""Filled worksheets as they are read in a meeting: part by part, a row a line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crmplan.assessment.worksheet_rows import number_in
from crmplan.documents.blocks import Block, Callout, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.shading import group_row
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.worksheet import Column, Worksheet
    from crmplan.assessment.worksheet_rows import FilledPart, FilledRow, FilledWorksheet
    from crmplan.documents.words import Words

MOST_COLUMNS = 6
"""More do not fit beside one another."""


def worksheets(words: Words) -> tuple[Block, ...]:
    """Compose a chapter for each worksheet that says something."""
    return tuple(
        block
        for filled in words.report.papers.worksheets
        if filled.filled
        for block in _worksheet(words, filled)
    )


def _worksheet(words: Words, filled: FilledWorksheet) -> Iterator[Block]:
    sheet = filled.worksheet
    yield Heading(1, sheet.title, page_break_before=True)
    yield Paragraph(sheet.summary, style="lead")
    for part in filled.parts:
        if any(row.is_filled for row in part.rows):
            yield from _part(words, sheet, part)
    if filled.unplaced:
        yield Callout(words("unplaced", places=words.join(filled.unplaced)), tone="warning")


def _part(words: Words, sheet: Worksheet, part: FilledPart) -> Iterator[Block]:
    columns = [one for one in sheet.columns_of(part.part) if _is_used(one, part)]
    rows = [row for row in part.rows if row.is_filled]
    yield Heading(2, part.part.title)
    yield Paragraph(part.part.guidance, keep_with_next=True)
    if empty := len(part.part.rows) - sum(row.prepared is not None for row in rows):
        yield Paragraph(words("empty_rows", count=empty), style="note", keep_with_next=True)
    titled = bool(part.part.rows)
    if len(columns) + titled > MOST_COLUMNS:
        yield _row_by_row(words, part, columns, rows)
    else:
        yield _side_by_side(words, part, columns, rows)
    yield from _pareto(words, part)


def _side_by_side(
    words: Words, part: FilledPart, columns: list[Column], rows: list[FilledRow]
) -> Block:
    """A line a row; rows that were there from the start are named in a column of their own."""
    titled = bool(part.part.rows)
    return Table(
        header=(
            *((words("columns.row"),) if titled else ()),
            *(one.title for one in columns),
        ),
        rows=tuple(
            (
                *((_title(words, row),) if titled else ()),
                *(cell_text(words, one, row.cells.get(one.id, "")) for one in columns),
            )
            for row in rows
        ),
        widths=(*((3.0,) if titled else ()), *(_width(one) for one in columns)),
        alignments=(
            *(("start",) if titled else ()),
            *("end" if one.type == "number" else "start" for one in columns),
        ),
        caption=part.part.title,
    )


def _row_by_row(
    words: Words, part: FilledPart, columns: list[Column], rows: list[FilledRow]
) -> Block:
    """A block of lines a row, where its columns do not fit beside one another.

    A row that people added is headed by what it must at least say: its name.
    """
    lines: list[tuple[str | Cell, ...]] = []
    name = next((one for one in columns if one.required), None)
    for number, row in enumerate(rows, start=1):
        added = (name and row.cells.get(name.id)) or words("row", count=number)
        lines.append(group_row(row.prepared.title if row.prepared else added, 2))
        lines += [
            (one.title, cell_text(words, one, row.cells[one.id]))
            for one in columns
            if row.cells.get(one.id) and (row.prepared or one is not name)
        ]
    return Table(
        header=(words("columns.column"), words("columns.entry")),
        rows=tuple(lines),
        widths=(5, 12),
        caption=part.part.title,
    )


def _is_used(column: Column, part: FilledPart) -> bool:
    return any(row.cells.get(column.id) for row in part.rows)


def _width(column: Column) -> float:
    return {"number": 1.6, "date": 1.8, "choice": 2.0}.get(column.type, 3.2)


def _title(words: Words, row: FilledRow) -> str:
    return row.prepared.title if row.prepared else words("added")


def cell_text(words: Words, column: Column, cell: str) -> str:
    """Write a cell in the language of the document."""
    if not cell:
        return NO_VALUE
    match column.type:
        case "number":
            number = number_in(cell)
            places = len(cell.partition(".")[2])
            return cell if number is None else words.locale.number(number, places)
        case "date":
            return words.locale.short_date(date.fromisoformat(cell))
        case "choice":
            return {one.id: one.title for one in column.options}.get(cell, cell)
        case "factor":
            known = {one.id for one in words.report.definitions.factors.factors}
            return words.factor(cell) if cell in known else cell
        case "initiative":
            known = {*words.report.definitions.catalogue.by_id}
            return words.initiative(cell) if cell in known else cell
    return cell


def _pareto(words: Words, part: FilledPart) -> Iterator[Block]:
    found = part.pareto
    if found is None:
        return
    yield Callout(
        words(
            "pareto.text",
            count=found.parts_for_most,
            of=words.locale.whole(len(found.lines)),
            share=words.locale.percent(found.fifth_brings),
        ),
        title=words("pareto.title"),
    )
    if found.left_out:
        yield Paragraph(words("pareto.left_out", count=len(found.left_out)), style="note")
