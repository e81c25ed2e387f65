"""Why a task starts when it does, and how long it can slip, when roles are limited.

The slack of a plan without limits means little here: who slips keeps a role from others. So the
units of each role are handed on from task to task, each hand-over is a link like the others, and
latest dates are computed over both. Source: Wiest (1964), Some properties of schedules for large
projects with limited resources; Artigues & Roubellat (2000) for the flow of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.planning.resources.compiled import compile_problem
from crmplan.planning.resources.problem import Follows, capacity_on
from crmplan.planning.resources.windowed import Windows

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

    A task that starts as early as its links and its own days allow has no wait. One that starts
    later waits for every role whose units do not suffice just before its start; if all suffice, it
    keeps near a task that comes later, as a longest distance asks.
    """
    ready = _ready(problem, schedule)
    found = {
        task: tuple(_waits(problem, schedule, task, ready[task]))
        for task in problem.ids
        if schedule.starts[task] > ready[task]
    }
    return {task: waits for task, waits in found.items() if waits}


def _ready(problem: ResourceProblem, schedule: ResourceSchedule) -> dict[str, int]:
    """Find for each task the first day on which it could start, roles apart."""
    windows = Windows(compile_problem(problem))
    starts = [schedule.starts[task] for task in problem.ids]
    days = list(windows.plan.earliest)
    for link in windows.links:
        days[link.after] = max(days[link.after], windows.after_from(link, starts[link.before]))
        days[link.before] = max(days[link.before], windows.before_from(link, starts[link.after]))
    return {
        task: windows.first_start(number, days[number]) for number, task in enumerate(problem.ids)
    }


def _waits(
    problem: ResourceProblem, schedule: ResourceSchedule, task: str, ready: int
) -> Iterator[Wait]:
    start, rests = schedule.starts[task], problem.rests.get(task, frozenset())
    before = max(day for day in range(ready, start) if day not in rests)
    for role, units in problem.needs(task).items():
        for day in range(start - 1, before - 1, -1):
            holding = _holding(problem, schedule, role, day)
            used = sum(problem.needs(one)[role] for one in holding if one != task)
            if used + units > capacity_on(problem.capacities[role], day):
                leaving = (one for one in holding if _finish(problem, schedule, one) <= start)
                yield Wait(start - ready, role, tuple(leaving))
                break


def _holding(
    problem: ResourceProblem, schedule: ResourceSchedule, role: str, day: int
) -> list[str]:
    return [
        one
        for one in problem.ids
        if role in problem.needs(one)
        and schedule.starts[one] <= day < _finish(problem, schedule, one)
    ]


def _finish(problem: ResourceProblem, schedule: ResourceSchedule, task: str) -> int:
    return problem.finish(task, schedule.starts[task])


def find_slacks(problem: ResourceProblem, schedule: ResourceSchedule) -> dict[str, Slack]:
    """Compute how far each task can slip, over its links and over the hand-overs of roles.

    A longest distance is measured from where the other task stands now, so that all tasks can slip
    by their total float at once.
    """
    links, limits = _limits(problem, schedule)
    last = {task: _last_start(problem, task, finish=day) for task, day in limits.items()}
    for link in links:
        if link.at_most_days is not None:
            begin = schedule.starts[link.before]
            day = problem.finish(link.before, begin) if link.from_finish else begin
            day = _last(problem, link.after, day + link.at_most_days, is_finish=link.to_finish)
            last[link.after] = min(last[link.after], day)
    free = dict(last)
    for link in links:
        day = _last_before(problem, link, schedule.starts[link.after])
        free[link.before] = min(free[link.before], day)
    _push_down(problem, links, last)
    starts = schedule.starts
    return {task: Slack(last[task] - starts[task], free[task] - starts[task]) for task in last}


def _push_down(problem: ResourceProblem, links: list[Follows], last: dict[str, int]) -> None:
    """Lower the last starts until all links hold; a schedule that is right is the floor."""
    to: dict[str, list[Follows]] = {}
    for link in links:
        to.setdefault(link.after, []).append(link)
    waiting = sorted(last, key=lambda task: last[task])
    while waiting:
        for link in to.get(waiting.pop(), ()):
            day = _last_before(problem, link, last[link.after])
            if day < last[link.before]:
                last[link.before] = day
                waiting.append(link.before)


def _last_before(problem: ResourceProblem, link: Follows, after: int) -> int:
    """Give the last start of ``before`` that a start of ``after`` allows."""
    end = problem.finish(link.after, after) if link.to_finish else after
    if link.lag_days is None:
        return problem.horizon + end
    return _last(problem, link.before, end - link.lag_days, is_finish=link.from_finish)


def _last(problem: ResourceProblem, task: str, day: int, *, is_finish: bool) -> int:
    return _last_start(problem, task, finish=day) if is_finish else _worked(problem, task, day)


def _last_start(problem: ResourceProblem, task: str, *, finish: int) -> int:
    """Find the last day on which a task can start that finishes by a day."""
    start = _worked(problem, task, finish - problem.durations[task])
    while problem.rests.get(task) and problem.finish(task, start) > finish:
        start = _worked(problem, task, start - 1)
    return start


def _worked(problem: ResourceProblem, task: str, day: int) -> int:
    """Find the last day up to a day on which a task can start."""
    rests = problem.rests.get(task, frozenset())
    while problem.durations[task] and day in rests:
        day -= 1
    return day


def _limits(
    problem: ResourceProblem, schedule: ResourceSchedule
) -> tuple[list[Follows], dict[str, int]]:
    """Collect links with hand-overs as links, and the latest finishes, also by missing units."""
    links = list(problem.follows)
    limits = {
        task: min(schedule.makespan, problem.latest.get(task, schedule.makespan))
        for task in problem.ids
    }
    for role in problem.capacities:
        for one, other in _hand_overs(problem, schedule, role):
            if not other.task:
                limits[one.task] = min(other.start, limits[one.task])
            else:
                links.append(Follows(one.task, other.task))
    return links, limits


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
        piece = _Piece(start, problem.finish(task, start), task)
        yield from (piece for _ in range(problem.needs(task).get(role, 0)))
    most = _most(problem, role, schedule.makespan)
    for day in range(schedule.makespan):
        missing = most - capacity_on(problem.capacities[role], day)
        yield from (_Piece(day, day + 1, "") for _ in range(missing))


def _most(problem: ResourceProblem, role: str, days: int) -> int:
    return max((capacity_on(problem.capacities[role], day) for day in range(days)), default=0)
