"""The plan from the status date on: what is done keeps its dates, the rest is planned again.

Work under way goes on the day after the status date, with what remains of it, and still waits for
what it waited for (retained logic). Nothing that was not reported begins before that day.
Method and worked example: docs/method/progress.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from crmplan.assessment.plan_records import TaskConstraint
from crmplan.errors import PlanProblemsError
from crmplan.planning.network.links import leads_to_finish, leaves_from_finish, read_lag
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmplan.assessment.plan_records import TaskProgress
    from crmplan.planning.network.calendars import Calendars
    from crmplan.planning.scheduling import Schedule, ScheduledTask
    from crmplan.planning.workplan import Link, Task, WorkPlan

_ONE_DAY = timedelta(days=1)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class OutOfSequence:
    """Work that began although it should have waited for something that is not done."""

    task: str
    before: str


@dataclass(frozen=True)
class Replanned:
    """A work plan from its status date on.

    Attributes:
        workplan: the tasks with what remains of them; work that is done is fixed by constraints.
        reports: what was reported about tasks of the plan.
        status_on: the day up to whose end everything was reported.
        out_of_sequence: what began too early, in the order of the plan.
        original: the plan as if nothing had begun.
    """

    workplan: WorkPlan
    reports: Mapping[str, TaskProgress]
    status_on: date
    out_of_sequence: tuple[OutOfSequence, ...]
    original: WorkPlan

    @property
    def begins_on(self) -> date | None:
        """The first day on which work was done; None before that."""
        days = (one.started_on for one in self.reports.values() if one.started_on)
        return min(days, default=None)

    @property
    def finished(self) -> frozenset[str]:
        """What was reported as finished."""
        return frozenset(name for name, one in self.reports.items() if one.finished_on)

    def with_actual_dates(self, schedule: Schedule) -> Schedule:
        """Give a schedule in which work that began, or is done, has the days that were reported."""
        return replace(schedule, tasks=tuple(map(self._with_actual_dates, schedule.tasks)))

    def _with_actual_dates(self, one: ScheduledTask) -> ScheduledTask:
        report = self.reports.get(one.task.id)
        if report is None or report.started_on is None:
            return one
        if report.finished_on is None:
            return replace(one, start=report.started_on, late_start=report.started_on, parts=())
        start, finish = report.started_on, report.finished_on
        return replace(
            one, start=start, finish=finish, late_start=start, late_finish=finish, parts=()
        )


def replan(
    plan: WorkPlan,
    progress: Sequence[TaskProgress],
    *,
    status_on: date | None,
    calendars: Calendars,
) -> Replanned:
    """Put what was reported into a work plan.

    Args:
        plan: the plan as if nothing had begun.
        progress: at least one report; those on tasks that are not in the plan have no effect and
            are named in ``idle`` of the plan.
        status_on: the day up to whose end everything was reported; None takes the last report's.
        calendars: of the organisation, of roles and tasks.

    Raises:
        PlanProblemsError: if a report is younger than the status date; it lists all of them.
    """
    day = status_on or max(one.reported_on for one in progress)
    if problems := tuple(_too_young(progress, day)):
        raise PlanProblemsError(problems)
    reports = {one.task: one for one in progress if one.task in plan.task}
    tasks = [_remaining(task, reports.get(task.id), calendars) for task in plan.tasks]
    begun = {name for name, report in reports.items() if report.started_on}
    return Replanned(
        workplan=replace(
            plan,
            tasks=tuple(tasks),
            links=tuple(link for link in plan.links if _still_waits(link, reports, begun)),
            constraints=(
                *(
                    one
                    for one in plan.constraints
                    if one.task not in begun or one.kind == "deadline"
                ),
                *_floors(plan.tasks, reports, day),
                *_from_actual_starts(plan, reports, calendars),
            ),
            idle=(
                *plan.idle,
                *(f"progress {one.task}" for one in progress if one.task not in reports),
            ),
        ),
        reports=reports,
        status_on=day,
        out_of_sequence=tuple(_out_of_sequence(plan, reports)),
        original=plan,
    )


def _too_young(progress: Iterable[TaskProgress], status_on: date) -> Iterator[Problem]:
    for one in progress:
        if one.reported_on > status_on:
            yield Problem(
                Location(f"progress {one.task}"),
                "PLAN-STATUS",
                f"was reported on {one.reported_on}, after the status date {status_on}",
                f"choose a later one: crmplan plan FILE --status {one.reported_on}",
            )


def _remaining(task: Task, report: TaskProgress | None, calendars: Calendars) -> Task:
    """Give a task the duration it had, if it is done, or what remains of it."""
    if report is None or report.started_on is None or task.is_milestone:
        return task
    if report.finished_on:
        worked = calendars.of(task).number(report.started_on, report.finished_on + _ONE_DAY)
        return replace(task, duration_days=max(1, ceil(worked)), range_days=None)
    left = Fraction(_WHOLE - report.percent, _WHOLE)
    days = report.remaining_days
    if days is None:
        days = max(1, ceil(task.duration_days * left))
    bounds = None
    if task.range_days and task.duration_days:
        share = Fraction(days, task.duration_days)
        shortest, longest = task.range_days
        bounds = (min(days, int(shortest * share)), max(days, ceil(longest * share)))
    return replace(task, duration_days=days, range_days=bounds)


def _still_waits(link: Link, reports: Mapping[str, TaskProgress], begun: set[str]) -> bool:
    """Tell whether a link still holds anything back.

    Finished work waits for nothing. A link from the start of work that began has become a date.
    """
    report = reports.get(link.after)
    if report and report.finished_on:
        return False
    return leaves_from_finish(link.kind) or link.before not in begun


def _floors(
    tasks: Iterable[Task], reports: Mapping[str, TaskProgress], status_on: date
) -> Iterator[TaskConstraint]:
    """Hold finished work at its dates, and everything else behind the status date.

    An activity that initiatives carry out is reached when they are; nobody reports it.
    """
    for task in tasks:
        report = reports.get(task.id)
        if report and report.finished_on:
            day = report.finished_on if task.is_milestone else report.started_on
            yield TaskConstraint(task=task.id, kind="SNET", on=day)
        elif task.kind != "covered":
            yield TaskConstraint(task=task.id, kind="SNET", on=status_on + _ONE_DAY)


def _from_actual_starts(
    plan: WorkPlan, reports: Mapping[str, TaskProgress], calendars: Calendars
) -> Iterator[TaskConstraint]:
    """Turn links from starts that have happened into dates."""
    for link in plan.links:
        report, after = reports.get(link.before), reports.get(link.after)
        if leaves_from_finish(link.kind) or not (report and report.started_on):
            continue
        if after and after.finished_on:
            continue
        day = _lagged(plan.task[link.before], report.started_on, link, calendars)
        kind = "FNET" if leads_to_finish(link.kind) else "SNET"
        yield TaskConstraint(task=link.after, kind=kind, on=day)


def _lagged(task: Task, start: date, link: Link, calendars: Calendars) -> date:
    """Add a lag to the day of a start; half-days are rounded up, a lead counts as none."""
    lag = read_lag(link.lag)
    halves = max(0, lag.half_days(task.duration_days))
    days = ceil(Fraction(halves, 2))
    if lag.unit == "elapsed":
        return start + timedelta(days=days)
    calendar = calendars.of(task) if link.lag_calendar == "before" else calendars.organisation
    return calendar.day(start, days)


def _out_of_sequence(
    plan: WorkPlan, reports: Mapping[str, TaskProgress]
) -> Iterator[OutOfSequence]:
    """Find work that began before what it should have waited for was finished, or begun."""
    for link in plan.links:
        report, before = reports.get(link.after), reports.get(link.before)
        if leads_to_finish(link.kind) or not (report and report.started_on):
            continue
        if plan.task[link.before].kind == "covered" or read_lag(link.lag).number < 0:
            continue
        ready = before and (
            before.finished_on if leaves_from_finish(link.kind) else before.started_on
        )
        if not ready or ready > report.started_on:
            yield OutOfSequence(link.after, link.before)
