"""Lines, arrow heads and box outlines that all dependency figures share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from crmplan.figures.palette import CRITICAL, LINE, PAPER

if TYPE_CHECKING:
    from crmplan.figures.layers import Bundle
    from crmplan.figures.layout import Edge, Layout
    from crmplan.figures.svg import Canvas, Point

    Route = tuple[Point, ...]

CRITICAL_WIDTH, NORMAL_WIDTH = 2.4, 1.0

_CORNER = 4.0
_HALO = 2.0


def draw_edges(
    canvas: Canvas, layout: Layout, critical: Collection[Edge], *, origin: Point, arrow: float
) -> None:
    """Draw every edge, the critical ones last, thick and with a gap around them.

    Edges of one bundle are painted as one shape: lines painted twice look darker. Each edge also
    has an unpainted path of its own, which a page can light up.

    Args:
        canvas: to draw on.
        layout: the routes.
        critical: edges of the critical path.
        origin: where the layout's (0, 0) is.
        arrow: length of an arrow head.
    """
    x, y = origin
    routes = {
        edge: tuple((px + x, py + y) for px, py in route)
        for edge, route in sorted(layout.routes.items())
    }
    crossed = {layout.bundles[edge] for edge in critical}
    bundles: dict[Bundle, list[Route]] = defaultdict(list)
    for edge, route in routes.items():
        if edge not in critical:
            bundles[layout.bundles[edge]].append(route)
    red = [route for edge, route in routes.items() if edge in critical]
    for bundle in sorted(bundles.keys() - crossed):
        _draw_bundle(canvas, bundles[bundle], arrow)
    if red:
        canvas.lines(red, radius=_CORNER, stroke=PAPER, stroke_width=CRITICAL_WIDTH + _HALO)
    for bundle in sorted(bundles.keys() & crossed):
        _draw_bundle(canvas, bundles[bundle], arrow)
    if red:
        _draw_bundle(canvas, red, arrow * 1.25, colour=CRITICAL, thickness=CRITICAL_WIDTH)
    for (source, target), route in routes.items():
        look = {"class_": "edge", "data_source": source, "data_target": target}
        canvas.line(route, radius=_CORNER, **look)


def _draw_bundle(
    canvas: Canvas,
    routes: Sequence[Route],
    arrow: float,
    *,
    colour: str = LINE,
    thickness: float = NORMAL_WIDTH,
) -> None:
    # Lines end inside the arrow head: at its tip their square end would show.
    lines = [(*route[:-1], (route[-1][0], route[-1][1] - arrow * 0.8)) for route in routes]
    canvas.lines(lines, radius=_CORNER, stroke=colour, stroke_width=thickness)
    for tip in dict.fromkeys(route[-1] for route in routes):
        arrow_head(canvas, tip, arrow, colour)


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
