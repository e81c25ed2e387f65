"""How much of a total its largest parts bring: the Pareto share of customers.

Method and worked example: docs/method/pareto.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FIFTH = Fraction(1, 5)
MOST = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class ParetoLine:
    """One part, with its share of the total and that of all parts up to it, 0 to 1."""

    row: str
    value: Fraction
    share: Fraction
    cumulated: Fraction


@dataclass(frozen=True, slots=True)
class Pareto:
    """The concentration of a column of numbers.

    Attributes:
        lines: the largest first; equal ones in the order of entry.
        fifth_brings: share of the total that the largest fifth of the parts brings, 0 to 1.
        parts_for_most: how many of the largest parts bring four fifths of the total.
        left_out: rows without a number, or with one below 0.
    """

    lines: tuple[ParetoLine, ...]
    total: Fraction
    fifth_brings: Fraction
    parts_for_most: int
    left_out: tuple[str, ...]


def concentration(values: Iterable[tuple[str, Fraction | None]]) -> Pareto | None:
    """Rank parts by size and add up their shares.

    Args:
        values: row id and number of each part; None is "not known".

    Returns:
        The concentration, exact; None if the total is 0. A fifth of 7 parts is one part and two
        fifths of the next: where the fifth ends inside a part, it counts in proportion.
    """
    given = list(values)
    counted = [(row, value) for row, value in given if value is not None and value >= 0]
    total = sum((value for _, value in counted), Fraction(0))
    if not total:
        return None
    lines, so_far = [], Fraction(0)
    for row, value in sorted(counted, key=lambda one: -one[1]):
        so_far += value / total
        lines.append(ParetoLine(row, value, value / total, so_far))
    kept = {row for row, _ in counted}
    return Pareto(
        lines=tuple(lines),
        total=total,
        fifth_brings=_brings(lines, FIFTH),
        parts_for_most=next(place for place, one in enumerate(lines, 1) if one.cumulated >= MOST),
        left_out=tuple(row for row, _ in given if row not in kept),
    )


def _brings(lines: list[ParetoLine], share: Fraction) -> Fraction:
    """Add up the shares of the first parts, up to a share of their number."""
    parts = len(lines) * share
    whole = int(parts)
    brought = lines[whole - 1].cumulated if whole else Fraction(0)
    return brought + (lines[whole].share * (parts - whole) if whole < len(lines) else 0)
