"""A strategy map: perspectives as bands, objectives as boxes, causes as arrows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.graph_marks import diamond
from crmplan.figures.map_arrows import draw_arrows
from crmplan.figures.palette import (
    CATEGORIES,
    CRITICAL,
    HAIRLINE,
    INK_SOFT,
    LINE,
    PANEL,
    PAPER,
    blend,
    lane_colour,
)
from crmplan.figures.svg import Canvas, Point
from crmplan.figures.text import wrap

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure
    from crmplan.figures.style import FigureStyle

# 640 units stand for 16 cm, so 8.5 units are 6 points.
_WIDTH = 640.0
_TITLE_FONT, _TITLE_LINE = 10.5, 13.5
_NAME_FONT, _NAME_LINE = 10.0, 12.6
_NOTE_FONT, _NOTE_LINE = 8.8, 11.4
_STRIP = 88.0
_GAP = 16.0
_PADDING = 7.0
_ABOVE = 20.0
_BETWEEN = 30.0
_WIDEST_BOX = 150.0
_MOST_IN_A_ROW = 5
_MOST_LINES = 4
_SIGN = 4.0

STATE_COLOURS = {
    "reached": CATEGORIES[2],
    "on-the-way": CATEGORIES[1],
    "behind": CRITICAL,
    "begun": INK_SOFT,
}


@dataclass(frozen=True, slots=True)
class MapBand:
    """A perspective; ``note`` stands below its title, such as its level."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapBox:
    """An objective.

    Attributes:
        band: id of its perspective.
        state: one of ``STATE_COLOURS``, drawn as a sign; anything else has none.
        note: the state in words; may be empty.
    """

    id: str
    band: str
    name: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands: its corner nearest to the start of reading, and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The middle from side to side."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


def draw_strategy_map(
    bands: Sequence[MapBand],
    boxes: Sequence[MapBox],
    links: Sequence[tuple[str, str]],
    *,
    title: str,
    style: FigureStyle,
) -> Figure:
    """Draw a strategy map, the first band at the bottom.

    Args:
        bands: from cause to effect, at least one.
        boxes: objectives, in the order in which they stand in their bands.
        links: cause and effect, as ids of boxes.
        title: a few words.
        style: language; in Persian bands begin at the right.

    Returns:
        A figure of 16 cm; bands with more than five objectives have several rows.
    """
    rows = _rows(bands, boxes)
    places, tops, height = _placed(bands, rows, style)
    canvas = Canvas(_WIDTH, height, style)
    for number, band in enumerate(bands):
        _draw_band(canvas, band, tops[band.id], lane_colour(number))
    draw_arrows(canvas, places, links, colour=LINE)
    colour = {band.id: lane_colour(number) for number, band in enumerate(bands)}
    for box in boxes:
        _draw_box(canvas, box, places[box.id], colour[box.band])
    return canvas.finish(title=title, description=_description(bands, boxes, links, style))


