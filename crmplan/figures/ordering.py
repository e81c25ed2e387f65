"""The order of elements within rows, so that few links cross.

Barycentre and median sweeps from several starts, then single elements are moved while that helps.
Elements never leave their lane: the lane is the first sort key everywhere. Everything is seeded;
the same graph gives the same order in every run.

Source: Sugiyama, Tagawa & Toda (1981), Methods for visual understanding of hierarchical system
structures; Matuszewski, Schönfeld & Molitor (1999), Using sifting for k-layer straightline
crossing minimization.
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Sequence
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.figures.layers import Layers

Rows = tuple[tuple[int, ...], ...]

_SWEEPS = 16
_PATIENCE = 5
# Work grows with elements; these bounds keep 300 tasks within about a second.
_LINK_BUDGET = 6_000
_MOST_STARTS = 10
_SIFTED_UP_TO = 4_000


def order_rows(layers: Layers) -> Rows:
    """The elements of each row from start to end, with few crossings."""
    starts = max(1, min(_MOST_STARTS, _LINK_BUDGET // (len(layers.links) + 1)))
    best: _Order | None = None
    fewest = 0
    for seed in range(starts):
        order = _Order(layers, seed)
        crossings = order.sweep()
        if best is None or crossings < fewest:
            best, fewest = order, crossings
        if not fewest:
            break
    if best is None:
        return ()
    if len(layers.row_of) <= _SIFTED_UP_TO:
        best.sift()
    return tuple(tuple(row) for row in best.rows)


class _Order:
    """An order that is being improved."""

    def __init__(self, layers: Layers, seed: int) -> None:
        self.lane_of = layers.lane_of
        self.above: list[list[int]] = [[] for _ in layers.row_of]
        self.below: list[list[int]] = [[] for _ in layers.row_of]
        for link in layers.links:
            self.below[link.upper].append(link.lower)
            self.above[link.lower].append(link.upper)
        self.rows = self._first_rows(layers, seed)
        self.place = [0] * len(layers.row_of)
        for row in self.rows:
            self._number(row)

    def sweep(self) -> int:
        """Sort rows by their neighbours, down and up; return the crossings of the best state."""
        fewest, kept, stalled = self._crossings(), [row[:] for row in self.rows], 0
        for turn in range(_SWEEPS):
            self._sweep_once(turn)
            crossings = self._crossings()
            if crossings < fewest:
                fewest, kept, stalled = crossings, [row[:] for row in self.rows], 0
            else:
                stalled += 1
            if not fewest or stalled > _PATIENCE:
                break
        self.rows = kept
        for row in self.rows:
            self._number(row)
        return fewest

    def sift(self) -> None:
        """Move single elements along their row to the best place, until nothing gains."""
        improved = True
        while improved:
            improved = False
            for row in self.rows:
                for element in tuple(row):
                    improved |= self._sift_one(row, element)

    def _first_rows(self, layers: Layers, seed: int) -> list[list[int]]:
        rows: list[list[int]] = [[] for _ in range(layers.row_count)]
        elements = self._depth_first() if seed == 0 else list(range(len(layers.row_of)))
        if seed:
            random.Random(seed).shuffle(elements)  # noqa: S311 a repeatable start, no secret
        for element in elements:
            rows[layers.row_of[element]].append(element)
        for row in rows:
            row.sort(key=self.lane_of.__getitem__)
        return rows

    def _depth_first(self) -> list[int]:
        found: dict[int, None] = {}
        stack = [e for e in reversed(range(len(self.above))) if not self.above[e]]
        while stack:
            element = stack.pop()
            if element not in found:
                found[element] = None
                stack.extend(reversed(self.below[element]))
        return list(found)

    def _sweep_once(self, turn: int) -> None:
        downwards = turn % 2 == 0
        neighbours = self.above if downwards else self.below
        middle = median if turn % 4 < 2 else fmean
        for row in self.rows if downwards else reversed(self.rows):
            keys = {
                e: float(middle(self.place[other] for other in neighbours[e]))
                for e in row
                if neighbours[e]
            }
            self._sort(row, keys)
        self._transpose()

    def _sort(self, row: list[int], keys: dict[int, float]) -> None:
        """Sort elements that have a key; the others keep their places in the lane."""
        by_lane: dict[int, list[int]] = {}
        for element in sorted(keys, key=lambda e: (keys[e], self.place[e])):
            by_lane.setdefault(self.lane_of[element], []).append(element)
        queues = {lane: iter(elements) for lane, elements in by_lane.items()}
        row[:] = [next(queues[self.lane_of[e]]) if e in keys else e for e in row]
        self._number(row)

    def _transpose(self) -> None:
        for row in self.rows:
            for left, right in zip(range(len(row)), range(1, len(row)), strict=False):
                a, b = row[left], row[right]
                if self.lane_of[a] == self.lane_of[b] and self._gain(a, b) > 0:
                    row[left], row[right] = b, a
                    self.place[a], self.place[b] = right, left

    def _sift_one(self, row: list[int], element: int) -> bool:
        start = self.place[element]
        best_gain, best_place = 0, start
        for step in (1, -1):
            gain, place = 0, start
            while 0 <= place + step < len(row):
                other = row[place + step]
                if self.lane_of[other] != self.lane_of[element]:
                    break
                gain += self._gain(element, other) if step == 1 else self._gain(other, element)
                place += step
                if gain > best_gain:
                    best_gain, best_place = gain, place
        if best_place == start:
            return False
        row.insert(best_place, row.pop(start))
        self._number(row)
        return True

    def _gain(self, first: int, second: int) -> int:
        """How many crossings fewer there are if two neighbours change places."""
        return self._pair_gain(self.above, first, second) + self._pair_gain(
            self.below, first, second
        )

    def _pair_gain(self, neighbours: list[list[int]], first: int, second: int) -> int:
        gain = 0
        others = [self.place[other] for other in neighbours[second]]
        for near in neighbours[first]:
            place = self.place[near]
            for other in others:
                gain += (place > other) - (place < other)
        return gain

    def _crossings(self) -> int:
        return sum(self._crossings_below(row) for row in self.rows)

    def _crossings_below(self, row: Sequence[int]) -> int:
        crossings = 0
        passed: list[int] = []
        for element in row:
            places = sorted(self.place[other] for other in self.below[element])
            for place in places:
                crossings += len(passed) - bisect_right(passed, place)
            for place in places:
                insort(passed, place)
        return crossings

    def _number(self, row: Sequence[int]) -> None:
        for place, element in enumerate(row):
            self.place[element] = place
