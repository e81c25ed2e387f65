"""A plan with dates: when each task starts and ends, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from crmplan.planning.critical_path import TaskTimes, times_of
from crmplan.planning.network.calendars import Calendars
from crmplan.planning.network.links import NO_LATER
from crmplan.planning.working_time import days_of

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskConstraint
    from crmplan.planning.network.timing import Span, Timing
    from crmplan.planning.working_time import Days, WorkCalendar
    from crmplan.planning.workplan import Task, WorkPlan

DayPart = Literal["morning", "midday", "afternoon", "evening"]
"""When work begins (morning, afternoon) or ends (midday, evening)."""

NEAR_DAYS = 5
"""Tasks with no more float than a working week are nearly critical."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A task with its dates.

    Attributes:
        start: first day of work at the earliest.
        finish: last day of work at the earliest; for a point in time, the day it is reached.
        late_start, late_finish: the same, at the latest.
        parts: the parts of these four days; empty if work fills whole days.
    """

    task: Task
    times: TaskTimes
    start: date
    finish: date
    late_start: date
    late_finish: date
    parts: tuple[DayPart, ...] = ()

    @property
    def is_critical(self) -> bool:
        """Tell whether a delay of the task delays the end of the plan."""
        return self.times.is_critical


@dataclass(frozen=True, slots=True)
class MissedDate:
    """A deadline, or another date that binds a task, and that the plan does not keep.

    Attributes:
        planned: the day on which the task starts or finishes, as the constraint asks.
        days: working days of the task between the two.
    """

    constraint: TaskConstraint
    planned: date
    days: Days


@dataclass(frozen=True)
class Schedule:
    """All tasks with dates, in the order of the work plan.

    Attributes:
        calendar: that of the organisation.
        start: the first day of work.
        calendars: also those of roles and tasks; None if all work as the organisation does.
        missed: dates that bind and are not kept.
    """

    tasks: tuple[ScheduledTask, ...]
    calendar: WorkCalendar
    start: date
    calendars: Calendars | None = None
    missed: tuple[MissedDate, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, ScheduledTask]:
        """Find a scheduled task by its id."""
        return {one.task.id: one for one in self.tasks}

    @property
    def finish(self) -> date:
        """The last day of the plan."""
        return max(one.finish for one in self.tasks)

    @property
    def length_days(self) -> Days:
        """Working days of the organisation from the start to the end of the plan."""
        if all(self.calendar_of(one.task) == self.calendar for one in self.tasks):
            return max(one.times.early_finish for one in self.tasks)
        return self.calendar.number(self.start, self.finish + _ONE_DAY)

    def calendar_of(self, task: Task) -> WorkCalendar:
        """Give the calendar of a task."""
        return self.calendars.of(task) if self.calendars else self.calendar

    @property
    def critical(self) -> tuple[ScheduledTask, ...]:
        """The tasks whose delay delays the end, by start."""
        found = [one for one in self.tasks if one.is_critical]
        return tuple(sorted(found, key=lambda one: (one.times.early_start, one.times.early_finish)))

    @property
    def worst_chain(self) -> tuple[ScheduledTask, ...]:
        """The chain of tasks that misses a date by most, up to the task with the date.

        Empty if no float is negative. Each task of the chain drives the next one.
        """
        least = min((one.times.total_float for one in self.tasks), default=0)
        if least >= 0:
            return ()
        worst = {one.task.id: one for one in self.tasks if one.times.total_float == least}
        chain = [max(worst.values(), key=lambda one: (one.finish, one.times.early_finish))]
        while before := [one for one in chain[0].times.driven_by if one in worst]:
            chain.insert(0, worst[before[0]])
        return tuple(chain)

    def near_critical(self, days: int = NEAR_DAYS) -> tuple[ScheduledTask, ...]:
        """The tasks that are not critical and have a float of some days at most, by float."""
        found = [one for one in self.tasks if 0 < one.times.total_float <= days]
        return tuple(sorted(found, key=lambda one: (one.times.total_float, one.start)))

    def of_phase(self, phase_id: str) -> tuple[ScheduledTask, ...]:
        """The tasks of one phase, by start."""
        found = [one for one in self.tasks if one.task.phase == phase_id]
        return tuple(sorted(found, key=lambda one: (one.times.early_start, one.task.code)))

    @property
    def gates(self) -> tuple[ScheduledTask, ...]:
        """The decisions of the steering committee, by date."""
        found = [one for one in self.tasks if one.task.kind == "gate"]
        return tuple(sorted(found, key=lambda one: one.times.early_finish))

    @property
    def beyond_announced(self) -> int | None:
        """The last year with official holidays, if the plan runs beyond it; else None."""
        last = self.calendar.announced_until
        return last if last is not None and self.finish.year > last else None


def schedule(plan: WorkPlan, calendar: WorkCalendar | Calendars, *, start: date) -> Schedule:
    """Give every task its dates, as early as links, calendars and dates that bind allow.

    Roles are not limited.

    Args:
        plan: tasks, links and constraints.
        calendar: the working days of the organisation, or also those of roles and tasks.
        start: the first day; if it is not worked, the next one that is.

    Raises:
        PlanProblemsError: if a task finds no working time, or a longest time cannot be kept.
    """
    from crmplan.planning.network.timing import date_tasks, spans_of

    calendars = calendar if isinstance(calendar, Calendars) else Calendars(calendar)
    first = calendars.organisation.first_worked(start)
    timing = date_tasks(plan, calendars, start=first)
    times = times_of(plan, timing)
    spans = spans_of(timing)
    tasks = tuple(_dated(task, times[task.id], spans[task.id]) for task in plan.tasks)
    return Schedule(
        tasks=tasks,
        calendar=calendars.organisation,
        start=first,
        calendars=calendars,
        missed=tuple(_missed(plan, timing, spans)),
    )


def _dated(task: Task, times: TaskTimes, span: Span) -> ScheduledTask:
    days = (span.start.day, span.finish.day, span.late_start.day, span.late_finish.day)
    parts = (span.start.part, span.finish.part, span.late_start.part, span.late_finish.part)
    return ScheduledTask(task, times, *days, parts)


def _missed(plan: WorkPlan, timing: Timing, spans: Mapping[str, Span]) -> Iterator[MissedDate]:
    """Find the dates that a plan does not keep, in the order of the constraints."""
    from crmplan.planning.network.timing import late_by

    for one in plan.constraints:
        if halves := late_by(timing, one):
            span = spans[one.task]
            planned = span.finish if NO_LATER[one.kind] else span.start
            yield MissedDate(one, planned.day, days_of(halves))
