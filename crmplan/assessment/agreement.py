"""How far several people agree on a level.

Sources: James, Demaree & Wolf (1984), Estimating within-group interrater reliability; Lindell,
Brandt & Whitney (1999), A revised index of interrater agreement for multi-item ratings (r*wg with
the variance of maximum dissensus); Burke & Dunlap (2002), Estimating interrater agreement with the
average deviation index; LeBreton & Senter (2008) for the words. Method: docs/method/agreement.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from statistics import median
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
    exact = [Fraction(level) for level in levels]
    count = len(exact)
    mean = sum(exact, _NOTHING) / count
    squares = sum(((level - mean) * (level - mean) for level in exact), _NOTHING)
    variance = squares / (count - 1) if count > 1 else None
    distances = sum((abs(level - mean) for level in exact), _NOTHING)
    deviation = distances / count if count > 1 else None
    return Agreement(
        count=count,
        lowest=min(exact),
        highest=max(exact),
        median=Fraction(median(exact)),
        variance=variance,
        rwg=None if variance is None else _rwg(variance, lowest, highest),
        average_deviation=deviation,
    )


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
    pairs = sorted((groups[who], level) for who, level in levels.items())
    return {
        group: agreement([level for _, level in members], lowest=lowest, highest=highest)
        for group, members in groupby(pairs, key=lambda pair: pair[0])
    }


def perception_gap(by_group: Iterable[Agreement]) -> Fraction:
    """Measure how far the medians of the groups lie apart, in levels; 0 for fewer than two."""
    medians = [group.median for group in by_group]
    return max(medians) - min(medians) if medians else Fraction(0)
