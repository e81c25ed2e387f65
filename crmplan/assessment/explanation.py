"""Why a score is what it is: a tree from the number down to single answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.item_scores import ItemScore
from crmplan.assessment.scoring import NodeScore, Scorecard

if TYPE_CHECKING:
    from crmplan.assessment.ratings import Rating

Rule = Literal[
    "weighted-mean",
    "capped",
    "insufficient",
    "decision",
    "median",
    "not-applicable",
    "unknown",
    "unanswered",
    "answer",
    "ratings",
    "ratings-capped",
    "mean",
    "rating",
]
Unit = Literal["level", "percent"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number and the rule and parts that it was made of.

    Attributes:
        id: what the number belongs to; of an answer, the respondent.
        rule: how it was made of the parts.
        value: the number, or None if there is none.
        weight: its share in the number above it, 0 to 1; None for the number asked for.
        parts: what it was made of.
        unit: what the number counts; ratings are in percent.
        capped_by: the part that a rated answer must not exceed, where that lowered it.
    """

    id: str
    rule: Rule
    value: Fraction | None
    weight: Fraction | None
    parts: tuple[Explanation, ...]
    unit: Unit = "level"
    capped_by: str | None = None


def explain(scorecard: Scorecard, node_id: str) -> Explanation:
    """Explain a score.

    Args:
        scorecard: all scores.
        node_id: an item, a dimension, a group or ``overall``.

    Raises:
        UnknownElementError: if nothing has this id.
    """
    return _explain(scorecard, node_id, None)


def _explain(scorecard: Scorecard, node_id: str, weight: Fraction | None) -> Explanation:
    found = scorecard.node(node_id)
    if isinstance(found, ItemScore):
        return _explain_item(found, weight)
    rule: Rule = "weighted-mean"
    if found.score is None:
        rule = "insufficient"
    elif found.capped_from is not None:
        rule = "capped"
    parts = tuple(
        _explain(scorecard, part, share) for part, share in _shares(scorecard, found).items()
    )
    return Explanation(found.id, rule, found.score, weight, parts)


def _shares(scorecard: Scorecard, node: NodeScore) -> dict[str, Fraction | None]:
    """Give each part its share in the mean; None for parts that do not count."""
    parts = {name: scorecard.node(name) for name in node.parts}
    total = sum(part.weight for part in parts.values() if _value(part) is not None)
    return {
        name: part.weight / total if total and _value(part) is not None else None
        for name, part in parts.items()
    }


def _value(part: NodeScore | ItemScore) -> Fraction | None:
    return part.value if isinstance(part, ItemScore) else part.score


def _explain_item(item: ItemScore, weight: Fraction | None) -> Explanation:
    rule: Rule = "median"
    if item.decision is not None:
        rule = "decision"
    elif item.state != "scored":
        rule = item.state
    answers = tuple(
        _explain_rating(who, item.ratings[who])
        if who in item.ratings
        else Explanation(who, "answer", level, None, ())
        for who, level in item.levels.items()
    )
    return Explanation(item.item_id, rule, item.value, weight, answers)


def _explain_rating(who: str, rating: Rating) -> Explanation:
    """Take an answer apart into elements, and those into attributes."""
    share = Fraction(1, len(rating.elements))
    elements = tuple(
        Explanation(name, "mean", percent, share, _attributes(rating, name), "percent")
        for name, percent in rating.elements.items()
    )
    rule: Rule = "ratings" if rating.capped_by is None else "ratings-capped"
    return Explanation(who, rule, rating.level, None, elements, capped_by=rating.capped_by)


def _attributes(rating: Rating, element: str) -> tuple[Explanation, ...]:
    names = rating.parts[element]
    share = Fraction(1, len(names))
    return tuple(
        Explanation(name, "rating", Fraction(rating.attributes[name]), share, (), "percent")
        for name in names
    )
