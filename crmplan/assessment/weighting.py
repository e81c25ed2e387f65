"""Weighted means that skip what has no value."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def weighted_mean(weighted: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """Average values by their weights.

    Args:
        weighted: pairs of weight, above 0, and value; None has no value and does not count.

    Returns:
        The exact mean, or None if nothing has a value.
    """
    counted = [(weight, value) for weight, value in weighted if value is not None]
    total = sum((weight for weight, _ in counted), Fraction(0))
    if not total:
        return None
    return sum((weight * value for weight, value in counted), Fraction(0)) / total
