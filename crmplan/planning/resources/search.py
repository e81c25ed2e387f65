"""Genetic search for a short schedule: orders of tasks are crossed, changed a little, and tried.

Every child is scheduled, pushed forth and back, and takes the place of a worse one. When nothing
better has come for long, the search begins again with twice as many. It counts schedules, not
seconds, so that it finds the same on every machine. Sources: Hartmann (1998), A competitive genetic
algorithm for resource-constrained project scheduling (orders as genes, two-point crossover); Valls,
Ballestín & Quintanilla (2008), A hybrid genetic algorithm for the RCPSP (with justification).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from crmplan.planning.resources.chance import Chance
from crmplan.planning.resources.list_schedule import (
    Found,
    justify,
    latest_finishes,
    list_schedule,
)
from crmplan.planning.resources.windowed import Windows, place_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmplan.planning.resources.compiled import Compiled

LEAST_POPULATION = 40
POPULATION_PER_TASK = 2
"""Measured on PSPLIB: 40 alone ends at 3.1 % on 120 tasks, 280 at 1.6 % (docs/method)."""
PATIENCE = 10
"""Children without a better one, per member, after which the search begins again."""
SWAP_SHARE = 0.03
"""Share of neighbours that a mutation swaps; in a small plan one swap or so a child."""
ONE_SWAP = 0.8
SPREAD = 0.6
"""How far chance moves the keys of the first orders, as a share of the plan's length."""
SCHEDULES_A_TRY = 3
"""A list schedule, forth, and back."""
NEVER = 10**9
"""The length of what is no schedule."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: schedules tried, days of the best one, and the bound."""

    schedules: int
    makespan: int
    lower_bound: int


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search has found, None if nothing, and how many schedules it took."""

    best: Found | None
    schedules: int


def search(
    plan: Compiled,
    *,
    bound: int,
    seed: int,
    schedules: int,
    stop: Callable[[], bool],
    tell: Callable[[Progress], None],
) -> Searched:
    """Search until the bound is reached, enough schedules are made, or somebody stops it.

    Args:
        plan: the problem.
        bound: working days that no schedule can do with less.
        seed: the same seed gives the same schedule, unless ``stop`` ends the search.
        schedules: how many to make at most; the first few are always made.
        stop: is asked after every child.
        tell: is told about every better schedule.
    """
    run = _Search(plan, bound, schedules, stop, tell)
    run.begin()
    chance = Chance(seed)
    size = LEAST_POPULATION + POPULATION_PER_TASK * plan.count
    is_first = True
    while plan.count > 1 and not run.is_over():
        _evolve(run, chance, size, is_first=is_first)
        size *= 2
        is_first = False
    found = run.best if run.best and run.best.makespan < NEVER else None
    return Searched(found, run.made)


class _Search:
    """The best so far, and whether to go on."""

    def __init__(
        self,
        plan: Compiled,
        bound: int,
        schedules: int,
        stop: Callable[[], bool],
        tell: Callable[[Progress], None],
    ) -> None:
        self.plan, self.bound, self.schedules = plan, bound, schedules
        self.stop, self.tell = stop, tell
        # Pushing forth and back needs links that read the same in both directions.
        self.windows = None if plan.problem.is_plain else Windows(plan)
        self.made = 0
        self.best: Found | None = None
        self.is_told = True

    def begin(self) -> None:
        """Try the order of latest finishes, with and without pushing forth and back."""
        order = self.plan.order_by(latest_finishes(self.plan))
        if self.windows:
            self.attempt(order)
            return
        found = list_schedule(self.plan, order)
        self._keep(found)
        self._keep(justify(self.plan, found))
        self._count(SCHEDULES_A_TRY)

    def attempt(self, order: list[int]) -> tuple[Found, bool]:
        """Make a schedule of an order, keep it if it is the best, and tell whether it is."""
        if self.windows is None:
            found, made = justify(self.plan, list_schedule(self.plan, order)), SCHEDULES_A_TRY
        else:
            placed, made = place_within(self.windows, order)
            found = placed or Found(NEVER, list(order), [])
        is_better = self._keep(found)
        self._count(made)
        return found, is_better

    def _keep(self, found: Found) -> bool:
        is_better = self.best is None or found.makespan < self.best.makespan
        if is_better:
            self.best, self.is_told = found, False
        return is_better

    def _count(self, made: int) -> None:
        self.made += made
        if not self.is_told and self.best and self.best.makespan < NEVER:
            self.tell(Progress(self.made, self.best.makespan, self.bound))
            self.is_told = True

    def is_over(self) -> bool:
        return (
            (self.best is not None and self.best.makespan <= self.bound)
            or self.made + SCHEDULES_A_TRY > self.schedules
            or self.stop()
        )


def _evolve(run: _Search, chance: Chance, size: int, *, is_first: bool) -> None:
    """Let one population live until it brings nothing new."""
    population = _first_population(run, chance, size, is_first=is_first)
    quiet = 0
    while quiet < PATIENCE * size and not run.is_over():
        mother, father = (_choose(population, chance) for _ in range(2))
        order = _cross(mother.order, father.order, chance)
        _mutate(run.plan, order, chance)
        child, is_better = run.attempt(order)
        quiet = 0 if is_better else quiet + 1
        _settle(population, child, chance)


def _first_population(run: _Search, chance: Chance, size: int, *, is_first: bool) -> list[Found]:
    plan = run.plan
    latest = latest_finishes(plan)
    population = [run.best] if run.best and is_first else []
    while len(population) < size and not run.is_over():
        spread = chance.share() * SPREAD * max(latest)
        order = plan.order_by([one + chance.share() * spread for one in latest])
        population.append(run.attempt(order)[0])
    return population


def _choose(population: list[Found], chance: Chance) -> Found:
    """Take the shorter one of two."""
    one, other = chance.two_below(len(population))
    return min(population[one], population[other], key=lambda found: found.makespan)


def _cross(mother: list[int], father: list[int], chance: Chance) -> list[int]:
    """Keep the mother's order, but take a stretch in the middle in the order of the father."""
    first, last = chance.two_below(len(mother))
    child = mother[:first]
    present = set(child)
    stretch = [task for task in father if task not in present][: last - first]
    present.update(stretch)
    return child + stretch + [task for task in mother if task not in present]


def _mutate(plan: Compiled, order: list[int], chance: Chance) -> None:
    """Swap some neighbours that do not wait for one another."""
    share = max(SWAP_SHARE, min(1 / 2, ONE_SWAP / len(order)))
    place = _leap(chance, share)
    while place < len(order) - 1:
        one, other = order[place], order[place + 1]
        if all(task != one for task, _ in plan.before[other]):
            order[place], order[place + 1] = other, one
        place += 1 + _leap(chance, share)


def _leap(chance: Chance, share: float) -> int:
    """Draw how many neighbours are left alone; cheaper than asking chance about every one."""
    return int(log(1 - chance.share()) / log(1 - share))


def _settle(population: list[Found], child: Found, chance: Chance) -> None:
    """Let the child take the place of the longer one of two, if it is not longer and is new."""
    one, other = chance.two_below(len(population))
    place = one if population[one].makespan >= population[other].makespan else other
    if child.makespan <= population[place].makespan and not any(
        found.makespan == child.makespan and found.order == child.order for found in population
    ):
        population[place] = child
