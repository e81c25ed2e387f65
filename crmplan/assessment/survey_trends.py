"""Trends of numbers that are entered once a period. Method: docs/method/surveys.md."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from crmplan.assessment.survey import SurveyQuestion

Direction = Literal["better", "worse", "unchanged", "too-short"]


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period, by its last day."""

    on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of one number.

    Attributes:
        points: one a period, the earliest first.
        direction: the last value against the first; ``too-short`` with fewer periods than needed.
    """

    question_id: str
    points: tuple[Point, ...]
    direction: Direction

    @property
    def change(self) -> Fraction | None:
        """The last value minus the first; None for fewer than two periods."""
        return self.points[-1].value - self.points[0].value if len(self.points) > 1 else None


def trend(
    question: SurveyQuestion, values: Iterable[tuple[date, Fraction]], *, periods: int
) -> Trend:
    """Follow a number over its periods.

    Args:
        question: for its id, and whether a higher or a lower number is better.
        values: day and value of each form; several of one day are averaged.
        periods: how many are needed to speak of a trend.
    """
    by_day: defaultdict[date, list[Fraction]] = defaultdict(list)
    for on, value in values:
        by_day[on].append(value)
    points = tuple(
        Point(on, sum(found, Fraction(0)) / len(found)) for on, found in sorted(by_day.items())
    )
    return Trend(question.id, points, _direction(question, points, periods))


def _direction(question: SurveyQuestion, points: tuple[Point, ...], periods: int) -> Direction:
    if len(points) < max(2, periods):
        return "too-short"
    change = points[-1].value - points[0].value
    if not change:
        return "unchanged"
    return "better" if (change > 0) == (question.better == "higher") else "worse"


def balance(trends: Iterable[Trend]) -> tuple[int, int, Fraction | None]:
    """Weigh trends against each other.

    Returns:
        How many are long enough, how many are not, and those that got better minus those that got
        worse as a share of the long ones, from -1 to 1; None if there is none.
    """
    found = [one.direction for one in trends]
    counted = len(found) - found.count("too-short")
    won = found.count("better") - found.count("worse")
    return counted, found.count("too-short"), Fraction(won, counted) if counted else None
