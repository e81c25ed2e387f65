"""Means and shares of survey answers, with their 95 % interval.

Sources: Student (1908), The probable error of a mean; Wilson (1927), Probable inference, the law
of succession, and statistical inference. Method: docs/method/surveys.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.survey import Reporting

Number: TypeAlias = Fraction | int
"""An exact number."""

NORMAL = Fraction("1.96")
"""Two-sided 95 % point of the normal distribution."""

_STUDENT = (
    *(12706, 4303, 3182, 2776, 2571, 2447, 2365, 2306, 2262, 2228),
    *(2201, 2179, 2160, 2145, 2131, 2120, 2110, 2101, 2093, 2086),
    *(2080, 2074, 2069, 2064, 2060, 2056, 2052, 2048, 2045, 2042),
)
"""Two-sided 95 % points of Student's distribution in thousandths, from 1 degree of freedom on."""

_STUDENT_BEYOND = ((120, 1980), (100, 1984), (80, 1990), (60, 2000), (40, 2021), (30, 2042))
_PRECISION = 10**6


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number computed from some people's answers.

    Attributes:
        count: people whose answers count.
        missing: people who gave too few answers.
        value: the number; None if fewer people than may be shown.
        low, high: bounds of the 95 % interval; None if fewer people than may be claimed about.
    """

    count: int
    missing: int
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


def mean_estimate(values: Sequence[Number], missing: int, reporting: Reporting) -> Estimate:
    """Estimate a mean; the interval is Student's, which treats the people as drawn by lot.

    Args:
        values: one for each person.
        missing: people without a value.
        reporting: from how many people on something is said.
    """
    count = len(values)
    if count < reporting.shown_from:
        return Estimate(count, missing)
    mean = exact_mean(values)
    if count < reporting.claims_from:
        return Estimate(count, missing, mean)
    half = student(count - 1) * square_root(_variance(values) / count)
    return Estimate(count, missing, mean, mean - half, mean + half)


def exact_mean(values: Sequence[Number]) -> Fraction:
    """Average at least one value; sums of whole numbers are many times faster than of fractions."""
    whole, unit = _in_whole_numbers(values)
    return Fraction(sum(whole), unit * len(whole))


def _variance(values: Sequence[Number]) -> Fraction:
    """Give the sample variance, divisor n - 1, of at least two values."""
    whole, unit = _in_whole_numbers(values)
    count = len(whole)
    squares = count * sum(number * number for number in whole) - sum(whole) ** 2
    return Fraction(squares, unit * unit * count * (count - 1))


def _in_whole_numbers(values: Sequence[Number]) -> tuple[list[int], int]:
    """Write values as whole multiples of one over a number, and give that number."""
    unit = lcm(*{value.denominator for value in values})
    return [value.numerator * (unit // value.denominator) for value in values], unit


def share_estimate(of: int, count: int, missing: int, reporting: Reporting) -> Estimate:
    """Estimate a share from 0 to 1; the interval is Wilson's, which stays inside 0 and 1.

    Args:
        of: people who have the property.
        count: people who were asked for it and answered.
        missing: people without an answer.
        reporting: from how many people on something is said.
    """
    if count < reporting.shown_from:
        return Estimate(count, missing)
    share = Fraction(of, count)
    if count < reporting.claims_from:
        return Estimate(count, missing, share)
    low, high = _wilson(share, count)
    return Estimate(count, missing, share, low, high)


def _wilson(share: Fraction, count: int) -> tuple[Fraction, Fraction]:
    square = NORMAL**2
    widened = 1 + square / count
    centre = (share + square / (2 * count)) / widened
    spread = square_root(share * (1 - share) / count + square / (4 * count**2))
    half = NORMAL * spread / widened
    # The root is rounded down: at the very ends the bound would miss the share by a hair.
    low = Fraction(0) if share == 0 else max(Fraction(0), centre - half)
    high = Fraction(1) if share == 1 else min(Fraction(1), centre + half)
    return low, high


def student(freedom: int) -> Fraction:
    """Give the two-sided 95 % point; between two known ones the wider.

    Args:
        freedom: degrees of freedom, 1 or more.
    """
    if freedom <= len(_STUDENT):
        return Fraction(_STUDENT[freedom - 1], 1000)
    return Fraction(next(point for known, point in _STUDENT_BEYOND if known <= freedom), 1000)


def square_root(value: Fraction) -> Fraction:
    """Give the root of a number that is not negative, to six decimals, rounded down."""
    scaled = value.numerator * _PRECISION**2 // value.denominator
    return Fraction(isqrt(scaled), _PRECISION)
