"""The x of every element: straight trunks, tasks above their followers, lanes respected.

Each row of a lane is solved exactly for the present places of its neighbours, first by weighted
means, then by weighted medians, which make more links exactly straight.

Source: Gansner et al. (1993), A technique for drawing directed graphs (weights of edges).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from crmplan.figures.isotonic import mean, median, pooled

if TYPE_CHECKING:
    from crmplan.figures.isotonic import Estimate
    from crmplan.figures.layers import Layers
    from crmplan.figures.ordering import Rows

Span = tuple[float, float]

_BEND_WEIGHT, _HALF_BEND_WEIGHT, _TASK_WEIGHT, _URGENT_FACTOR = 8.0, 3.0, 1.0, 4.0
# A link to another lane is never straight, so it must not pull its ends off straight ones.
_ACROSS_WEIGHT = 0.1
_PIN_WEIGHT = 1e6
_MEAN_TURNS, _MEDIAN_TURNS = 14, 8


@dataclass(frozen=True, slots=True)
class Gaps:
    """Free room between neighbours in a row."""

    between_boxes: float
    between_bends: float
    beside_box: float


@dataclass(frozen=True, slots=True)
class Measures:
    """How wide things are."""

    box_width: float
    gaps: Gaps


def row_widths(layers: Layers, rows: Rows, measures: Measures) -> dict[int, float]:
    """The room that each lane needs for its widest row, without padding."""
    needed: dict[int, float] = defaultdict(float)
    for block in _blocks(layers, rows):
        lane = layers.lane_of[block[0]]
        needed[lane] = max(needed[lane], _offsets(layers, block, measures)[1])
    return dict(needed)


def place_columns(
    layers: Layers,
    rows: Rows,
    ports: Sequence[tuple[float, float]],
    lanes: Mapping[int, Span],
    measures: Measures,
) -> tuple[float, ...]:
    """The middle of each element.

    Args:
        layers: the elements.
        rows: their order; it is kept.
        ports: offsets of each link at its two ends.
        lanes: start and end of each lane, wide enough for its `row_widths`.
        measures: sizes.
    """
    columns = _Columns(layers, rows, ports, lanes, measures)
    columns.settle(mean, _MEAN_TURNS)
    columns.pin_urgent_chains()
    columns.settle(median, _MEDIAN_TURNS)
    columns.straighten()
    columns.settle(median, _MEDIAN_TURNS // 2)
    columns.straighten()
    return tuple(columns.x)


def _blocks(layers: Layers, rows: Rows) -> list[tuple[int, ...]]:
    """The elements of one row and one lane, for all rows."""
    blocks = []
    for row in rows:
        by_lane: dict[int, list[int]] = defaultdict(list)
        for element in row:
            by_lane[layers.lane_of[element]].append(element)
        blocks += [tuple(block) for block in by_lane.values()]
    return blocks


def _offsets(
    layers: Layers, block: Sequence[int], measures: Measures
) -> tuple[tuple[float, ...], float]:
    """Tightest places of a block relative to its first element, and its whole width."""
    steps = (_separation(layers, a, b, measures) for a, b in pairwise(block))
    offsets = tuple(accumulate(steps, initial=0.0))
    ends = _half(layers, block[0], measures) + _half(layers, block[-1], measures)
    return offsets, offsets[-1] + ends


def _half(layers: Layers, element: int, measures: Measures) -> float:
    return measures.box_width / 2 if layers.is_task(element) else measures.gaps.between_bends / 2


def _separation(layers: Layers, left: int, right: int, measures: Measures) -> float:
    gaps = measures.gaps
    tasks = layers.is_task(left) + layers.is_task(right)
    if tasks == 0:
        return gaps.between_bends
    if tasks == 1:
        return measures.box_width / 2 + gaps.beside_box
    return measures.box_width + gaps.between_boxes


class _Columns:
    """Places that are being improved."""

    def __init__(
        self,
        layers: Layers,
        rows: Rows,
        ports: Sequence[tuple[float, float]],
        lanes: Mapping[int, Span],
        measures: Measures,
    ) -> None:
        self.layers, self.lanes, self.measures = layers, lanes, measures
        self.blocks = _blocks(layers, rows)
        self.tight = [_offsets(layers, block, measures)[0] for block in self.blocks]
        # Per element: (other element, wished offset from it, weight).
        self.wishes: list[list[tuple[int, float, float]]] = [[] for _ in layers.row_of]
        for link, (top, bottom) in zip(layers.links, ports, strict=True):
            bends = (not layers.is_task(link.upper)) + (not layers.is_task(link.lower))
            weight = (_TASK_WEIGHT, _HALF_BEND_WEIGHT, _BEND_WEIGHT)[bends]
            weight *= _URGENT_FACTOR if link.is_urgent else 1
            if layers.lane_of[link.upper] != layers.lane_of[link.lower]:
                weight = _ACROSS_WEIGHT
            self.wishes[link.lower].append((link.upper, top - bottom, weight))
            self.wishes[link.upper].append((link.lower, bottom - top, weight))
        self.pinned: dict[int, float] = {}
        self.x = [0.0] * len(layers.row_of)
        for block, tight in zip(self.blocks, self.tight, strict=True):
            low, high = lanes[layers.lane_of[block[0]]]
            start = (low + high - tight[-1]) / 2
            for element, offset in zip(block, tight, strict=True):
                self.x[element] = start + offset

    def settle(self, estimate: Estimate, turns: int) -> None:
        """Move every block to the best places for the present places of the others."""
        order = list(zip(self.blocks, self.tight, strict=True))
        for turn in range(turns):
            for block, tight in order if turn % 2 == 0 else reversed(order):
                self._settle_block(block, tight, estimate)

    def pin_urgent_chains(self) -> None:
        """Give the critical path one x per lane; from now on the others make room for it."""
        reach = self._reach()
        for chain in self._urgent_chains():
            run: list[int] = []
            low, high = 0.0, 0.0
            for element in chain:
                own_low, own_high = reach[element]
                if run and max(low, own_low) <= min(high, own_high):
                    low, high = max(low, own_low), min(high, own_high)
                else:
                    self._pin(run, low, high)
                    run, (low, high) = [], (own_low, own_high)
                run.append(element)
            self._pin(run, low, high)

    def straighten(self) -> None:
        """Give the bends of each trunk one common x, as far down as there is room."""
        trunks: dict[tuple[bool, int], list[int]] = defaultdict(list)
        for link in self.layers.links:
            for element in (link.upper, link.lower):
                if not self.layers.is_task(element) and element not in trunks[link.bundle]:
                    trunks[link.bundle].append(element)
        neighbours = self._neighbours()
        for bends in sorted(trunks.values(), key=lambda trunk: (-len(trunk), trunk)):
            movable = [bend for bend in bends if bend not in self.pinned]
            movable.sort(key=self.layers.row_of.__getitem__)
            self._straighten_trunk(movable, neighbours)

    def _pin(self, run: Sequence[int], low: float, high: float) -> None:
        if run:
            middle = median([(self.x[element], 1.0) for element in run])
            self.pinned |= dict.fromkeys(run, min(max(middle, low), high))

    def _reach(self) -> dict[int, Span]:
        """Where each element could be if its neighbours gave way."""
        reach: dict[int, Span] = {}
        for block, tight in zip(self.blocks, self.tight, strict=True):
            low, high = self._bounds(block, tight)
            reach |= {
                e: (low + offset, high + offset) for e, offset in zip(block, tight, strict=True)
            }
        return reach

    def _bounds(self, block: Sequence[int], tight: Sequence[float]) -> Span:
        """The first and the last place that the first element of a block can have."""
        low, high = self.lanes[self.layers.lane_of[block[0]]]
        low += _half(self.layers, block[0], self.measures)
        high -= _half(self.layers, block[-1], self.measures) + tight[-1]
        return low, max(low, high)

    def _urgent_chains(self) -> list[list[int]]:
        """Elements that urgent links join, from top to bottom."""
        following: dict[int, int] = {}
        for link in self.layers.links:
            if link.is_urgent:
                following.setdefault(link.upper, link.lower)
        later = set(following.values())
        chains = []
        for first in following:
            if first not in later:
                chain = [first]
                while chain[-1] in following:
                    chain.append(following[chain[-1]])
                chains.append(chain)
        return chains

    def _settle_block(
        self, block: Sequence[int], tight: Sequence[float], estimate: Estimate
    ) -> None:
        low, high = self._bounds(block, tight)
        wishes = []
        for element, offset in zip(block, tight, strict=True):
            if element in self.pinned:
                wished = [(self.pinned[element] - offset, _PIN_WEIGHT)]
            else:
                wished = [(self.x[o] + away - offset, w) for o, away, w in self.wishes[element]]
            wishes.append(wished or [(self.x[element] - offset, _TASK_WEIGHT / 10)])
        for element, offset, place in zip(block, tight, pooled(wishes, estimate), strict=True):
            self.x[element] = min(max(place, low), high) + offset

    def _neighbours(self) -> dict[int, tuple[int | None, int | None]]:
        found: dict[int, tuple[int | None, int | None]] = {}
        for block in self.blocks:
            around = [None, *block, None]
            for element, left, right in zip(block, around, around[2:], strict=False):
                found[element] = left, right
        return found

    def _straighten_trunk(
        self, trunk: Sequence[int], neighbours: Mapping[int, tuple[int | None, int | None]]
    ) -> None:
        first = 0
        while first < len(trunk):
            low, high = self._free(trunk[first], neighbours)
            last = first + 1
            while last < len(trunk):
                next_low, next_high = self._free(trunk[last], neighbours)
                if max(low, next_low) > min(high, next_high):
                    break
                low, high = max(low, next_low), min(high, next_high)
                last += 1
            self._align(trunk[first:last], low, high)
            first = last

    def _align(self, run: Sequence[int], low: float, high: float) -> None:
        """Put a run where most of its outer links are straight, or in the middle of them."""
        inside = set(run)
        wished = [
            (self.x[other] + away, weight)
            for element in run
            for other, away, weight in self.wishes[element]
            if other not in inside
        ]
        middle = median(wished) if wished else self.x[run[0]]
        reachable = [wish for wish in wished if low <= wish[0] <= high]
        if reachable and not low <= middle <= high:
            middle = max(reachable, key=lambda wish: (wish[1], -abs(wish[0] - middle)))[0]
        for element in run:
            self.x[element] = min(max(middle, low), high)

    def _free(self, element: int, neighbours: Mapping[int, tuple[int | None, int | None]]) -> Span:
        low, high = self.lanes[self.layers.lane_of[element]]
        half = _half(self.layers, element, self.measures)
        low, high = low + half, high - half
        left, right = neighbours[element]
        if left is not None:
            low = max(low, self.x[left] + _separation(self.layers, left, element, self.measures))
        if right is not None:
            high = min(
                high, self.x[right] - _separation(self.layers, element, right, self.measures)
            )
        return (low, high) if low <= high else (self.x[element], self.x[element])
