"""Plans out of text for the tests of the network: tasks with their days, then links and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from builders import network

from crmplan.assessment.plan_records import CalendarException, TaskConstraint
from crmplan.planning.network.calendars import calendars_of
from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, WorkPlan

MONDAY = date(2026, 3, 2)
FIVE_DAYS = WorkCalendar(frozenset({5, 6}))


def plan(tasks: str, links: str = "", dates: str = "", **leads: str) -> WorkPlan:
    """Make a plan.

    Args:
        tasks: a task and its days in each row; semicolons end a row.
        links: ``a SS+2d b`` in each row; ``a FS b within 5d`` has a longest time, and
            ``a FS+2d:after b`` counts its lag in the calendar of b.
        dates: ``a SNET 2026-03-09`` in each row.
        leads: the role that leads a task, if not the project manager.
    """
    made = network(tasks.replace(";", "\n"))
    return WorkPlan(
        tuple(replace(one, lead=leads.get(one.id, one.lead)) for one in made.tasks),
        tuple(_link(row.split()) for row in _rows(links)),
        tuple(_constraint(row.split()) for row in _rows(dates)),
    )


def _rows(text: str) -> list[str]:
    return [row for row in text.replace(";", "\n").splitlines() if row.strip()]


def _link(words: list[str]) -> Link:
    before, tie, after, *rest = words
    tie, _, owner = tie.partition(":")
    extra: dict[str, Any] = {"at_most": rest[1]} if rest else {}
    lag = tie[2:].removeprefix("+") or "0d"
    kind: Any = tie[:2]
    if owner:
        extra["lag_calendar"] = owner
    return Link(before, after, "record", kind=kind, lag=lag, **extra)


def _constraint(words: list[str]) -> TaskConstraint:
    task, kind, *day = words
    on = date.fromisoformat(day[0]) if day else None
    return TaskConstraint.model_validate({"task": task, "kind": kind, "on": on})


def dated(
    work: WorkPlan,
    *exceptions: CalendarException,
    start: date = MONDAY,
    calendar: WorkCalendar = FIVE_DAYS,
) -> Schedule:
    """Give a plan its dates."""
    return schedule(work, calendars_of(calendar, exceptions), start=start)


def off(
    first: str, last: str | None = None, works: str = "none", *, role: str = "", task: str = ""
) -> CalendarException:
    """Make an exception: of a role, of a task, or else of the organisation."""
    return CalendarException.model_validate(
        {
            "scope": "role" if role else "task" if task else "organisation",
            "subject": role or task,
            "first": first,
            "last": last or first,
            "works": works,
        }
    )


def spans(made: Schedule) -> dict[str, str]:
    """Give first and last day of every task as text, such as ``03-02 03-06``."""
    return {one.task.id: f"{one.start:%m-%d} {one.finish:%m-%d}".strip() for one in made.tasks}
