"""Which score each dimension can be expected to have at the end of each phase.

The initiatives of a dimension share its gap by the levels they lead through, as in the budget.
What is finished by the end of a phase counts with a certainty: organisations seldom keep all that
a project hands over. Method and worked example: docs/method/forecast.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.weighting import weighted_mean
from crmplan.planning.candidates import climb

if TYPE_CHECKING:
    from crmplan.assessment.gaps import Gap, GapAnalysis
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.scheduling import Schedule
    from crmplan.planning.selection import Selection

LIKELY = Fraction(7, 10)
CAUTIOUS = Fraction(4, 10)
"""Share of the gain that lasts, usually and at least. Source: own; no study behind it."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The score of a dimension at one time.

    Attributes:
        low: if little of the gain lasts.
        likely: if the usual share lasts.
        high: if all of it lasts.
    """

    low: Fraction
    likely: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected scores, by phase and dimension; dimensions without a score are left out.

    Attributes:
        ends: the last day of each phase that has tasks.
    """

    ends: Mapping[str, date]
    expected: Mapping[str, Mapping[str, Expectation]]


def forecast(
    selection: Selection,
    gaps: GapAnalysis,
    catalogue: Catalogue,
    schedule: Schedule,
    *,
    phases: Sequence[str],
) -> Forecast:
    """Forecast the scores at the ends of the phases.

    Args:
        selection: the chosen initiatives.
        gaps: present scores and targets.
        catalogue: what the initiatives lead through.
        schedule: when they are finished.
        phases: the phases, in order.
    """
    ends = {
        phase: max(one.finish for one in tasks)
        for phase in phases
        if (tasks := schedule.of_phase(phase))
    }
    expected = {
        phase: {
            gap.dimension_id: _expectation(gap, selection, gaps, catalogue, schedule, end)
            for gap in gaps.gaps.values()
            if gap.current is not None
        }
        for phase, end in ends.items()
    }
    return Forecast(ends, expected)


def overall_expectation(
    expected: Mapping[str, Expectation], weights: Mapping[str, Fraction]
) -> Expectation | None:
    """Average expected scores as the overall score averages the present ones.

    Args:
        expected: by dimension, at one time.
        weights: of the dimensions in the overall score; those without an expectation do not count.

    Returns:
        The weighted means, or None if no dimension has an expectation.
    """
    low, likely, high = (
        weighted_mean([(weights[one], getattr(found, end)) for one, found in expected.items()])
        for end in ("low", "likely", "high")
    )
    if low is None or likely is None or high is None:
        return None
    return Expectation(low, likely, high)


def _expectation(
    gap: Gap,
    selection: Selection,
    gaps: GapAnalysis,
    catalogue: Catalogue,
    schedule: Schedule,
    end: date,
) -> Expectation:
    mine = [
        one
        for one in catalogue.initiatives
        if one.id in selection.ids and one.dimension == gap.dimension_id
    ]
    total = sum((climb(one, gaps) for one in mine), Fraction(0))
    finished = [one for one in mine if schedule.by_id[one.id].finish <= end]
    reached = sum((climb(one, gaps) for one in finished), Fraction(0))
    current, missing = gap.current or Fraction(0), gap.gap or Fraction(0)
    gain = missing * reached / total if total else Fraction(0)
    return Expectation(current + CAUTIOUS * gain, current + LIKELY * gain, current + gain)
