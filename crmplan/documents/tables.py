"""Tables: header repeated, rows whole, numbers aligned, caption above, note below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmplan.documents import grid
from crmplan.documents.blocks import Align, Cell, Table, Text
from crmplan.documents.colours import ink_on, paint
from crmplan.documents.references import Target
from crmplan.documents.wordml import Look, paragraph
from crmplan.documents.writing import Writer

_START: Align = "start"
# Tables up to this length stay on one page.
_SHORT = 8
# In a right-to-left paragraph Word and LibreOffice take "right" for the end of the line.
JUSTIFICATION = {"start": "", "center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}


def table_xml(table: Table, target: Target | None, writer: Writer) -> str:
    """The caption, the table and the note or space below it."""
    shares = table.widths or (1.0,) * table.columns
    widths = grid.column_widths(shares, writer.width)
    aligns: Sequence[Align] = table.alignments or [_START] * table.columns
    header = _row(table.header, widths, aligns, writer, "TableHead", header=True)
    rows = [header]
    last = len(table.rows) - 1
    for position, cells in enumerate(table.rows):
        keep = last < _SHORT and position < last
        rows.append(_row(cells, widths, aligns, writer, "TableText", keep=keep))
    drawn = grid.table(
        widths,
        rows,
        rtl=writer.type.rtl,
        style="CRMTable",
        title=table.caption,
        description=table.alt,
    )
    return writer.caption(target) + drawn + after_table(table.note, writer)


def after_table(note: str, writer: Writer) -> str:
    """The note below a table, or the space that parts it from what follows."""
    return writer.paragraph(note, "Note") if note else paragraph("", "TableEnd")


def _row(
    cells: Sequence[Text | Cell],
    widths: Sequence[int],
    aligns: Sequence[Align],
    writer: Writer,
    style: str,
    *,
    header: bool = False,
    keep: bool = False,
) -> str:
    out = []
    column = 0
    for given in cells:
        value = given if isinstance(given, Cell) else Cell(given)
        width = sum(widths[column : column + value.span])
        out.append(_cell(value, width, value.align or aligns[column], writer, style, keep=keep))
        column += value.span
    return grid.row(out, header=header)


def _cell(value: Cell, width: int, align: Align, writer: Writer, style: str, *, keep: bool) -> str:
    fill = paint(value.fill) if value.fill else ""
    look = _look(value, fill, writer)
    properties = ("<w:keepNext/>" if keep else "") + JUSTIFICATION[align]
    content = writer.paragraph(value.text, style, properties=properties, look=look)
    return grid.cell(content, width, span=value.span, fill=fill)


def _look(value: Cell, fill: str, writer: Writer) -> Look:
    if not fill and not value.bold:
        return writer.look
    return replace(writer.look, bold=value.bold, colour=(ink_on(fill) or "") if fill else "")
