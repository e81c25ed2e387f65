"""Early and late positions of every task of a plan, on calendars and under constraints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from crmplan.errors import PlanProblemsError
from crmplan.planning.network.axis import Axis, OffAxisError, lay_out
from crmplan.planning.network.compiled import CompiledNetwork, compile_network
from crmplan.planning.network.constraints import Window, latest_start, window_of
from crmplan.planning.network.links import NO_LATER
from crmplan.planning.network.passes import (
    Early,
    LimitError,
    earliest_after,
    find_earliest,
    find_latest,
    latest_before,
)
from crmplan.planning.network.problems import link_text, place_of
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskConstraint
    from crmplan.planning.network.calendars import Calendars
    from crmplan.planning.network.compiled import Truth, Whole
    from crmplan.planning.scheduling import DayPart
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import WorkPlan

SHORTEST_AXIS = 400
LONGEST_AXIS = 100_000
"""Days before and after the first day of the plan, some 270 years, in which all dates must lie."""

_DAYS_PER_WORKED = 3
_PARTS: tuple[tuple[DayPart, DayPart], ...] = (("morning", "afternoon"), ("midday", "evening"))


@dataclass(frozen=True)
class Timing:
    """A network with its dates, as positions: half-days of work in the calendar of each task.

    Attributes:
        start: the first day of the plan; of no meaning without an axis.
        first: position of the first day of the plan, by task.
        early: earliest starts; a task that is put as late as possible starts later than that.
        starts: planned starts.
        late: latest starts that keep the end of the plan and every date that binds.
        last_finish: latest finishes if the starts stay.
        room: latest starts with which no other task moves.
        by_end: latest starts that keep the end of the plan, whatever waits for the task.
        drives: the links that keep the task after them from starting earlier.
        axis: the calendars; None if days are counted and not dated.
    """

    network: CompiledNetwork
    start: date
    window: Window
    first: Whole
    early: Early
    starts: Whole
    late: Whole
    last_finish: Whole
    room: Whole
    by_end: Whole
    drives: Truth
    axis: Axis | None

    @property
    def finishes(self) -> Whole:
        """Planned finishes."""
        return self.starts + self.network.duration


def count_days(plan: WorkPlan) -> Timing:
    """Compute a plan in working days of one calendar, without dates.

    Constraints need dates and are not looked at; a day on the clock counts as a working day.
    """
    network = compile_network(plan)
    first = np.zeros(len(network.tasks), dtype=np.int64)
    kept = [one for one in plan.constraints if one.on is None]
    return _timed(network, date.min, window_of(network, first, kept), first, None)


def date_tasks(plan: WorkPlan, calendars: Calendars, *, start: date) -> Timing:
    """Compute a plan on its calendars.

    Args:
        plan: tasks, links and constraints.
        calendars: of the organisation, of roles and tasks.
        start: the first day.

    Raises:
        PlanProblemsError: if a task finds no working time, or the longest time of a link cannot be
            kept.
    """
    used = _Used(plan, calendars)
    network = compile_network(plan, used.number_of)
    days = max(SHORTEST_AXIS, _DAYS_PER_WORKED * _work_days(network), _dated_days(plan, start))
    days = min(LONGEST_AXIS, days)
    while True:
        try:
            axis = _axis(used.calendars, start, days)
            first = axis.position(
                network.calendar, np.full(network.calendar.size, axis.morning(start))
            )
            window = window_of(network, first, plan.constraints, axis)
            return _timed(network, start, window, first, axis)
        except OffAxisError:
            if days >= LONGEST_AXIS:
                raise PlanProblemsError(_without_work(plan, used, start)) from None
            days = min(LONGEST_AXIS, 4 * days)


class _Used:
    """The calendars that the tasks of a plan have; that of the organisation is number 0."""

    def __init__(self, plan: WorkPlan, calendars: Calendars) -> None:
        self.calendars = [calendars.organisation]
        known = {id(calendars.organisation): 0}
        self.number_of: dict[str, int] = {}
        for task in plan.tasks:
            own = calendars.of(task)
            if id(own) not in known:
                known[id(own)] = len(self.calendars)
                self.calendars.append(own)
            self.number_of[task.id] = known[id(own)]


def _axis(calendars: list[WorkCalendar], start: date, days: int) -> Axis:
    before = min(days, (start - date.min).days)
    after = min(days, (date.max - start).days)
    return lay_out(calendars, first=start - timedelta(days=before), days=before + after)


def _work_days(network: CompiledNetwork) -> int:
    """Give the working days of the longest way through a network, calendars aside."""
    starts = np.zeros(len(network.tasks), dtype=np.int64)
    for level in network.forward:
        found = np.maximum.reduceat(
            starts[network.before[level.links]] + np.abs(network.shift[level.links]), level.first
        )
        starts[level.tasks] = np.maximum(starts[level.tasks], found)
    return int((starts + network.duration).max(initial=0)) // 2 + 1


def _dated_days(plan: WorkPlan, start: date) -> int:
    return max((abs((one.on - start).days) + 40 for one in plan.constraints if one.on), default=0)


def _without_work(plan: WorkPlan, used: _Used, start: date) -> Iterable[Problem]:
    """Name the tasks whose calendar has too little working time; else the plan as a whole."""
    axis = _axis(used.calendars, start, LONGEST_AXIS)
    left = axis.worked[:, -1] - axis.worked[:, axis.morning(start)]
    empty = [task for task in plan.tasks if left[used.number_of[task.id]] <= 2 * task.duration_days]
    for task in empty:
        yield Problem(
            Location(f"calendar of {task.id}"),
            "PLAN-CALENDAR",
            f"{task.id}, led by {task.lead}, finds no working time for {task.duration_days} days",
            "look at the weekend, and at the days off of organisation, role and task",
        )
    if not empty:
        yield Problem(
            Location("plan"),
            "PLAN-HORIZON",
            "dates lie more than 270 years away, or beyond the year 9999",
            "look for durations and lags that are too long",
        )


def _timed(
    network: CompiledNetwork, start: date, window: Window, first: Whole, axis: Axis | None
) -> Timing:
    try:
        early = find_earliest(network, window.floor, window.opens, axis)
    except LimitError as error:
        link = error.link
        message = f"{link_text(link)} within {link.at_most} cannot be kept by other links and dates"
        hint = "name a longer time, or change what holds the tasks apart"
        place = Location(place_of(link))
        raise PlanProblemsError([Problem(place, "PLAN-AT-MOST", message, hint)]) from None
    end = _latest_by_end(network, early, axis)
    late = find_latest(network, np.minimum(window.ceiling, end), early, axis)
    starts = _put_late(network, window, early, end, axis)
    before = network.before[network.lags]
    room = end.copy()
    np.minimum.at(room, before, latest_before(network, starts, early.opens, axis)[network.lags])
    last_finish = np.minimum(window.last_finish, end + network.duration)
    from_finish = np.flatnonzero(network.from_finish[network.lags])
    bounds = latest_before(network, late, early.opens, axis)[from_finish]
    np.minimum.at(last_finish, before[from_finish], bounds + network.duration[before[from_finish]])
    bounds = earliest_after(network, Early(starts, early.opens), axis)[network.lags]
    drives = bounds == starts[network.after[network.lags]]
    return Timing(
        network, start, window, first, early, starts, late, last_finish, room, end, drives, axis
    )


def _latest_by_end(network: CompiledNetwork, early: Early, axis: Axis | None) -> Whole:
    """Give the latest start of every task with which it ends by the end of the plan."""
    finishes = early.starts + network.duration
    if axis is None or not finishes.size:
        by_end: Whole = finishes.max(initial=0) - network.duration
        return by_end
    ends = axis.closing(network.calendar, np.maximum(finishes, 1))
    opens = np.flatnonzero(early.opens & network.is_milestone)
    ends[opens] = axis.opening(network.calendar[opens], finishes[opens])
    last = np.full(finishes.size, ends.max())
    return axis.position(network.calendar, last) - network.duration


def _put_late(
    network: CompiledNetwork, window: Window, early: Early, end: Whole, axis: Axis | None
) -> Whole:
    """Move the tasks that are to be as late as possible, the last ones first."""
    starts = early.starts
    if not window.as_late.any():
        return starts
    starts = starts.copy()
    for task in np.flatnonzero(window.as_late)[::-1]:
        own = network.before[network.lags] == task
        bounds = latest_before(network, starts, early.opens, axis)[network.lags][own]
        latest = min(int(bounds.min(initial=end[task])), int(end[task]), int(window.ceiling[task]))
        starts[task] = max(int(starts[task]), latest)
    return starts


def late_by(timing: Timing, one: TaskConstraint) -> int:
    """Count the half-days of work by which a task misses a date; 0 if it keeps it."""
    if timing.axis is None or one.on is None or one.kind not in NO_LATER:
        return 0
    network, task = timing.network, timing.network.number[one.task]
    return max(0, int(timing.starts[task]) - latest_start(network, task, one, timing.axis))


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of a day at which work begins or ends."""

    day: date
    part: DayPart


