"""An independent check of schedules with limited roles.

It counts day by day and shares no code with what makes schedules, so that a fault there is not
repeated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.planning.resources.problem import capacity_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmplan.planning.resources.problem import ResourceProblem


def check_schedule(problem: ResourceProblem, starts: Mapping[str, int]) -> tuple[str, ...]:
    """List what is wrong with a schedule; an empty answer means nothing is."""
    if set(starts) != set(problem.ids):
        odd = sorted(set(starts) ^ set(problem.ids))
        return tuple(f"{one}: has a start without being a task, or none" for one in odd)
    days = {one: _days_of(problem, one, start) for one, start in starts.items()}
    return (
        *(f"{one}: starts on day {day}" for one, day in starts.items() if day < 0),
        *_outside_windows(problem, starts, days),
        *_wrong_distances(problem, starts, days),
        *_overloads(problem, days),
    )


def _days_of(problem: ResourceProblem, task: str, start: int) -> range:
    """List the days from the start to the finish of a task, one by one."""
    rests = problem.rests.get(task, frozenset())
    days, left = 0, problem.durations[task]
    while left > 0:
        left -= (start + days) not in rests
        days += 1
    return range(start, start + days)


def _outside_windows(
    problem: ResourceProblem, starts: Mapping[str, int], days: Mapping[str, range]
) -> Iterator[str]:
    for one, start in starts.items():
        if days[one] and start in problem.rests.get(one, ()):
            yield f"{one}: starts on day {start}, on which it rests"
        if start < problem.earliest.get(one, start):
            yield f"{one}: starts before day {problem.earliest[one]}"
        if days[one].stop > problem.latest.get(one, days[one].stop):
            yield f"{one}: finishes after day {problem.latest[one]}"


def _wrong_distances(
    problem: ResourceProblem, starts: Mapping[str, int], days: Mapping[str, range]
) -> Iterator[str]:
    for one in problem.follows:
        begin = days[one.before].stop if one.kind in ("FS", "FF") else starts[one.before]
        end = days[one.after].stop if one.kind in ("FF", "SF") else starts[one.after]
        if one.lag_days is not None and end - begin < one.lag_days:
            yield f"{one.after}: {'ends' if one.to_finish else 'starts'} before {one.before} allows"
        if one.at_most_days is not None and end - begin > one.at_most_days:
            what = "ends" if one.to_finish else "starts"
            yield f"{one.after}: {what} more than {one.at_most_days} days after {one.before}"


def _overloads(problem: ResourceProblem, days: Mapping[str, range]) -> Iterator[str]:
    load: dict[tuple[str, int], int] = {}
    for task, taken in days.items():
        for day in taken:
            for role, units in problem.demands.get(task, {}).items():
                load[role, day] = load.get((role, day), 0) + units
    for (role, day), units in sorted(load.items()):
        if units > (most := capacity_on(problem.capacities[role], day)):
            yield f"{role}: {units} units are needed on day {day}, {most} are there"
