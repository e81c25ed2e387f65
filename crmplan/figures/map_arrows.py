"""Arrows between the boxes of a strategy map."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from crmplan.figures.palette import PAPER

if TYPE_CHECKING:
    from crmplan.figures.strategy_map import Place
    from crmplan.figures.svg import Canvas, Point

_HEAD = 6.5
_THICKNESS = 1.2
_CORNER = 4.0
_TRACK = 6.0
_UPRIGHT = 13.0
_SPREAD = 0.62
Link = tuple[str, str]


def draw_arrows(
    canvas: Canvas, places: Mapping[str, Place], links: Sequence[Link], *, colour: str
) -> None:
    """Draw every link from its cause to its effect.

    Links between rows end on the facing edges, spread so that none hides another.
    Neighbours in a row are joined side by side; others in a row by a way above the boxes.

    Args:
        canvas: to draw on; boxes are drawn afterwards and cover what passes behind them.
        places: of the boxes.
        links: ids of cause and effect.
        colour: of lines and heads.
    """
    ports = _ports(places, links)
    tracks: dict[float, int] = defaultdict(int)
    for link in links:
        cause, effect = places[link[0]], places[link[1]]
        if cause.y != effect.y:
            route = _between_rows(ports[link, "cause"], ports[link, "effect"])
        elif _are_neighbours(cause, effect, places):
            route = _sideways(cause, effect)
        else:
            tracks[cause.y] += 1
            route = _above(cause, effect, tracks[cause.y] * _TRACK)
        _draw(canvas, route, colour)


def _between_rows(begin: Point, end: Point) -> list[Point]:
    """Lead a link straight, but its last piece upright: the box would cover half of a flat head."""
    x, y = end
    return [begin, (x, y + (_UPRIGHT if begin[1] > y else -_UPRIGHT)), end]


def _ports(places: Mapping[str, Place], links: Sequence[Link]) -> dict[tuple[Link, str], Point]:
    """Give the two ends of each link between rows, in the order of what they lead to."""
    ends: dict[tuple[str, float], list[tuple[float, Link, str]]] = defaultdict(list)
    for link in links:
        cause, effect = places[link[0]], places[link[1]]
        if cause.y == effect.y:
            continue
        is_upwards = effect.y < cause.y
        from_edge, to_edge = (cause.y, effect.bottom) if is_upwards else (cause.bottom, effect.y)
        ends[link[0], from_edge].append((effect.middle, link, "cause"))
        ends[link[1], to_edge].append((cause.middle, link, "effect"))
    found: dict[tuple[Link, str], Point] = {}
    for (name, edge), leading in ends.items():
        place = places[name]
        step = place.width * _SPREAD / len(leading)
        first = place.middle - step * (len(leading) - 1) / 2
        for number, (_, link, end) in enumerate(sorted(leading)):
            found[link, end] = (first + number * step, edge)
    return found


def _are_neighbours(first: Place, second: Place, places: Mapping[str, Place]) -> bool:
    low, high = sorted((first.middle, second.middle))
    return not any(place.y == first.y and low < place.middle < high for place in places.values())


def _sideways(cause: Place, effect: Place) -> list[Point]:
    y = cause.y + cause.height / 2
    if cause.x < effect.x:
        return [(cause.x + cause.width, y), (effect.x, y)]
    return [(cause.x, y), (effect.x + effect.width, y)]


def _above(cause: Place, effect: Place, lift: float) -> list[Point]:
    y = cause.y - lift
    shift = cause.width * 0.38 * (1 if effect.x > cause.x else -1)
    begin, end = cause.middle + shift, effect.middle - shift
    return [(begin, cause.y), (begin, y), (end, y), (end, effect.y)]


def _draw(canvas: Canvas, route: Sequence[Point], colour: str) -> None:
    tip, before = route[-1], route[-2]
    length = math.dist(before, tip) or 1.0
    along = ((tip[0] - before[0]) / length, (tip[1] - before[1]) / length)
    neck = (tip[0] - along[0] * _HEAD * 0.8, tip[1] - along[1] * _HEAD * 0.8)
    line = [*route[:-1], neck]
    canvas.line(line, radius=_CORNER, stroke=PAPER, stroke_width=_THICKNESS + 2)
    canvas.line(line, radius=_CORNER, stroke=colour, stroke_width=_THICKNESS)
    back = (tip[0] - along[0] * _HEAD, tip[1] - along[1] * _HEAD)
    across = (-along[1] * _HEAD * 0.48, along[0] * _HEAD * 0.48)
    head = [
        tip,
        (back[0] + across[0], back[1] + across[1]),
        (back[0] - across[0], back[1] - across[1]),
    ]
    canvas.polygon(head, fill=colour)
