"""One scale for questions that have answers of their own.

A framework of crmplan has one scale, and a score is a mean of its levels. So that a foreign score
is still the same number, up to a factor, the levels must lie as far apart as the foreign values
do: 0, 1/4, 1/2 and 1 become 0, 1, 2 and 4, and level 3 stands between.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that a question offers, and its value on the scale of the source."""

    text: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """A scale from ``lowest`` to ``highest``.

    Attributes:
        start: the foreign value of the lowest level, where all questions share their bounds.
        unit: what a level is worth on the foreign scale; None where each question has its own.
        is_exact: whether every answer has a level of its own value; otherwise the nearest.
    """

    lowest: int
    highest: int
    start: Fraction
    unit: Fraction | None
    is_exact: bool

    def level(self, answers: tuple[Answer, ...], value: Fraction) -> int:
        """Find the level of a value among the answers of its question."""
        low = min(one.value for one in answers)
        high = max(one.value for one in answers)
        share = (value - low) / (high - low)
        # Half a step goes up, so that a better answer never has a lower level.
        return self.lowest + int(share * (self.highest - self.lowest) + Fraction(1, 2))


def fit_scale(questions: Iterable[tuple[Answer, ...]]) -> AnswerScale:
    """Find the smallest scale on which all answers lie; beyond 10 steps they are rounded.

    Args:
        questions: the answers of each question; each has at least two different values.
    """
    values = [tuple(sorted({one.value for one in answers})) for answers in questions]
    bounds = {(one[0], one[-1]) for one in values}
    if len(bounds) > 1:
        values = [tuple((one - v[0]) / (v[-1] - v[0]) for one in v) for v in values]
    low, high = values[0][0], values[0][-1]
    unit = _largest_step({one - low for v in values for one in v if one != low})
    steps = (high - low) / unit
    is_exact = steps <= MOST_STEPS
    if not is_exact:
        steps = Fraction(min(MOST_STEPS, max(map(len, values)) - 1))
    keeps_numbers = is_exact and unit == 1 and low >= 0 and low.denominator == 1
    lowest = int(low) if keeps_numbers and len(bounds) == 1 else 0
    shared = is_exact and len(bounds) == 1
    return AnswerScale(lowest, lowest + int(steps), low, unit if shared else None, is_exact)


def _largest_step(distances: set[Fraction]) -> Fraction:
    """Find the largest number of which all distances are whole multiples."""
    bottom = lcm(*(one.denominator for one in distances))
    return Fraction(gcd(*(int(one * bottom) for one in distances)), bottom)
