"""Where the project stands against the plan that was signed: earned value and earned schedule.

Everything is counted in person-days. What nobody reported stays unknown; it is not taken for zero.
Method and worked example: docs/method/earned-value.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from crmplan.assessment.plan_records import BaselineTask
from crmplan.errors import PlanningError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmplan.assessment.plan_records import TaskProgress
    from crmplan.planning.scheduling import Schedule
    from crmplan.planning.working_time import WorkCalendar

_ONE_DAY = timedelta(days=1)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """What was planned, done and spent up to the status date, in person-days.

    Attributes:
        budget: effort of the whole baseline (BAC).
        planned: effort that the baseline puts before the end of the status date (PV).
        earned: baseline effort of the work that is done (EV).
        spent: effort spent (AC); None if some work under way was reported without it.
    """

    budget: Fraction
    planned: Fraction
    earned: Fraction
    spent: Fraction | None

    @property
    def schedule_variance(self) -> Fraction:
        """Earned less planned (SV): below 0 is behind."""
        return self.earned - self.planned

    @property
    def cost_variance(self) -> Fraction | None:
        """Earned less spent (CV): below 0 is dearer than planned."""
        return None if self.spent is None else self.earned - self.spent

    @property
    def schedule_index(self) -> Fraction | None:
        """Earned by planned (SPI); None before anything was planned to be done."""
        return self.earned / self.planned if self.planned else None

    @property
    def cost_index(self) -> Fraction | None:
        """Earned by spent (CPI); None if that is unknown, or nothing was spent."""
        return self.earned / self.spent if self.spent else None

    @property
    def estimate(self) -> Fraction | None:
        """Effort at the end if the rest costs as the work so far did (EAC = BAC / CPI)."""
        return self.budget / self.cost_index if self.cost_index else None


@dataclass(frozen=True, slots=True)
class Standing:
    """The project on its status date.

    Attributes:
        status_on: the day up to whose end everything is counted.
        overall: all tasks of the baseline.
        phases: the same by phase; tasks that are in no phase any more are missing here.
        earned_until: the day by which the baseline had planned what is earned today.
        time_index: working days up to ``earned_until`` by those up to the status date, SPI(t);
            None before the baseline begins. Once the baseline is over it goes on falling with every
            day that work is left, which the index of earned by planned does not.
        without_cost: tasks with work done whose person-days nobody reported.
        dropped: tasks of the baseline that the plan no longer has.
        added: tasks of the plan that the baseline did not have; they earn nothing.
        curve: planned effort on the first day, every seventh after it, and the last.
    """

    status_on: date
    overall: EarnedValue
    phases: Mapping[str, EarnedValue]
    earned_until: date | None
    time_index: Fraction | None
    without_cost: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    curve: tuple[tuple[date, Fraction], ...]


def baseline_of(schedule: Schedule, *, approved_on: date) -> tuple[BaselineTask, ...]:
    """Give the tasks of a schedule as they are signed; effort is the middle of its estimate."""
    return tuple(
        BaselineTask(
            task=one.task.id,
            start=one.start,
            finish=one.finish,
            duration_days=one.task.duration_days,
            effort_days=ceil(one.task.effort.middle),
            approved_on=approved_on,
        )
        for one in schedule.tasks
    )


def stand(
    baseline: Sequence[BaselineTask],
    progress: Iterable[TaskProgress],
    *,
    status_on: date,
    calendar: WorkCalendar,
    phase_of: Mapping[str, str],
) -> Standing:
    """Compare what was signed with what was reported.

    Args:
        baseline: the plan that was signed, at least one task.
        progress: what was reported; tasks without a report have not begun.
        status_on: the day up to whose end everything is counted.
        calendar: the working days of the organisation.
        phase_of: the phase of every task of the present plan.

    Raises:
        PlanningError: if there is no baseline.
    """
    if not baseline:
        raise PlanningError(
            "there is no baseline to compare with", hint="store one first: crmplan baseline FILE"
        )
    found = {one.task: one for one in progress}
    count = _Count(calendar, min(one.start for one in baseline))
    curve = _curve(baseline, count)
    overall = _value(baseline, found, status_on, count)
    earned_until = _earned_until(baseline, overall.earned, count)
    known = {one.task for one in baseline}
    return Standing(
        status_on=status_on,
        overall=overall,
        phases={
            phase: _value(tasks, found, status_on, count)
            for phase, tasks in _by_phase(baseline, phase_of).items()
        },
        earned_until=earned_until,
        time_index=_time_index(earned_until, status_on, count),
        without_cost=tuple(one.task for one in baseline if _lacks_cost(found.get(one.task))),
        dropped=tuple(one.task for one in baseline if one.task not in phase_of),
        added=tuple(task for task in phase_of if task not in known),
        curve=curve,
    )


@dataclass(frozen=True, slots=True)
class _Count:
    """Counts working days from the first day of the baseline."""

    calendar: WorkCalendar
    first: date

    def until_end_of(self, day: date) -> Fraction:
        """Working days up to and including a day; 0 before the baseline begins."""
        if day < self.first:
            return Fraction(0)
        return Fraction(self.calendar.number(self.first, day + _ONE_DAY))

    def done(self, task: BaselineTask, day: date) -> Fraction:
        """Share of a task's working days that the baseline puts before the end of a day."""
        if day < task.start:
            return Fraction(0)
        before = self.until_end_of(task.start - _ONE_DAY)
        length = self.until_end_of(task.finish) - before
        if day >= task.finish or not length:
            return Fraction(1)
        return (self.until_end_of(day) - before) / length


