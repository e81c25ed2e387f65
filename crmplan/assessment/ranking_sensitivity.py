"""How far a weight must move before another package leads.

One share moves; all others keep their proportions to one another. The lead is then a straight line
in that share, and its zero is exact. Method and worked example: docs/method/packages.md.
Source: Triantaphyllou & Sánchez (1997), A sensitivity analysis approach for some deterministic
multi-criteria decision-making methods; the closed form for shares is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.package_comparison import compare_packages, weighted_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.package_comparison import CandidateResult, PackageComparison
    from crmplan.assessment.package_evaluation import PackageEvaluation


@dataclass(frozen=True, slots=True)
class Turn:
    """The share at which another package draws level; beyond it, that one leads."""

    share: Fraction
    candidate: str


@dataclass(frozen=True, slots=True)
class ShareSensitivity:
    """How the ranking hangs on the share of one group or criterion.

    Attributes:
        share: its share now, 0 to 1.
        below: the first turn when the share falls; None if there is none down to 0.
        above: the first turn when the share grows; None if there is none up to 1.
    """

    element_id: str
    share: Fraction
    below: Turn | None
    above: Turn | None

    @property
    def nearest(self) -> Turn | None:
        """The turn that takes the smaller move."""
        turns = [turn for turn in (self.below, self.above) if turn]
        return min(turns, key=lambda turn: abs(turn.share - self.share), default=None)

    @property
    def move(self) -> Fraction | None:
        """How far the share must move, 0 to 1; None if no move changes the winner."""
        return abs(self.nearest.share - self.share) if self.nearest else None


@dataclass(frozen=True, slots=True)
class RankedPackages:
    """A comparison of packages, and how its ranking hangs on the weights."""

    comparison: PackageComparison
    sensitivity: tuple[ShareSensitivity, ...]

    @property
    def closest_turn(self) -> ShareSensitivity | None:
        """The smallest move that changes the winner; None if none does."""
        return closest_turn(self.sensitivity)


def rank_packages(evaluation: PackageEvaluation, engagement: Engagement) -> RankedPackages:
    """Compare the packages of an engagement; raises as ``compare_packages`` does."""
    comparison = compare_packages(
        evaluation,
        engagement.package_candidates,
        engagement.package_scores,
        weights=engagement.criterion_weights,
        requirements=engagement.requirements,
    )
    return RankedPackages(comparison, ranking_sensitivity(comparison))


def ranking_sensitivity(comparison: PackageComparison) -> tuple[ShareSensitivity, ...]:
    """Tell for each group and criterion how far its share must move to change the winner.

    Args:
        comparison: the packages; those that are knocked out take no part.

    Returns:
        Groups first, then criteria, each in the order of the evaluation. Empty if nobody leads
        alone, nobody else is ranked, or one of the ranked packages lacks scores: an average over
        different criteria cannot be compared while weights move.
    """
    ranked = [one for one in comparison.results if one.rank is not None]
    if len(comparison.leaders) != 1 or len(ranked) < 2 or any(one.scored != 1 for one in ranked):
        return ()
    elements = {
        group.id: tuple(one.id for one in group.criteria) for group in comparison.evaluation.groups
    } | {name: (name,) for name in comparison.evaluation.criterion}
    leader = comparison.leaders[0]
    others = [one for one in ranked if one is not leader]
    return tuple(
        _sensitivity(comparison, name, frozenset(criteria), leader, others)
        for name, criteria in elements.items()
    )


def closest_turn(found: Iterable[ShareSensitivity]) -> ShareSensitivity | None:
    """Find the smallest move that changes the winner; the first of equal ones."""
    moving = [one for one in found if one.move is not None]
    return min(moving, key=lambda one: one.move or Fraction(0), default=None)


def _sensitivity(
    comparison: PackageComparison,
    element_id: str,
    criteria: frozenset[str],
    leader: CandidateResult,
    others: Iterable[CandidateResult],
) -> ShareSensitivity:
    share = sum((comparison.shares[name] for name in criteria), Fraction(0))
    turns = [
        turn for other in others for turn in _turns(comparison, criteria, share, leader, other)
    ]
    below = [turn for turn in turns if turn.share < share]
    above = [turn for turn in turns if turn.share > share]
    return ShareSensitivity(
        element_id,
        share,
        max(below, key=lambda turn: turn.share, default=None),
        min(above, key=lambda turn: turn.share, default=None),
    )


def _turns(
    comparison: PackageComparison,
    criteria: frozenset[str],
    share: Fraction,
    leader: CandidateResult,
    other: CandidateResult,
) -> Iterator[Turn]:
    """Give the share at which two packages are level, if a share from 0 to 1 turns them round."""
    if share in (0, 1):
        # What weighs nothing has no proportions inside, what is all has no rest to take from.
        return
    inside = {name: value for name, value in comparison.shares.items() if name in criteria}
    outside = {name: value for name, value in comparison.shares.items() if name not in criteria}
    lead_inside = _lead(inside, leader, other)
    lead_outside = _lead(outside, leader, other)
    if lead_inside == lead_outside:
        return
    level = lead_outside / (lead_outside - lead_inside)
    if 0 < level < 1:
        yield Turn(level, other.candidate.id)


def _lead(shares: dict[str, Fraction], leader: CandidateResult, other: CandidateResult) -> Fraction:
    first, second = weighted_score(shares, leader.scores), weighted_score(shares, other.scores)
    return (first or Fraction(0)) - (second or Fraction(0))
