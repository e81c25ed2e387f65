"""The horizontal parts of links in the channel between two rows.

All links of one bundle in one channel form a bus: one horizontal line with branches up and down.
Buses get tracks, one below the other, in an order with few crossings and no two verticals on top
of each other; buses that do not meet share a track.

Source: Sander (2004), Layout of directed hypergraphs with orthogonal hyperedges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.figures.layers import Bundle, Layers

# Nearer than this, two verticals would look like one line.
TOO_NEAR = 2.0
_APART = 6.0
_OVERLAP_COST = 100


@dataclass(frozen=True, slots=True)
class Bus:
    """A horizontal line between the x of its branches."""

    bundle: Bundle
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]

    @property
    def span(self) -> tuple[float, float]:
        """Start and end of the line."""
        ends = self.tops + self.bottoms
        return min(ends), max(ends)


@dataclass(frozen=True, slots=True)
class Channel:
    """The tracks of one channel; a bundle that goes straight through has none."""

    track_of: Mapping[Bundle, int]

    @property
    def track_count(self) -> int:
        """How many lines lie one below the other."""
        return max(self.track_of.values(), default=-1) + 1


def assign_tracks(layers: Layers, ends: Sequence[tuple[float, float]]) -> tuple[Channel, ...]:
    """The channel below each row but the last.

    Args:
        layers: the links.
        ends: x of each link at its upper and at its lower end.
    """
    buses: list[dict[Bundle, list[tuple[float, float]]]] = [
        defaultdict(list) for _ in range(max(layers.row_count - 1, 0))
    ]
    for link, pair in zip(layers.links, ends, strict=True):
        buses[layers.row_of[link.upper]][link.bundle].append(pair)
    return tuple(_channel(bundles) for bundles in buses)


def _channel(bundles: Mapping[Bundle, Sequence[tuple[float, float]]]) -> Channel:
    buses = []
    for bundle, pairs in sorted(bundles.items()):
        tops, bottoms = zip(*pairs, strict=True)
        bus = Bus(bundle, tuple(sorted(set(tops))), tuple(sorted(set(bottoms))))
        if bus.span[0] < bus.span[1]:
            buses.append(bus)
    tracks: dict[Bundle, int] = {}
    placed: list[Bus] = []
    for bus in _in_order(buses):
        tracks[bus.bundle] = max(
            (tracks[other.bundle] + 1 for other in placed if _meet(bus, other)), default=0
        )
        placed.append(bus)
    return Channel(tracks)


def _in_order(buses: Sequence[Bus]) -> list[Bus]:
    """From top to bottom; each is moved to its best place until nothing gains."""
    order = sorted(buses, key=lambda bus: (bus.span, bus.bundle))
    cost = {
        (a.bundle, b.bundle): _cost(above=a, below=b) for a in order for b in order if a is not b
    }
    improved = True
    while improved:
        improved = False
        for bus in tuple(order):
            improved |= _move_to_best(order, bus, cost)
    return order


def _move_to_best(order: list[Bus], bus: Bus, cost: Mapping[tuple[Bundle, Bundle], int]) -> bool:
    start = order.index(bus)
    best_gain, best_place = 0, start
    for step in (1, -1):
        gain, place = 0, start + step
        while 0 <= place < len(order):
            pair = bus.bundle, order[place].bundle
            gain += step * (cost[pair] - cost[pair[::-1]])
            if gain > best_gain:
                best_gain, best_place = gain, place
            place += step
    if best_place == start:
        return False
    order.insert(best_place, order.pop(start))
    return True


def _cost(*, above: Bus, below: Bus) -> int:
    """Crossings of two buses in this order; verticals on top of each other cost most."""
    crossings = _inside(above.bottoms, below.span) + _inside(below.tops, above.span)
    overlaps = sum(abs(bottom - top) < TOO_NEAR for bottom in above.bottoms for top in below.tops)
    return crossings + _OVERLAP_COST * overlaps


def _inside(places: Sequence[float], span: tuple[float, float]) -> int:
    return sum(span[0] < place < span[1] for place in places)


def _meet(first: Bus, second: Bus) -> bool:
    (a, b), (c, d) = first.span, second.span
    return a < d + _APART and c < b + _APART
