"""A plan as rows that other programs understand: one a task, in the report's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.planning.network.links import tie_text

if TYPE_CHECKING:
    from datetime import date

    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.working_time import Days
    from crmplan.planning.workplan import Link
    from crmplan.report import Report


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One task.

    Attributes:
        number: from 1, phase after phase, in the order of the plan.
        kind: ``activity``, ``initiative``, ``covered`` or ``gate``.
        finish: last day of work; for a point in time the day it is reached.
        waits_for: codes of the tasks that must be finished before; a link of another kind or with
            a lag says so, such as ``A1 SS+2d``.
    """

    number: int
    id: str
    code: str
    name: str
    kind: str
    phase: str
    lead: str
    support: tuple[str, ...]
    start: date
    finish: date
    duration_days: int
    float_days: float
    is_critical: bool
    effort_low: int
    effort_high: int
    waits_for: tuple[str, ...]


def plan_rows(report: Report) -> tuple[PlanRow, ...]:
    """Give the rows of a report's plan, phase after phase."""
    before: dict[str, list[str]] = {}
    for link in report.plan.workplan.links:
        before.setdefault(link.after, []).append(_waiting(report, link))
    tasks = [
        one
        for phase in report.definitions.phase_model.phases
        for one in report.plan.schedule.of_phase(phase.id)
    ]
    return tuple(
        _row(report, number, one, before.get(one.task.id, []))
        for number, one in enumerate(tasks, start=1)
    )


def _row(report: Report, number: int, one: ScheduledTask, before: list[str]) -> PlanRow:
    model, task = report.definitions.phase_model, one.task
    return PlanRow(
        number=number,
        id=task.id,
        code=task.code,
        name=task_name(report, task.id),
        kind=task.kind,
        phase=model.phase[task.phase].title,
        lead=model.role[task.lead].title,
        support=tuple(model.role[role].title for role in task.support),
        start=one.start,
        finish=one.finish,
        duration_days=task.duration_days,
        float_days=_number(one.times.total_float),
        is_critical=one.is_critical,
        effort_low=task.effort.low,
        effort_high=task.effort.high,
        waits_for=tuple(before),
    )


def _waiting(report: Report, link: Link) -> str:
    code = report.plan.workplan.task[link.before].code
    return code if link.is_plain else f"{code} {tie_text(link)}"


def _number(days: Days) -> float:
    """Give days as other programs take them: a whole number, or one with a half."""
    return int(days) if days == int(days) else float(days)


def task_name(report: Report, task_id: str) -> str:
    """Name a task: an initiative or a standing activity."""
    initiatives = report.definitions.catalogue.by_id
    if task_id in initiatives:
        return initiatives[task_id].title
    return report.definitions.phase_model.activity[task_id].title
