"""A plan as GraphML, for graph editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from crmplan.exchange.plan_rows import plan_rows
from crmplan.planning.network.links import tie_text

if TYPE_CHECKING:
    from crmplan.report import Report

_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)], None)


def to_graphml(report: Report) -> str:
    """Write tasks as nodes with their dates, and links as edges with their reasons."""
    links = report.plan.workplan.links
    pairs = {(link.before, link.after) for link in links}
    graph: nx.DiGraph[str] = nx.DiGraph() if len(pairs) == len(links) else nx.MultiDiGraph()
    for row in plan_rows(report):
        graph.add_node(
            row.code,
            label=f"{row.code} {row.name}".translate(_ILLEGAL),
            kind=row.kind,
            phase=row.phase.translate(_ILLEGAL),
            lead=row.lead.translate(_ILLEGAL),
            start=row.start.isoformat(),
            finish=row.finish.isoformat(),
            days=row.duration_days,
            float=row.float_days,
            critical=row.is_critical,
        )
    task = report.plan.workplan.task
    for link in links:
        tie = {} if link.is_plain else {"tie": tie_text(link)}
        graph.add_edge(task[link.before].code, task[link.after].code, reason=link.reason, **tie)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + "\n".join(nx.generate_graphml(graph, named_key_ids=True)) + "\n"
