"""The graph as rows of elements: tasks, and the bends of links that pass through a row.

Links that leave one task share a trunk, and so do links that all end in one task such as a gate:
a bundle. Fewer lines run side by side, and a trunk still has one meaning, because a bundle has
one source or one target.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

# So many links must meet in a task before they are gathered on the way to it.
_GATHERED_FROM = 3


class Bundle(NamedTuple):
    """Links that share a line: all that leave `task`, or all that enter it."""

    enters: bool
    task: int


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of one or more edges, from a row to the next one."""

    upper: int
    lower: int
    bundle: Bundle
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """Tasks and bends in rows.

    Attributes:
        task_count: elements below this number are tasks, in the order given; others are bends.
        row_of: row of each element.
        lane_of: lane of each element; a bend stands in the lane of its bundle's task.
        links: each from a row to the next.
        paths: per edge the numbers of its links, from source to target.
    """

    task_count: int
    row_of: tuple[int, ...]
    lane_of: tuple[int, ...]
    links: tuple[Link, ...]
    paths: Mapping[tuple[str, str], tuple[int, ...]]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return max(self.row_of, default=-1) + 1

    def is_task(self, element: int) -> bool:
        """Whether the element is a task and not a bend."""
        return element < self.task_count


def build_layers(
    ids: Sequence[str],
    edges: Collection[tuple[str, str]],
    rows: Mapping[str, int],
    lane_of: Mapping[str, int],
    *,
    urgent: Collection[tuple[str, str]] = (),
) -> Layers:
    """Cut edges into links between neighbouring rows.

    Args:
        ids: of the tasks.
        edges: pairs of ids; each goes down at least one row.
        rows: row per id.
        lane_of: lane per id.
        urgent: the edges that the drawing keeps straight first.
    """
    builder = _Builder(ids, rows, lane_of)
    outgoing, incoming = Counter(s for s, _ in edges), Counter(t for _, t in edges)
    for source, target in sorted(edges, key=lambda e: (rows[e[0]], rows[e[1]], e)):
        gathers = incoming[target] >= _GATHERED_FROM and incoming[target] > outgoing[source]
        task = builder.number[target if gathers else source]
        builder.add(source, target, Bundle(gathers, task), is_urgent=(source, target) in urgent)
    return builder.finish()


class _Builder:
    def __init__(
        self, ids: Sequence[str], rows: Mapping[str, int], lane_of: Mapping[str, int]
    ) -> None:
        self.number = {one: place for place, one in enumerate(ids)}
        self.row_of = [rows[one] for one in ids]
        self.lane_of = [lane_of[one] for one in ids]
        self.bends: dict[tuple[Bundle, int], int] = {}
        self.links: dict[tuple[int, int, Bundle], int] = {}
        self.urgent: set[int] = set()
        self.paths: dict[tuple[str, str], tuple[int, ...]] = {}

    def add(self, source: str, target: str, bundle: Bundle, *, is_urgent: bool) -> None:
        start, end = self.number[source], self.number[target]
        stops = [start]
        stops += [self._bend(bundle, r) for r in range(self.row_of[start] + 1, self.row_of[end])]
        stops.append(end)
        path = [self._link(a, b, bundle) for a, b in pairwise(stops)]
        self.paths[source, target] = tuple(path)
        if is_urgent:
            self.urgent.update(path)

    def finish(self) -> Layers:
        links = (
            Link(upper, lower, bundle, number in self.urgent)
            for (upper, lower, bundle), number in self.links.items()
        )
        task_count = len(self.number)
        return Layers(task_count, tuple(self.row_of), tuple(self.lane_of), tuple(links), self.paths)

    def _bend(self, bundle: Bundle, row: int) -> int:
        if (bundle, row) not in self.bends:
            self.bends[bundle, row] = len(self.row_of)
            self.row_of.append(row)
            self.lane_of.append(self.lane_of[bundle.task])
        return self.bends[bundle, row]

    def _link(self, upper: int, lower: int, bundle: Bundle) -> int:
        return self.links.setdefault((upper, lower, bundle), len(self.links))
