"""Lines, arrow heads and box outlines that all dependency figures share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from crmplan.figures.palette import CRITICAL, LINE, PAPER

if TYPE_CHECKING:
    from crmplan.figures.layout import Edge, Layout
    from crmplan.figures.svg import Canvas, Point

CRITICAL_WIDTH, NORMAL_WIDTH = 2.4, 1.0

_CORNER = 4.0
_HALO = 2.0


def draw_edges(
    canvas: Canvas, layout: Layout, critical: Collection[Edge], *, origin: Point, arrow: float
) -> None:
    """Draw every edge, the critical ones last and thick.

    Args:
        canvas: to draw on.
        layout: the routes.
        critical: edges of the critical path.
        origin: where the layout's (0, 0) is.
        arrow: length of an arrow head.
    """
    x, y = origin
    ordered = sorted(layout.routes, key=lambda e: (e in critical, layout.bundles[e], e))
    for edge in ordered:
        route = [(px + x, py + y) for px, py in layout.routes[edge]]
        _draw_edge(canvas, edge, route, is_critical=edge in critical, arrow=arrow)


def _draw_edge(
    canvas: Canvas, edge: Edge, route: Sequence[Point], *, is_critical: bool, arrow: float
) -> None:
    thickness = CRITICAL_WIDTH if is_critical else NORMAL_WIDTH
    colour = CRITICAL if is_critical else LINE
    length = arrow * 1.25 if is_critical else arrow
    tip = route[-1]
    line = [*route[:-1], (tip[0], tip[1] - length * 0.8)]
    kind = "edge critical" if is_critical else "edge"
    with canvas.group(class_=kind, data_source=edge[0], data_target=edge[1]):
        if is_critical:
            canvas.line(line, radius=_CORNER, stroke=PAPER, stroke_width=thickness + _HALO)
        canvas.line(line, radius=_CORNER, stroke=colour, stroke_width=thickness)
        arrow_head(canvas, tip, length, colour)


def arrow_head(canvas: Canvas, tip: Point, length: float, colour: str) -> None:
    """A filled triangle that points down."""
    x, y = tip
    half = length * 0.48
    canvas.polygon([(x - half, y - length), (x + half, y - length), (x, y)], fill=colour)


def hexagon(x: float, y: float, width: float, height: float) -> list[Point]:
    """The outline of a milestone: a box with pointed ends."""
    point = min(height / 2, width / 4) * 0.8
    middle = y + height / 2
    return [
        (x, middle),
        (x + point, y),
        (x + width - point, y),
        (x + width, middle),
        (x + width - point, y + height),
        (x + point, y + height),
    ]


def diamond(centre: Point, radius: float) -> list[Point]:
    """The outline of a small diamond, the sign of a milestone."""
    x, y = centre
    return [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