def _rows(
    bands: Sequence[MapBand], boxes: Sequence[MapBox]
) -> dict[str, tuple[tuple[MapBox, ...], ...]]:
    """Give the rows of boxes of each band; rows of one band are about equally long."""
    found = {}
    for band in bands:
        own = [box for box in boxes if box.band == band.id]
        count = max(-(-len(own) // _MOST_IN_A_ROW), 1)
        length = max(-(-len(own) // count), 1)
        found[band.id] = tuple(
            tuple(own[first : first + length]) for first in range(0, len(own), length)
        )
    return found


def _placed(
    bands: Sequence[MapBand], rows: Mapping[str, Sequence[Sequence[MapBox]]], style: FigureStyle
) -> tuple[dict[str, Place], dict[str, tuple[float, float]], float]:
    """Give the place of each box, top and height of each band, and the height of all."""
    places: dict[str, Place] = {}
    tops: dict[str, tuple[float, float]] = {}
    y = 0.0
    for band in reversed(bands):
        top = y
        y += _ABOVE
        for row in rows[band.id]:
            wide, high = _box_width(row), _row_height(row, style)
            free = _WIDTH - _STRIP - len(row) * wide - (len(row) + 1) * _GAP
            x = _STRIP + _GAP + free / 2
            for box in row:
                places[box.id] = Place(x, y, wide, high)
                x += wide + _GAP
            y += high + _ABOVE
        y = max(y - _ABOVE + _PADDING, top + _title_height(band, style))
        tops[band.id] = (top, y - top)
        y += _BETWEEN
    return places, tops, y - _BETWEEN


def _box_width(row: Sequence[MapBox]) -> float:
    return min((_WIDTH - _STRIP - _GAP) / len(row) - _GAP, _WIDEST_BOX)


def _row_height(row: Sequence[MapBox], style: FigureStyle) -> float:
    names = max(len(_name_lines(box, _box_width(row), style)) for box in row)
    notes = max(len(_note_lines(box, _box_width(row), style)) for box in row)
    return 2 * _PADDING + names * _NAME_LINE + notes * _NOTE_LINE


def _name_lines(box: MapBox, wide: float, style: FigureStyle) -> tuple[str, ...]:
    room = wide - 2 * _PADDING
    return wrap(box.name, room, _NAME_FONT, style, bold=True, max_lines=_MOST_LINES)


def _note_lines(box: MapBox, wide: float, style: FigureStyle) -> tuple[str, ...]:
    if not box.note:
        return ()
    sign = 2 * _SIGN + 4 if box.state in STATE_COLOURS else 0
    return wrap(box.note, wide - 2 * _PADDING - sign, _NOTE_FONT, style, max_lines=2)


def _band_lines(band: MapBand, style: FigureStyle) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = _STRIP - 2 * _PADDING
    titles = wrap(band.title, room, _TITLE_FONT, style, bold=True, max_lines=_MOST_LINES)
    return titles, wrap(band.note, room, _NOTE_FONT, style, max_lines=2) if band.note else ()


def _title_height(band: MapBand, style: FigureStyle) -> float:
    titles, notes = _band_lines(band, style)
    return len(titles) * _TITLE_LINE + len(notes) * _NOTE_LINE + 2 * _PADDING


def _draw_band(canvas: Canvas, band: MapBand, span: tuple[float, float], colour: str) -> None:
    top, high = span
    canvas.rect(0, top, _WIDTH, high, fill=PANEL, rx=3)
    canvas.rect(0, top, _STRIP, high, fill=blend(PAPER, colour, 0.16), rx=3)
    canvas.rect(0, top, 3, high, fill=colour)
    titles, notes = _band_lines(band, canvas.style)
    y = top + (high - len(titles) * _TITLE_LINE - len(notes) * _NOTE_LINE) / 2
    for line in titles:
        y += _TITLE_LINE
        canvas.text(_PADDING + 3, y - 3, line, size=_TITLE_FONT, bold=True, prose=True)
    for line in notes:
        y += _NOTE_LINE
        canvas.text(_PADDING + 3, y - 2, line, size=_NOTE_FONT, fill=INK_SOFT, prose=True)


def _draw_box(canvas: Canvas, box: MapBox, place: Place, colour: str) -> None:
    with canvas.group(box.name, class_="objective", data_id=box.id):
        canvas.rect(place.x, place.y, place.width, place.height, rx=4, fill=PAPER, stroke=HAIRLINE)
        canvas.rect(place.x, place.y, place.width, place.height, rx=4, fill="none", stroke=colour)
        y = place.y + _PADDING
        for line in _name_lines(box, place.width, canvas.style):
            y += _NAME_LINE
            canvas.text(place.middle, y - 3, line, size=_NAME_FONT, anchor="middle", bold=True)
        _draw_note(canvas, box, place)


def _draw_note(canvas: Canvas, box: MapBox, place: Place) -> None:
    lines = _note_lines(box, place.width, canvas.style)
    x, y = place.x + _PADDING, place.bottom - _PADDING - len(lines) * _NOTE_LINE
    if lines and box.state in STATE_COLOURS:
        _draw_sign(canvas, box.state, (x + _SIGN, y + _NOTE_LINE / 2))
        x += 2 * _SIGN + 4
    for line in lines:
        y += _NOTE_LINE
        canvas.text(x, y - 2.6, line, size=_NOTE_FONT, fill=INK_SOFT, prose=True)


def _draw_sign(canvas: Canvas, state: str, centre: Point) -> None:
    """Draw a sign that tells the state without colour as well."""
    x, y = centre
    colour = STATE_COLOURS[state]
    if state == "reached":
        canvas.circle(centre, _SIGN, fill=colour)
    elif state == "on-the-way":
        canvas.polygon([(x - 4, y + 3.5), (x + 4, y + 3.5), (x, y - 4)], fill=colour)
    elif state == "behind":
        canvas.polygon(diamond(centre, _SIGN + 0.6), fill=colour)
    else:
        canvas.circle(centre, _SIGN - 0.7, fill=PAPER, stroke=colour, stroke_width=1.4)


def _description(
    bands: Sequence[MapBand],
    boxes: Sequence[MapBox],
    links: Sequence[tuple[str, str]],
    style: FigureStyle,
) -> str:
    return " ".join(_sentences(bands, boxes, links, style))


def _sentences(
    bands: Sequence[MapBand],
    boxes: Sequence[MapBox],
    links: Sequence[tuple[str, str]],
    style: FigureStyle,
) -> Iterator[str]:
    """Say what stands in each band, from effect to cause, and then every link."""
    comma = {"en": ", ", "fa": "، ", "zh": "、"}[style.language]
    stop = {"en": ".", "fa": ".", "zh": "。"}[style.language]
    arrow = "←" if style.is_rtl else "→"
    name = {box.id: box.name for box in boxes}
    for band in reversed(bands):
        own = [
            f"{box.name} ({box.note})" if box.note else box.name
            for box in boxes
            if box.band == band.id
        ]
        yield f"{band.title}: {comma.join(own)}{stop}" if own else f"{band.title}{stop}"
    for cause, effect in links:
        yield f"{name[cause]} {arrow} {name[effect]}{stop}"
