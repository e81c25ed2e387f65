"""Whether a plan is made so that its dates can be believed: fourteen checks with thresholds.

Method, thresholds and departures from the source: docs/method/health.md. Source: Defense Contract
Management Agency (2012), Earned Value Management System Program Analysis Pamphlet, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.planning.network.links import leads_to_finish, leaves_from_finish, read_lag
from crmplan.planning.scheduling import Schedule, schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crmplan.assessment.plan_records import BaselineTask, ConstraintKind, TaskProgress
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.workplan import Link, WorkPlan

CheckId = Literal[
    "logic",
    "leads",
    "lags",
    "finish-to-start",
    "hard-constraints",
    "high-float",
    "negative-float",
    "high-duration",
    "past-dates",
    "resources",
    "missed-tasks",
    "critical-path",
    "length-index",
    "execution-index",
]
Unit = Literal["share", "days", "index"]
State = Literal["met", "not-met", "open"]

FEW = Fraction(1, 20)
NONE = Fraction(0)
MOST_LINKS = Fraction(9, 10)
INDEX = Fraction(19, 20)
LONG_DAYS = 44
"""Two months of work: more duration or float hides what happens."""
PUSH_DAYS = 600
HARD: frozenset[ConstraintKind] = frozenset({"MSO", "MFO", "SNLT", "FNLT"})
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        measured: a share, working days or an index; None if the plan has nothing to measure it on.
        limit: what is asked for.
        is_most: whether the limit is the most that is allowed; else the least.
        tasks: those concerned, in the order of the plan; of a link the task that waits.
    """

    id: CheckId
    unit: Unit
    measured: Fraction | None
    limit: Fraction
    is_most: bool
    tasks: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Tell whether the limit is kept; open if nothing could be measured."""
        if self.measured is None:
            return "open"
        kept = self.measured <= self.limit if self.is_most else self.measured >= self.limit
        return "met" if kept else "not-met"


@dataclass(frozen=True)
class Examined:
    """What is looked at.

    Attributes:
        workplan: tasks, links and constraints as if nothing had begun.
        remaining: the same with what remains of the work; before the work begins, the same.
        schedule: the dates of ``remaining``.
        reports: what was reported, by task.
        baseline: the plan that was signed; empty without one.
        status_on: the day up to which progress is known; None before the work begins.
    """

    workplan: WorkPlan
    remaining: WorkPlan
    schedule: Schedule
    reports: Mapping[str, TaskProgress]
    baseline: Sequence[BaselineTask] = ()
    status_on: date | None = None

    @property
    def unfinished(self) -> tuple[ScheduledTask, ...]:
        """What is not finished, points in time too."""
        return tuple(one for one in self.schedule.tasks if not self.is_finished(one.task.id))

    @property
    def work(self) -> tuple[ScheduledTask, ...]:
        """What is not finished and takes time."""
        return tuple(one for one in self.unfinished if not one.task.is_milestone)

    def is_finished(self, task: str) -> bool:
        """Tell whether a task was reported as finished."""
        return task in self.reports and self.reports[task].finished_on is not None

    @property
    def due(self) -> tuple[BaselineTask, ...]:
        """What the baseline finishes by the status date; covered activities are not reported."""
        if self.status_on is None:
            return ()
        kind = {task.id: task.kind for task in self.workplan.tasks}
        return tuple(
            one
            for one in self.baseline
            if one.finish <= self.status_on and kind.get(one.task, "covered") != "covered"
        )


def check_health(plan: Examined) -> tuple[Check, ...]:
    """Check a plan, in the order of the source."""
    return (
        _logic(plan),
        *_links(plan),
        _hard_constraints(plan),
        _share("high-float", FEW, plan.work, lambda one: one.times.total_float > LONG_DAYS),
        _share("negative-float", NONE, plan.unfinished, lambda one: one.times.total_float < 0),
        _share("high-duration", FEW, plan.work, lambda one: one.task.duration_days > LONG_DAYS),
        _past_dates(plan),
        _share(
            "resources", NONE, plan.work, lambda one: not (one.task.lead and one.task.effort.high)
        ),
        _missed_tasks(plan),
        _critical_path(plan),
        _length_index(plan),
        _execution_index(plan),
    )


def _share(
    name: CheckId,
    limit: Fraction,
    tasks: Sequence[ScheduledTask],
    concerns: Callable[[ScheduledTask], bool],
) -> Check:
    return _share_of(name, limit, len(tasks), [one.task.id for one in tasks if concerns(one)])


def _share_of(name: CheckId, limit: Fraction, count: int, found: Iterable[str]) -> Check:
    listed = list(found)
    measured = Fraction(len(listed), count) if count else None
    return Check(name, "share", measured, limit, True, tuple(dict.fromkeys(listed)))


def _logic(plan: Examined) -> Check:
    """Find starts that nothing leads to and finishes that nothing leaves from.

    One task may begin the plan and one may end it.
    """
    links, tasks = plan.workplan.links, plan.schedule.tasks
    led = {link.after for link in links if not leads_to_finish(link.kind)}
    left = {link.before for link in links if leaves_from_finish(link.kind)}
    begins = [one for one in tasks if one.task.id not in led]
    ends = [one for one in tasks if one.task.id not in left]
    led |= {min(begins, key=lambda one: one.start).task.id} if begins else set()
    left |= {max(ends, key=lambda one: one.finish).task.id} if ends else set()
    return _share("logic", FEW, plan.unfinished, lambda one: one.task.id not in led & left)


def _links(plan: Examined) -> Iterator[Check]:
    """Look at the links of what is not finished."""
    links = [link for link in plan.workplan.links if not plan.is_finished(link.after)]

    def after(concerns: Callable[[Link], bool]) -> list[str]:
        return [link.after for link in links if concerns(link)]

    yield _share_of("leads", NONE, len(links), after(lambda one: read_lag(one.lag).number < 0))
    yield _share_of("lags", FEW, len(links), after(lambda one: read_lag(one.lag).number > 0))
    others = after(lambda one: one.kind != "FS")
    share = 1 - Fraction(len(others), len(links)) if links else None
    tasks = tuple(dict.fromkeys(others))
    yield Check("finish-to-start", "share", share, MOST_LINKS, False, tasks)


def _hard_constraints(plan: Examined) -> Check:
    unfinished = {one.task.id for one in plan.unfinished}
    held = [one.task for one in plan.workplan.constraints if one.kind in HARD]
    found = dict.fromkeys(one for one in held if one in unfinished)
    return _share_of("hard-constraints", FEW, len(unfinished), found)


def _past_dates(plan: Examined) -> Check:
    """Find dates on or before the status date that nobody reported."""
    status = plan.status_on
    if status is None:
        return Check("past-dates", "share", None, NONE, True)
    asked = [one for one in plan.unfinished if one.task.kind != "covered"]

    def lies_behind(one: ScheduledTask) -> bool:
        report = plan.reports.get(one.task.id)
        return one.finish <= status or (not (report and report.started_on) and one.start <= status)

    return _share("past-dates", NONE, asked, lies_behind)


def _missed_tasks(plan: Examined) -> Check:
    """Find what was not finished by the day that was signed."""

    def is_late(one: BaselineTask) -> bool:
        report = plan.reports.get(one.task)
        return not (report and report.finished_on and report.finished_on <= one.finish)

    late = [one.task for one in plan.due if is_late(one)]
    return _share_of("missed-tasks", FEW, len(plan.due), late)


def _critical_path(plan: Examined) -> Check:
    """Make the first task of the longest path longer, and see how far the end moves.

    A task of which only the start matters, such as one before a start-to-start link, is no test.
    """
    calendars = plan.schedule.calendars or plan.schedule.calendar
    start = plan.schedule.start
    now = schedule(plan.remaining, calendars, start=start)
    path = [
        one
        for one in now.tasks
        if one.times.is_on_longest_path
        and (one.times.finish_float or 0) <= 0
        and not one.task.is_milestone
        and not plan.is_finished(one.task.id)
    ]
    if not path:
        return Check("critical-path", "days", None, Fraction(PUSH_DAYS), False)
    pushed = min(path, key=lambda one: (one.start, one.finish)).task
    longer = replace(pushed, duration_days=pushed.duration_days + PUSH_DAYS)
    tasks = tuple(longer if task.id == pushed.id else task for task in plan.remaining.tasks)
    then = schedule(replace(plan.remaining, tasks=tasks), calendars, start=start)
    moved = Fraction(then.length_days - now.length_days)
    return Check("critical-path", "days", moved, Fraction(PUSH_DAYS), False, (pushed.id,))


def _length_index(plan: Examined) -> Check:
    """Compare the days that are left with those that the work still takes (CPLI)."""
    made = plan.schedule
    status = plan.status_on
    begin = max(made.start, status + _ONE_DAY) if status else made.start
    count = made.calendar.number
    passed = Fraction(count(made.start, begin))
    needed = Fraction(count(made.start, made.finish + _ONE_DAY)) - passed
    if needed <= 0:
        return Check("length-index", "index", None, INDEX, False)
    if plan.baseline:
        signed = max(one.finish for one in plan.baseline)
        room = Fraction(count(made.start, signed + _ONE_DAY)) - passed - needed
    else:
        room = Fraction(min((one.times.total_float for one in plan.unfinished), default=0))
    late = [one for one in plan.unfinished if one.finish == made.finish] if room < 0 else []
    tasks = tuple(one.task.id for one in late)
    return Check("length-index", "index", (needed + room) / needed, INDEX, False, tasks)


def _execution_index(plan: Examined) -> Check:
    """Count what is finished for each task that should be finished (BEI)."""
    if not plan.due:
        return Check("execution-index", "index", None, INDEX, False)
    signed = {one.task for one in plan.baseline}
    finished = sum(plan.is_finished(one) for one in plan.reports if one in signed)
    behind = tuple(one.task for one in plan.due if not plan.is_finished(one.task))
    return Check(
        "execution-index", "index", Fraction(finished, len(plan.due)), INDEX, False, behind
    )
