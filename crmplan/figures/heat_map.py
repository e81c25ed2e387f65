"""A table of levels as coloured cells, each with its number printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.palette import (
    HAIRLINE,
    INK_SOFT,
    LINE,
    PAPER,
    sequence_colour,
    text_colour_on,
)
from crmplan.figures.svg import Canvas, Point
from crmplan.figures.text import width, wrap

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure
    from crmplan.figures.style import FigureStyle

# 640 units stand for 16 cm, so 8.5 units are 6 points.
_WIDTH = 640.0
_FONT = 10.5
_LINE = 13.0
_WIDEST_LABEL = 230.0
_LABEL_GAP = 10.0
_WIDEST_CELL = 96.0
_NARROWEST_CELL = 40.0
_CELL_GAP = 2.0
_CELL_PADDING = 5.0
_STEP = 26.0
_LEGEND_HEIGHT = 34.0
_SIGN = 13.0
MISSING = "\u2013"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One value: for the colour as a number, for the reader as text; None is "no value"."""

    value: float | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of cells, one per column."""

    label: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatLabels:
    """The words of a heat map: its title, and what a hatched cell means."""

    title: str
    missing: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """Measured places."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    label_width: float
    cell_width: float
    header: float

    @property
    def heights(self) -> tuple[float, ...]:
        return tuple(max(len(lines) * _LINE + 2 * _CELL_PADDING, _STEP) for lines in self.rows)

    @property
    def width(self) -> float:
        return self.label_width + _LABEL_GAP + self.cell_width * len(self.columns)


def draw_heat_map(
    rows: Sequence[HeatRow],
    columns: Sequence[str],
    *,
    labels: HeatLabels,
    style: FigureStyle,
    top: int = 5,
) -> Figure:
    """Draw levels as a grid, light for low and dark for high.

    Args:
        rows: from top to bottom, each with as many cells as there are columns.
        columns: headings, from the start of the line.
        labels: words.
        style: language; its digits are used for the scale below the grid.
        top: the highest level of the scale; 0 is the lowest.

    Returns:
        A figure that is 16 cm wide at full size; more than ten columns make it wider.
    """
    grid = _measure(rows, columns, style)
    height = grid.header + sum(grid.heights) + _LEGEND_HEIGHT
    canvas = Canvas(max(grid.width, _WIDTH), height, style)
    _draw_header(canvas, grid)
    y = grid.header
    for row, lines, high in zip(rows, grid.rows, grid.heights, strict=True):
        _draw_row(canvas, row, lines, (y, high), grid, top)
        y += high
    _draw_scale(canvas, grid, y, labels, top)
    return canvas.finish(title=labels.title, description=_description(rows, columns, labels))


def _measure(rows: Sequence[HeatRow], columns: Sequence[str], style: FigureStyle) -> _Grid:
    longest = max((width(row.label, _FONT, style) for row in rows), default=0.0)
    label_width = min(longest + 2, _WIDEST_LABEL)
    room = _WIDTH - label_width - _LABEL_GAP
    cell = min(max(room / max(len(columns), 1), _NARROWEST_CELL), _WIDEST_CELL)
    headings = tuple(wrap(c, cell - 6, _FONT, style, bold=True, max_lines=4) for c in columns)
    header = max((len(lines) for lines in headings), default=0) * _LINE + 10
    labels = tuple(wrap(row.label, label_width, _FONT, style, max_lines=3) for row in rows)
    return _Grid(labels, headings, label_width, cell, header)


def _draw_header(canvas: Canvas, grid: _Grid) -> None:
    for number, lines in enumerate(grid.columns):
        x = _cell_start(grid, number) + grid.cell_width / 2
        y = grid.header - 7 - (len(lines) - 1) * _LINE
        _draw_lines(canvas, lines, (x, y), middle=True)


