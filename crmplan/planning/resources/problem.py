"""What is to be scheduled when roles are limited, the answer, and an independent check of it.

Times are working days counted from the start of the plan, as in ``planning.critical_path``. Method:
docs/method/resources.md. Source of the problem: Pritsker, Watters & Wolfe (1969), Multiproject
scheduling with limited resources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.errors import ResourceProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

Capacity = int | tuple[int, ...]
"""Units of a role at once: always the same, or day by day; the last day's holds on for ever."""


@dataclass(frozen=True, slots=True)
class Follows:
    """``after`` comes after ``before``.

    Attributes:
        lag_days: working days from the start of ``before`` to the start of ``after`` at least; None
            if ``after`` waits for the end of ``before``.
    """

    before: str
    after: str
    lag_days: int | None = None


@dataclass(frozen=True)
class ResourceProblem:
    """Tasks that share limited roles. Every problem that can be built has a schedule.

    Attributes:
        ids: the tasks; their order decides ties.
        durations: whole working days per task, 0 or more; a task is never interrupted.
        follows: what comes after what.
        demands: units per task and role on every day of the task; a task of 0 days needs none.
        capacities: units per role. Tasks need no more than what a role has in the end, so that a
            hole in a profile delays a task but never makes it impossible.

    Raises:
        ResourceProblemError: with all faults at once.
    """

    ids: tuple[str, ...]
    durations: Mapping[str, int]
    follows: tuple[Follows, ...] = ()
    demands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if faults := tuple(_faults(self)):
            raise ResourceProblemError(faults)

    @cached_property
    def lags(self) -> dict[tuple[str, str], int]:
        """The least days from start to start, the largest of each pair of tasks."""
        found: dict[tuple[str, str], int] = {}
        for one in self.follows:
            lag = self.durations[one.before] if one.lag_days is None else one.lag_days
            pair = (one.before, one.after)
            found[pair] = max(lag, found.get(pair, 0))
        return found

    def needs(self, task: str) -> dict[str, int]:
        """The units that a task really takes, by role; none if it is a point in time."""
        if not self.durations[task]:
            return {}
        return {role: units for role, units in self.demands.get(task, {}).items() if units}


@dataclass(frozen=True, slots=True)
class ResourceSchedule:
    """When each task starts, and how good that is.

    Attributes:
        starts: working day of the start, by task, in the order of the problem.
        makespan: working days from 0 to the end of the last task.
        lower_bound: no schedule can be shorter.
        engine: what found it: ``list``, ``genetic`` or ``cp-sat``.
        schedules: how many were made on the way, by our own search.
    """

    starts: Mapping[str, int]
    makespan: int
    lower_bound: int
    engine: str
    seed: int
    schedules: int

    @property
    def gap(self) -> float:
        """How much longer than the bound it is at most, as a share of the bound."""
        return (self.makespan - self.lower_bound) / self.lower_bound if self.lower_bound else 0.0

    @property
    def is_proved(self) -> bool:
        """Tell whether no schedule can be shorter."""
        return self.makespan == self.lower_bound


def capacity_on(capacity: Capacity, day: int) -> int:
    """Give the units of a role on a working day."""
    if isinstance(capacity, int):
        return capacity
    return capacity[min(day, len(capacity) - 1)]


def check_schedule(problem: ResourceProblem, starts: Mapping[str, int]) -> tuple[str, ...]:
    """List what is wrong with a schedule; an empty answer means nothing is.

    It counts day by day and shares no code with what makes schedules, so that a fault there is not
    repeated here.
    """
    if set(starts) != set(problem.ids):
        odd = sorted(set(starts) ^ set(problem.ids))
        return tuple(f"{one}: has a start without being a task, or none" for one in odd)
    return (
        *(f"{one}: starts on day {day}" for one, day in starts.items() if day < 0),
        *_early_followers(problem, starts),
        *_overloads(problem, starts),
    )


def _early_followers(problem: ResourceProblem, starts: Mapping[str, int]) -> Iterator[str]:
    for one in problem.follows:
        lag = problem.durations[one.before] if one.lag_days is None else one.lag_days
        if starts[one.after] < starts[one.before] + lag:
            yield f"{one.after}: starts before {one.before} allows"


def _overloads(problem: ResourceProblem, starts: Mapping[str, int]) -> Iterator[str]:
    load: dict[tuple[str, int], int] = {}
    for task, start in starts.items():
        for day in range(start, start + problem.durations[task]):
            for role, units in problem.demands.get(task, {}).items():
                load[role, day] = load.get((role, day), 0) + units
    for (role, day), units in sorted(load.items()):
        if units > (most := capacity_on(problem.capacities[role], day)):
            yield f"{role}: {units} units are needed on day {day}, {most} are there"


def _faults(problem: ResourceProblem) -> Iterator[str]:
    tasks = set(problem.ids)
    for one in sorted(one for one, count in Counter(problem.ids).items() if count > 1):
        yield f"task {one} is there twice"
    yield from _duration_faults(problem, tasks)
    yield from _capacity_faults(problem)
    yield from _demand_faults(problem, tasks)
    yield from _link_faults(problem, tasks)


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
        if one.lag_days is not None and one.lag_days < 0:
            yield f"{one.after} follows {one.before} with a lag of {one.lag_days} days, below 0"
        graph.add_edge(one.before, one.after)
    for knot in sorted(sorted(part) for part in nx.strongly_connected_components(graph)):
        if len(knot) > 1 or graph.has_edge(knot[0], knot[0]):
            circle = [before for before, _ in nx.find_cycle(graph.subgraph(knot), knot[0])]
            yield f"tasks wait for one another in a circle: {' → '.join((*circle, circle[0]))}"
