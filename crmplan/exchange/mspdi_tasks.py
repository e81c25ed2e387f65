"""The rows of a plan in MS Project: the project itself, a row for each phase, its tasks below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from crmplan.exchange.mspdi_roles import work_seconds
from crmplan.exchange.plan_rows import task_name

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_notes import DatesMode, Notes
    from crmplan.planning.phases import Phase
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.workplan import Task
    from crmplan.report import Report

TENTHS_A_MINUTE = 10
"""MS Project writes lags and floats in tenths of a minute."""

_USUAL_PRIORITY = 500


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
    """What a task waits for: the UID of a row, how, and with which lag in working minutes."""

    uid: int
    kind: LinkKind = "FS"
    lag_minutes: int = 0


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
    project: Element, report: Report, rows: tuple[Row, ...], *, dates: DatesMode, notes: Notes
) -> None:
    """Write all rows; the first is the project itself, whose note MS Project shows as Comments."""
    elements = add(project, "Tasks")
    _add_project(elements, report, notes.comments(dates))
    uids = uids_of(rows)
    waits = _predecessors(report, uids)
    for row in rows:
        if row.is_phase:
            _add_phase(elements, row)
        else:
            task_id = row.tasks[0].task.id
            element = _add_task(elements, report, row, dates=dates, notes=notes)
            for one in waits.get(task_id, ()):
                add_link(element, one)
            add(element, "ExtendedAttribute", FieldID=TEXT1, Value=task_id)


def _predecessors(report: Report, uids: Mapping[str, int]) -> dict[str, list[Predecessor]]:
    found: dict[str, list[Predecessor]] = {}
    for link in report.plan.workplan.links:
        found.setdefault(link.after, []).append(Predecessor(uids[link.before]))
    return found


def add_link(task: Element, one: Predecessor) -> None:
    """Write what a task waits for."""
    add(
        task,
        "PredecessorLink",
        PredecessorUID=one.uid,
        Type=LINK_TYPES[one.kind],
        CrossProject=False,
        LinkLag=one.lag_minutes * TENTHS_A_MINUTE,
        LagFormat=IN_DAYS,
    )


def _add_project(elements: Element, report: Report, comments: str) -> None:
    row = _add_row(elements, 0, title_of(report), outline="0", level=0)
    _add_span(row, report.plan.schedule.tasks)
    fill(row, Notes=comments)


def title_of(report: Report) -> str:
    """Name the plan: the model of phases and the organisation."""
    model, organisation = report.definitions.phase_model, report.assessment.organisation
    return f"{model.title} – {organisation.name}"


def _add_phase(elements: Element, row: Row) -> None:
    element = _add_row(elements, row.uid, row.phase.title, outline=row.outline, level=1)
    _add_span(element, row.tasks)
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


def _add_span(element: Element, tasks: tuple[ScheduledTask, ...]) -> None:
    """Write what MS Project sums up for a row with rows below; it calculates this anew."""
    first = min(one.times.early_start for one in tasks)
    last = max(one.times.early_finish for one in tasks)
    length = duration((last - first) * SECONDS_A_DAY)
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
    elements: Element, report: Report, row: Row, *, dates: DatesMode, notes: Notes
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
    is_held = dates == "constraints"
    fill(
        element,
        ConstraintType=CONSTRAINT_TYPES["SNET" if is_held else "ASAP"],
        CalendarUID=NO_UID,
        ConstraintDate=moments(one).start if is_held else None,
        Notes=notes.of(task),
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


def _tenths(days: int) -> int:
    return days * MINUTES_A_DAY * TENTHS_A_MINUTE
