"""What else could be done: other sets that reach the targets, one level more, other budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.planning.budget_outlook import BudgetOutlook, look_around
from crmplan.planning.candidates import candidates_of
from crmplan.planning.one_more_level import OneMoreLevel, one_more_level
from crmplan.planning.reaching import Surroundings, TargetSet, cheapest, fastest, set_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmplan.assessment.gaps import GapAnalysis
    from crmplan.planning.budgeting import BudgetChoice
    from crmplan.planning.selection import Selection


@dataclass(frozen=True)
class Alternatives:
    """Other ways than the plan.

    Attributes:
        whole: everything that answers a gap, without a budget.
        cheapest, fastest: sets that reach the same targets.
        one_more: what one more level would cost in each dimension, without a budget.
        budget: why the budget leads to this choice, and what lies near it; None without a budget.
    """

    whole: TargetSet
    cheapest: TargetSet
    fastest: TargetSet
    one_more: tuple[OneMoreLevel, ...]
    budget: BudgetOutlook | None


def find_alternatives(
    around: Surroundings,
    select: Callable[[GapAnalysis], Selection],
    *,
    highest: int,
    budgets: Sequence[int],
    choice: BudgetChoice | None,
) -> Alternatives:
    """Ask all these questions.

    Args:
        around: the selection without a budget, and what it was made with.
        select: chooses initiatives for other gaps.
        highest: the top of the scale.
        budgets: person-days of each period; empty without a budget.
        choice: how the budgets were spent; None without a budget.
    """
    budget = None
    if choice is not None:
        candidates = candidates_of(around.selection, around.gaps, around.catalogue, around.sizing)
        budget = look_around(candidates, budgets, choice)
    return Alternatives(
        whole=set_of(around, around.selection.ids, is_proved=True),
        cheapest=cheapest(around),
        fastest=fastest(around),
        one_more=one_more_level(around, select, highest=highest),
        budget=budget,
    )
