"""Why a task starts when it does, and how long it can slip, when roles are limited.

The slack of a plan without limits means little here: who slips keeps a role from others. So the
units of each role are handed on from task to task, each hand-over is a link like the others, and
latest dates are computed over both. Source: Wiest (1964), Some properties of schedules for large
projects with limited resources; Artigues & Roubellat (2000) for the flow of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.planning.resources.problem import capacity_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.planning.resources.problem import ResourceProblem, ResourceSchedule


@dataclass(frozen=True, slots=True)
class Wait:
    """A task could have started earlier, were it not for a role.

    Attributes:
        days: working days between when its links allow it and its start.
        role: what it waits for.
        behind: the tasks that hold the role until it starts; empty if the role has no units before.
    """

    days: int
    role: str
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slack:
    """How far a task can slip in a schedule with limited roles, in working days.

    Attributes:
        total: without delaying the end of the plan.
        free: without delaying any other task.
    """

    total: int
    free: int


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    """A task, or days on which units are missing (``task`` is empty), that holds a unit."""

    start: int
    end: int
    task: str


def find_waits(problem: ResourceProblem, schedule: ResourceSchedule) -> dict[str, tuple[Wait, ...]]:
    """Explain the start of each task that waits for roles; the others are not in the answer.

    A task that starts as early as the links allow has no wait. One that starts later waits for
    every role whose units do not suffice on the day before its start.
    """
    ready = dict.fromkeys(problem.ids, 0)
    for (before, after), lag in problem.lags.items():
        ready[after] = max(ready[after], schedule.starts[before] + lag)
    found = {
        task: tuple(_waits(problem, schedule, task, schedule.starts[task] - ready[task]))
        for task in problem.ids
        if schedule.starts[task] > ready[task]
    }
    return {task: waits for task, waits in found.items() if waits}


def _waits(
    problem: ResourceProblem, schedule: ResourceSchedule, task: str, days: int
) -> Iterator[Wait]:
    start = schedule.starts[task]
    for role, units in problem.needs(task).items():
        holding = [
            one
            for one in problem.ids
            if schedule.starts[one] < start <= schedule.starts[one] + problem.durations[one]
            and role in problem.needs(one)
        ]
        used = sum(problem.needs(one)[role] for one in holding)
        if used + units > capacity_on(problem.capacities[role], start - 1):
            leaving = (
                one for one in holding if schedule.starts[one] + problem.durations[one] == start
            )
            yield Wait(days, role, tuple(leaving))


def find_slacks(problem: ResourceProblem, schedule: ResourceSchedule) -> dict[str, Slack]:
    """Compute how far each task can slip, over its links and over the hand-overs of roles."""
    arcs, limits = _arcs(problem, schedule)
    last = {
        task: min(schedule.makespan, limits.get(task, schedule.makespan)) - days
        for task, days in problem.durations.items()
    }
    free = {task: last[task] - schedule.starts[task] for task in problem.ids}
    for task in _from_behind(problem, schedule):
        for after, lag in arcs.get(task, {}).items():
            last[task] = min(last[task], last[after] - lag)
            free[task] = min(free[task], schedule.starts[after] - schedule.starts[task] - lag)
    return {task: Slack(last[task] - schedule.starts[task], free[task]) for task in problem.ids}


def _from_behind(problem: ResourceProblem, schedule: ResourceSchedule) -> list[str]:
    """List the tasks so that what follows comes first, also where points in time meet."""
    depth: dict[str, int] = dict.fromkeys(problem.ids, 0)
    waits = dict.fromkeys(problem.ids, 0)
    followers: dict[str, list[str]] = {task: [] for task in problem.ids}
    for before, after in problem.lags:
        followers[before].append(after)
        waits[after] += 1
    ready = [task for task in problem.ids if not waits[task]]
    while ready:
        task = ready.pop()
        for after in followers[task]:
            depth[after] = max(depth[after], depth[task] + 1)
            waits[after] -= 1
            if not waits[after]:
                ready.append(after)
    return sorted(problem.ids, key=lambda task: (schedule.starts[task], depth[task]), reverse=True)


def _arcs(
    problem: ResourceProblem, schedule: ResourceSchedule
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Collect links and hand-overs as days from start to start, and ends set by missing units."""
    arcs: dict[str, dict[str, int]] = {}
    limits: dict[str, int] = {}
    for (before, after), lag in problem.lags.items():
        arcs.setdefault(before, {})[after] = lag
    for role in problem.capacities:
        for one, other in _hand_overs(problem, schedule, role):
            if not other.task:
                limits[one.task] = min(other.start, limits.get(one.task, other.start))
            else:
                lags = arcs.setdefault(one.task, {})
                lag = problem.durations[one.task]
                lags[other.task] = max(lag, lags.get(other.task, 0))
    return arcs, limits


def _hand_overs(
    problem: ResourceProblem, schedule: ResourceSchedule, role: str
) -> Iterator[tuple[_Piece, _Piece]]:
    """Hand the units of a role from task to task; a unit goes to the next that needs it.

    Of the free units those are taken that were given back last: so tasks follow one another as
    closely as they do in the schedule, and those that ended long before keep their slack.
    """
    units = [_Piece(0, 0, "") for _ in range(_most(problem, role, schedule.makespan))]
    for piece in sorted(_pieces(problem, schedule, role)):
        free = max(
            (place for place, holder in enumerate(units) if holder.end <= piece.start),
            key=lambda place: (units[place].task == piece.task, units[place].end, -place),
        )
        if units[free].task and units[free].task != piece.task:
            yield units[free], piece
        units[free] = piece


def _pieces(problem: ResourceProblem, schedule: ResourceSchedule, role: str) -> Iterator[_Piece]:
    """List what holds units of a role, a piece for each unit."""
    for task, start in schedule.starts.items():
        piece = _Piece(start, start + problem.durations[task], task)
        yield from (piece for _ in range(problem.needs(task).get(role, 0)))
    most = _most(problem, role, schedule.makespan)
    for day in range(schedule.makespan):
        missing = most - capacity_on(problem.capacities[role], day)
        yield from (_Piece(day, day + 1, "") for _ in range(missing))


def _most(problem: ResourceProblem, role: str, days: int) -> int:
    return max((capacity_on(problem.capacities[role], day) for day in range(days)), default=0)
