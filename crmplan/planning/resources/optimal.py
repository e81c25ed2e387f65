"""Prove a schedule the shortest, or find a shorter one, with the solver CP-SAT of OR-Tools.

It needs the extra ``optimize``. The solver gets our own schedule as a hint and its length as the
end of time: without both it finds nothing on larger plans. What it answers is checked, and ours is
kept if that is no better or if the solver errs, even if it says that there is no schedule at all.
Source: Laborie, Rogerie, Shaw & Vilím (2018) on such models; Perron & Didier, CP-SAT.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from math import ceil
from typing import TYPE_CHECKING, Any

from crmplan.errors import MissingExtraError
from crmplan.planning.resources.problem import capacity_on, check_schedule
from crmplan.planning.resources.search import Progress
from crmplan.planning.resources.solving import as_early_as_possible, deadline, solve

if TYPE_CHECKING:
    from crmplan.planning.resources.problem import Capacity, ResourceProblem, ResourceSchedule

LEAST_WORKERS = 8
"""With fewer, the solver leaves most of its local search out, even on two cores."""
OWN_SHARES = ((40, 0.1), (80, 0.3))
"""Up to so many tasks, our own search gets this share of the time; the solver gets the rest."""
OWN_SHARE_OF_MANY = 0.85
"""With more tasks the solver seldom shortens anything (docs/method/resources.md)."""
_ASK_AGAIN = 0.1
_ROUNDING = 1e-6
_NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Model:
    """A problem as the solver sees it: ``starts`` are its variables, by task."""

    model: Any
    starts: dict[str, Any]


def solve_and_optimise(
    problem: ResourceProblem,
    *,
    seconds: float,
    now: Callable[[], float],
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> ResourceSchedule:
    """Search ourselves first, then let the solver prove or improve what was found.

    Args:
        problem: what is scheduled.
        seconds: for both together.
        now: a clock, as the core has none: ``time.monotonic``.
        seed: of both; the answer depends on the machine all the same.
        stop: ends both with the best so far.
        tell: is told about every better schedule.

    Raises:
        MissingExtraError: if OR-Tools is not installed.
    """
    _solver_package()
    begin = now()
    tasks = len(problem.ids)
    share = next((share for most, share in OWN_SHARES if tasks <= most), OWN_SHARE_OF_MANY)
    is_over = deadline(now, seconds * share)
    own = solve(
        problem, seed=seed, schedules=_NO_LIMIT, stop=lambda: is_over() or stop(), tell=tell
    )
    left = seconds - (now() - begin)
    if left <= 0 or stop():
        return own
    return optimise(problem, own, seconds=left, stop=stop, tell=tell)


def optimise(
    problem: ResourceProblem,
    known: ResourceSchedule,
    *,
    seconds: float,
    workers: int = LEAST_WORKERS,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> ResourceSchedule:
    """Give a schedule that is never longer than the known one, and often proved the shortest.

    The answer depends on the machine, unless it is proved: then its length does not.

    Args:
        problem: what is scheduled.
        known: our own schedule of it.
        seconds: how long the solver may take.
        workers: solver threads; at least 8 are used.
        stop: asked ten times a second; ends the solver with what it has.
        tell: is told about every better schedule.

    Raises:
        MissingExtraError: if OR-Tools is not installed.
    """
    cp_model = _solver_package()
    if known.is_proved:
        return known
    built = _build(cp_model, problem, known)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = max(LEAST_WORKERS, workers)
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = known.seed
    # Ctrl-C is for whoever passes ``stop``; the solver would swallow it.
    solver.parameters.catch_sigint_signal = False
    status = _run(solver, built, _watcher(cp_model, known, tell), stop)
    return _better(problem, known, solver, built, cp_model, status)


def _solver_package() -> Any:
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as error:
        raise MissingExtraError("ortools", extra="optimize") from error


def _build(cp_model: Any, problem: ResourceProblem, known: ResourceSchedule) -> Model:
    model = cp_model.CpModel()
    end = known.makespan
    starts, intervals = {}, {}
    for task in problem.ids:
        days = problem.durations[task]
        starts[task] = model.new_int_var(0, end - days, task)
        intervals[task] = model.new_fixed_size_interval_var(starts[task], days, task)
        model.add_hint(starts[task], known.starts[task])
    for (before, after), lag in problem.lags.items():
        model.add(starts[after] >= starts[before] + lag)
    for role, capacity in problem.capacities.items():
        _limit(model, problem, intervals, (role, capacity), end)
    length = model.new_int_var(known.lower_bound, end, "length")
    model.add_hint(length, end)
    for task in problem.ids:
        model.add(length >= starts[task] + problem.durations[task])
    model.minimize(length)
    return Model(model, starts)


def _limit(
    model: Any,
    problem: ResourceProblem,
    intervals: dict[str, Any],
    role: tuple[str, Capacity],
    end: int,
) -> None:
    """Limit a role; days on which it has fewer units than on its best are taken by fillers."""
    name, capacity = role
    needs = [
        (intervals[one], units) for one in problem.ids if (units := _units(problem, one, name))
    ]
    if not needs:
        return
    by_day = [capacity_on(capacity, day) for day in range(end)]
    best = max(by_day, default=0)
    for day, units in enumerate(by_day):
        if units < best:
            needs.append((model.new_fixed_size_interval_var(day, 1, ""), best - units))
    model.add_cumulative([one for one, _ in needs], [units for _, units in needs], best)


def _units(problem: ResourceProblem, task: str, role: str) -> int:
    return problem.needs(task).get(role, 0)


def _watcher(cp_model: Any, known: ResourceSchedule, tell: Callable[[Progress], None]) -> Any:
    class Watcher(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        """Passes each better length on."""

        def on_solution_callback(self) -> None:
            length, bound = round(self.objective_value), _bound(self.best_objective_bound)
            if length < known.makespan:
                tell(Progress(known.schedules, length, max(known.lower_bound, bound)))

    return Watcher()


def _bound(value: float) -> int:
    return ceil(value - _ROUNDING)


def _run(solver: Any, built: Model, watcher: Any, stop: Callable[[], bool]) -> Any:
    """Run the solver beside the main thread, which stays free to hear ``stop`` and Ctrl-C."""
    answer: list[Any] = []
    thread = threading.Thread(target=lambda: answer.append(solver.solve(built.model, watcher)))
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_ASK_AGAIN)
            if stop():
                solver.stop_search()
    finally:
        while thread.is_alive():
            solver.stop_search()
            thread.join(_ASK_AGAIN)
    return answer[0] if answer else None


def _better(
    problem: ResourceProblem,
    known: ResourceSchedule,
    solver: Any,
    built: Model,
    cp_model: Any,
    status: Any,
) -> ResourceSchedule:
    """Take what the solver found if it is right and shorter, and its bound if it makes sense."""
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return known
    bound = max(known.lower_bound, _bound(solver.best_objective_bound))
    starts = {task: int(solver.value(start)) for task, start in built.starts.items()}
    if check_schedule(problem, starts):
        return known
    starts = as_early_as_possible(problem, starts)
    makespan = max((day + problem.durations[task] for task, day in starts.items()), default=0)
    if makespan > known.makespan or bound > makespan or check_schedule(problem, starts):
        return known
    if makespan == known.makespan:
        return replace(
            known, lower_bound=bound, engine="cp-sat" if bound == makespan else known.engine
        )
    return replace(known, starts=starts, makespan=makespan, lower_bound=bound, engine="cp-sat")
