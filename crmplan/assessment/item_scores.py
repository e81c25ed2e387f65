"""From the answers of several people to the score of one item."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.agreement import (
    Agreement,
    agreement,
    agreement_by_group,
    perception_gap,
)
from crmplan.assessment.ratings import Rating, rating_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmplan.assessment.framework import Framework, Item, LayerWeights
    from crmplan.assessment.responses import Decision, Evidence, Layer, Response

ItemState = Literal["scored", "not-applicable", "unknown", "unanswered"]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What is known about one item.

    Attributes:
        state: ``scored`` if it has a value; ``unknown`` if all who were asked do not know.
        value: exact level, or None if the state is not ``scored``.
        low, high: between these the level lies, whatever is still unknown or open; None if the item
            does not apply.
        evidenced: the level that evidence supports; never above ``value``.
        intention, reality: medians of those who answered both layers, or None if nobody did.
        agreement: of all who gave a level, or None if nobody did.
        groups: agreement inside each group, by group id.
        perception_gap: distance of the groups' medians, in levels.
        is_contested: people differ so much that a decision is due.
        decision: what was decided, or None.
        marks: ``inherited`` and ``out-of-control``, if somebody said so.
        not_applicable: people who say that the item does not apply.
        unknown: people who do not know.
        ratings: how people rated it, by person; those who gave a level are not in it.
    """

    item_id: str
    dimension_id: str
    weight: Fraction
    state: ItemState
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    evidenced: Fraction | None
    intention: Fraction | None
    reality: Fraction | None
    agreement: Agreement | None
    groups: Mapping[str, Agreement]
    perception_gap: Fraction
    levels: Mapping[str, Fraction]
    is_contested: bool
    decision: Decision | None
    marks: tuple[str, ...]
    not_applicable: int
    unknown: int
    evidence: tuple[Evidence, ...]
    is_confirmed: bool
    ratings: Mapping[str, Rating] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Tell whether the item is contested and nothing was decided yet."""
        return self.is_contested and self.decision is None


def score_item(
    framework: Framework,
    item: Item,
    responses: Sequence[Response],
    *,
    groups: Mapping[str, str],
    evidence: Sequence[Evidence] = (),
    decision: Decision | None = None,
) -> ItemScore:
    """Score one item.

    The level of a person is the answer, the two layers weighted, or the ratings combined. The level
    of the item is the decision, or else the median of the persons. While a contested item is open,
    the median is provisional and the true level lies anywhere between the lowest and the highest
    answer.

    Args:
        framework: the framework of the item.
        item: the item.
        responses: all answers to this item; several layers per person are fine.
        groups: group per respondent.
        evidence: what was seen for this item.
        decision: what was decided about it.

    Raises:
        RatingsError: if ratings do not fit the scheme of the item.

    Source: docs/method/scoring.md, section "Items".
    """
    scale = framework.scale
    weights = framework.layers if framework.asks_for_layers(item.id) else None
    ratings = _ratings(framework, responses)
    by_layer = _by_layer(responses)
    both = _in_both_layers(by_layer) if weights else {}
    levels = _levels_of_people(weights, by_layer["overall"], both, ratings)
    of_all = (
        agreement(list(levels.values()), lowest=scale.lowest, highest=scale.highest)
        if (levels)
        else None
    )
    by_group = agreement_by_group(levels, groups, lowest=scale.lowest, highest=scale.highest)
    special = [one for one in responses if one.state != "scored"]
    declined = {one.respondent for one in special if one.state == "not-applicable"}
    unsure = {one.respondent for one in special if one.state == "unknown"} - levels.keys()
    state, value = _state_and_value(of_all, declined, unsure, decision)
    is_contested = _is_contested(framework, of_all, declined)
    low, high = _bounds(framework, state, value, of_all, is_contested and decision is None)
    evidenced = _evidenced(framework, value, evidence)
    return ItemScore(
        item_id=item.id,
        dimension_id=framework.dimension_of[item.id].id,
        weight=item.weight,
        state=state,
        value=value,
        low=low,
        high=high,
        evidenced=evidenced,
        intention=_median([plan for plan, _ in both.values()]),
        reality=_median([practice for _, practice in both.values()]),
        agreement=of_all,
        groups=by_group,
        perception_gap=perception_gap(by_group.values()),
        levels=levels,
        is_contested=is_contested,
        decision=decision,
        marks=tuple(
            mark
            for mark in ("inherited", "out-of-control")
            if any(one.state == mark for one in special)
        ),
        not_applicable=len(declined),
        unknown=len(unsure),
        evidence=tuple(evidence),
        is_confirmed=value is not None and evidenced == value,
        ratings={who: one for who, one in ratings.items() if who not in both},
    )


def _levels_of_people(
    weights: LayerWeights | None,
    overall: Mapping[str, int],
    both: Mapping[str, tuple[int, int]],
    ratings: Mapping[str, Rating],
) -> dict[str, Fraction]:
    """Give the level of each person who gave one, in order of ids.

    Two layers go before an answer as a whole; half an answer in two layers is none.
    """
    levels = {who: _exact(level) for who, level in overall.items()}
    levels |= {who: one.level for who, one in ratings.items()}
    if weights:
        for who, (plan, practice) in both.items():
            levels[who] = weights.intention * plan + weights.reality * practice
    return dict(sorted(levels.items()))


def _ratings(framework: Framework, responses: Sequence[Response]) -> dict[str, Rating]:
    """Combine what was rated attribute by attribute, by person in order of ids."""
    found = {one.respondent: rating_of(framework, one) for one in responses if one.ratings}
    return {who: one for who, one in sorted(found.items()) if one is not None}


def _by_layer(responses: Sequence[Response]) -> dict[Layer, dict[str, int]]:
    """Sort levels by layer and person."""
    found: dict[Layer, dict[str, int]] = {"overall": {}, "intention": {}, "reality": {}}
    for one in responses:
        if one.level is not None:
            found[one.layer][one.respondent] = one.level
    return found


def _in_both_layers(by_layer: Mapping[Layer, Mapping[str, int]]) -> dict[str, tuple[int, int]]:
    """Give plan and practice of each person who answered both."""
    plan, practice = by_layer["intention"], by_layer["reality"]
    return {who: (level, practice[who]) for who, level in plan.items() if who in practice}


@cache
def _exact(level: int) -> Fraction:
    """Give a level as an exact number; the few that there are are made once."""
    return Fraction(level)


def _state_and_value(
    of_all: Agreement | None, declined: set[str], unsure: set[str], decision: Decision | None
) -> tuple[ItemState, Fraction | None]:
    if decision is not None:
        if decision.level is not None:
            return "scored", Fraction(decision.level)
        return ("not-applicable" if decision.state == "not-applicable" else "unknown"), None
    if of_all is not None:
        return "scored", of_all.median
    if declined:
        return "not-applicable", None
    return ("unknown" if unsure else "unanswered"), None


def _is_contested(framework: Framework, of_all: Agreement | None, declined: set[str]) -> bool:
    """Tell whether people differ by levels, by r*wg, or on whether the item applies at all."""
    if of_all is None:
        return False
    policy = framework.scoring
    if declined or of_all.spread >= policy.contested_spread:
        return True
    judged = of_all.rwg is not None and of_all.count >= policy.coefficient_from
    return judged and of_all.rwg is not None and of_all.rwg < policy.contested_agreement


def _bounds(
    framework: Framework,
    state: ItemState,
    value: Fraction | None,
    of_all: Agreement | None,
    is_open: bool,
) -> tuple[Fraction | None, Fraction | None]:
    if state == "not-applicable":
        return None, None
    if value is None:
        return Fraction(framework.scale.lowest), Fraction(framework.scale.highest)
    return (of_all.lowest, of_all.highest) if is_open and of_all else (value, value)


def _evidenced(
    framework: Framework, value: Fraction | None, evidence: Sequence[Evidence]
) -> Fraction | None:
    """Cut a level down to what was seen; below ``confirmed_from`` nothing needs to be seen."""
    if value is None:
        return None
    without = Fraction(framework.scoring.confirmed_from - 1)
    seen = [framework.scale.highest if one.supports is None else one.supports for one in evidence]
    return min(value, max([without, *map(Fraction, seen)]))


def _median(levels: Sequence[int]) -> Fraction | None:
    return Fraction(median(levels)) if levels else None
