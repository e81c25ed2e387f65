"""Where the organisation stands, where it wants to be, and what matters most in between.

priority = gap × importance × leverage × certainty. Leverage is what a dimension carries for others:
1 + 1/4 for each strong and + 1/10 for each moderate link to a dimension that has a gap of its own.
Certainty is the coverage of the score. Method and worked example: docs/method/gaps.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.errors import UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Collection

    from crmplan.assessment.framework import Framework, TargetProfile
    from crmplan.assessment.scoring import Scorecard

LEVERAGE = {"strong": Fraction(1, 4), "moderate": Fraction(1, 10)}
MIDDLE_IMPORTANCE = 3
RAISED = Fraction(5, 4)
ALL_USUAL: Mapping[str, Fraction] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance of one dimension to its target.

    Attributes:
        current: the score, or None if too little is known.
        target: the level to reach, on the scale.
        gap: how many levels are missing, 0 or more; None without a score.
        importance: 1 is usual; from 1/3 (little) to 5/3 (decides about success).
        leverage: 1 or more.
        certainty: 0 to 1.
        priority: product of the four; 0 if there is no gap, None without a score.
        rank: 1 for the highest priority; None if there is nothing to close.
        is_raised: a rule of the framework raised the priority by a quarter.
    """

    dimension_id: str
    current: Fraction | None
    target: Fraction
    gap: Fraction | None
    importance: Fraction
    leverage: Fraction
    certainty: Fraction
    priority: Fraction | None
    rank: int | None
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class GapAnalysis:
    """All gaps, in the order of the framework."""

    profile_id: str
    gaps: Mapping[str, Gap]

    @property
    def ranked(self) -> tuple[Gap, ...]:
        """Gaps that are to be closed, the most urgent first."""
        ranked = [(gap.rank, gap) for gap in self.gaps.values() if gap.rank is not None]
        return tuple(gap for _, gap in sorted(ranked, key=lambda pair: pair[0]))


def target_levels(
    framework: Framework, profile_id: str, agreed: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """Give the target of each dimension: the agreed one, or that of the profile.

    Raises:
        UnknownElementError: if there is no such profile or dimension.
    """
    profile = find_profile(framework, profile_id)
    for dimension_id in agreed:
        if dimension_id not in framework.dimension:
            raise UnknownElementError(
                dimension_id,
                kind="dimension",
                suggestion=closest(dimension_id, framework.dimension),
            )
    by_profile = {one: profile.dimensions.get(one, profile.default) for one in framework.dimension}
    return {**by_profile, **agreed}


def find_profile(framework: Framework, profile_id: str) -> TargetProfile:
    """Find a target profile by its id.

    Raises:
        UnknownElementError: if the framework has no such profile.
    """
    profiles = {profile.id: profile for profile in framework.profiles}
    if profile_id not in profiles:
        raise UnknownElementError(
            profile_id, kind="target profile", suggestion=closest(profile_id, profiles)
        )
    return profiles[profile_id]


def analyse_gaps(
    framework: Framework,
    scorecard: Scorecard,
    *,
    targets: Mapping[str, Fraction],
    profile_id: str,
    importances: Mapping[str, Fraction] = ALL_USUAL,
) -> GapAnalysis:
    """Compare scores with targets and rank what is missing.

    Args:
        framework: for the links between dimensions.
        scorecard: the scores.
        targets: level to reach, for every dimension.
        profile_id: the target profile, named in the result.
        importances: what matters to this client, 1 to 5, by dimension; not named means 3.
    """
    missing = {
        node.id: None if node.score is None else max(Fraction(0), targets[node.id] - node.score)
        for node in scorecard.dimensions.values()
    }
    gaps = [
        _gap(
            node_id,
            scorecard,
            targets[node_id],
            missing[node_id],
            Fraction(importances.get(node_id, MIDDLE_IMPORTANCE)) / MIDDLE_IMPORTANCE,
            _leverage(framework, node_id, missing),
        )
        for node_id in scorecard.dimensions
    ]
    return GapAnalysis(profile_id, {gap.dimension_id: gap for gap in _ranked(gaps)})


def raise_priorities(analysis: GapAnalysis, raised: Collection[str]) -> GapAnalysis:
    """Raise the priority of some dimensions by a quarter and rank anew.

    Args:
        analysis: the gaps.
        raised: dimensions that others rest on while they are weak themselves.
    """
    gaps = [
        replace(gap, priority=gap.priority * RAISED, is_raised=True)
        if gap.dimension_id in raised and gap.priority
        else gap
        for gap in analysis.gaps.values()
    ]
    return replace(analysis, gaps={gap.dimension_id: gap for gap in _ranked(gaps)})


def _gap(
    node_id: str,
    scorecard: Scorecard,
    target: Fraction,
    missing: Fraction | None,
    importance: Fraction,
    leverage: Fraction,
) -> Gap:
    node = scorecard.dimensions[node_id]
    priority = None if missing is None else missing * importance * leverage * node.coverage
    return Gap(
        node_id,
        node.score,
        target,
        missing,
        importance,
        leverage,
        node.coverage,
        priority,
        rank=None,
    )


def _leverage(
    framework: Framework, node_id: str, missing: Mapping[str, Fraction | None]
) -> Fraction:
    """Weigh the links from a dimension to those that have a gap of their own."""
    carried = (
        LEVERAGE[link.strength]
        for link in framework.dependencies
        if link.from_ == node_id and missing[link.to]
    )
    return 1 + sum(carried, Fraction(0))


def _ranked(gaps: list[Gap]) -> list[Gap]:
    """Number the gaps by priority; equal priorities keep the order of the framework."""
    order = sorted(
        (gap for gap in gaps if gap.priority), key=lambda gap: gap.priority or 0, reverse=True
    )
    rank = {gap.dimension_id: number for number, gap in enumerate(order, start=1)}
    return [replace(gap, rank=rank.get(gap.dimension_id)) for gap in gaps]
