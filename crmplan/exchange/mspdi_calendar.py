"""Working hours of a plan in MS Project's terms: moments of tasks, and the calendars.

A working day is 8:00–12:00 and 13:00–17:00. The first moment of a task is 8:00 of its first day,
the last 17:00 of its last; a point in time lies at 17:00 of its day, where what it waits for ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from crmplan.exchange.mspdi_elements import NO_UID, add, fill

if TYPE_CHECKING:
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.working_time import WorkCalendar

MORNING, EVENING = time(8), time(17)
SHIFTS = ((MORNING, time(12)), (time(13), EVENING))
MINUTES_A_DAY = 480
SECONDS_A_DAY = MINUTES_A_DAY * 60
DAYS_OF_WEEK = 7
PLAN_CALENDAR = 1
"""UID of the calendar of the plan; those of roles follow."""

_NAME = "crmplan"
_DAILY = 1


@dataclass(frozen=True, slots=True)
class Moments:
    """Early and late dates of a task, to the minute."""

    start: datetime
    finish: datetime
    late_start: datetime
    late_finish: datetime


def moments(one: ScheduledTask) -> Moments:
    """Give the moments of a task; those of a point in time fall together."""
    finish = end_of(one.finish, one.times.early_finish)
    late_finish = end_of(one.late_finish, one.times.late_finish)
    if one.task.is_milestone:
        return Moments(finish, finish, late_finish, late_finish)
    return Moments(start_of(one.start), finish, start_of(one.late_start), late_finish)


def start_of(day: date) -> datetime:
    """Give the first working moment of a day."""
    return datetime.combine(day, MORNING)


def end_of(day: date, time_reached: int) -> datetime:
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


def add_calendars(
    project: Element,
    calendar: WorkCalendar,
    *,
    start: date,
    holiday: str,
    roles: Sequence[str],
) -> None:
    """Write the calendar of the plan and, derived from it, one for each role.

    MS Project gives a resource without a calendar its own standard one, Monday to Friday, and moves
    the tasks of that resource.

    Args:
        project: what to write into.
        calendar: weekend and holidays.
        start: earlier holidays are left out.
        holiday: what a holiday is called.
        roles: names of the roles; they get the UIDs after that of the plan.
    """
    calendars = add(project, "Calendars")
    base = add(
        calendars,
        "Calendar",
        UID=PLAN_CALENDAR,
        Name=_NAME,
        IsBaseCalendar=True,
        BaseCalendarUID=NO_UID,
    )
    _add_week(base, calendar)
    _add_holidays(base, calendar, start, holiday)
    for uid, name in enumerate(roles, start=PLAN_CALENDAR + 1):
        add(
            calendars,
            "Calendar",
            UID=uid,
            Name=name,
            IsBaseCalendar=False,
            BaseCalendarUID=PLAN_CALENDAR,
        )


def _add_week(base: Element, calendar: WorkCalendar) -> None:
    week = add(base, "WeekDays")
    for day_type in range(1, DAYS_OF_WEEK + 1):
        is_worked = (day_type - 2) % DAYS_OF_WEEK not in calendar.weekend  # Sunday is 1
        day = add(week, "WeekDay", DayType=day_type, DayWorking=is_worked)
        if is_worked:
            times = add(day, "WorkingTimes")
            for begin, end in SHIFTS:
                add(times, "WorkingTime", FromTime=begin, ToTime=end)


def _add_holidays(base: Element, calendar: WorkCalendar, start: date, holiday: str) -> None:
    days = sorted(
        day for day in calendar.holidays if day >= start and day.weekday() not in calendar.weekend
    )
    if not days:
        return
    exceptions = add(base, "Exceptions")
    for day in days:
        one = add(exceptions, "Exception", EnteredByOccurrences=False)
        add(
            one,
            "TimePeriod",
            FromDate=datetime.combine(day, time()),
            ToDate=datetime.combine(day, time(23, 59)),
        )
        # Names of exceptions must differ within a calendar.
        fill(one, Occurrences=1, Name=f"{holiday} {day}", Type=_DAILY, DayWorking=False)
