"""What keeps a problem with limited roles from being scheduled at all: every fault of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.planning.resources.problem import ResourceProblem


def faults_of(problem: ResourceProblem) -> Iterator[str]:
    """Say everything that is wrong with a problem, a sentence each."""
    tasks = set(problem.ids)
    for one in sorted(one for one, count in Counter(problem.ids).items() if count > 1):
        yield f"task {one} is there twice"
    yield from _duration_faults(problem, tasks)
    yield from _capacity_faults(problem)
    yield from _demand_faults(problem, tasks)
    yield from _link_faults(problem, tasks)
    for one in (*problem.rests, *problem.earliest, *problem.latest):
        if one not in tasks:
            yield f"days are given for {one}, which is no task"


def _duration_faults(problem: ResourceProblem, tasks: set[str]) -> Iterator[str]:
    for one in problem.ids:
        if one not in problem.durations:
            yield f"task {one} has no duration"
        elif problem.durations[one] < 0:
            yield f"task {one} takes {problem.durations[one]} days, fewer than none"
    for one in problem.durations:
        if one not in tasks:
            yield f"a duration is given for {one}, which is no task"


def _capacity_faults(problem: ResourceProblem) -> Iterator[str]:
    for role, capacity in problem.capacities.items():
        if capacity == ():
            yield f"the profile of role {role} has no day"
        elif min((capacity,) if isinstance(capacity, int) else capacity) < 0:
            yield f"role {role} has fewer than no units"


def _demand_faults(problem: ResourceProblem, tasks: set[str]) -> Iterator[str]:
    for task, needs in problem.demands.items():
        if task not in tasks:
            yield f"a demand is given for {task}, which is no task"
            continue
        for role, units in needs.items():
            if fault := _demand_fault(problem, task, role, units):
                yield fault


def _demand_fault(problem: ResourceProblem, task: str, role: str, units: int) -> str | None:
    if units < 0:
        return f"task {task} needs {units} units of role {role}, fewer than none"
    capacity = problem.capacities.get(role)
    if capacity is None:
        return f"task {task} needs role {role}, which has no capacity"
    lasting = capacity if isinstance(capacity, int) else (capacity or (0,))[-1]
    if problem.durations.get(task, 0) > 0 and units > lasting:
        when = "" if isinstance(capacity, int) else " from the last day of its profile on"
        return f"task {task} needs {units} units of role {role}, which has {lasting}{when}"
    return None


def _link_faults(problem: ResourceProblem, tasks: set[str]) -> Iterator[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in problem.follows:
        for end in (one.before, one.after):
            if end not in tasks:
                yield f"a link names {end}, which is no task"
        least, most = one.lag_days, one.at_most_days
        if least is not None and most is not None and most < least:
            yield f"{one.after} follows {one.before} by at least {least} days and at most {most}"
        if least is not None:
            graph.add_edge(one.before, one.after)
    for knot in sorted(sorted(part) for part in nx.strongly_connected_components(graph)):
        if len(knot) > 1 or graph.has_edge(knot[0], knot[0]):
            circle = [before for before, _ in nx.find_cycle(graph.subgraph(knot), knot[0])]
            yield f"tasks wait for one another in a circle: {' → '.join((*circle, circle[0]))}"
