"""Where on the edge of its box each link leaves or arrives."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.figures.layers import Bundle, Layers, Link
    from crmplan.figures.ordering import Rows

# Ports stay within this share of a box, clear of its rounded corners.
_USED_WIDTH = 0.7


def port_offsets(
    layers: Layers, rows: Rows, *, box_width: float, step: float
) -> tuple[tuple[float, float], ...]:
    """Distance from the middle of the upper and of the lower element, for each link.

    Links of one bundle use one port. Ports follow the order of the elements they lead to, so that
    links do not cross at the box. Bends have one port, in the middle.
    """
    place = {element: number for row in rows for number, element in enumerate(row)}
    leaving: dict[int, dict[Bundle, list[int]]] = defaultdict(lambda: defaultdict(list))
    arriving: dict[int, dict[Bundle, list[int]]] = defaultdict(lambda: defaultdict(list))
    for link in layers.links:
        leaving[link.upper][link.bundle].append(place[link.lower])
        arriving[link.lower][link.bundle].append(place[link.upper])
    urgent = {(end, link.bundle) for link in layers.links for end in _urgent_ends(link)}

    def spread(ends: dict[int, dict[Bundle, list[int]]]) -> dict[int, dict[Bundle, float]]:
        return {
            task: _spread(ports, [b for b in ports if (task, b) in urgent], room, step)
            for task, ports in ends.items()
            if layers.is_task(task)
        }

    room = box_width * _USED_WIDTH
    below, above = spread(leaving), spread(arriving)
    return tuple(
        (
            below.get(link.upper, {}).get(link.bundle, 0.0),
            above.get(link.lower, {}).get(link.bundle, 0.0),
        )
        for link in layers.links
    )


def _urgent_ends(link: Link) -> tuple[int, ...]:
    return (link.upper, link.lower) if link.is_urgent else ()


def _spread(
    ports: dict[Bundle, list[int]], urgent: list[Bundle], room: float, step: float
) -> dict[Bundle, float]:
    """Place the ports of one side; a single urgent one gets the middle and runs straight."""
    in_order = sorted(ports, key=lambda bundle: (fmean(ports[bundle]), bundle))
    middle = (len(in_order) - 1) / 2
    if len(urgent) == 1:
        middle = in_order.index(urgent[0])
    farthest = max(middle, len(in_order) - 1 - middle)
    gap = min(step, room / 2 / farthest) if farthest else 0.0
    return {bundle: (number - middle) * gap for number, bundle in enumerate(in_order)}
