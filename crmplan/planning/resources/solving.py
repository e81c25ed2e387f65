"""A short schedule for limited roles: search, bound, and a check of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.errors import InfeasiblePlanError, NoScheduleFoundError, PlanningError
from crmplan.planning.resources.bounds import lower_bound
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.compiled import compile_problem
from crmplan.planning.resources.contradiction import binding_subset, in_words
from crmplan.planning.resources.list_schedule import list_schedule
from crmplan.planning.resources.problem import ResourceSchedule
from crmplan.planning.resources.search import SCHEDULES_A_TRY, Progress, search
from crmplan.planning.resources.windowed import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crmplan.planning.resources.problem import ResourceProblem

SCHEDULES = 20_000
"""Schedules to make at most, if nothing else is asked for: about two seconds with 120 tasks."""


def solve(
    problem: ResourceProblem,
    *,
    seed: int = 1,
    schedules: int = SCHEDULES,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> ResourceSchedule:
    """Find a short schedule.

    Args:
        problem: tasks, links, demands and capacities.
        seed: the same problem, seed and number of schedules give the same answer.
        schedules: how many to make at most; few make it quick, many make it good.
        stop: ends the search when it says so, with the best schedule so far; for a time limit pass
            ``deadline(now, seconds)``, but then the answer depends on the machine.
        tell: is told about every better schedule.

    Raises:
        InfeasiblePlanError: if links and dates alone contradict one another; it names which.
        NoScheduleFoundError: if longest distances or latest finishes let the search find none; that
            is no proof that there is none.
    """
    if not problem.is_plain and _has_no_dates(problem):
        raise InfeasiblePlanError(in_words(problem, binding_subset(problem, _has_no_dates)))
    plan = compile_problem(problem)
    bound = lower_bound(plan)
    found = search(plan, bound=bound, seed=seed, schedules=schedules, stop=stop, tell=tell)
    if found.best is None:
        raise NoScheduleFoundError(found.schedules)
    return checked(
        problem,
        ResourceSchedule(
            starts=dict(zip(problem.ids, found.best.starts, strict=True)),
            makespan=found.best.makespan,
            lower_bound=bound,
            engine="list" if found.schedules <= SCHEDULES_A_TRY else "genetic",
            seed=seed,
            schedules=found.schedules,
        ),
    )


def _has_no_dates(problem: ResourceProblem) -> bool:
    """Tell whether links and dates contradict one another, whatever the roles can do."""
    plan = compile_problem(problem)
    return Windows(plan).earliest_starts(plan.earliest) is None


def deadline(now: Callable[[], float], seconds: float) -> Callable[[], bool]:
    """Give a ``stop`` that ends a search after some seconds.

    Args:
        now: a clock, as the core has none: ``time.monotonic``.
        seconds: from this call on.
    """
    end = now() + seconds
    return lambda: now() >= end


def as_early_as_possible(problem: ResourceProblem, starts: Mapping[str, int]) -> dict[str, int]:
    """Let every task of a schedule start as early as those that start before it leave room.

    Where links have longest distances, tasks rest or must finish by a day, all stays as it is.
    """
    if not problem.is_plain:
        return dict(starts)
    plan = compile_problem(problem)
    order = plan.order_by([starts[task] for task in problem.ids])
    return dict(zip(problem.ids, list_schedule(plan, order).starts, strict=True))


def checked(problem: ResourceProblem, schedule: ResourceSchedule) -> ResourceSchedule:
    """Give a schedule back if the independent check finds nothing wrong with it.

    Raises:
        PlanningError: if it does; that is a fault of this program.
    """
    if faults := check_schedule(problem, schedule.starts):
        raise PlanningError(
            f"the {schedule.engine} engine made a wrong schedule: {'; '.join(faults[:3])}",
            hint="please report this with the plan",
        )
    return schedule
