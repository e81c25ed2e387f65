"""Which engine finds the schedule: our own search, or the solver after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from crmplan.errors import NoScheduleFoundError
from crmplan.planning.resources.optimal import is_installed, solve_and_optimise
from crmplan.planning.resources.problem import ResourceProblem
from crmplan.planning.resources.solving import SCHEDULES, deadline, solve

if TYPE_CHECKING:
    from crmplan.planning.resources.problem import ResourceSchedule
    from crmplan.planning.resources.search import Progress

EngineName = Literal["auto", "search", "optimal"]
NO_LIMIT = 10**9
QUICK_WORK = 3.0
"""What the solver may do if nobody asked for it by name."""

Solver = Callable[[ResourceProblem], "ResourceSchedule"]


def engine(
    name: EngineName,
    *,
    seed: int = 1,
    seconds: float | None = None,
    now: Callable[[], float] = lambda: 0.0,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Solver:
    """Give what schedules a problem.

    Args:
        name: ``search`` is our own search; ``optimal`` is the solver after it; ``auto`` takes the
            solver if it is installed and our own schedule is not proved the shortest.
        seed: the same problem, engine and seed give the same schedule, without a limit in seconds.
        seconds: how long it may take; None counts schedules and the solver's work.
        now: a clock, for ``seconds``.
        stop: ends it with the best so far.
        tell: is told about every better schedule.
    """
    optimal = partial(solve_and_optimise, seconds=seconds, now=now, seed=seed, stop=stop, tell=tell)
    if name == "optimal" or (name == "auto" and seconds is not None and is_installed()):
        return optimal

    def search(problem: ResourceProblem) -> ResourceSchedule:
        is_over = deadline(now, seconds) if seconds is not None else lambda: False
        schedules = SCHEDULES if seconds is None else NO_LIMIT
        return solve(
            problem, seed=seed, schedules=schedules, stop=lambda: is_over() or stop(), tell=tell
        )

    if name == "search":
        return search
    return partial(_search_then_prove, search, partial(optimal, work=QUICK_WORK))


def _search_then_prove(
    search: Solver, optimal: Solver, problem: ResourceProblem
) -> ResourceSchedule:
    try:
        found = search(problem)
    except NoScheduleFoundError:
        if not is_installed():
            raise
        return optimal(problem)
    return found if found.is_proved or not is_installed() else optimal(problem)