def _value(
    baseline: Iterable[BaselineTask],
    found: Mapping[str, TaskProgress],
    status_on: date,
    count: _Count,
) -> EarnedValue:
    tasks = tuple(baseline)
    reports = [found[one.task] for one in tasks if one.task in found]
    spent = None
    if not any(map(_lacks_cost, reports)):
        spent = Fraction(sum(one.spent_days or 0 for one in reports))
    return EarnedValue(
        budget=Fraction(sum(one.effort_days for one in tasks)),
        planned=_planned(tasks, status_on, count),
        earned=sum((_earned(one, found.get(one.task)) for one in tasks), Fraction(0)),
        spent=spent,
    )


def _planned(tasks: Iterable[BaselineTask], day: date, count: _Count) -> Fraction:
    return sum((one.effort_days * count.done(one, day) for one in tasks), Fraction(0))


def _earned(task: BaselineTask, report: TaskProgress | None) -> Fraction:
    return Fraction(task.effort_days * report.percent, _WHOLE) if report else Fraction(0)


def _lacks_cost(report: TaskProgress | None) -> bool:
    return report is not None and report.percent > 0 and report.spent_days is None


def _by_phase(
    baseline: Iterable[BaselineTask], phase_of: Mapping[str, str]
) -> dict[str, list[BaselineTask]]:
    """Sort the tasks by phase, in the order of the phases of the plan."""
    phases: dict[str, list[BaselineTask]] = {phase: [] for phase in phase_of.values()}
    for one in baseline:
        if one.task in phase_of:
            phases[phase_of[one.task]].append(one)
    return {phase: tasks for phase, tasks in phases.items() if tasks}


def _earned_until(baseline: Sequence[BaselineTask], earned: Fraction, count: _Count) -> date | None:
    """Find the first day by whose end the baseline had planned what is earned; None for nothing."""
    if not earned:
        return None
    low, high = min(one.start for one in baseline), max(one.finish for one in baseline)
    while low < high:
        middle = low + (high - low) // 2
        if _planned(baseline, middle, count) >= earned:
            high = middle
        else:
            low = middle + _ONE_DAY
    return low


def _time_index(earned_until: date | None, status_on: date, count: _Count) -> Fraction | None:
    passed = count.until_end_of(status_on)
    if not passed:
        return None
    return (count.until_end_of(earned_until) if earned_until else Fraction(0)) / passed


def _curve(baseline: Sequence[BaselineTask], count: _Count) -> tuple[tuple[date, Fraction], ...]:
    first, last = min(one.start for one in baseline), max(one.finish for one in baseline)
    week = timedelta(days=7)
    days = [first + number * week for number in range((last - first).days // 7 + 1)]
    return tuple((day, _planned(baseline, day, count)) for day in dict.fromkeys((*days, last)))
