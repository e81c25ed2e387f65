"""Panels: the cover, key figures, the SWOT grid, messages that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import east_asian_width

from crmplan.documents import grid
from crmplan.documents.blocks import Callout, Cover, KeyFigure, KeyFigures, Quadrant, SwotGrid
from crmplan.documents.colours import paint, text_paint
from crmplan.documents.references import Target, quadrants
from crmplan.documents.wordml import paragraph
from crmplan.documents.writing import TWIPS_PER_CM, Writer

_CALLOUTS = {
    "info": "Callout",
    "success": "CalloutSuccess",
    "warning": "CalloutWarning",
    "danger": "CalloutDanger",
}
_QUADRANT_ROLES = ("positive", "negative", "current", "target")
_GAP = 200
# Twips that a character of a key figure takes, about.
_DIGIT_WIDTH = 270
_PANEL_MARGINS = (
    '<w:top w:w="40" w:type="dxa"/><w:left w:w="170" w:type="dxa"/>'
    '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="170" w:type="dxa"/>'
)
_FIGURE_MARGINS = '<w:left w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
PAGE_BREAK = paragraph('<w:r><w:br w:type="page"/></w:r>', "SectionEnd")


def callout_xml(callout: Callout, writer: Writer) -> str:
    """One shaded paragraph; the title is its first line."""
    content = writer.runs(callout.text)
    if callout.title:
        title = writer.runs(callout.title, replace(writer.look, bold=True))
        content = f"{title}<w:r><w:br/></w:r>{content}"
    return paragraph(content, _CALLOUTS[callout.tone])


def cover_xml(cover: Cover, writer: Writer) -> str:
    """The first page: for whom, what, and the facts about this copy."""
    out = writer.paragraph(cover.client, "CoverClient")
    out += writer.paragraph(cover.title, "Title")
    out += writer.paragraph(cover.subtitle, "Subtitle") if cover.subtitle else ""
    out += paragraph("", "CoverRule")
    labels = writer.settings.labels
    facts = (
        (labels.date, cover.date),
        (labels.prepared_by, cover.author),
        (labels.version, cover.version),
        (labels.confidentiality, cover.confidentiality),
    )
    rows = [_fact(label, value, writer) for label, value in facts if value]
    widths = (4 * TWIPS_PER_CM, writer.width - 4 * TWIPS_PER_CM)
    table = grid.table(widths, rows, rtl=writer.type.rtl, margins=_FIGURE_MARGINS) if rows else ""
    return out + table + PAGE_BREAK


def _fact(label: str, value: str, writer: Writer) -> str:
    width = 4 * TWIPS_PER_CM
    name = grid.cell(writer.paragraph(label, "CoverLabel"), width)
    return grid.row((name, grid.cell(writer.paragraph(value, "CoverFact"), writer.width - width)))


def key_figures_xml(figures: KeyFigures, writer: Writer) -> str:
    """A row of big numbers under coloured rules."""
    count = len(figures.figures)
    one = (writer.width - _GAP * (count - 1)) // count
    # A row of figures has one size: that of the longest.
    long = any(_columns(figure.value) * _DIGIT_WIDTH > one for figure in figures.figures)
    style = "KeyFigureLong" if long else "KeyFigure"
    cells, widths = [], []
    for position, figure in enumerate(figures.figures):
        if position:
            cells.append(_gap_cell(_GAP))
            widths.append(_GAP)
        cells.append(_figure_cell(figure, one, style, writer))
        widths.append(one)
    drawn = grid.table(widths, (grid.row(cells),), rtl=writer.type.rtl, margins=_FIGURE_MARGINS)
    return drawn + paragraph("", "TableEnd")


def _columns(text: str) -> int:
    """The room a text takes, in digits; Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _figure_cell(figure: KeyFigure, width: int, style: str, writer: Writer) -> str:
    colour = paint(figure.colour)
    look = replace(writer.look, colour=text_paint(figure.colour))
    content = writer.paragraph(figure.value, style, look=look)
    content += writer.paragraph(figure.label, "KeyFigureLabel")
    content += writer.paragraph(figure.note, "KeyFigureNote") if figure.note else ""
    return grid.cell(content, width, borders=grid.border("top", size=18, colour=colour))


def swot_xml(swot: SwotGrid, target: Target | None, writer: Writer) -> str:
    """Two rows of two fields, each in the colour of its meaning."""
    width = (writer.width - _GAP) // 2
    drawn = [
        _quadrant(quadrant, role, width, writer)
        for quadrant, role in zip(quadrants(swot), _QUADRANT_ROLES, strict=True)
    ]
    gap_row = (_gap_cell(width), _gap_cell(_GAP), _gap_cell(width))
    rows = (_pair(drawn[:2]), grid.row(gap_row, height=_GAP), _pair(drawn[2:]))
    table = grid.table(
        (width, _GAP, width),
        rows,
        rtl=writer.type.rtl,
        title=swot.caption,
        description=swot.alt,
        margins=_PANEL_MARGINS,
    )
    return writer.caption(target) + table + paragraph("", "TableEnd")


def _pair(cells: Sequence[str]) -> str:
    return grid.row((cells[0], _gap_cell(_GAP), cells[1]))


def _quadrant(quadrant: Quadrant, role: str, width: int, writer: Writer) -> str:
    colour = paint(role)
    look = replace(writer.look, colour=text_paint(role))
    content = writer.paragraph(quadrant.title, "SwotTitle", look=look)
    for item in quadrant.items:
        content += writer.paragraph(item, "SwotItem")
    if not quadrant.items:
        content += writer.paragraph(quadrant.empty, "TableText")
    top = grid.border("top", size=24, colour=colour)
    return grid.cell(content, width, fill=paint(f"pale-{role}"), borders=top)


def _gap_cell(width: int) -> str:
    return grid.cell(paragraph("", "SectionEnd"), width)
