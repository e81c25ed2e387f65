"""How far several people agree on a level.

Sources: James, Demaree & Wolf (1984), Estimating within-group interrater reliability; Lindell,
Brandt & Whitney (1999), A revised index of interrater agreement for multi-item ratings (r*wg with
the variance of maximum dissensus); Burke & Dunlap (2002), Estimating interrater agreement with the
average deviation index; LeBreton & Senter (2008) for the words. Method: docs/method/agreement.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Strength = Literal["none", "weak", "moderate", "strong", "very-strong"]

_NOTHING = Fraction(0)
_STRENGTHS: tuple[tuple[Fraction, Strength], ...] = (
    (Fraction(30, 100), "none"),
    (Fraction(50, 100), "weak"),
    (Fraction(70, 100), "moderate"),
    (Fraction(90, 100), "strong"),
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of some people on one item.

    Attributes:
        count: people with a level.
        lowest, highest, median: of their levels.
        variance: sample variance (divisor n - 1), or None for fewer than two people.
        rwg: r*wg from 0 (maximum dissensus) to 1 (all the same), or None for fewer than two.
        average_deviation: mean distance from the mean, in levels; None for fewer than two.
    """

    count: int
    lowest: Fraction
    highest: Fraction
    median: Fraction
    variance: Fraction | None
    rwg: Fraction | None
    average_deviation: Fraction | None

    @property
    def spread(self) -> Fraction:
        """Distance from the lowest to the highest level."""
        return self.highest - self.lowest

    @property
    def strength(self) -> Strength | None:
        """Agreement in a word; None for fewer than two people."""
        if self.rwg is None:
            return None
        return next((word for limit, word in _STRENGTHS if self.rwg <= limit), "very-strong")


def agreement(levels: Sequence[Fraction | int], *, lowest: int, highest: int) -> Agreement:
    """Measure the agreement of some levels.

    Args:
        levels: one level per person; at least one.
        lowest: the lowest level of the scale.
        highest: the highest level of the scale.
    """
    # People are many and levels few: each level is looked at once, with its number of people.
    numbers = Counter(level.as_integer_ratio() for level in levels)
    counted = sorted((Fraction(*ratio), number) for ratio, number in numbers.items())
    count = len(levels)
    mean = sum((number * level for level, number in counted), _NOTHING) / count
    squares = sum((number * (level - mean) ** 2 for level, number in counted), _NOTHING)
    variance = squares / (count - 1) if count > 1 else None
    distances = sum((number * abs(level - mean) for level, number in counted), _NOTHING)
    return Agreement(
        count=count,
        lowest=counted[0][0],
        highest=counted[-1][0],
        median=_median(counted, count),
        variance=variance,
        rwg=None if variance is None else _rwg(variance, lowest, highest),
        average_deviation=distances / count if count > 1 else None,
    )


def _median(counted: Sequence[tuple[Fraction, int]], count: int) -> Fraction:
    """Find the middle level, or the mean of the two in the middle, of levels in rising order."""
    reached = list(accumulate(number for _, number in counted))
    lower, upper = (
        counted[bisect_right(reached, place)][0] for place in ((count - 1) // 2, count // 2)
    )
    return (lower + upper) / 2


def _rwg(variance: Fraction, lowest: int, highest: int) -> Fraction:
    """Compare a variance with that of maximum dissensus: half at one end, half at the other."""
    dissensus = Fraction(lowest**2 + highest**2, 2) - Fraction(lowest + highest, 2) ** 2
    return max(Fraction(0), 1 - variance / dissensus)


def agreement_by_group(
    levels: Mapping[str, Fraction], groups: Mapping[str, str], *, lowest: int, highest: int
) -> dict[str, Agreement]:
    """Measure the agreement inside each group.

    Args:
        levels: level per respondent.
        groups: group per respondent; at least for those with a level.
        lowest: the lowest level of the scale.
        highest: the highest level of the scale.

    Returns:
        Agreement per group that has at least one level, in order of the groups' ids.
    """
    members: dict[str, list[Fraction]] = {}
    for who, level in levels.items():
        members.setdefault(groups[who], []).append(level)
    return {
        group: agreement(members[group], lowest=lowest, highest=highest)
        for group in sorted(members)
    }


def perception_gap(by_group: Iterable[Agreement]) -> Fraction:
    """Measure how far the medians of the groups lie apart, in levels; 0 for fewer than two."""
    medians = [group.median for group in by_group]
    return max(medians) - min(medians) if medians else Fraction(0)
