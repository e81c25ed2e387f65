"""Kano: what kind of feature something is, from pairs of answers.

Sources: Kano, Seraku, Takahashi & Tsuji (1984), Attractive quality and must-be quality; Berger et
al. (1993), Kano's methods for understanding customer-defined quality (better and worse, order of
ties); Fong (1996), Using the self-stated importance questionnaire to interpret Kano questionnaire
results (test of the difference). Method: docs/method/kano.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Category = Literal["must-be", "one-dimensional", "attractive", "indifferent", "reverse", "unclear"]

_CATEGORY: Mapping[str, Category] = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "unclear",
}
_RANKED: tuple[Category, ...] = tuple(_CATEGORY.values())
"""The order in which ties are decided: what is missed most comes first."""

_TEN_PERCENT = Fraction("1.65")
"""Two-sided 90 % point of the normal distribution, as Fong uses it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What people think of one feature.

    Attributes:
        question_id: the feature.
        count: people with both answers; missing: people without.
        numbers: people per category; empty if there are too few to be shown.
        category: the most frequent one; None if there are too few.
        is_clear: whether it is more frequent than the next beyond chance.
        better: from 0 to 1, how much satisfaction the feature adds; None if nobody counts.
        worse: from 0 to -1, how much its lack takes away; None if nobody counts.
    """

    question_id: str
    count: int
    missing: int
    numbers: Mapping[Category, int]
    category: Category | None
    is_clear: bool
    better: Fraction | None
    worse: Fraction | None


def feature(
    question_id: str,
    pairs: Sequence[tuple[int, int]],
    *,
    missing: int,
    table: Sequence[str],
    shown_from: int,
    claims_from: int,
) -> Feature:
    """Find the category of a feature.

    Args:
        question_id: the feature.
        pairs: for each person the answers, 1 to 5, with the feature and without it.
        missing: people without both answers.
        table: a row of five letters per answer with the feature.
        shown_from: fewer people are not shown.
        claims_from: with fewer people no category counts as clear.
    """
    if len(pairs) < shown_from:
        return Feature(
            question_id, len(pairs), missing, {}, None, is_clear=False, better=None, worse=None
        )
    found = Counter(_CATEGORY[table[with_it - 1][without - 1]] for with_it, without in pairs)
    numbers = {category: found[category] for category in _RANKED}
    first, second = sorted(_RANKED, key=lambda one: -numbers[one])[:2]
    return Feature(
        question_id,
        len(pairs),
        missing,
        numbers,
        first,
        is_clear=len(pairs) >= claims_from and _differ(numbers[first], numbers[second], len(pairs)),
        better=_share(numbers, ("attractive", "one-dimensional")),
        worse=_negative(_share(numbers, ("one-dimensional", "must-be"))),
    )


def _differ(first: int, second: int, count: int) -> bool:
    """Tell whether two frequencies differ beyond chance; both sides are squared."""
    both = first + second
    return (first - second) ** 2 >= _TEN_PERCENT**2 * Fraction(both * (2 * count - both), 2 * count)


def _share(numbers: Mapping[Category, int], of: tuple[str, ...]) -> Fraction | None:
    """Give the share of some categories among those that say what a feature does."""
    counted = sum(numbers[one] for one in _RANKED[:4])
    told = sum(numbers[cast("Category", one)] for one in of)
    return Fraction(told, counted) if counted else None


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value
