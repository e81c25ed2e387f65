"""Chance that is the same everywhere: one seed, the same numbers on every machine and version."""

from __future__ import annotations

_MASK = (1 << 64) - 1
_TOP = 53


class Chance:
    """A stream of numbers that look random.

    The core may not import ``random``; besides, its sampling functions have changed between Python
    versions, and a plan must not change with them. Source: Vigna (2015), SplitMix64.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def share(self) -> float:
        """Draw from 0 to 1, without 1."""
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((state ^ (state >> 31)) >> (64 - _TOP)) / (1 << _TOP)

    def below(self, count: int) -> int:
        """Draw a whole number from 0 to below ``count``."""
        return int(self.share() * count)

    def two_below(self, count: int) -> tuple[int, int]:
        """Draw two different whole numbers, the lesser first; ``count`` is 2 or more."""
        one = self.below(count)
        other = self.below(count - 1)
        return (one, other + 1) if other >= one else (other, one)