@dataclass(frozen=True, slots=True)
class Span:
    """The moments at which a task starts and finishes, planned and at the latest."""

    start: Moment
    finish: Moment
    late_start: Moment
    late_finish: Moment


def spans_of(timing: Timing) -> dict[str, Span]:
    """Give the moments of every task of a dated network.

    Both of a point in time are one: where the work before it ends, or where work goes on if it
    waits for a start or a morning.
    """
    network, axis = timing.network, timing.axis
    assert axis is not None
    columns = []
    for starts in (timing.starts, timing.late):
        opening = axis.opening(network.calendar, starts)
        # Nothing is planned at position 0, where no work ends.
        closing = axis.closing(network.calendar, np.maximum(starts + network.duration, 1))
        opens = timing.early.opens & network.is_milestone & (starts == timing.starts)
        ends = network.is_milestone & ~opens
        columns += [
            _moments(axis, np.where(ends, closing, opening), ends),
            _moments(axis, np.where(opens, opening, closing), ~opens),
        ]
    rows = zip(network.tasks, *columns, strict=True)
    return {task.id: Span(*moments) for task, *moments in rows}


def _moments(axis: Axis, instants: Whole, ends: Truth) -> list[Moment]:
    """Turn instants into parts of days: ends of half-days, or starts."""
    halves = (instants - ends).tolist()
    return [
        Moment(axis.day(half), _PARTS[end][half % 2])
        for half, end in zip(halves, ends.tolist(), strict=True)
    ]
