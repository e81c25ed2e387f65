"""From a selection without a budget to one that its budget pays for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from crmplan.planning.budgeting import BudgetChoice, Candidate, choose_within_budget
from crmplan.planning.selection import LeftOutInitiative, Selection

if TYPE_CHECKING:
    from crmplan.assessment.gaps import GapAnalysis
    from crmplan.planning.initiatives import Catalogue, Initiative
    from crmplan.planning.sizing import Sizing


def fit_to_budget(
    selection: Selection,
    gaps: GapAnalysis,
    catalogue: Catalogue,
    sizing: Sizing,
    budgets: Sequence[int],
) -> tuple[Selection, BudgetChoice]:
    """Keep of a selection what the budgets pay for; the rest is left out with that reason.

    Args:
        selection: everything that answers a gap.
        gaps: for the value of each initiative.
        catalogue: what the initiatives are.
        sizing: for their cost: the middle of the sized estimate.
        budgets: person-days of each period.

    Raises:
        PlanningError: if what rules and people demand does not fit.
    """
    choice = choose_within_budget(candidates_of(selection, gaps, catalogue, sizing), budgets)
    chosen = tuple(one for one in selection.chosen if one.id in choice.ids)
    over = {one.id for one in selection.chosen} - choice.ids
    reasons = {one.id: one for one in selection.left_out}
    left_out = tuple(
        LeftOutInitiative(one.id, "over-budget") if one.id in over else reasons[one.id]
        for one in catalogue.initiatives
        if one.id in over or one.id in reasons
    )
    orders = tuple(one for one in selection.orders if not {one.before, one.after} & over)
    return replace(selection, chosen=chosen, left_out=left_out, orders=orders), choice


def candidates_of(
    selection: Selection, gaps: GapAnalysis, catalogue: Catalogue, sizing: Sizing
) -> tuple[Candidate, ...]:
    """Give every selected initiative its cost and value; what rules or people demand must be in."""
    chosen = {one.id: catalogue.by_id[one.id] for one in selection.chosen}
    values = _values(chosen, gaps)
    return tuple(
        Candidate(
            id=one.id,
            cost_days=ceil(sizing.effort_days(*chosen[one.id].effort_days).middle),
            value=values[one.id],
            requires=tuple(need for need in chosen[one.id].needs if need in chosen),
            is_mandatory=any(reason.kind in ("rule", "decided") for reason in one.reasons),
        )
        for one in selection.chosen
    )


def _values(chosen: Mapping[str, Initiative], gaps: GapAnalysis) -> dict[str, Fraction]:
    """Share the priority of each dimension among its initiatives, by levels led through."""
    climbs = {one.id: climb(one, gaps) for one in chosen.values()}
    totals: dict[str, Fraction] = {}
    for one in chosen.values():
        totals[one.dimension] = totals.get(one.dimension, Fraction(0)) + climbs[one.id]
    return {
        one.id: (gaps.gaps[one.dimension].priority or Fraction(0))
        * climbs[one.id]
        / (totals[one.dimension] or 1)
        for one in chosen.values()
    }


def climb(initiative: Initiative, gaps: GapAnalysis) -> Fraction:
    """Measure the levels between present score and target that an initiative leads through."""
    gap = gaps.gaps[initiative.dimension]
    low = max(gap.current or Fraction(0), Fraction(initiative.level.from_))
    high = min(gap.target, Fraction(initiative.level.to))
    return max(Fraction(0), high - low)
