"""Panels: the cover, key figures, the SWOT grid, messages that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import east_asian_width

from crmplan.documents import grid
from crmplan.documents.binding import can_be_kept, client_field
from crmplan.documents.blocks import (
    Callout,
    CalloutPair,
    Card,
    Cover,
    KeyFigure,
    KeyFigures,
    Quadrant,
    SwotGrid,
    Text,
)
from crmplan.documents.colours import paint, text_paint
from crmplan.documents.references import Target, quadrants
from crmplan.documents.tables import DENSE
from crmplan.documents.wordml import paragraph, runs
from crmplan.documents.writing import TWIPS_PER_CM, Writer

_CALLOUTS = {
    "info": "Callout",
    "success": "CalloutSuccess",
    "warning": "CalloutWarning",
    "danger": "CalloutDanger",
}
_TONES = {"info": "current", "success": "positive", "warning": "target", "danger": "negative"}
# Of a card: the share of the labels, and how much wider the first column of its table is.
_LABEL_SHARE = 0.13
_FIRST_SHARE = 4.0
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


def pair_xml(pair: CalloutPair, writer: Writer) -> str:
    """Two shaded fields side by side, each below the colour of its tone; kept with the next."""
    width = (writer.width - _GAP) // 2
    first, second = (_message(one, width, writer) for one in (pair.first, pair.second))
    row = grid.row((first, _gap_cell(_GAP, keep=True), second))
    title = " · ".join(one.title for one in (pair.first, pair.second))
    widths = (width, _GAP, width)
    drawn = grid.table(widths, (row,), rtl=writer.type.rtl, title=title, margins=_PANEL_MARGINS)
    return drawn + paragraph("", "TableEnd", "<w:keepNext/>")


def _message(callout: Callout, width: int, writer: Writer) -> str:
    role = _TONES[callout.tone]
    look = replace(writer.look, colour=text_paint(role))
    content = writer.paragraph(callout.title, "SwotTitle", look=look) if callout.title else ""
    # A pair leads to what follows it.
    content += writer.paragraph(callout.text, "TableText", properties="<w:keepNext/>")
    top = grid.border("top", size=24, colour=paint(role))
    return grid.cell(content, width, fill=paint(f"pale-{role}"), borders=top)


def card_xml(card: Card, writer: Writer) -> str:
    """Text, facts in two columns of pairs, long facts, and the small table; one piece."""
    width = writer.width
    label, value = round(width * _LABEL_SHARE), width // 2 - round(width * _LABEL_SHARE)
    widths = (label, value, label, width - 2 * label - value)
    rows: list[tuple[str, ...]] = []
    if card.text:
        rows.append((_card_cell(card.text, width, writer, span=4),))
    for position in range(0, len(card.facts), 2):
        pairs = (*card.facts[position : position + 2], ("", ""))[:2]
        sizes = (widths[:2], widths[2:])
        rows.append(
            tuple(
                cell
                for (name, text), (narrow, wide) in zip(pairs, sizes, strict=True)
                for cell in (_label_cell(name, narrow, writer), _card_cell(text, wide, writer))
            )
        )
    rows += [
        (_label_cell(name, label, writer), _card_cell(text, width - label, writer, span=3))
        for name, text in card.long_facts
    ]
    drawn = grid.table(
        widths,
        [grid.row(row) for row in rows],
        rtl=writer.type.rtl,
        style="CRMTable",
        title=card.title,
        margins=DENSE.margins,
        header=False,
    )
    return drawn + _indicators(card, writer) + paragraph("", "TableEnd")


def _indicators(card: Card, writer: Writer) -> str:
    """The small table of a card, joined to it by a gap too small to see."""
    if not card.header:
        return ""
    shares = (_FIRST_SHARE, *(1.0,) * (len(card.header) - 1))
    widths = grid.column_widths(shares, writer.width)
    heads = [
        grid.cell(writer.paragraph(text, "TableHeadDense"), width)
        for text, width in zip(card.header, widths, strict=True)
    ]
    rows = [grid.row(heads, header=True)]
    for position, row in enumerate(card.rows):
        keep = position < len(card.rows) - 1
        rows.append(
            grid.row(
                _card_cell(text, width, writer, keep=keep)
                for text, width in zip(row, widths, strict=True)
            )
        )
    drawn = grid.table(
        widths,
        rows,
        rtl=writer.type.rtl,
        style="CRMTable",
        title=" · ".join((card.title, card.header[0])),
        margins=DENSE.margins,
    )
    return paragraph("", "CardJoint") + drawn


def _label_cell(text: str, width: int, writer: Writer) -> str:
    content = writer.paragraph(text, "TableHeadDense", properties="<w:keepNext/>")
    return grid.cell(content, width)


def _card_cell(text: Text, width: int, writer: Writer, *, span: int = 1, keep: bool = True) -> str:
    properties = "<w:keepNext/>" if keep else ""
    content = writer.paragraph(text, "TableTextDense", properties=properties)
    return grid.cell(content, width, span=span)


def cover_xml(cover: Cover, writer: Writer) -> str:
    """The first page: for whom, what, and the facts about this copy."""
    is_kept = cover.client == writer.settings.client and can_be_kept(cover.client)
    name = (client_field if is_kept else runs)(cover.client, writer.look)
    out = paragraph(name, "CoverClient")
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
    gap_row = tuple(_gap_cell(one, keep=True) for one in (width, _GAP, width))
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
    # The upper fields stay with the lower ones.
    keep = "<w:keepNext/>" if role in _QUADRANT_ROLES[:2] else ""
    for item in quadrant.items:
        content += writer.paragraph(item, "SwotItem", properties=keep)
    if not quadrant.items:
        content += writer.paragraph(quadrant.empty, "TableText", properties=keep)
    top = grid.border("top", size=24, colour=colour)
    return grid.cell(content, width, fill=paint(f"pale-{role}"), borders=top)


def _gap_cell(width: int, *, keep: bool = False) -> str:
    return grid.cell(paragraph("", "SectionEnd", "<w:keepNext/>" if keep else ""), width)
