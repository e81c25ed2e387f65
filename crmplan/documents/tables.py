"""Tables: header repeated, rows whole, words whole, numbers aligned, caption above, note below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crmplan.documents import grid
from crmplan.documents.blocks import Align, Cell, Table, Text
from crmplan.documents.colours import ink_on, paint
from crmplan.documents.fitting import head_room, longest_word, text_height
from crmplan.documents.references import Target, plain_text
from crmplan.documents.wordml import Look, paragraph
from crmplan.documents.writing import Writer

_START: Align = "start"
# Tables up to this length stay on one page, unless they would fill most of it.
_SHORT = 14
_SHORT_SHARE = 0.5
# A row that is higher than this share of a page may part.
_ROW_SHARE = 0.4
# No column grows beyond this share of the table for the sake of one long word.
_WIDEST_SHARE = 0.35
# In a right-to-left paragraph Word and LibreOffice take "right" for the end of the line.
JUSTIFICATION = {"start": "", "center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}


@dataclass(frozen=True, slots=True)
class Setting:
    """How the text of a table is set: styles, size in points, margins in twips."""

    text: str
    head: str
    points: float
    side: int
    above: int

    @property
    def margins(self) -> str:
        """The cell margins of a table that differs from the table style."""
        widths = (("top", 14), ("left", self.side), ("bottom", 14), ("right", self.side))
        return "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in widths)


# The sizes and spaces of the styles in templates/word/base/styles.xml.j2.
NORMAL = Setting("TableText", "TableHead", 9, 85, 64)
DENSE = Setting("TableTextDense", "TableHeadDense", 8, 45, 40)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A table on its page: everything that its rows share."""

    writer: Writer
    setting: Setting
    widths: tuple[int, ...]
    aligns: Sequence[Align]

    def height(self, row: Sequence[Cell]) -> int:
        """The height of a row in twips, about."""
        size, language = self.setting.points, self.writer.settings.language
        lines = (
            text_height(plain_text(cell.text), width - 2 * self.setting.side, size, language)
            for cell, width in self.placed(row)
        )
        return max(lines, default=0) + 2 * self.setting.above

    def placed(self, row: Sequence[Cell]) -> Iterator[tuple[Cell, int]]:
        """The cells of a row with their widths."""
        column = 0
        for cell in row:
            yield cell, sum(self.widths[column : column + cell.span])
            column += cell.span


def table_xml(table: Table, target: Target | None, writer: Writer) -> str:
    """The caption, the table and the note or space below it."""
    setting = DENSE if table.dense else NORMAL
    header = _cells(table.header)
    rows = [_cells(row) for row in table.rows]
    widths = _widths(table, header, rows, setting, writer)
    frame = _Frame(writer, setting, widths, table.alignments or [_START] * table.columns)
    drawn = grid.table(
        widths,
        [_header(header, frame), *_rows(rows, frame)],
        rtl=writer.type.rtl,
        style="CRMTable",
        title=table.caption,
        description=table.alt,
        margins=setting.margins if table.dense else "",
    )
    return writer.caption(target) + drawn + after_table(table.note, writer)


def after_table(note: str, writer: Writer) -> str:
    """The note below a table, or the space that parts it from what follows."""
    return writer.paragraph(note, "Note") if note else paragraph("", "TableEnd")


def _cells(row: Sequence[Text | Cell]) -> list[Cell]:
    return [one if isinstance(one, Cell) else Cell(one) for one in row]


def _widths(
    table: Table,
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    setting: Setting,
    writer: Writer,
) -> tuple[int, ...]:
    """The widths asked for, with room for the longest word of each column."""
    language, size = writer.settings.language, setting.points
    most = round(writer.width * _WIDEST_SHARE)
    least = []
    for column in range(table.columns):
        heads = [one for place, one in _starts(header) if place == column and one.span == 1]
        cells = [c for row in rows for place, c in _starts(row) if place == column and c.span == 1]
        texts = [plain_text(cell.text) for cell in cells]
        body = longest_word(texts, size, language, bold=any(cell.bold for cell in cells))
        head = max((head_room(plain_text(c.text), size, language) for c in heads), default=0)
        least.append(min(max(body, head) + 2 * setting.side + 20, most))
    return grid.column_widths(table.widths or (1.0,) * table.columns, writer.width, least=least)


def _starts(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell.span


def _header(cells: Sequence[Cell], frame: _Frame) -> str:
    out = []
    for (place, cell), (_, width) in zip(_starts(cells), frame.placed(cells), strict=True):
        content = _content(cell, cell.align or frame.aligns[place], frame, frame.setting.head)
        out.append(grid.cell(content, width, span=cell.span))
    return grid.row(out, header=True)


def _rows(rows: Sequence[Sequence[Cell]], frame: _Frame) -> list[str]:
    """The rows; a short table stays together, a long one leaves no row alone."""
    page = frame.writer.height
    last = len(rows) - 1
    together = last < _SHORT and _height(rows, frame) <= page * _SHORT_SHARE
    out = []
    for position, row in enumerate(rows):
        opens = len(row) == 1 and len(frame.widths) > 1
        keep = position < last and (together or opens or position in (0, last - 1))
        parts = not together and _may_be_high(row) and frame.height(row) > page * _ROW_SHARE
        out.append(_row(row, frame, keep=keep, whole=not parts))
    return out


def _height(rows: Sequence[Sequence[Cell]], frame: _Frame) -> int:
    return sum(frame.height(row) for row in rows)


def _may_be_high(row: Sequence[Cell]) -> bool:
    """Whether it is worth measuring a row: a thousand short ones would take long."""
    return any(len(plain_text(cell.text)) > 400 for cell in row)


def _row(cells: Sequence[Cell], frame: _Frame, *, keep: bool, whole: bool) -> str:
    out = []
    placed = zip(_starts(cells), frame.placed(cells), strict=True)
    for (column, cell), (_, width) in placed:
        fill = paint(cell.fill) if cell.fill else ""
        align = cell.align or frame.aligns[column]
        content = _content(cell, align, frame, frame.setting.text, fill=fill, keep=keep)
        out.append(grid.cell(content, width, span=cell.span, fill=fill))
    return grid.row(out, whole=whole)


def _content(
    cell: Cell, align: Align, frame: _Frame, style: str, *, fill: str = "", keep: bool = False
) -> str:
    properties = ("<w:keepNext/>" if keep else "") + JUSTIFICATION[align]
    look = _look(cell, fill, frame.writer)
    return frame.writer.paragraph(cell.text, style, properties=properties, look=look)


def _look(cell: Cell, fill: str, writer: Writer) -> Look:
    if not fill and not cell.bold:
        return writer.look
    return replace(writer.look, bold=cell.bold, colour=(ink_on(fill) or "") if fill else "")
