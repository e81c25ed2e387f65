"""The calendars of a plan in MS Project: of the organisation, of roles, and of single tasks.

A resource without a calendar would get MS Project's standard one, Monday to Friday, and move its
tasks. A task whose days differ from those of the organisation has a calendar of its own, because
MS Project dates a task by the calendars of all its resources and crmplan by that of its lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from crmplan.exchange.mspdi_calendar import DAYS_OF_WEEK, MIDDAY, MORNING, PLAN_CALENDAR, SHIFTS
from crmplan.exchange.mspdi_elements import NO_UID, add, fill, one_line

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_roles import Roles
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.report import Report

_NAME = "crmplan"
_DAILY = 1
_SHIFTS = {0: (), 1: ((MORNING, MIDDAY),), 2: SHIFTS}


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What days are called that are worked otherwise than usual, by the halves worked."""

    off: str
    half: str
    worked: str

    def of(self, halves: int) -> str:
        """Name a day."""
        return (self.off, self.half, self.worked)[halves]


def add_calendars(
    project: Element, report: Report, *, words: CalendarWords, roles: Roles
) -> dict[str, int]:
    """Write the calendar of the plan and, derived from it, one for each role; then those of tasks.

    Args:
        project: what to write into.
        report: the plan.
        words: what special days are called.
        roles: their calendars get the UIDs after that of the plan.

    Returns:
        UID of the calendar of each task that does not work as the organisation does; if any, also
        of all others.
    """
    plan, calendars = report.plan.schedule, add(project, "Calendars")
    base = _add_calendar(calendars, PLAN_CALENDAR, _NAME)
    _add_week(base, plan.calendar)
    _add_days(base, plan.calendar, _special(plan.calendar, plan.start), words)
    uid = PLAN_CALENDAR
    for role, name in zip(roles.ids, roles.names, strict=True):
        uid += 1
        own = plan.calendars.of_role(role) if plan.calendars else plan.calendar
        element = _add_calendar(calendars, uid, name, base=PLAN_CALENDAR)
        _add_days(element, own, _differing(own, plan.calendar, plan.start), words)
    return _add_task_calendars(calendars, report, uid, words)


def _add_task_calendars(
    calendars: Element, report: Report, last_uid: int, words: CalendarWords
) -> dict[str, int]:
    plan = report.plan.schedule
    uids: dict[int, int] = {}
    found: dict[str, int] = {}
    for one in plan.tasks:
        own = plan.calendar_of(one.task)
        if own == plan.calendar:
            continue
        if id(own) not in uids:
            uids[id(own)] = last_uid + len(uids) + 1
            # The number keeps names apart, as MS Project wants them.
            name = one_line(f"{_NAME} {len(uids)}: {one.task.code}")
            element = _add_calendar(calendars, uids[id(own)], name)
            _add_week(element, own)
            _add_days(element, own, _special(own, plan.start), words)
        found[one.task.id] = uids[id(own)]
    if not found:
        return {}
    return {one.task.id: found.get(one.task.id, PLAN_CALENDAR) for one in plan.tasks}


def _add_calendar(calendars: Element, uid: int, name: str, *, base: int = NO_UID) -> Element:
    return add(
        calendars,
        "Calendar",
        UID=uid,
        Name=name,
        IsBaseCalendar=base == NO_UID,
        BaseCalendarUID=base,
    )


def _add_week(element: Element, calendar: WorkCalendar) -> None:
    week = add(element, "WeekDays")
    for day_type in range(1, DAYS_OF_WEEK + 1):
        is_worked = (day_type - 2) % DAYS_OF_WEEK not in calendar.weekend  # Sunday is 1
        day = add(week, "WeekDay", DayType=day_type, DayWorking=is_worked)
        if is_worked:
            _add_times(day, 2)


def _add_times(element: Element, halves: int) -> None:
    times = add(element, "WorkingTimes")
    for begin, end in _SHIFTS[halves]:
        add(times, "WorkingTime", FromTime=begin, ToTime=end)


def _special(calendar: WorkCalendar, start: date) -> Iterator[date]:
    """Give the days from the start on that are worked otherwise than their weekday."""
    for day in sorted(calendar.holidays | calendar.half_days | calendar.extra_days):
        usual = 0 if day.weekday() in calendar.weekend else 2
        if day >= start and calendar.halves(day) != usual:
            yield day


def _differing(own: WorkCalendar, base: WorkCalendar, start: date) -> Iterator[date]:
    named = (one.holidays | one.half_days | one.extra_days for one in (own, base))
    for day in sorted(frozenset().union(*named)):
        if day >= start and own.halves(day) != base.halves(day):
            yield day


def _add_days(
    element: Element, calendar: WorkCalendar, days: Iterator[date], words: CalendarWords
) -> None:
    exceptions = None
    for day in days:
        exceptions = add(element, "Exceptions") if exceptions is None else exceptions
        halves = calendar.halves(day)
        one = add(exceptions, "Exception", EnteredByOccurrences=False)
        add(
            one,
            "TimePeriod",
            FromDate=datetime.combine(day, time()),
            ToDate=datetime.combine(day, time(23, 59)),
        )
        # Names of exceptions must differ within a calendar.
        name = f"{words.of(halves)} {day}"
        fill(one, Occurrences=1, Name=name, Type=_DAILY, DayWorking=halves > 0)
        if halves:
            _add_times(one, halves)
