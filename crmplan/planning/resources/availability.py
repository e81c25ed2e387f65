"""How many tasks each role leads on each working day of a plan, and when it is away.

What the project manager recorded by date becomes working days of the plan. While a role is away,
what it leads rests and ends later; while it leads fewer tasks at once, others wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.errors import ResourceProblemError
from crmplan.planning.network.links import NO_EARLIER
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from crmplan.assessment.plan_records import RoleCapacity
    from crmplan.planning.network.calendars import Calendars
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
        number = int(calendar.number(start, change.on))
        days = [*days, *([days[-1]] * number)][: number + 1]
        days[number] = change.tasks
    return days[0] if len(days) == 1 else tuple(days)


def rests_of(plan: WorkPlan, calendars: Calendars, *, start: date) -> dict[str, frozenset[int]]:
    """Give the working days on which tasks rest: their own days off, and those of who leads them.

    Half-days count as worked, and days worked instead of a weekend are not counted: levelling
    counts whole working days of the organisation.

    Args:
        plan: the tasks.
        calendars: that of the organisation, and what roles and tasks have of their own.
        start: first day of the plan.
    """
    days = calendars.organisation
    found: dict[str, frozenset[int]] = {}
    for task in plan.tasks:
        own = {**calendars.roles.get(task.lead, {}), **calendars.tasks.get(task.id, {})}
        off = {day for day, halves in own.items() if not halves and days.is_worked(day)}
        numbers = frozenset(int(days.number(start, day)) for day in off if day >= start)
        if numbers and not task.is_milestone:
            found[task.id] = numbers
    return found


def earliest_of(plan: WorkPlan, calendar: WorkCalendar, *, start: date) -> dict[str, int]:
    """Give the working days before which dates that bind let tasks start.

    Dates of the other kind, that a task must not be later than, move nothing here either: where
    they are missed, the schedule says so.
    """
    found: dict[str, int] = {}
    for one in plan.constraints:
        if one.on is None or one.kind not in NO_EARLIER:
            continue
        number = int(calendar.number(start, max(one.on, start)))
        if NO_EARLIER[one.kind]:
            # The date is the last day of work.
            number += calendar.is_worked(one.on) - plan.task[one.task].duration_days
        found[one.task] = max(number, found.get(one.task, 0))
    return found


def require_known(
    capacities: Iterable[RoleCapacity], *, roles: Collection[str], leads: Mapping[str, int]
) -> None:
    """Refuse capacities that mean nothing, or that let a role never lead its tasks.

    Args:
        capacities: how many tasks roles lead at once.
        roles: all roles there are.
        leads: how many tasks each role leads in this plan.

    Raises:
        ResourceProblemError: with every fault, its record and what to do.
    """
    if faults := tuple(_capacity_faults(capacities, roles, leads)):
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


def _perhaps(word: str, known: Collection[str]) -> str:
    guess = closest(word, known)
    return f", did you mean {guess!r}?" if guess else ""
