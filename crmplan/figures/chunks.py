"""How a graph that is too large for one figure is cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from crmplan.figures.graph import GraphEdge, GraphNode

# A cut between unconnected groups may be this lop-sided before tasks are cut by level instead.
_SMALLEST_SHARE = 0.25


def halves(
    nodes: Sequence[GraphNode], edges: Sequence[GraphEdge]
) -> tuple[tuple[GraphNode, ...], tuple[GraphNode, ...]]:
    """Cut two or more tasks into two groups, both in the given order.

    Groups without a link between them are kept whole where that gives parts of like size;
    otherwise earlier levels go into the first part and later ones into the second.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    first = _by_component(graph) or _by_level(graph)
    return (
        tuple(node for node in nodes if node.id in first),
        tuple(node for node in nodes if node.id not in first),
    )


def _by_component(graph: nx.DiGraph[str]) -> set[str]:
    """About half of the tasks as whole components; empty if there is no fair cut."""
    chosen: set[str] = set()
    components = [set(part) for part in nx.weakly_connected_components(graph)]
    for component in sorted(components, key=len, reverse=True):
        if len(chosen) + len(component) <= (len(graph) + 1) // 2:
            chosen |= component
    return chosen if len(chosen) >= max(1, len(graph) * _SMALLEST_SHARE) else set()


def _by_level(graph: nx.DiGraph[str]) -> set[str]:
    levels = [node for level in nx.topological_generations(graph) for node in level]
    return set(levels[: max(1, len(levels) // 2)])
