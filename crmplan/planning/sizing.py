"""How much larger or smaller the work is than in the reference organisation of the catalogues.

The reference has 31–150 users of the CRM system and two or three functions.
Effort = estimate × size × complexity × readiness; duration = estimate × pace.
Source: own; docs/method/effort.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.responses import Organisation

_SIZES = ((30, Fraction(1, 2)), (150, Fraction(1)), (500, Fraction(9, 5)))
_LARGEST_SIZE = Fraction(5, 2)
_PACES = ((30, Fraction(1, 2)), (150, Fraction(1)), (500, Fraction(7, 5)))
_LONGEST_PACE = Fraction(2)
UNREADY = 1


@dataclass(frozen=True, slots=True)
class Sizing:
    """Factors on the estimates of the reference organisation.

    Attributes:
        size: by users; 1/2 up to 30, 1 up to 150, 9/5 up to 500, then 5/2.
        complexity: 4/5 for one function, 1 for two or three, 13/10 for more or many old systems.
        readiness: 6/5 if a dimension that carries all work is at level 1 or below, else 1.
        pace: on elapsed time, by users; 1/2, 1, 7/5, 2.
    """

    size: Fraction = Fraction(1)
    complexity: Fraction = Fraction(1)
    readiness: Fraction = Fraction(1)
    pace: Fraction = Fraction(1)

    @property
    def effort(self) -> Fraction:
        """The factor on person-days."""
        return self.size * self.complexity * self.readiness

    def effort_days(self, low: int, high: int) -> EffortRange:
        """Size an estimate of effort, in person-days; each bound is rounded up."""
        return EffortRange(ceil(low * self.effort), ceil(high * self.effort))

    def duration_days(self, low: int, high: int) -> int:
        """Size an estimate of elapsed time: its middle, in working days, rounded up."""
        return ceil(Fraction(low + high, 2) * self.pace)

    def duration_range(self, low: int, high: int) -> tuple[int, int]:
        """Size the bounds of an estimate of elapsed time, in working days, each rounded up."""
        return ceil(low * self.pace), ceil(high * self.pace)


@dataclass(frozen=True, slots=True)
class EffortRange:
    """Low and high estimate of effort, in person-days."""

    low: int
    high: int

    @property
    def middle(self) -> Fraction:
        """The middle of the estimate."""
        return Fraction(self.low + self.high, 2)

    def __add__(self, other: EffortRange) -> EffortRange:
        return EffortRange(self.low + other.low, self.high + other.high)


NO_EFFORT = EffortRange(0, 0)


def size_up(organisation: Organisation, foundations: Iterable[Fraction | None] = ()) -> Sizing:
    """Size up an organisation; what is not known counts as in the reference.

    Args:
        organisation: for users, functions and old systems.
        foundations: scores of the dimensions that carry all work; None is not known.
    """
    users, functions = organisation.users or 100, organisation.functions or 2
    return Sizing(
        size=next((factor for most, factor in _SIZES if users <= most), _LARGEST_SIZE),
        complexity=_complexity(functions, legacy=organisation.legacy),
        readiness=Fraction(6, 5)
        if any(level is not None and level <= UNREADY for level in foundations)
        else Fraction(1),
        pace=next((factor for most, factor in _PACES if users <= most), _LONGEST_PACE),
    )


def _complexity(functions: int, *, legacy: bool) -> Fraction:
    if functions > 3 or legacy:
        return Fraction(13, 10)
    return Fraction(4, 5) if functions == 1 else Fraction(1)
