"""How software packages compare: weighted scores, what knocks a package out, and the ranking.

Method and worked example: docs/method/packages.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.package_evaluation import HIGHEST_SCORE
from crmplan.errors import AssessmentError, UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmplan.assessment.client_records import (
        CriterionWeight,
        PackageCandidate,
        PackageScore,
        Requirement,
    )
    from crmplan.assessment.package_evaluation import PackageEvaluation


@dataclass(frozen=True, slots=True)
class Demand:
    """The score that a criterion must at least have.

    Attributes:
        requirements: the "must" requirements that are tied to the criterion, if any.
    """

    criterion: str
    minimum: int
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnockOut:
    """A demand that a package misses with its score."""

    demand: Demand
    score: int


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """What a package scores.

    Attributes:
        scores: per criterion; what nobody has scored yet is absent.
        groups: weighted score per group, over what is scored; None where nothing is.
        value: weighted score over what is scored, 0 to 5; None if nothing is.
        low, high: the value if all that is missing scored 0, or 5.
        scored: share of the weights that has a score, 0 to 1.
        knocked_out: the demands it misses; what is not scored knocks nobody out.
        rank: 1 for the best, equal ones share it; None if knocked out or without value.
    """

    candidate: PackageCandidate
    scores: Mapping[str, int]
    groups: Mapping[str, Fraction | None]
    value: Fraction | None
    low: Fraction
    high: Fraction
    scored: Fraction
    knocked_out: tuple[KnockOut, ...]
    rank: int | None


@dataclass(frozen=True, slots=True)
class PackageComparison:
    """All packages of one evaluation, the best first, those that are out last.

    Attributes:
        shares: share of each criterion in the whole, 0 to 1; together 1.
        group_shares: share of each group.
        demands: what knocks packages out, by criterion.
        orphans: scores and weights for criteria that the evaluation does not have.
    """

    evaluation: PackageEvaluation
    shares: Mapping[str, Fraction]
    group_shares: Mapping[str, Fraction]
    demands: Mapping[str, Demand]
    results: tuple[CandidateResult, ...]
    orphans: tuple[str, ...]

    @property
    def leaders(self) -> tuple[CandidateResult, ...]:
        """Those on rank 1: one, several that are equal, or none."""
        return tuple(one for one in self.results if one.rank == 1)

    @property
    def is_settled(self) -> bool:
        """Tell whether one leads whatever the missing scores turn out to be."""
        if len(self.leaders) != 1:
            return False
        first = self.leaders[0]
        others = [one for one in self.results if one is not first and not one.knocked_out]
        return all(first.low > one.high for one in others)


def compare_packages(
    evaluation: PackageEvaluation,
    candidates: Sequence[PackageCandidate],
    scores: Iterable[PackageScore],
    *,
    weights: Iterable[CriterionWeight] = (),
    requirements: Iterable[Requirement] = (),
) -> PackageComparison:
    """Compare packages.

    Args:
        evaluation: criteria with their weights.
        candidates: the packages; those of other evaluations are left out.
        scores: who scored what; those of other evaluations are left out.
        weights: the client's own weights of criteria or groups; they replace the evaluation's.
        requirements: those with obligation "must" demand the criteria they are tied to.

    Raises:
        AssessmentError: if no criterion weighs anything.
        UnknownElementError: if a score belongs to a package that is no candidate.
    """
    own = {one.criterion: one for one in weights if one.evaluation == evaluation.id}
    group_shares, shares = weight_shares(evaluation, own)
    demands = _demands(evaluation, own, requirements)
    known = {one.id: one for one in candidates if one.evaluation == evaluation.id}
    given: dict[str, dict[str, int]] = {name: {} for name in known}
    orphans = [name for name in own if name not in {*evaluation.criterion, *evaluation.group}]
    for one in scores:
        if one.evaluation != evaluation.id:
            continue
        if one.candidate not in known:
            suggestion = closest(one.candidate, known)
            raise UnknownElementError(one.candidate, kind="candidate", suggestion=suggestion)
        if one.criterion in evaluation.criterion:
            given[one.candidate][one.criterion] = one.score
        else:
            orphans.append(one.criterion)
    results = [_result(evaluation, known[name], given[name], shares, demands) for name in known]
    return PackageComparison(
        evaluation, shares, group_shares, demands, _ranked(results), tuple(dict.fromkeys(orphans))
    )


def weight_shares(
    evaluation: PackageEvaluation, own: Mapping[str, CriterionWeight]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Give the share of each group and of each criterion in the whole; both add up to 1.

    A group whose criteria all weigh 0 weighs nothing itself.

    Raises:
        AssessmentError: if nothing weighs anything.
    """

    def weight(element_id: str, usual: Fraction) -> Fraction:
        return own[element_id].weight if element_id in own else usual

    inside = {
        group.id: {one.id: weight(one.id, one.weight) for one in group.criteria}
        for group in evaluation.groups
    }
    outside = {
        group.id: weight(group.id, group.weight) if any(inside[group.id].values()) else Fraction(0)
        for group in evaluation.groups
    }
    total = sum(outside.values())
    if not total:
        raise AssessmentError(
            f"no criterion of {evaluation.id} weighs anything",
            hint="give one a weight above 0: crmplan packages weight",
        )
    groups = {name: value / total for name, value in outside.items()}
    shares = {
        name: groups[group] * value / (sum(values.values()) or 1)
        for group, values in inside.items()
        for name, value in values.items()
    }
    return groups, shares


