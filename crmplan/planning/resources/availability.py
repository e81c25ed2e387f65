"""How many tasks each role leads on each working day of a plan, and when it is away.

What the project manager recorded by date becomes working days of the plan. While a role is away,
what it leads rests and ends later; while it leads fewer tasks at once, others wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.errors import ResourceProblemError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from crmplan.assessment.plan_records import CalendarException, RoleCapacity
    from crmplan.planning.resources.problem import Capacity
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import WorkPlan


def capacities_by_day(
    recorded: Iterable[RoleCapacity], calendar: WorkCalendar, *, start: date
) -> dict[str, Capacity]:
    """Give the capacity of each role, by working day where it changes.

    Args:
        recorded: with their changes by date; what changes before the start holds from the start on.
        calendar: the working days of the organisation.
        start: first day of the plan.
    """
    return {one.role: _profile(one, calendar, start) for one in recorded}


def _profile(one: RoleCapacity, calendar: WorkCalendar, start: date) -> Capacity:
    days = [one.tasks]
    for change in one.changes:
        number = calendar.number(start, change.on)
        days = [*days, *([days[-1]] * number)][: number + 1]
        days[number] = change.tasks
    return days[0] if len(days) == 1 else tuple(days)


def rests_of(
    plan: WorkPlan,
    exceptions: Iterable[CalendarException],
    calendar: WorkCalendar,
    *,
    start: date,
) -> dict[str, frozenset[int]]:
    """Give the working days on which tasks rest: their own days off, and those of who leads them.

    Half-days count as worked, and days worked instead of a weekend are not counted: levelling
    counts whole working days of the organisation.

    Args:
        plan: the tasks.
        exceptions: those of roles and tasks on which nothing is worked; others are passed over.
        calendar: the working days of the organisation.
        start: first day of the plan.
    """
    off: dict[tuple[str, str], set[int]] = {}
    for one in exceptions:
        if one.works == "none" and one.scope != "organisation":
            days = off.setdefault((one.scope, one.subject), set())
            days.update(_numbers(one, calendar, start))
    nothing: set[int] = set()
    found = {
        task.id: off.get(("task", task.id), nothing) | off.get(("role", task.lead), nothing)
        for task in plan.tasks
        if not task.is_milestone
    }
    return {task: frozenset(days) for task, days in found.items() if days}


def _numbers(one: CalendarException, calendar: WorkCalendar, start: date) -> range:
    first = calendar.number(start, max(start, one.first))
    last = calendar.number(start, one.last)
    return range(first, last + calendar.is_worked(one.last)) if one.last >= start else range(0)


def require_known(
    capacities: Iterable[RoleCapacity],
    exceptions: Iterable[CalendarException],
    *,
    roles: Collection[str],
    leads: Mapping[str, int],
    tasks: Collection[str],
) -> None:
    """Refuse capacities and days off that mean nothing, or that let a role never lead its tasks.

    Args:
        capacities: how many tasks roles lead at once.
        exceptions: days off.
        roles: all roles there are.
        leads: how many tasks each role leads in this plan.
        tasks: all tasks that a plan may have.

    Raises:
        ResourceProblemError: with every fault, its record and what to do.
    """
    faults = (*_capacity_faults(capacities, roles, leads), *_day_faults(exceptions, roles, tasks))
    if faults:
        raise ResourceProblemError(faults)


def _capacity_faults(
    capacities: Iterable[RoleCapacity], roles: Collection[str], leads: Mapping[str, int]
) -> Iterator[str]:
    for one in capacities:
        if one.role not in roles:
            yield f"capacity {one.role}: there is no such role{_perhaps(one.role, roles)}"
        lasting = one.changes[-1].tasks if one.changes else one.tasks
        if not lasting and leads.get(one.role):
            since = f" from {one.changes[-1].on} on" if one.changes else ""
            yield (
                f"capacity {one.role}: the role leads no task at once{since}, "
                f"but {leads[one.role]} tasks of the plan; give it at least 1, or use days off"
            )


def _day_faults(
    exceptions: Iterable[CalendarException], roles: Collection[str], tasks: Collection[str]
) -> Iterator[str]:
    known = {"role": roles, "task": tasks}
    for one in exceptions:
        if one.scope != "organisation" and one.subject not in known[one.scope]:
            guess = _perhaps(one.subject, known[one.scope])
            yield f"day off {one.first} of {one.subject}: there is no such {one.scope}{guess}"


def _perhaps(word: str, known: Collection[str]) -> str:
    guess = closest(word, known)
    return f", did you mean {guess!r}?" if guess else ""
