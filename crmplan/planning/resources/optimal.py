"""Prove a schedule the shortest, or find a shorter one, with the solver CP-SAT of OR-Tools.

It needs the extra ``optimize``. The solver gets our own schedule as a hint and its length as the
end of time: without both it finds nothing on larger plans. What it answers is checked, and ours is
kept if that is no better or if the solver errs, even if it says that there is no schedule at all.
Only where we have none is that believed, and then ``contradiction`` finds out why.
Source: Laborie, Rogerie, Shaw & Vilím (2018) on such models; Perron & Didier, CP-SAT.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from typing import TYPE_CHECKING, Any

from crmplan.errors import (
    InfeasiblePlanError,
    MissingExtraError,
    NoScheduleFoundError,
    PlanningError,
)
from crmplan.planning.resources.bounds import lower_bound
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.compiled import compile_problem
from crmplan.planning.resources.contradiction import binding_subset, in_words, only
from crmplan.planning.resources.model import Model, build
from crmplan.planning.resources.problem import ResourceSchedule
from crmplan.planning.resources.search import NEVER, Progress
from crmplan.planning.resources.solving import SCHEDULES, as_early_as_possible, deadline, solve

if TYPE_CHECKING:
    from crmplan.planning.resources.problem import ResourceProblem

LEAST_WORKERS = 8
"""With fewer, the solver leaves most of its local search out, even on two cores."""
OWN_SHARES = ((40, 0.1), (80, 0.3))
"""Up to so many tasks, our own search gets this share of the time; the solver gets the rest."""
OWN_SHARE_OF_MANY = 0.85
"""With more tasks the solver seldom shortens anything (docs/method/resources.md)."""
WORK_LIMIT = 10.0
"""Without a limit in seconds the solver counts its work; a unit takes about three seconds."""
PART_LIMIT = 2.0
"""The same for each part of a plan, when it is looked for what contradicts."""
DOUBT_SCHEDULES = 2_000
"""Schedules that we try before a contradiction that the solver names is believed."""
_ASK_AGAIN = 0.1
_ROUNDING = 1e-6
_NO_LIMIT = 10**9


def is_installed() -> bool:
    """Tell whether the solver is there."""
    return find_spec("ortools") is not None


def solve_and_optimise(
    problem: ResourceProblem,
    *,
    seconds: float | None = None,
    work: float = WORK_LIMIT,
    now: Callable[[], float] = lambda: 0.0,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> ResourceSchedule:
    """Search ourselves first, then let the solver prove or improve what was found.

    Args:
        problem: what is scheduled.
        seconds: for both together; None counts schedules and the solver's work instead, so that the
            same problem and seed give the same answer.
        work: what the solver may do if there is no limit in seconds.
        now: a clock, as the core has none: ``time.monotonic``.
        seed: of both.
        stop: ends both with the best so far.
        tell: is told about every better schedule.

    Raises:
        MissingExtraError: if OR-Tools is not installed.
        InfeasiblePlanError: if there is no schedule; it names what contradicts.
        NoScheduleFoundError: if none was found, and no proof that there is none.
    """
    _solver_package()
    begin = now()
    tasks = len(problem.ids)
    share = next((share for most, share in OWN_SHARES if tasks <= most), OWN_SHARE_OF_MANY)
    is_over = deadline(now, seconds * share) if seconds is not None else lambda: False
    schedules = SCHEDULES if seconds is None else _NO_LIMIT
    try:
        own = solve(
            problem, seed=seed, schedules=schedules, stop=lambda: is_over() or stop(), tell=tell
        )
    except NoScheduleFoundError as error:
        own = _nothing_yet(problem, seed=seed, schedules=error.schedules)
    left = None if seconds is None else seconds - (now() - begin)
    if own.starts and (stop() or (left is not None and left <= 0)):
        return own
    return optimise(problem, own, seconds=left, work=work, stop=stop, tell=tell)


def _nothing_yet(problem: ResourceProblem, *, seed: int, schedules: int) -> ResourceSchedule:
    bound = lower_bound(compile_problem(problem))
    return ResourceSchedule({}, NEVER, bound, "genetic", seed, schedules)


def optimise(
    problem: ResourceProblem,
    known: ResourceSchedule,
    *,
    seconds: float | None,
    work: float = WORK_LIMIT,
    workers: int = LEAST_WORKERS,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> ResourceSchedule:
    """Give a schedule that is never longer than the known one, and often proved the shortest.

    Args:
        problem: what is scheduled.
        known: our own schedule of it; without starts if we found none.
        seconds: how long the solver may take, which makes the answer depend on the machine unless
            it is proved; None counts its work.
        work: what it may do then.
        workers: solver threads; at least 8 are used.
        stop: asked ten times a second; ends the solver with what it has.
        tell: is told about every better schedule.

    Raises:
        MissingExtraError: if OR-Tools is not installed.
        InfeasiblePlanError: if we know no schedule and there is none.
        NoScheduleFoundError: if we know none and the solver finds none in its time.
    """
    cp_model = _solver_package()
    if known.starts and known.is_proved:
        return known
    built = build(cp_model, problem, known)
    solver = _solver(cp_model, max(LEAST_WORKERS, workers), known.seed)
    if seconds is None:
        _count_work(solver, work)
    else:
        solver.parameters.max_time_in_seconds = max(0.0, seconds)
    status = _run(solver, built, _watcher(cp_model, known, tell), stop)
    if not known.starts and status == cp_model.INFEASIBLE:
        raise _contradiction(problem, known.schedules)
    found = _better(problem, known, solver, built, cp_model, status)
    if not found.starts and problem.ids:
        raise NoScheduleFoundError(known.schedules)
    return found


def _solver(cp_model: Any, workers: int, seed: int) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    # Ctrl-C is for whoever passes ``stop``; the solver would swallow it.
    solver.parameters.catch_sigint_signal = False
    return solver


def _count_work(solver: Any, work: float) -> None:
    # Workers take turns in a fixed order, so that their answer does not depend on the clock.
    solver.parameters.interleave_search = True
    solver.parameters.max_deterministic_time = work


def _contradiction(problem: ResourceProblem, schedules: int) -> PlanningError:
    """Name what contradicts, unless the solver erred: then what it names has a schedule."""
    parts = binding_subset(problem, _cannot_hold)
    try:
        solve(only(problem, parts), schedules=DOUBT_SCHEDULES)
    except (NoScheduleFoundError, InfeasiblePlanError):
        return InfeasiblePlanError(in_words(problem, parts))
    return NoScheduleFoundError(schedules)


def _cannot_hold(problem: ResourceProblem) -> bool:
    """Tell whether the solver is certain that a problem has no schedule."""
    cp_model = _solver_package()
    nothing = _nothing_yet(problem, seed=1, schedules=0)
    solver = _solver(cp_model, 1, seed=1)
    _count_work(solver, PART_LIMIT)
    built = build(cp_model, problem, nothing)
    built.model.clear_objective()
    return bool(solver.solve(built.model) == cp_model.INFEASIBLE)


def _solver_package() -> Any:
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as error:
        raise MissingExtraError("ortools", extra="optimize") from error


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
    makespan = max((problem.finish(task, day) for task, day in starts.items()), default=0)
    if makespan > known.makespan or bound > makespan or check_schedule(problem, starts):
        return known
    if makespan == known.makespan:
        return replace(
            known, lower_bound=bound, engine="cp-sat" if bound == makespan else known.engine
        )
    return replace(known, starts=starts, makespan=makespan, lower_bound=bound, engine="cp-sat")
