"""In which row each task of a dependency graph stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import networkx as nx

from crmplan.errors import DependencyCycleError


def assign_rows(
    ids: Sequence[str],
    edges: Collection[tuple[str, str]],
    lane_of: Mapping[str, int],
    *,
    capacity: int,
    urgent: Collection[str] = (),
    patience: float = 0.0,
) -> dict[str, int]:
    """Put every task below all that it waits for, few enough of them side by side.

    A list schedule whose time is the row: of the tasks that are free for a row, the urgent ones
    come first, then those with the longest way to go. Afterwards tasks move nearer to their
    neighbours where that shortens links.

    Args:
        ids: of all tasks; their order breaks ties.
        edges: pairs (source, target) of these ids.
        lane_of: position of the lane of each task.
        capacity: tasks of one lane in one row, 1 or more.
        urgent: ids that others make room for, usually the critical path.
        patience: 0 starts every task in the first row it can have; 1 lets tasks wait, if they
            can, for the row where the critical path enters their lane.

    Returns:
        The row per id, from 0, without empty rows.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    graph = _acyclic(ids, edges)
    linked = [node for node in ids if graph.degree(node)]
    schedule = _ListSchedule(graph.subgraph(linked), linked, lane_of, capacity, frozenset(urgent))
    rows = schedule.rows({})
    rows = schedule.rows(_opening_rows(rows, lane_of, urgent, patience))
    used = Counter((lane_of[node], row) for node, row in rows.items())
    _shorten_links(graph, rows, used, lane_of, capacity)
    _add_unlinked([node for node in ids if node not in rows], rows, used, lane_of, capacity)
    return _without_empty_rows(rows)


def _acyclic(ids: Sequence[str], edges: Collection[tuple[str, str]]) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(edges)
    if not nx.is_directed_acyclic_graph(graph):
        raise DependencyCycleError(tuple(source for source, _ in nx.find_cycle(graph)))
    return graph


def _opening_rows(
    rows: Mapping[str, int], lane_of: Mapping[str, int], urgent: Collection[str], patience: float
) -> dict[int, int]:
    """For each lane a row between the first one and the one where the critical path enters."""
    entered: dict[int, int] = {}
    for node in urgent:
        lane = lane_of[node]
        entered[lane] = min(entered.get(lane, rows[node]), rows[node])
    return {lane: int(row * patience) for lane, row in entered.items()}


class _ListSchedule:
    """Rows as time: the most urgent free tasks take the places of a row."""

    def __init__(
        self,
        graph: nx.DiGraph[str],
        ids: Sequence[str],
        lane_of: Mapping[str, int],
        capacity: int,
        urgent: frozenset[str],
    ) -> None:
        self.graph, self.ids, self.lane_of, self.capacity = graph, ids, lane_of, capacity
        self.to_go = _steps_to_go(graph)
        place = {node: number for number, node in enumerate(ids)}
        self.rank = {node: (node not in urgent, -self.to_go[node], place[node]) for node in ids}
        self.urgent = urgent

    def rows(self, opening: Mapping[int, int]) -> dict[str, int]:
        """Give every task a row.

        Args:
            opening: per lane the row before which only those tasks start that would otherwise
                make the drawing longer; so lanes fill where their phase is under way.
        """
        last = max(self.to_go.values(), default=0)
        waiting = {node: self.graph.in_degree(node) for node in self.ids}
        free = [node for node in self.ids if not waiting[node]]
        rows: dict[str, int] = {}
        row = 0
        while free:
            placed = self._placed(sorted(free, key=self.rank.__getitem__), row, last, opening)
            rows |= dict.fromkeys(placed, row)
            free = [node for node in free if node not in rows]
            for node in placed:
                for follower in self.graph.successors(node):
                    waiting[follower] -= 1
                    if not waiting[follower]:
                        free.append(follower)
            row += 1
        return rows

    def _placed(
        self, free: Sequence[str], row: int, last: int, opening: Mapping[int, int]
    ) -> list[str]:
        taken: Counter[int] = Counter()
        placed = []
        for node in free:
            lane = self.lane_of[node]
            latest = last - self.to_go[node]
            is_early = row < min(opening.get(lane, 0), latest) and node not in self.urgent
            if taken[lane] < self.capacity and not is_early:
                taken[lane] += 1
                placed.append(node)
        return placed


def _steps_to_go(graph: nx.DiGraph[str]) -> dict[str, int]:
    """Tasks on the longest way from each task to an end, itself included."""
    to_go: dict[str, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        to_go[node] = 1 + max((to_go[follower] for follower in graph.successors(node)), default=0)
    return to_go


def _shorten_links(
    graph: nx.DiGraph[str],
    rows: dict[str, int],
    used: Counter[tuple[int, int]],
    lane_of: Mapping[str, int],
    capacity: int,
) -> None:
    """Move tasks with more followers than forerunners down towards the followers."""
    for node in sorted(rows, key=lambda one: -rows[one]):
        followers = [rows[follower] for follower in graph.successors(node)]
        if not followers or graph.in_degree(node) >= len(followers):
            continue
        lane = lane_of[node]
        for row in range(min(followers) - 1, rows[node], -1):
            if used[lane, row] < capacity:
                used[lane, rows[node]] -= 1
                used[lane, row] += 1
                rows[node] = row
                break


def _add_unlinked(
    ids: Sequence[str],
    rows: dict[str, int],
    used: Counter[tuple[int, int]],
    lane_of: Mapping[str, int],
    capacity: int,
) -> None:
    """Tasks without any link fill up their lane from its first row in use."""
    first = {
        lane: min(
            (row for (other, row), count in used.items() if other == lane and count), default=0
        )
        for lane in set(lane_of.values())
    }
    for node in ids:
        row = first[lane_of[node]]
        while used[lane_of[node], row] >= capacity:
            row += 1
        used[lane_of[node], row] += 1
        rows[node] = row


def _without_empty_rows(rows: dict[str, int]) -> dict[str, int]:
    new = {row: number for number, row in enumerate(sorted(set(rows.values())))}
    return {node: new[row] for node, row in rows.items()}
