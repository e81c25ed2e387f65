"""Rising places that fulfil wishes best: isotonic regression by pooling adjacent violators.

Source: Best & Chakravarti (1990), Active set algorithms for isotonic regression.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate

Wish = tuple[float, float]
"""A wished place and its weight."""

Estimate = Callable[[Sequence[Wish]], float]


def pooled(wishes: Sequence[Sequence[Wish]], estimate: Estimate) -> list[float]:
    """The rising places that fulfil the wishes best: adjacent violators are pooled."""
    pools: list[tuple[float, list[Wish], int]] = []
    for wished in wishes:
        pool, members = list(wished), 1
        place = estimate(pool)
        while pools and pools[-1][0] > place:
            _, earlier, count = pools.pop()
            pool, members = earlier + pool, members + count
            place = estimate(pool)
        pools.append((place, pool, members))
    return [place for place, _, members in pools for _ in range(members)]


def mean(wishes: Sequence[Wish]) -> float:
    """The weighted mean."""
    return sum(place * weight for place, weight in wishes) / sum(weight for _, weight in wishes)


def median(wishes: Sequence[Wish]) -> float:
    """The weighted median; of a whole interval of medians the point nearest to the mean."""
    ordered = sorted(wishes)
    sums = list(accumulate(weight for _, weight in ordered))
    half = sums[-1] / 2
    lower = bisect_left(sums, half)
    upper = lower + 1 if sums[lower] == half and lower + 1 < len(sums) else lower
    return min(max(mean(ordered), ordered[lower][0]), ordered[upper][0])
