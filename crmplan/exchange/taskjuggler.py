"""A plan as a TaskJuggler 3 project (.tjp), a second scheduler that anyone can run.

Durations are working days (``length``), so that TaskJuggler calculates the same dates from the same
links, working hours and holidays. Leads are ``responsible``; nobody is allocated, because crmplan
limits no role and an allocation would let TaskJuggler wait for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crmplan.exchange.mspdi_calendar import moments
from crmplan.exchange.plan_rows import task_name
from crmplan.planning.network.links import read_lag

if TYPE_CHECKING:
    from crmplan.planning.phases import Phase
    from crmplan.planning.scheduling import ScheduledTask
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import Link
    from crmplan.report import Report

HOURS = "8:00 - 12:00, 13:00 - 17:00"
HOURS_A_DAY = 8
SPARE_DAYS = 366
"""Days after the end of the plan that TaskJuggler may use when work slips."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS_A_YEAR = 52
_LAST_DAY = date(2035, 12, 31)
"""TaskJuggler knows no later day."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def to_taskjuggler(report: Report) -> str:
    """Write the plan: calendar, roles, phases with their tasks, and a report to look at.

    Returns:
        A project file, to be encoded as UTF-8 and run with ``tj3``.
    """
    lines = [*_head(report), *_holidays(report), *_roles(report)]
    paths = _paths(report)
    for phase, tasks in _phases(report):
        lines += _phase(report, phase, tasks, paths)
    lines += _overview()
    return "\n".join(lines) + "\n"


def _phases(report: Report) -> Iterator[tuple[Phase, tuple[ScheduledTask, ...]]]:
    for phase in report.definitions.phase_model.phases:
        if tasks := report.plan.schedule.of_phase(phase.id):
            yield phase, tasks


def _head(report: Report) -> Iterator[str]:
    schedule = report.plan.schedule
    span = f"{schedule.start} - {_end(report)}"
    worked = len(_DAYS) - len(schedule.calendar.weekend)
    yield f"project crmplan {_quoted(report.assessment.organisation.name)} {span} {{"
    yield '  timezone "UTC"'
    yield '  timeformat "%Y-%m-%d"'
    yield f"  dailyworkinghours {HOURS_A_DAY}"
    yield f"  yearlyworkingdays {worked * _WEEKS_A_YEAR}"
    yield from (f"  {line}" for line in _working_hours(schedule.calendar))
    yield "}"


def _end(report: Report) -> date:
    return min(_LAST_DAY, report.plan.schedule.finish + timedelta(days=SPARE_DAYS))


def _working_hours(calendar: WorkCalendar) -> Iterator[str]:
    for number, day in enumerate(_DAYS):
        yield f"workinghours {day} {'off' if number in calendar.weekend else HOURS}"


def _holidays(report: Report) -> Iterator[str]:
    """Give the days off; the shift names the working hours, for whoever allocates people."""
    schedule = report.plan.schedule
    for day in sorted(schedule.calendar.holidays):
        if schedule.start <= day < _end(report):
            yield f'leaves holiday "{day}" {day}'
    for day in sorted(schedule.calendar.half_days):
        if schedule.start <= day < _end(report):
            yield f'leaves holiday "{day}" {day}-12:00 - {day}-17:00'
    yield 'shift office "Office" {'
    yield from (f"  {line}" for line in _working_hours(schedule.calendar))
    yield "}"


def _roles(report: Report) -> Iterator[str]:
    tasks = report.plan.workplan.tasks
    used = {role for task in tasks for role in (task.lead, *task.support)}
    for one, role in report.definitions.phase_model.role.items():
        if one in used:
            yield f"resource {_name('role', one)} {_quoted(role.title)} {{ shifts office }}"


def _paths(report: Report) -> dict[str, str]:
    """Give the full name of every task: that of its phase and its own."""
    return {
        task.id: f"{_name('phase', task.phase)}.{_name('task', task.id)}"
        for task in report.plan.workplan.tasks
    }


def _phase(
    report: Report, phase: Phase, tasks: Iterable[ScheduledTask], paths: dict[str, str]
) -> Iterator[str]:
    yield f"task {_name('phase', phase.id)} {_quoted(phase.title)} {{"
    for one in tasks:
        yield from (f"  {line}" for line in _task(report, one, paths))
    yield "}"


def _task(report: Report, one: ScheduledTask, paths: dict[str, str]) -> Iterator[str]:
    task = one.task
    name = _quoted(f"{task.code} {task_name(report, task.id)}")
    links = [link for link in report.plan.workplan.links if link.after == task.id]
    yield f"task {_name('task', task.id)} {name} {{"
    yield f"  responsible {_name('role', task.lead)}"
    if not _follows_links(report, one, links):
        yield from _held(one)
    else:
        if links:
            waits = ", ".join(_dependency(link, report, paths) for link in links)
            yield f"  depends {waits}"
        else:
            yield f"  start {report.plan.schedule.start}-08:00"
        yield "  milestone" if task.is_milestone else f"  length {task.duration_days}d"
    yield "}"


def _follows_links(report: Report, one: ScheduledTask, links: Sequence[Link]) -> bool:
    """Tell whether TaskJuggler can date a task by its links.

    It knows no leads, no links to a finish, and one link between two tasks; links from start to
    start it takes for circles where phases overlap. It works as the organisation does. Other tasks
    are held at their dates.
    """
    plan = report.plan.schedule
    calendar = plan.calendar_of(one.task)
    exchanged = any(plan.start <= day <= plan.finish for day in calendar.extra_days)
    if calendar != plan.calendar or exchanged:
        return False
    if not links:
        return one.times.early_start == 0
    known = len({link.before for link in links}) == len(links) and all(
        link.kind == "FS"
        and read_lag(link.lag).number >= 0
        and (read_lag(link.lag).number == 0 or link.lag_calendar == "plan")
        for link in links
    )
    return known and bool(one.times.driving_links or plan.calendars is None)


def _held(one: ScheduledTask) -> Iterator[str]:
    at = moments(one)
    yield "  # held at its dates: TaskJuggler knows no such link, calendar or date"
    if one.task.is_milestone:
        yield f"  start {at.start:%Y-%m-%d-%H:%M}"
        yield "  milestone"
    else:
        yield f"  start {at.start:%Y-%m-%d-%H:%M}"
        yield f"  end {at.finish:%Y-%m-%d-%H:%M}"


def _dependency(link: Link, report: Report, paths: dict[str, str]) -> str:
    """Write a link: working lags as ``gaplength``, those on the clock as ``gapduration``."""
    lag = read_lag(link.lag)
    halves = lag.half_days(report.plan.workplan.task[link.before].duration_days)
    if not halves:
        return paths[link.before]
    if lag.unit == "elapsed":
        return f"{paths[link.before]} {{ gapduration {lag.number}d }}"
    return f"{paths[link.before]} {{ gaplength {halves * HOURS_A_DAY // 2}h }}"


def _overview() -> Iterator[str]:
    yield 'taskreport overview "crmplan-overview" {'
    yield "  formats html, csv"
    yield "  columns bsi, id, name, start, end, chart"
    yield "  loadunit days"
    yield "}"


def _name(kind: str, definition_id: str) -> str:
    """Make an id of TaskJuggler: letters, digits and ``_``, and never one of its own words.

    ``_`` stands for a hyphen and ``__`` for a dot; our ids have neither.
    """
    return f"{kind}_{definition_id.replace('.', '__').replace('-', '_')}"


def _quoted(text: str) -> str:
    """Write a text between quotation marks, on one line; a macro or variable is not expanded."""
    plain = " ".join(_CONTROLS.sub(" ", text).split())
    for mark, written in (("\\", "\\\\"), ('"', '\\"'), ("${", "$ {"), ("$(", "$ (")):
        plain = plain.replace(mark, written)
    return f'"{plain}"'
