"""How busy each role is, period by period: the tasks that it leads on each working day."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from crmplan.planning.resources.problem import capacity_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crmplan.planning.resources.problem import Capacity
    from crmplan.planning.scheduling import Schedule, ScheduledTask


@dataclass(frozen=True, slots=True)
class PeriodLoad:
    """What a role does in one period.

    Attributes:
        first: first day of the period.
        days: working days of the plan in it.
        busy_days: days of all tasks that the role leads in it; two tasks at once count twice.
        peak: most tasks at once.
        free_days: the most that ``busy_days`` can be; None if the role is not limited.
    """

    first: date
    days: int
    busy_days: int
    peak: int
    free_days: int | None

    @property
    def average(self) -> Fraction:
        """Tasks led at once on an average working day."""
        return Fraction(self.busy_days, self.days) if self.days else Fraction(0)

    @property
    def share(self) -> Fraction | None:
        """Share of what the role can do, from 0 to 1; None if it is not limited or away."""
        return Fraction(self.busy_days, self.free_days) if self.free_days else None


def loads(
    schedule: Schedule, periods: Sequence[date], capacities: Mapping[str, Capacity]
) -> dict[str, tuple[PeriodLoad, ...]]:
    """Sum up the tasks that each role leads, period by period.

    Args:
        schedule: the dates; levelled ones if roles are limited.
        periods: first days of the periods in order; the last ends with the plan.
        capacities: units by role, as the schedule was levelled with; empty if it was not.
    """
    calendar, start = schedule.calendar, schedule.start
    days = [int(calendar.number(start, max(day, start))) for day in periods]
    bounds = list(zip(periods, days, [*days[1:], ceil(schedule.length_days)], strict=True))
    led: dict[str, list[ScheduledTask]] = {}
    for one in schedule.tasks:
        if not one.task.is_milestone:
            led.setdefault(one.task.lead, []).append(one)
    return {
        role: tuple(
            _load(tasks, first, range(begin, max(begin, end)), capacities.get(role))
            for first, begin, end in bounds
        )
        for role, tasks in sorted(led.items())
    }


def _load(
    tasks: Sequence[ScheduledTask], first: date, days: range, capacity: Capacity | None
) -> PeriodLoad:
    at_once = [
        sum(one.times.early_start <= day < one.times.early_finish for one in tasks) for day in days
    ]
    return PeriodLoad(
        first=first,
        days=len(days),
        busy_days=sum(at_once),
        peak=max(at_once, default=0),
        free_days=None if capacity is None else sum(capacity_on(capacity, day) for day in days),
    )
