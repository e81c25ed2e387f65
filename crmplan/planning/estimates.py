"""How long a task can take: three-point estimates, and samples of them.

Sources: triangular distribution; PERT as in Malcolm, Roseboom, Clark & Fazar (1959), Application
of a technique for research and development program evaluation (a beta distribution with weight 4
on the mode).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING, Literal

from crmplan.errors import PlanningError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

Distribution = Literal["triangular", "pert"]
MODE_WEIGHT = 4
PERCENTILES = (10, 50, 80, 95)
"""Of a hundred samples, so many do not exceed what is printed."""


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """The shortest, the likeliest and the longest duration, in working days."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse an order that no duration can have."""
        if not 0 <= self.low <= self.mode <= self.high:
            raise PlanningError(
                f"an estimate of {self.low:g}, {self.mode:g}, {self.high:g} days does not rise",
                hint="give the shortest, the likeliest and the longest duration, in this order",
            )


def sample(
    estimate: ThreePoint,
    uniform: Samples,
    distribution: Distribution,
    generator: np.random.Generator,
) -> Samples:
    """Draw durations.

    Args:
        estimate: what to draw from; equal low and high give that duration always.
        uniform: numbers from 0 to 1, whose order decides which samples are long: equal numbers for
            several tasks make them long together. Used by both distributions.
        distribution: the shape between low and high.
        generator: for the beta distribution.

    Returns:
        As many durations as there are numbers, in working days.
    """
    import numpy as np

    if estimate.low == estimate.high:
        return np.full_like(uniform, estimate.low)
    if distribution == "triangular":
        return _triangular(estimate, uniform)
    drawn = _pert(estimate, generator, uniform.size)
    # The same values in the order that the uniform numbers ask for: this keeps their dependence.
    result = np.empty_like(drawn)
    result[np.argsort(uniform, kind="stable")] = np.sort(drawn)
    return result


def _triangular(estimate: ThreePoint, uniform: Samples) -> Samples:
    """Invert the distribution function of the triangle."""
    import numpy as np

    width = estimate.high - estimate.low
    turn = (estimate.mode - estimate.low) / width
    rising = estimate.low + np.sqrt(uniform * width * (estimate.mode - estimate.low))
    falling = estimate.high - np.sqrt((1 - uniform) * width * (estimate.high - estimate.mode))
    return np.where(uniform < turn, rising, falling)


def _pert(estimate: ThreePoint, generator: np.random.Generator, count: int) -> Samples:
    width = estimate.high - estimate.low
    first = 1 + MODE_WEIGHT * (estimate.mode - estimate.low) / width
    second = 1 + MODE_WEIGHT * (estimate.high - estimate.mode) / width
    return estimate.low + width * generator.beta(first, second, count)


def normal_share(values: Samples) -> Samples:
    """Compute the standard normal distribution function: shares from 0 to 1.

    Source: Abramowitz & Stegun (1964), Handbook of mathematical functions, 26.2.17; error < 1e-7.
    """
    import numpy as np

    size = np.abs(values)
    step = 1 / (1 + 0.2316419 * size)
    tail = step * (
        0.319381530
        + step * (-0.356563782 + step * (1.781477937 + step * (-1.821255978 + step * 1.330274429)))
    )
    upper = np.exp(-size * size / 2) / sqrt(2 * pi) * tail
    shares: Samples = np.where(values >= 0, 1 - upper, upper)
    shares.clip(1e-12, 1 - 1e-12, out=shares)
    return shares
