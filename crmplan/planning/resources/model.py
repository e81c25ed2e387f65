"""A problem with limited roles as a model of the solver CP-SAT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmplan.planning.resources.problem import capacity_on

if TYPE_CHECKING:
    from crmplan.planning.resources.problem import Capacity, ResourceProblem, ResourceSchedule


@dataclass(frozen=True, slots=True)
class Model:
    """A problem as the solver sees it: ``starts`` are its variables, by task."""

    model: Any
    starts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Span:
    """The variables of one task: its start, its finish, and the days between them."""

    start: Any
    finish: Any
    interval: Any


def build(cp_model: Any, problem: ResourceProblem, known: ResourceSchedule) -> Model:
    """Build the model.

    Args:
        cp_model: the solver's module.
        problem: what is scheduled.
        known: our own schedule: a hint, and its length is the end of time; without starts, time
            ends when the shortest schedule must have ended.
    """
    model = cp_model.CpModel()
    end = known.makespan if known.starts else problem.horizon
    spans = {task: _span(cp_model, model, problem, task, end) for task in problem.ids}
    for task, start in known.starts.items():
        model.add_hint(spans[task].start, start)
    _link(model, problem, spans)
    for role, capacity in problem.capacities.items():
        _limit(model, problem, spans, (role, capacity), end)
    length = model.new_int_var(min(known.lower_bound, end), end, "length")
    if known.starts:
        model.add_hint(length, end)
    for span in spans.values():
        model.add(length >= span.finish)
    model.minimize(length)
    return Model(model, {task: span.start for task, span in spans.items()})


def _span(cp_model: Any, model: Any, problem: ResourceProblem, task: str, end: int) -> _Span:
    days = problem.durations[task]
    first = problem.earliest.get(task, 0)
    last = min(end, problem.latest.get(task, end)) - days
    rests = problem.rests.get(task) if days else None
    if not rests:
        if first > last:
            model.add_bool_or([])  # nothing can make room for the task
            last = first
        start = model.new_int_var(first, last, task)
        interval = model.new_fixed_size_interval_var(start, days, task)
        return _Span(start, start + days, interval)
    finishes = [problem.finish(task, day) for day in range(end + 1)]
    limit = problem.latest.get(task, end)
    worked = [day for day in range(first, end + 1) if day not in rests and finishes[day] <= limit]
    if not worked:
        model.add_bool_or([])
        worked = [first]
    start = model.new_int_var_from_domain(cp_model.Domain.from_values(worked), task)
    finish = model.new_int_var(0, max(finishes), "")
    model.add_element(start, finishes, finish)
    size = model.new_int_var(days, days + len(rests), "")
    return _Span(start, finish, model.new_interval_var(start, size, finish, task))


def _link(model: Any, problem: ResourceProblem, spans: dict[str, _Span]) -> None:
    for one in problem.follows:
        before, after = spans[one.before], spans[one.after]
        begin = before.finish if one.from_finish else before.start
        end = after.finish if one.to_finish else after.start
        if one.lag_days is not None:
            model.add(end >= begin + one.lag_days)
        if one.at_most_days is not None:
            model.add(end <= begin + one.at_most_days)


def _limit(
    model: Any,
    problem: ResourceProblem,
    spans: dict[str, _Span],
    role: tuple[str, Capacity],
    end: int,
) -> None:
    """Limit a role; days on which it has fewer units than on its best are taken by fillers."""
    name, capacity = role
    needs = [
        (spans[one].interval, units)
        for one in problem.ids
        if (units := problem.needs(one).get(name, 0))
    ]
    if not needs:
        return
    by_day = [capacity_on(capacity, day) for day in range(end)]
    best = max(by_day, default=0)
    for first, last, units in _stretches(by_day):
        if units < best:
            filler = model.new_fixed_size_interval_var(first, last - first, "")
            needs.append((filler, best - units))
    model.add_cumulative([one for one, _ in needs], [units for _, units in needs], best)


def _stretches(by_day: list[int]) -> list[tuple[int, int, int]]:
    """List first day, day after the last, and units, where the units stay the same."""
    found: list[tuple[int, int, int]] = []
    for day, units in enumerate(by_day):
        if found and found[-1][2] == units:
            found[-1] = (found[-1][0], day + 1, units)
        else:
            found.append((day, day + 1, units))
    return found