def _draw_row(
    canvas: Canvas,
    row: HeatRow,
    lines: Sequence[str],
    place: tuple[float, float],
    grid: _Grid,
    top: int,
) -> None:
    y, high = place
    first = y + high / 2 + _FONT * 0.36 - (len(lines) - 1) * _LINE / 2
    _draw_lines(canvas, lines, (0, first), middle=False)
    for number, cell in enumerate(row.cells):
        x = _cell_start(grid, number) + _CELL_GAP / 2
        box = (x, y + _CELL_GAP / 2, grid.cell_width - _CELL_GAP, high - _CELL_GAP)
        _draw_cell(canvas, cell, box, top)


def _draw_cell(
    canvas: Canvas, cell: HeatCell, box: tuple[float, float, float, float], top: int
) -> None:
    x, y, wide, high = box
    baseline = y + high / 2 + _FONT * 0.36
    middle = x + wide / 2
    if cell.value is None:
        _hatch(canvas, box)
        canvas.text(
            middle, baseline, cell.text or MISSING, size=_FONT, anchor="middle", fill=INK_SOFT
        )
        return
    colour = sequence_colour(cell.value / top)
    canvas.rect(x, y, wide, high, rx=2, fill=colour, stroke=HAIRLINE, stroke_width=0.6)
    ink = text_colour_on(colour)
    canvas.text(middle, baseline, cell.text, size=_FONT, anchor="middle", fill=ink)


def _hatch(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """Slanting lines inside a frame, with a clear middle for the sign.

    Drawn as lines because a pattern would need an id, which inline drawings could share.
    """
    x, y, wide, high = box
    canvas.rect(x, y, wide, high, rx=2, fill=PAPER, stroke=HAIRLINE, stroke_width=0.6)
    strokes = []
    offset = 6.0
    while offset < wide + high:
        strokes.append(
            [
                (x + max(0.0, offset - high), y + min(offset, high)),
                (x + min(offset, wide), y + max(0.0, offset - wide)),
            ]
        )
        offset += 6.0
    canvas.lines(strokes, stroke=HAIRLINE, stroke_width=0.8)
    size = min(high, _FONT + 2, wide)
    canvas.circle((x + wide / 2, y + high / 2), size / 2 + 1, fill=PAPER)


def _draw_scale(canvas: Canvas, grid: _Grid, y: float, labels: HeatLabels, top: int) -> None:
    """Sample cells with the level, and the sign for missing values."""
    x = grid.label_width + _LABEL_GAP + _CELL_GAP / 2
    middle = y + _LEGEND_HEIGHT - _SIGN
    baseline = middle + 9.5 * 0.36
    for level in range(top + 1):
        colour = sequence_colour(level / top)
        canvas.rect(x, middle - 8, _STEP, 16, rx=2, fill=colour, stroke=LINE, stroke_width=0.4)
        text = canvas.style.digits(str(level))
        ink = text_colour_on(colour)
        canvas.text(x + _STEP / 2, baseline, text, size=9.5, anchor="middle", fill=ink)
        x += _STEP + 2
    x += 14
    _hatch(canvas, (x, middle - 8, _STEP, 16))
    canvas.text(x + _STEP / 2, baseline, MISSING, size=9.5, anchor="middle", fill=INK_SOFT)
    canvas.text(x + _STEP + 6, baseline, labels.missing, size=9.5, fill=INK_SOFT, prose=True)


def _draw_lines(canvas: Canvas, lines: Sequence[str], first: Point, *, middle: bool) -> None:
    x, y = first
    for number, line in enumerate(lines):
        canvas.text(
            x,
            y + number * _LINE,
            line,
            size=_FONT,
            anchor="middle" if middle else "start",
            bold=middle,
            prose=True,
        )


def _cell_start(grid: _Grid, number: int) -> float:
    return grid.label_width + _LABEL_GAP + grid.cell_width * number


def _description(rows: Sequence[HeatRow], columns: Sequence[str], labels: HeatLabels) -> str:
    return "; ".join(
        f"{row.label}: "
        + ", ".join(
            f"{column} {cell.text or labels.missing}"
            for column, cell in zip(columns, row.cells, strict=True)
        )
        for row in rows
    )
