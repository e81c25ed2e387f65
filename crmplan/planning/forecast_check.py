"""What came true of a forecast, once a later assessment has been held.

Method and worked example: docs/method/forecast.md, section "What came true".
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.errors import PlanningError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crmplan.planning.forecast import Expectation, Forecast

Verdict = Literal["below", "within", "above"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A dimension, as it was expected and as it was found.

    Attributes:
        before: score on which the forecast was made.
        found: score of the later assessment.
    """

    dimension_id: str
    before: Fraction
    expected: Expectation
    found: Fraction

    @property
    def lasted(self) -> Fraction | None:
        """Share of the possible gain that was found; below 0 for a loss, None without a gain."""
        gain = self.expected.high - self.before
        return (self.found - self.before) / gain if gain else None

    @property
    def verdict(self) -> Verdict:
        """Tell where the score lies: outside the expected range, or within it."""
        if self.found < self.expected.low:
            return "below"
        return "above" if self.found > self.expected.high else "within"


@dataclass(frozen=True, slots=True)
class ForecastCheck:
    """What came true.

    Attributes:
        held_on: day of the later assessment.
        phase: the last phase that was over by then; its forecast is compared.
        outcomes: dimensions with a score both times.
        unscored: dimensions with a forecast that have no score in the later assessment.
    """

    held_on: date
    phase: str
    outcomes: tuple[Outcome, ...]
    unscored: tuple[str, ...]

    @property
    def lasted(self) -> Fraction | None:
        """Share of all possible gains that was found; None if no gain was possible."""
        gained = [one for one in self.outcomes if one.lasted is not None]
        possible = sum((one.expected.high - one.before for one in gained), Fraction(0))
        found = sum((one.found - one.before for one in gained), Fraction(0))
        return found / possible if possible else None


def check_forecast(
    forecast: Forecast,
    *,
    before: Mapping[str, Fraction | None],
    after: Mapping[str, Fraction | None],
    held_on: date,
) -> ForecastCheck:
    """Compare a forecast with later scores.

    Args:
        forecast: the expected scores.
        before: present scores of the forecast, by dimension.
        after: scores of the later assessment, by dimension; None or absent without one.
        held_on: day of the later assessment.

    Raises:
        PlanningError: if no phase was over on that day.
    """
    over = [phase for phase, end in forecast.ends.items() if end <= held_on]
    if not over:
        first = min(forecast.ends.values(), default=None)
        raise PlanningError(
            f"the later assessment was held on {held_on}, before any phase was over",
            hint=f"the first phase ends on {first}" if first else "the plan has no tasks",
        )
    phase = max(over, key=lambda one: forecast.ends[one])
    expected = forecast.expected[phase]
    outcomes = tuple(
        Outcome(name, score, expected[name], found)
        for name in expected
        if (score := before.get(name)) is not None and (found := after.get(name)) is not None
    )
    known = {one.dimension_id for one in outcomes}
    return ForecastCheck(
        held_on, phase, outcomes, tuple(name for name in expected if name not in known)
    )
