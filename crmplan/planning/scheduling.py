"""A plan with dates: when each task starts and ends, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from crmplan.planning.critical_path import TaskTimes, find_times

if TYPE_CHECKING:
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import Task, WorkPlan


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A task with its dates.

    Attributes:
        start: first day of work at the earliest.
        finish: last day of work at the earliest; for a point in time, the day it is reached.
        late_start, late_finish: the same, at the latest.
    """

    task: Task
    times: TaskTimes
    start: date
    finish: date
    late_start: date
    late_finish: date

    @property
    def is_critical(self) -> bool:
        """Tell whether a delay of the task delays the end of the plan."""
        return self.times.is_critical


@dataclass(frozen=True)
class Schedule:
    """All tasks with dates, in the order of the work plan; roles are not limited."""

    tasks: tuple[ScheduledTask, ...]
    calendar: WorkCalendar
    start: date

    @cached_property
    def by_id(self) -> dict[str, ScheduledTask]:
        """Find a scheduled task by its id."""
        return {one.task.id: one for one in self.tasks}

    @property
    def finish(self) -> date:
        """The last day of the plan."""
        return max(one.finish for one in self.tasks)

    @property
    def length_days(self) -> int:
        """Working days from the start to the end of the plan."""
        return max(one.times.early_finish for one in self.tasks)

    @property
    def critical(self) -> tuple[ScheduledTask, ...]:
        """The tasks whose delay delays the end, by start."""
        found = [one for one in self.tasks if one.is_critical]
        return tuple(sorted(found, key=lambda one: (one.times.early_start, one.times.early_finish)))

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


def schedule(plan: WorkPlan, calendar: WorkCalendar, *, start: date) -> Schedule:
    """Give every task its dates, as early as its links allow; roles are not limited.

    Args:
        plan: tasks and links.
        calendar: the working days.
        start: the first day; if it is not worked, the next one that is.
    """
    times = find_times(plan)
    tasks = tuple(_scheduled(task, times[task.id], calendar, start) for task in plan.tasks)
    return Schedule(tasks, calendar, calendar.first_worked(start))


def _scheduled(task: Task, times: TaskTimes, calendar: WorkCalendar, start: date) -> ScheduledTask:
    return ScheduledTask(
        task=task,
        times=times,
        start=_first_day(task, times.early_start, calendar, start),
        finish=_last_day(times.early_finish, calendar, start),
        late_start=_first_day(task, times.late_start, calendar, start),
        late_finish=_last_day(times.late_finish, calendar, start),
    )


def _first_day(task: Task, time: int, calendar: WorkCalendar, start: date) -> date:
    return _last_day(time, calendar, start) if task.is_milestone else calendar.day(start, time)


def _last_day(time: int, calendar: WorkCalendar, start: date) -> date:
    """Find the day whose end is the given time; time 0 is the first day itself."""
    return calendar.day(start, max(0, time - 1))