def weighted_score(shares: Mapping[str, Fraction], scores: Mapping[str, int]) -> Fraction | None:
    """Average the scores that there are by their shares; None if none of them weighs anything."""
    counted = [(share, scores[name]) for name, share in shares.items() if name in scores]
    total = sum(share for share, _ in counted)
    return Fraction(sum(share * score for share, score in counted), total) if total else None


def _demands(
    evaluation: PackageEvaluation,
    own: Mapping[str, CriterionWeight],
    requirements: Iterable[Requirement],
) -> dict[str, Demand]:
    """Collect the minimum of each criterion; the highest of what asks for one holds."""
    musts: dict[str, list[str]] = {}
    for requirement in requirements:
        if requirement.obligation == "must" and requirement.state != "dropped":
            for name in requirement.criteria:
                musts.setdefault(name, []).append(requirement.id)
    found = {}
    for criterion in evaluation.criterion.values():
        client = own[criterion.id].minimum if criterion.id in own else None
        tied = tuple(musts.get(criterion.id, ()))
        minimum = max(client or criterion.minimum or 0, evaluation.met_from if tied else 0)
        if minimum:
            found[criterion.id] = Demand(criterion.id, minimum, tied)
    return found


def _result(
    evaluation: PackageEvaluation,
    candidate: PackageCandidate,
    scores: Mapping[str, int],
    shares: Mapping[str, Fraction],
    demands: Mapping[str, Demand],
) -> CandidateResult:
    scored = sum((share for name, share in shares.items() if name in scores), Fraction(0))
    low = sum((share * scores.get(name, 0) for name, share in shares.items()), Fraction(0))
    return CandidateResult(
        candidate=candidate,
        scores=scores,
        groups={
            group.id: weighted_score({one.id: shares[one.id] for one in group.criteria}, scores)
            for group in evaluation.groups
        },
        value=weighted_score(shares, scores),
        low=low,
        high=low + (1 - scored) * HIGHEST_SCORE,
        scored=scored,
        knocked_out=tuple(
            KnockOut(demand, scores[name])
            for name, demand in demands.items()
            if name in scores and scores[name] < demand.minimum
        ),
        rank=None,
    )


def _ranked(results: Sequence[CandidateResult]) -> tuple[CandidateResult, ...]:
    """Put the best first; equal ones stay in the order of entry and share a rank."""

    def place(result: CandidateResult) -> tuple[bool, bool, Fraction]:
        is_out = bool(result.knocked_out)
        return is_out, result.value is None, -(result.value or Fraction(0))

    running = [one.value for one in results if one.value is not None and not one.knocked_out]
    return tuple(
        replace(one, rank=1 + sum(value > one.value for value in running))
        if one.value is not None and not one.knocked_out
        else one
        for one in sorted(results, key=place)
    )
