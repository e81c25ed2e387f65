"""Rows of signs with their meaning, below a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.palette import INK_SOFT
from crmplan.figures.text import width

if TYPE_CHECKING:
    from crmplan.figures.style import FigureStyle
    from crmplan.figures.svg import Canvas, Point

ROW_HEIGHT = 17.0

_FONT = 9.5
_BETWEEN = 20.0
_SIGN_GAP = 6.0


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One sign: `draw` gets the start of the sign on the middle line of its row."""

    label: str
    sign_width: float
    draw: Callable[[Canvas, Point], None]


def legend_rows(
    items: Sequence[LegendItem], limit: float, style: FigureStyle
) -> tuple[tuple[LegendItem, ...], ...]:
    """Distribute items over rows that are no wider than the limit."""
    rows: list[list[LegendItem]] = [[]]
    used = 0.0
    for item in items:
        size = _item_width(item, style)
        if rows[-1] and used + size > limit:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += size + _BETWEEN
    return tuple(tuple(row) for row in rows if row)


def draw_legend(canvas: Canvas, rows: Sequence[Sequence[LegendItem]], origin: Point) -> None:
    """Draw the rows from a start point downwards."""
    x0, y = origin
    for row in rows:
        x = x0
        middle = y + ROW_HEIGHT / 2
        for item in row:
            item.draw(canvas, (x, middle))
            start = x + item.sign_width + _SIGN_GAP
            canvas.text(start, middle + _FONT * 0.36, item.label, size=_FONT, fill=INK_SOFT)
            x += _item_width(item, canvas.style) + _BETWEEN
        y += ROW_HEIGHT


def _item_width(item: LegendItem, style: FigureStyle) -> float:
    return item.sign_width + _SIGN_GAP + width(item.label, _FONT, style)
