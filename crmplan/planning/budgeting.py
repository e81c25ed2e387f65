"""Which initiatives to begin with when the budget does not pay for all.

The choice has the highest value that the budget of each period pays for; what a period leaves over
is carried to the next. It is proved optimal with HiGHS; a greedy choice is the start and the floor.
Value: each dimension's priority is shared among its wanted initiatives by the levels they lead
through. Method and worked example: docs/method/budget.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from crmplan.errors import PlanningError

if TYPE_CHECKING:
    from highspy import Highs

LATER = Fraction(9, 10)
"""What a value is worth one period later."""
LONGEST_SEARCH = 10.0
SEVERAL_GAP = 0.001
"""With several periods a choice counts as proved within this share of the bound."""
CUT = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An initiative that may be chosen.

    Attributes:
        cost_days: effort in person-days, 0 or more.
        value: what it is worth, 0 or more.
        requires: candidates that must be chosen with it, in the same period or before.
        conflicts: candidates that exclude it.
        is_mandatory: it must be chosen.
    """

    id: str
    cost_days: int
    value: Fraction
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_mandatory: bool = False


@dataclass(frozen=True)
class BudgetChoice:
    """The chosen initiatives and the period each begins in, counted from 0.

    Attributes:
        value: total value, discounted by period.
        bound: no choice is worth more than this.
        is_proved: whether nothing better exists.
        cost_days: person-days spent in each period.
    """

    periods: Mapping[str, int]
    value: Fraction
    bound: Fraction
    is_proved: bool
    cost_days: tuple[int, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The chosen initiatives."""
        return frozenset(self.periods)


def choose_within_budget(
    candidates: Sequence[Candidate],
    budgets: Sequence[int],
    *,
    excluded: Sequence[frozenset[str]] = (),
) -> BudgetChoice:
    """Choose the initiatives of highest value that the budgets pay for.

    Args:
        candidates: what can be chosen; ids in ``requires`` and ``conflicts`` are among them.
        budgets: person-days of each period, at least one; what is left over is carried on.
        excluded: choices that must not be given again.

    Raises:
        PlanningError: if an id is unknown, or what is mandatory does not fit.
    """
    _check(candidates, budgets)
    model = _Model(candidates, tuple(accumulate(budgets)))
    for choice in excluded:
        model.forbid(choice)
    # One budget is proved in a fraction of a second; several may need a good start.
    several = len(budgets) > 1 and not excluded
    found = model.solve(_greedy(candidates, budgets) if several else None)
    if found is None:
        by_id = {one.id: one for one in candidates}
        demanded = [one.id for one in candidates if one.is_mandatory]
        needed = {name for one in demanded for name in _closure(by_id, one)}
        days = sum(by_id[one].cost_days for one in needed)
        raise PlanningError(
            f"a budget of {sum(budgets)} person-days does not pay for what is mandatory",
            hint=f"{', '.join(demanded)} and what they require need {days} person-days",
        )
    return found


def near_optimal(
    candidates: Sequence[Candidate],
    budgets: Sequence[int],
    *,
    within: Fraction = Fraction(1, 50),
    most: int = 5,
) -> tuple[BudgetChoice, ...]:
    """Give the best choice and the next best ones, as long as they lose at most a share of value.

    Args:
        candidates: see ``choose_within_budget``.
        budgets: see there.
        within: the largest share of value that an alternative may lose.
        most: the largest number of choices to give.
    """
    choices = [choose_within_budget(candidates, budgets)]
    while len(choices) < most:
        try:
            following = choose_within_budget(
                candidates, budgets, excluded=[one.ids for one in choices]
            )
        except PlanningError:
            break
        if following.value < choices[0].value * (1 - within):
            break
        choices.append(following)
    return tuple(choices)


def leaves_first(
    candidates: Sequence[Candidate], budgets: Sequence[int]
) -> tuple[frozenset[str], frozenset[str]]:
    """Tell what leaves, and what comes in for it, when the budget falls by a tenth."""
    whole = choose_within_budget(candidates, budgets)
    less = choose_within_budget(candidates, [int(budget * CUT) for budget in budgets])
    return whole.ids - less.ids, less.ids - whole.ids


def _check(candidates: Sequence[Candidate], budgets: Sequence[int]) -> None:
    known = {one.id for one in candidates}
    for one in candidates:
        for named in (*one.requires, *one.conflicts):
            if named not in known:
                raise PlanningError(f"{one.id!r} names {named!r}, which is no candidate")
    if not budgets or min(budgets) < 0:
        raise PlanningError("a budget is a number of person-days, 0 or more, for each period")


def _greedy(candidates: Sequence[Candidate], budgets: Sequence[int]) -> dict[str, int]:
    """Take the best bundle a day with all that it requires, again and again."""
    by_id = {one.id: one for one in candidates}
    chosen: dict[str, int] = {}
    left = list(accumulate(budgets))
    while best := _best_bundle(by_id, chosen, left):
        bundle, period = best
        chosen |= dict.fromkeys(bundle, period)
        cost = sum(by_id[one].cost_days for one in bundle)
        left = [rest - cost if at >= period else rest for at, rest in enumerate(left)]
    return chosen


def _best_bundle(
    by_id: Mapping[str, Candidate], chosen: Mapping[str, int], left: Sequence[int]
) -> tuple[frozenset[str], int] | None:
    best: tuple[Fraction, frozenset[str], int] | None = None
    banned = {other for one in chosen for other in by_id[one].conflicts}
    for one in by_id:
        bundle = _closure(by_id, one) - chosen.keys()
        if not bundle or bundle & banned or _contradicts(by_id, bundle | chosen.keys()):
            continue
        cost = sum(by_id[member].cost_days for member in bundle)
        period = next((at for at in range(len(left)) if min(left[at:]) >= cost), None)
        if period is None:
            continue
        worth = sum((by_id[member].value for member in bundle), Fraction(0)) / max(cost, 1)
        if best is None or worth > best[0]:
            best = (worth, frozenset(bundle), period)
    return best[1:] if best else None


def _closure(by_id: Mapping[str, Candidate], start: str) -> set[str]:
    """Collect an initiative and all that it requires."""
    found, waiting = set[str](), [start]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += by_id[one].requires
    return found


def _contradicts(by_id: Mapping[str, Candidate], ids: set[str]) -> bool:
    return any(other in ids for one in ids for other in by_id[one].conflicts)


class _Model:
    """The choice as a mixed-integer programme: done(i, p) is 1 from the period i begins in."""

    def __init__(self, candidates: Sequence[Candidate], allowed: tuple[int, ...]) -> None:
        # Imported here: nobody who shows a score should wait for the solver.
        from highspy import Highs

        self.candidates, self.allowed = candidates, allowed
        self.solver: Highs = Highs()
        for name, value in (("output_flag", False), ("random_seed", 1), ("threads", 1)):
            self.solver.setOptionValue(name, value)
        self.solver.setOptionValue("time_limit", LONGEST_SEARCH)
        self.solver.setOptionValue("mip_rel_gap", 0.0 if len(allowed) == 1 else SEVERAL_GAP)
        self.done = {one.id: [self.solver.addBinary() for _ in allowed] for one in candidates}
        for one in candidates:
            self._constrain(one)
        for period, budget in enumerate(allowed):
            spent = sum(one.cost_days * self.done[one.id][period] for one in candidates)
            if candidates:
                self.solver.addConstr(spent <= budget)

    def _constrain(self, one: Candidate) -> None:
        done = self.done[one.id]
        for before, after in pairwise(done):
            self.solver.addConstr(before <= after)
        for period, variable in enumerate(done):
            for need in one.requires:
                self.solver.addConstr(variable <= self.done[need][period])
        for other in one.conflicts:
            self.solver.addConstr(done[-1] + self.done[other][-1] <= 1)
        if one.is_mandatory:
            self.solver.addConstr(done[-1] >= 1)

    def forbid(self, choice: frozenset[str]) -> None:
        """Forbid one choice: something in it must leave, or something else come in."""
        inside = sum(self.done[one][-1] for one in choice)
        outside = sum(self.done[one.id][-1] for one in self.candidates if one.id not in choice)
        self.solver.addConstr(inside - outside <= len(choice) - 1)

    def solve(self, start: Mapping[str, int] | None) -> BudgetChoice | None:
        """Find the best choice; None if no choice is allowed."""
        from highspy import HighsModelStatus

        gains = _gains(len(self.allowed))
        worth = sum(
            float(one.value * gain) * variable
            for one in self.candidates
            for gain, variable in zip(gains, self.done[one.id], strict=True)
        )
        floor = self._choice(start) if start is not None else None
        if not self.candidates:
            return BudgetChoice({}, Fraction(0), Fraction(0), True, (0,) * len(self.allowed))
        self.solver.maximize(worth)
        status = self.solver.getModelStatus()
        if status == HighsModelStatus.kInfeasible:
            return None
        return self._better(floor, is_proved=status == HighsModelStatus.kOptimal)

    def _better(self, floor: BudgetChoice | None, *, is_proved: bool) -> BudgetChoice | None:
        found = self._choice(self._solution())
        bound = Fraction(self.solver.getInfo().mip_dual_bound).limit_denominator(10**9)
        if floor and floor.value > found.value and self._keeps_mandatory(floor):
            found = floor
        return replace(found, bound=max(bound, found.value), is_proved=is_proved)

    def _keeps_mandatory(self, choice: BudgetChoice) -> bool:
        return all(one.id in choice.periods for one in self.candidates if one.is_mandatory)

    def _solution(self) -> dict[str, int]:
        values = self.solver.getSolution().col_value
        if not values:
            return {}
        return {
            name: begun[0]
            for name, variables in self.done.items()
            if (begun := [at for at, one in enumerate(variables) if values[one.index] > 1 / 2])
        }

    def _choice(self, periods: Mapping[str, int]) -> BudgetChoice:
        spent = [0] * len(self.allowed)
        value = Fraction(0)
        for one in self.candidates:
            if one.id in periods:
                spent[periods[one.id]] += one.cost_days
                value += one.value * LATER ** periods[one.id]
        return BudgetChoice(periods, value, value, False, tuple(spent))


def _gains(periods: int) -> list[Fraction]:
    """Give what being done by the end of each period adds, so that the sum is discounted once."""
    worth = [LATER**period for period in range(periods)]
    return [now - later for now, later in zip(worth, [*worth[1:], Fraction(0)], strict=True)]
