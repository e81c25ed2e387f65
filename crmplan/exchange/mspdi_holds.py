"""What holds a task to a date in MS Project: one constraint, and a deadline beside it.

MS Project knows one constraint a task. Of several the one that moves the task comes first; one that
only bounds its end becomes the deadline if there is none. What does not fit is told in the note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from crmplan.exchange.mspdi_calendar import EVENING, MORNING, moments

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskConstraint
    from crmplan.exchange.mspdi_elements import ConstraintKind
    from crmplan.exchange.mspdi_notes import DatesMode
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.report import Report

_ORDER = ("MSO", "MFO", "SNET", "FNET", "ALAP", "SNLT", "FNLT", "ASAP")
_HOLDS_START = ("MSO", "MFO", "SNET", "ALAP")
_AT_FINISH = ("MFO", "FNET", "FNLT", "deadline")
_BOUNDS_FINISH = ("MFO", "FNLT", "deadline")


@dataclass(frozen=True, slots=True)
class Hold:
    """What MS Project is told about the dates of a task.

    Attributes:
        moment: None for "as soon as possible" and "as late as possible".
        notes: constraints that MS Project has no room for, one line each.
    """

    kind: ConstraintKind = "ASAP"
    moment: datetime | None = None
    deadline: datetime | None = None
    notes: tuple[str, ...] = ()


def hold_of(report: Report, one: ScheduledTask, *, dates: DatesMode) -> Hold:
    """Decide what holds a task.

    Args:
        report: the plan with its constraints.
        one: the task.
        dates: with ``constraints`` every task starts no earlier than planned. With ``links`` only
            a task does that no link drives although it has some: one that a lead would put before
            the first day of the plan, or that a longest time keeps back, which MS Project does not
            know.
    """
    work = report.plan.workplan
    missed = {item.constraint for item in report.plan.schedule.missed}
    given = [
        part
        for item in work.constraints
        if item.task == one.task.id
        for part in (_parts(item) if item in missed else (item,))
    ]
    ends = [item for item in given if item.kind == "deadline"]
    others = sorted((item for item in given if item.kind in _ORDER), key=_rank)
    kind: ConstraintKind = "ASAP"
    moment = None
    holds_start = bool(others) and others[0].kind in _HOLDS_START
    if dates == "constraints" or (not holds_start and _is_undriven(report, one)):
        kind, moment = "SNET", moments(one).start
    elif others:
        first = others.pop(0)
        assert first.kind != "deadline"
        kind, moment = first.kind, _moment(first)
        if one.task.is_milestone:
            kind, moment = _of_a_point(first, one)
    if not ends:
        ends = [item for item in others if item.kind in _BOUNDS_FINISH][:1]
    deadlines = [*map(_moment, ends), *(_latest_end(report, one, item) for item in others)]
    return Hold(
        kind,
        moment,
        min(filter(None, deadlines), default=None),
        tuple(f"{item.kind} {item.on}" for item in others if item not in ends),
    )


def _parts(one: TaskConstraint) -> tuple[TaskConstraint, ...]:
    """Take a date that the plan misses apart, so that no program lets it override links.

    What holds the task from starting too early stays, and its end becomes a deadline.
    """
    kinds: Mapping[str, tuple[str, ...]] = {
        "MSO": ("SNET",),
        "MFO": ("FNET", "deadline"),
        "FNLT": ("deadline",),
        "SNLT": (),
    }
    return tuple(one.model_copy(update={"kind": kind}) for kind in kinds.get(one.kind, (one.kind,)))


def _latest_end(report: Report, one: ScheduledTask, item: TaskConstraint) -> datetime | None:
    """Give the end of a task that starts on the last day that SNLT leaves; None for other kinds."""
    if item.kind != "SNLT" or item.on is None:
        return None
    calendar = report.plan.schedule.calendar_of(one.task)
    return datetime.combine(calendar.last_day(item.on, one.task.duration_days), EVENING)


def _of_a_point(
    first: TaskConstraint, one: ScheduledTask
) -> tuple[ConstraintKind, datetime | None]:
    """Say of a point in time when it starts; programs do not look at its finish."""
    if first.on is None:
        return cast("ConstraintKind", first.kind), None
    if first.kind in ("MSO", "MFO"):
        return "MSO", moments(one).start
    if first.kind in ("SNLT", "FNLT"):
        return "SNLT", datetime.combine(first.on, EVENING)
    return "SNET", _moment(first)


def _rank(constraint: TaskConstraint) -> int:
    return _ORDER.index(constraint.kind)


def _moment(constraint: TaskConstraint) -> datetime | None:
    if constraint.on is None:
        return None
    return datetime.combine(constraint.on, EVENING if constraint.kind in _AT_FINISH else MORNING)


def _is_undriven(report: Report, one: ScheduledTask) -> bool:
    work = report.plan.workplan
    waits = any(link.after == one.task.id for link in work.links)
    # Some programs move the start of a task that waits for nothing to meet such a date, even to
    # before the first day of the plan; MFO becomes such a date where the plan misses it.
    waits |= any(
        item.task == one.task.id and item.kind in ("FNET", "MFO") for item in work.constraints
    )
    limited = any(link.before == one.task.id and link.at_most is not None for link in work.links)
    return (waits or limited) and not one.times.driving_links and report.plan.levelled is None
