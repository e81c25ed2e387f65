"""Time plans as Word tables: editable by hand, crisp in print, mirrored by the table itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmplan.documents import grid
from crmplan.documents.blocks import BarStyle, Gantt, GanttRow
from crmplan.documents.colours import ink_on, paint
from crmplan.documents.references import Target, plain_text
from crmplan.documents.wordml import paragraph
from crmplan.documents.writing import Writer

_PAINTS: dict[BarStyle, str] = {
    "normal": "current",
    "critical": "negative",
    "milestone": "ink",
    "phase": "ink",
}
_MILESTONE = "◆"
_MARGINS = (
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="28" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="28" w:type="dxa"/>'
)
_GRID = grid.border("insideV", size=2, colour="E3E8ED")
# White borders above and below keep the bars of neighbouring rows apart.
_ABOVE = grid.border("top", size=10, colour="FFFFFF")
_BELOW = grid.border("bottom", size=10, colour="FFFFFF")


def gantt_xml(gantt: Gantt, target: Target | None, writer: Writer) -> str:
    """The caption, the plan and its legend."""
    label = round(writer.width * gantt.label_share)
    times = grid.column_widths((1.0,) * len(gantt.columns), writer.width - label)
    rows = [*_header(gantt, label, times, writer)]
    rows += [_row(row, label, times, writer, first=i == 0) for i, row in enumerate(gantt.rows)]
    drawn = grid.table(
        (label, *times),
        rows,
        rtl=writer.type.rtl,
        style="CRMTable",
        title=gantt.caption,
        description=gantt.alt or _spoken(gantt),
        borders=_GRID,
        margins=_MARGINS,
    )
    return writer.caption(target) + drawn + _legend(gantt, writer)


# Both header rows are shaded here: a table style shades the first row only.
_HEAD_FILL = "E6EDF4"
_NO_LINE = grid.border("bottom", size=4, colour=_HEAD_FILL)
_LINE = grid.border("bottom", size=8, colour=paint("ink"))


def _header(gantt: Gantt, label: int, times: Sequence[int], writer: Writer) -> list[str]:
    title = writer.paragraph(gantt.label_header, "TableHead")
    heads = [
        grid.cell(writer.paragraph(text, "GanttHead"), width, fill=_HEAD_FILL, borders=_LINE)
        for text, width in zip(gantt.columns, times, strict=True)
    ]
    corner = grid.cell(title, label, fill=_HEAD_FILL, borders=_LINE)
    columns = grid.row((corner, *heads), header=True)
    if not gantt.groups:
        return [columns]
    groups = [grid.cell(paragraph("", "GanttHead"), label, fill=_HEAD_FILL, borders=_NO_LINE)]
    start = 0
    for text, span in gantt.groups:
        width = sum(times[start : start + span])
        words = writer.paragraph(text, "GanttHead")
        groups.append(grid.cell(words, width, span=span, fill=_HEAD_FILL, borders=_NO_LINE))
        start += span
    return [grid.row(groups, header=True), columns]


def _row(row: GanttRow, label: int, times: Sequence[int], writer: Writer, *, first: bool) -> str:
    strong = row.style in ("critical", "phase")
    look = replace(writer.look, bold=strong)
    # A phase is not left alone at the foot of a page.
    keep = "<w:keepNext/>" if row.style == "phase" else ""
    words = writer.paragraph(row.label, "GanttText", look=look, properties=keep)
    cells = [grid.cell(words, label, align="center")]
    start, last = _extent(row)
    if start is None or last is None:
        return grid.row((*cells, *(_empty(width) for width in times)))
    cells += [_empty(width) for width in times[:start]]
    # The white border of a bar in the first row would cut the line below the header.
    borders = _BELOW if first else _ABOVE + _BELOW
    width = sum(times[start : last + 1])
    cells.append(_bar(row, width, last - start + 1, writer, borders))
    cells += [_empty(width) for width in times[last + 1 :]]
    return grid.row(cells)


def _spoken(gantt: Gantt) -> str:
    """The plan as words: each line with its first and last column."""
    names = [name for name, span in gantt.groups for _ in range(span)] or [""] * len(gantt.columns)
    places = [f"{group} {name}".strip() for group, name in zip(names, gantt.columns, strict=True)]
    lines = []
    for row in gantt.rows:
        start, last = _extent(row)
        label = plain_text(row.label)
        if start is None or last is None:
            lines.append(label)
        else:
            time = places[last] if start == last else f"{places[start]} – {places[last]}"
            lines.append(f"{label}: {time}")
    return "; ".join(lines)


def _extent(row: GanttRow) -> tuple[int | None, int | None]:
    """The first and last column of the bar; a milestone takes one column."""
    first = row.end if row.start is None else row.start
    last = row.start if row.end is None else row.end
    return (last, last) if row.style == "milestone" else (first, last)


def _bar(row: GanttRow, width: int, span: int, writer: Writer, borders: str) -> str:
    fill = paint(_PAINTS[row.style])
    if row.style == "milestone":
        look = replace(writer.look, colour=fill)
        content = writer.paragraph(_MILESTONE, "GanttMilestone", look=look)
        return grid.cell(content, width, span=span, align="center")
    look = replace(writer.look, colour=ink_on(fill) or "")
    content = writer.paragraph(row.text, "GanttBar", look=look)
    return grid.cell(content, width, span=span, fill=fill, borders=borders, align="center")


def _empty(width: int) -> str:
    return grid.cell(paragraph("", "GanttBar"), width)


def _legend(gantt: Gantt, writer: Writer) -> str:
    if not gantt.legend:
        return paragraph("", "TableEnd")
    content = ""
    for style, words in gantt.legend:
        sign = _MILESTONE if style == "milestone" else "■"
        look = replace(writer.look, colour=paint(_PAINTS[style]))
        content += writer.runs(sign, look) + writer.runs(f"\u00a0{words}    ")
    return paragraph(content, "Note")
