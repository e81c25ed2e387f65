"""The two passes of the critical path on compiled arrays, against the same passes in networkx.

python benchmarks/critical_path.py [--sizes 1000,10000,100000]

Both get their network prepared: networkx its graph, crmplan its compiled form. The results are
compared before a time counts. Plans are random, with about two links a task, from tasks not far
before; a larger plan is wider, not only longer, as programmes of many projects are.
"""

from __future__ import annotations

import argparse
import random
from functools import partial

import networkx as nx
import numpy as np
from measuring import machine, median_seconds, seconds, show, times

from crmplan.planning.network.compiled import CompiledNetwork, compile_network
from crmplan.planning.network.passes import find_earliest, find_latest
from crmplan.planning.sizing import NO_EFFORT
from crmplan.planning.workplan import Link, Task, WorkPlan

GOALS = {1_000: 5, 10_000: 7, 100_000: 40}


def main() -> None:
    """Measure size by size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    rows = []
    for size in map(int, parser.parse_args().sizes.split(",")):
        plan = random_plan(size)
        graph = _graph(plan)
        network = compile_network(plan)
        if _ours(network) != _theirs(graph):
            raise SystemExit(f"{size} tasks: the two disagree")
        runs = 15 if size <= 10_000 else 5
        theirs = median_seconds(partial(_passes, graph), runs=runs)
        ours = median_seconds(partial(_both, network), runs=runs)
        rows.append(
            (
                f"{size:,} tasks",
                f"{len(plan.links):,}",
                f"{theirs * 1000:.2f} ms",
                f"{ours * 1000:.2f} ms",
                times(theirs / ours),
                f"{GOALS[size]}×" if size in GOALS else "–",
                f"{seconds(partial(compile_network, plan)):.2f} s",
            )
        )
    header = ("", "links", "networkx", "crmplan", "faster", "goal", "to compile")
    show("Critical path: forward and backward pass", header, rows, machine())


def random_plan(size: int) -> WorkPlan:
    """Make a plan whose tasks wait for one or two of those before them."""
    dice = random.Random(size)
    window = max(50, size // 20)
    tasks = [
        Task(f"t{n}", f"T{n}", "activity", "p", NO_EFFORT, dice.randint(1, 20), "lead", ())
        for n in range(size)
    ]
    links = [
        Link(f"t{before}", f"t{after}", "activity")
        for after in range(1, size)
        for before in sorted(
            {dice.randrange(max(0, after - window), after) for _ in range(dice.choice((1, 2, 3)))}
        )
    ]
    dice.shuffle(tasks)
    dice.shuffle(links)
    return WorkPlan(tuple(tasks), tuple(links))


def _graph(plan: WorkPlan) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((task.id, {"days": task.duration_days}) for task in plan.tasks)
    graph.add_edges_from((link.before, link.after) for link in plan.links)
    return graph


def _passes(graph: nx.DiGraph[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Compute earliest and latest starts as one does with networkx."""
    days = {one: graph.nodes[one]["days"] for one in graph}
    order = list(nx.topological_sort(graph))
    early: dict[str, int] = {}
    for one in order:
        ends = (early[before] + days[before] for before in graph.predecessors(one))
        early[one] = max(ends, default=0)
    end = max(early[one] + days[one] for one in order)
    late: dict[str, int] = {}
    for one in reversed(order):
        late[one] = min((late[then] for then in graph.successors(one)), default=end) - days[one]
    return early, late


def _both(network: CompiledNetwork) -> tuple[np.ndarray, np.ndarray]:
    floor = np.zeros(len(network.tasks), dtype=np.int64)
    early = find_earliest(network, floor, np.ones(floor.size, dtype=bool))
    end = (early.starts + network.duration).max() - network.duration
    return early.starts, find_latest(network, end, early)


def _ours(network: CompiledNetwork) -> list[dict[str, int]]:
    return [
        {task.id: int(at) // 2 for task, at in zip(network.tasks, starts, strict=True)}
        for starts in _both(network)
    ]


def _theirs(graph: nx.DiGraph[str]) -> list[dict[str, int]]:
    return list(_passes(graph))


if __name__ == "__main__":
    main()
