"""Links of a plan as distances in whole working days.

Levelling counts whole working days of the organisation. Half-days are rounded so that a link is
kept rather than shortened; a lag on the clock becomes the most working days that so many days on
the clock can hold anywhere in the plan, and a longest time the fewest.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from crmplan.planning.network.links import HALF_DAYS, read_lag
from crmplan.planning.resources.problem import Follows

if TYPE_CHECKING:
    from datetime import date

    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import Link, WorkPlan


def distances(plan: WorkPlan, calendar: WorkCalendar, *, start: date) -> tuple[Follows, ...]:
    """Give the links of a plan as least and longest distances in working days.

    Args:
        plan: tasks and links.
        calendar: the working days of the organisation.
        start: first day of the plan.
    """
    days = _Days(plan, calendar, start)
    return tuple(
        Follows(
            link.before,
            link.after,
            days.at_least(link),
            link.kind,
            None if link.at_most is None else days.at_most(link),
        )
        for link in plan.links
    )


class _Days:
    """Turns lags into working days."""

    def __init__(self, plan: WorkPlan, calendar: WorkCalendar, start: date) -> None:
        self.plan, self.calendar, self.start = plan, calendar, start
        self.length = sum(task.duration_days for task in plan.tasks)

    def at_least(self, link: Link) -> int:
        """Give the least distance."""
        lag = read_lag(link.lag)
        if lag.unit == "elapsed" and lag.number:
            held = self._held(abs(lag.number))
            return max(held) if lag.number > 0 else -min(held)
        half_days = lag.half_days(self.plan.task[link.before].duration_days)
        return -(-half_days // HALF_DAYS)

    def at_most(self, link: Link) -> int:
        """Give the longest distance."""
        lag = read_lag(link.at_most or link.lag)
        if lag.unit == "elapsed" and lag.number:
            held = self._held(abs(lag.number))
            return min(held) if lag.number > 0 else -max(held)
        return lag.half_days(self.plan.task[link.before].duration_days) // HALF_DAYS

    def _held(self, days_on_the_clock: int) -> set[int]:
        """Collect how many working days so many days on the clock hold, from any day on."""
        span = timedelta(days_on_the_clock)
        found = set()
        for number in range(self.length + 1):
            day = self.calendar.day(self.start, number)
            found.add(ceil(self.calendar.number(self.start, day + span) - number))
        return found
