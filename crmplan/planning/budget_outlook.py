"""What a budget leads to: why each initiative is in or out, other choices, what leaves first.

Method and worked example: docs/method/budget.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.errors import PlanningError
from crmplan.planning.budgeting import (
    BudgetChoice,
    choose_within_budget,
    leaves_first,
    near_optimal,
)

if TYPE_CHECKING:
    from crmplan.planning.budgeting import Candidate

BudgetReasonKind = Literal["demanded", "worth", "needed", "too-dear", "excluded-by", "worth-less"]
MOST_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class BudgetReason:
    """Why an initiative is in or out under the budget.

    Attributes:
        kind: in, as rules or people demand it, as it is worth its cost, or as others need it; out,
            as it does not fit even alone with what it requires and what is demanded, as another
            excludes it, or as having it would be worth less.
        by: for ``needed``, who needs it; for ``excluded-by``, who excludes it; for ``worth-less``,
            what would have to leave for it.
        cost_days: person-days of it and of what it requires and is not in yet.
        lost_share: share of the value that having it would lose; 0 for all but ``worth-less``.
    """

    kind: BudgetReasonKind
    by: tuple[str, ...]
    cost_days: int
    lost_share: Fraction = Fraction(0)


@dataclass(frozen=True)
class BudgetOutlook:
    """What there is to know about a choice within a budget.

    Attributes:
        reasons: per candidate, in their order.
        alternatives: other choices that lose at most a fiftieth of the value, best first.
        leaving, coming: what leaves and what comes in for it if the budget falls by a tenth; both
            None if less does not pay for what is demanded.
    """

    reasons: Mapping[str, BudgetReason]
    alternatives: tuple[BudgetChoice, ...]
    leaving: frozenset[str] | None
    coming: frozenset[str] | None


def look_around(
    candidates: Sequence[Candidate], budgets: Sequence[int], choice: BudgetChoice
) -> BudgetOutlook:
    """Explain a choice and say what lies near it.

    Args:
        candidates: what could be chosen.
        budgets: person-days of each period.
        choice: what ``choose_within_budget`` chose.
    """
    moving: tuple[frozenset[str], frozenset[str]] | None
    try:
        moving = leaves_first(candidates, budgets)
    except PlanningError:
        moving = None
    near = near_optimal(candidates, budgets, most=MOST_ALTERNATIVES)
    return BudgetOutlook(
        reasons={one.id: _reason(one, candidates, budgets, choice) for one in candidates},
        alternatives=tuple(one for one in near if one.ids != choice.ids),
        leaving=moving[0] if moving else None,
        coming=moving[1] if moving else None,
    )


def _reason(
    one: Candidate, candidates: Sequence[Candidate], budgets: Sequence[int], choice: BudgetChoice
) -> BudgetReason:
    if one.id in choice.ids:
        return _why_in(one, candidates, choice)
    return _why_out(one, candidates, budgets, choice)


def _why_in(one: Candidate, candidates: Sequence[Candidate], choice: BudgetChoice) -> BudgetReason:
    if one.is_mandatory:
        return BudgetReason("demanded", (), one.cost_days)
    if one.value:
        return BudgetReason("worth", (), one.cost_days)
    needing = (other.id for other in candidates if other.id in choice.ids)
    by_id = {other.id: other for other in candidates}
    return BudgetReason(
        "needed",
        tuple(other for other in needing if one.id in by_id[other].requires),
        one.cost_days,
    )


def _why_out(
    one: Candidate, candidates: Sequence[Candidate], budgets: Sequence[int], choice: BudgetChoice
) -> BudgetReason:
    cost = sum(other.cost_days for other in _lacking(one, candidates, choice))
    excluding = tuple(
        other.id
        for other in candidates
        if other.is_mandatory and (other.id in one.conflicts or one.id in other.conflicts)
    )
    if excluding:
        return BudgetReason("excluded-by", excluding, cost)
    demanded = [
        replace(other, is_mandatory=True) if other.id == one.id else other for other in candidates
    ]
    try:
        forced = choose_within_budget(demanded, budgets)
    except PlanningError:
        return BudgetReason("too-dear", (), cost)
    leaving = tuple(other.id for other in candidates if other.id in choice.ids - forced.ids)
    lost = max(Fraction(0), choice.value - forced.value)
    share = lost / choice.value if choice.value else Fraction(0)
    return BudgetReason("worth-less", leaving, cost, share)


def _lacking(
    one: Candidate, candidates: Sequence[Candidate], choice: BudgetChoice
) -> tuple[Candidate, ...]:
    """List a candidate with all that it requires and that is not chosen."""
    by_id = {other.id: other for other in candidates}
    found: dict[str, Candidate] = {}
    waiting = [one.id]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in choice.ids:
            found[name] = by_id[name]
            waiting += by_id[name].requires
    return tuple(found.values())
