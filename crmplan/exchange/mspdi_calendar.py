"""Working hours of a plan in MS Project's terms: the moments of tasks.

A working day is 8:00–12:00 and 13:00–17:00. The first moment of a task is 8:00 of its first day,
the last 17:00 of its last; a point in time lies at 17:00 of its day, where what it waits for ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.planning.scheduling import DayPart, ScheduledTask
    from crmplan.planning.working_time import Days, WorkCalendar

MORNING, EVENING = time(8), time(17)
MIDDAY, AFTERNOON = time(12), time(13)
SHIFTS = ((MORNING, MIDDAY), (AFTERNOON, EVENING))
CLOCK: Mapping[DayPart, time] = {
    "morning": MORNING,
    "midday": MIDDAY,
    "afternoon": AFTERNOON,
    "evening": EVENING,
}
MINUTES_A_DAY = 480
SECONDS_A_DAY = MINUTES_A_DAY * 60
DAYS_OF_WEEK = 7
PLAN_CALENDAR = 1
"""UID of the calendar of the plan; those of roles follow."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Early and late dates of a task, to the minute."""

    start: datetime
    finish: datetime
    late_start: datetime
    late_finish: datetime


def moments(one: ScheduledTask) -> Moments:
    """Give the moments of a task; those of a point in time fall together."""
    if one.parts:
        days = (one.start, one.finish, one.late_start, one.late_finish)
        return Moments(
            *(datetime.combine(d, CLOCK[p]) for d, p in zip(days, one.parts, strict=True))
        )
    finish = end_of(one.finish, one.times.early_finish)
    late_finish = end_of(one.late_finish, one.times.late_finish)
    if one.task.is_milestone:
        return Moments(finish, finish, late_finish, late_finish)
    return Moments(start_of(one.start), finish, start_of(one.late_start), late_finish)


def start_of(day: date) -> datetime:
    """Give the first working moment of a day."""
    return datetime.combine(day, MORNING)


def end_of(day: date, time_reached: Days) -> datetime:
    """Give the last working moment of a day; at time 0, before any work, it is the first."""
    return datetime.combine(day, EVENING if time_reached else MORNING)


def working_days_a_week(calendar: WorkCalendar) -> int:
    """Count the days of a week that are worked."""
    return DAYS_OF_WEEK - len(calendar.weekend)


def first_day_of_week(calendar: WorkCalendar) -> int:
    """Find the weekday after the weekend; Sunday is 0."""
    worked = [day for day in range(DAYS_OF_WEEK) if day not in calendar.weekend]
    first = next((day for day in worked if (day - 1) % DAYS_OF_WEEK in calendar.weekend), 0)
    return (first + 1) % DAYS_OF_WEEK
