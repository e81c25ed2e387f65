"""The rows of a plan in MS Project: the project itself, a row for each phase, its tasks below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from crmplan.exchange.mspdi_calendar import MINUTES_A_DAY, SECONDS_A_DAY, moments
from crmplan.exchange.mspdi_elements import (
    CONSTRAINT_TYPES,
    FIXED_DURATION,
    IN_DAYS,
    LINK_TYPES,
    NO_UID,
    TEXT1,
    LinkKind,
    add,
    duration,
    fill,
    one_line,
)
from crmplan.exchange.mspdi_holds import hold_of
from crmplan.exchange.mspdi_roles import work_seconds
from crmplan.exchange.plan_rows import task_name
from crmplan.planning.network.links import Lag, read_lag

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_notes import DatesMode, Notes
    from crmplan.planning.network.links import LagUnit
    from crmplan.planning.phases import Phase
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.working_time import Days
    from crmplan.planning.workplan import Task
    from crmplan.report import Report

TENTHS_A_MINUTE = 10
"""MS Project writes lags and floats in tenths of a minute."""

LAG_FORMATS: Mapping[LagUnit, int] = {"working": IN_DAYS, "elapsed": 8, "percent": 19}
LAG_UNITS: Mapping[LagUnit, int] = {
    "working": MINUTES_A_DAY * TENTHS_A_MINUTE,
    "elapsed": 24 * 60 * TENTHS_A_MINUTE,
    "percent": 1,
}
"""What one day, or one percent, is in the numbers of a lag."""

_USUAL_PRIORITY = 500
_NO_LAG = Lag(0, "working")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outline; its UID is its number from the top, from 1.

    Attributes:
        outline: such as ``2`` for a phase and ``2.3`` for a task of it.
        tasks: those of a phase; of a task, itself alone.
    """

    uid: int
    outline: str
    phase: Phase
    tasks: tuple[ScheduledTask, ...]

    @property
    def is_phase(self) -> bool:
        """Tell whether the row sums tasks up."""
        return "." not in self.outline


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a task waits for: the UID of a row, how, and with which lag."""

    uid: int
    kind: LinkKind = "FS"
    lag: Lag = _NO_LAG


def rows_of(report: Report) -> tuple[Row, ...]:
    """Give the rows of a plan, each phase before its tasks; a phase without tasks is left out."""
    found: list[Row] = []
    for number, (phase, tasks) in enumerate(_phases(report), start=1):
        found.append(Row(len(found) + 1, f"{number}", phase, tasks))
        for place, one in enumerate(tasks, start=1):
            found.append(Row(len(found) + 1, f"{number}.{place}", phase, (one,)))
    return tuple(found)


def _phases(report: Report) -> Iterator[tuple[Phase, tuple[ScheduledTask, ...]]]:
    for phase in report.definitions.phase_model.phases:
        if tasks := report.plan.schedule.of_phase(phase.id):
            yield phase, tasks


def uids_of(rows: Iterable[Row]) -> dict[str, int]:
    """Find the UID of each task by its id."""
    return {row.tasks[0].task.id: row.uid for row in rows if not row.is_phase}


def add_tasks(
    project: Element,
    report: Report,
    rows: tuple[Row, ...],
    *,
    dates: DatesMode,
    notes: Notes,
    task_calendars: Mapping[str, int],
) -> None:
    """Write all rows; the first is the project itself, whose note MS Project shows as Comments.

    Args:
        project: what to write into.
        report: the plan.
        rows: its rows.
        dates: what holds the dates.
        notes: what is said about tasks.
        task_calendars: UID of the calendar by task, of those that have one of their own.
    """
    elements = add(project, "Tasks")
    _add_project(elements, report, notes.comments(dates))
    uids = uids_of(rows)
    waits = _predecessors(report, uids)
    for row in rows:
        if row.is_phase:
            _add_phase(elements, report, row)
        else:
            task_id = row.tasks[0].task.id
            element = _add_task(
                elements, report, row, dates=dates, notes=notes, task_calendars=task_calendars
            )
            for one in waits.get(task_id, ()):
                add_link(element, one)
            add(element, "ExtendedAttribute", FieldID=TEXT1, Value=task_id)


def _predecessors(report: Report, uids: Mapping[str, int]) -> dict[str, list[Predecessor]]:
    found: dict[str, list[Predecessor]] = {}
    for link in report.plan.workplan.links:
        one = Predecessor(uids[link.before], link.kind, read_lag(link.lag))
        found.setdefault(link.after, []).append(one)
    return found


def add_link(task: Element, one: Predecessor) -> None:
    """Write what a task waits for."""
    add(
        task,
        "PredecessorLink",
        PredecessorUID=one.uid,
        Type=LINK_TYPES[one.kind],
        CrossProject=False,
        LinkLag=one.lag.number * LAG_UNITS[one.lag.unit],
        LagFormat=LAG_FORMATS[one.lag.unit],
    )


def _add_project(elements: Element, report: Report, comments: str) -> None:
    row = _add_row(elements, 0, title_of(report), outline="0", level=0)
    _add_span(row, report, report.plan.schedule.tasks)
    fill(row, Notes=comments)


def title_of(report: Report) -> str:
    """Name the plan: the model of phases and the organisation."""
    model, organisation = report.definitions.phase_model, report.assessment.organisation
    return f"{model.title} – {organisation.name}"


def _add_phase(elements: Element, report: Report, row: Row) -> None:
    element = _add_row(elements, row.uid, row.phase.title, outline=row.outline, level=1)
    _add_span(element, report, row.tasks)
    fill(element, Notes=row.phase.purpose)


def _add_row(
    elements: Element, uid: int, name: str, *, outline: str, level: int, contact: str | None = None
) -> Element:
    return add(
        elements,
        "Task",
        UID=uid,
        ID=uid,
        Name=one_line(name),
        Active=True,
        Manual=False,
        Type=FIXED_DURATION,
        IsNull=False,
        Contact=contact,
        WBS=outline,
        OutlineNumber=outline,
        OutlineLevel=level,
        Priority=_USUAL_PRIORITY,
    )


def _add_span(element: Element, report: Report, tasks: tuple[ScheduledTask, ...]) -> None:
    """Write what MS Project sums up for a row with rows below; it calculates this anew."""
    length = duration(int(_length(report, tasks) * SECONDS_A_DAY))
    fill(
        element,
        Start=min(moments(one).start for one in tasks),
        Finish=max(moments(one).finish for one in tasks),
        Duration=length,
        DurationFormat=IN_DAYS,
        EffortDriven=False,
        Estimated=False,
        Milestone=False,
        Summary=True,
        Critical=any(one.is_critical for one in tasks),
        PercentComplete=0,
        ActualDuration=duration(0),
        RemainingDuration=length,
        ConstraintType=CONSTRAINT_TYPES["ASAP"],
        CalendarUID=NO_UID,
    )


def _add_task(
    elements: Element,
    report: Report,
    row: Row,
    *,
    dates: DatesMode,
    notes: Notes,
    task_calendars: Mapping[str, int],
) -> Element:
    (one,) = row.tasks
    task = one.task
    element = _add_row(
        elements,
        row.uid,
        f"{task.code} {task_name(report, task.id)}",
        outline=row.outline,
        level=2,
        contact=one_line(report.definitions.phase_model.role[task.lead].title),
    )
    _add_schedule(element, one)
    _add_progress(element, task)
    hold = hold_of(report, one, dates=dates)
    calendar = task_calendars.get(task.id)
    fill(
        element,
        ConstraintType=CONSTRAINT_TYPES[hold.kind],
        CalendarUID=NO_UID if calendar is None else calendar,
        ConstraintDate=hold.moment,
        Deadline=hold.deadline,
        # Calendars of supporting roles would move the task, too.
        IgnoreResourceCalendar=None if calendar is None else True,
        Notes="\n".join((notes.of(task), *hold.notes)),
    )
    return element


def _add_schedule(element: Element, one: ScheduledTask) -> None:
    task, at = one.task, moments(one)
    fill(
        element,
        Start=at.start,
        Finish=at.finish,
        Duration=duration(task.duration_days * SECONDS_A_DAY),
        DurationFormat=IN_DAYS,
        Work=duration(work_seconds(task)),
        EffortDriven=False,
        Estimated=False,
        Milestone=task.is_milestone or task.kind == "gate",
        Summary=False,
        Critical=one.is_critical,
        EarlyStart=at.start,
        EarlyFinish=at.finish,
        LateStart=at.late_start,
        LateFinish=at.late_finish,
        FreeSlack=_tenths(one.times.free_float),
        TotalSlack=_tenths(one.times.total_float),
    )


def _add_progress(element: Element, task: Task) -> None:
    """Write that nothing is done yet; without these zeros some programs refuse to calculate."""
    fill(
        element,
        PercentComplete=0,
        PercentWorkComplete=0,
        ActualDuration=duration(0),
        ActualWork=duration(0),
        RemainingDuration=duration(task.duration_days * SECONDS_A_DAY),
        RemainingWork=duration(work_seconds(task)),
    )


def _length(report: Report, tasks: tuple[ScheduledTask, ...]) -> Days:
    """Count the working days of the organisation from the first start to the last finish."""
    calendar, plan = report.plan.schedule.calendar, report.plan.schedule
    if all(plan.calendar_of(one.task) == calendar for one in tasks):
        first = min(one.times.early_start for one in tasks)
        return max(one.times.early_finish for one in tasks) - first
    after = max(one.finish for one in tasks) + timedelta(days=1)
    return calendar.number(plan.start, after) - calendar.number(
        plan.start, min(one.start for one in tasks)
    )


def _tenths(days: Days) -> int:
    return int(days * MINUTES_A_DAY * TENTHS_A_MINUTE)
