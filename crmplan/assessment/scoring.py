"""The scorecard: exact scores of items, dimensions, groups and the whole.

Method and worked examples: docs/method/scoring.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from crmplan.assessment.item_scores import ItemScore, score_item
from crmplan.assessment.points import Points, points_of
from crmplan.assessment.responses import Decision, Evidence, Response
from crmplan.assessment.weighting import weighted_mean
from crmplan.errors import LevelOutsideScaleError, UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmplan.assessment.framework import Dimension, Framework
    from crmplan.assessment.responses import Assessment

OVERALL = "overall"
OfItem = TypeVar("OfItem", Response, Evidence)


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The score of a dimension, of a group of dimensions, or of the whole.

    Attributes:
        score: weighted mean of the parts that have a value; None below the minimum coverage.
        low, high: between these the score lies, whatever is unknown, unanswered or open.
        evidenced: the same mean over what evidence supports.
        staged_level: highest level that is reached largely, and every lower level fully.
        coverage: weight of the parts with a value in the weight of those that apply, 0 to 1.
        evidence_share: share of items with evidence among those with a value, 0 to 1.
        lowest: id of the part with the lowest value, or None.
        open_items: contested items without a decision.
        capped_from: the score before a cap for results without a trend; None if not capped.
    """

    id: str
    parts: tuple[str, ...]
    weight: Fraction
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    evidenced: Fraction | None
    intention: Fraction | None
    reality: Fraction | None
    staged_level: int | None
    coverage: Fraction
    evidence_share: Fraction | None
    lowest: str | None
    open_items: tuple[str, ...]
    capped_from: Fraction | None = None

    @property
    def is_sufficient(self) -> bool:
        """Tell whether enough is known for a score."""
        return self.score is not None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores of one assessment; mappings are in the order of the framework.

    Attributes:
        points: of dimensions, groups and the whole; empty if the framework counts none.
    """

    framework_id: str
    framework_version: str
    overall: NodeScore
    groups: Mapping[str, NodeScore]
    dimensions: Mapping[str, NodeScore]
    items: Mapping[str, ItemScore]
    respondents: int
    points: Mapping[str, Points] = field(default_factory=dict)

    def node(self, node_id: str) -> NodeScore | ItemScore:
        """Find any score by its id; ``overall`` is the whole.

        Raises:
            UnknownElementError: if nothing has this id.
        """
        known: dict[str, NodeScore | ItemScore] = {
            OVERALL: self.overall,
            **self.groups,
            **self.dimensions,
            **self.items,
        }
        if node_id not in known:
            raise UnknownElementError(node_id, kind="score", suggestion=closest(node_id, known))
        return known[node_id]

    @property
    def open_items(self) -> tuple[ItemScore, ...]:
        """Contested items that wait for a decision, in the order of the framework."""
        return tuple(item for item in self.items.values() if item.is_open)


def score(framework: Framework, assessment: Assessment) -> Scorecard:
    """Score an assessment.

    Args:
        framework: the framework the answers were given for.
        assessment: the answers, evidence and decisions.

    Raises:
        UnknownElementError: if an answer, evidence or a decision is for an item, or an answer by a
            person, that is not there.
        RatingsError: if ratings do not fit the scheme of their item.
        LevelOutsideScaleError: if a level that was given or decided is not on the scale.
    """
    _check_ids(framework, assessment)
    _check_levels(framework, assessment)
    respondents = len({one.respondent for one in assessment.responses})
    return scorecard_of(framework, _item_scores(framework, assessment), respondents=respondents)


def scorecard_of(
    framework: Framework, items: Mapping[str, ItemScore], *, respondents: int
) -> Scorecard:
    """Put the scores of items together.

    Args:
        framework: the framework of the items.
        items: the score of every item of the framework.
        respondents: how many people answered.
    """
    dimensions = {
        dimension.id: _dimension_score(framework, dimension, items)
        for dimension in framework.dimensions
    }
    groups = {
        group.id: _composite(
            framework,
            group.id,
            [dimensions[one.id] for one in framework.dimensions if one.group == group.id],
            items,
        )
        for group in framework.groups
    }
    return Scorecard(
        framework_id=framework.id,
        framework_version=framework.version,
        overall=_composite(framework, OVERALL, list(dimensions.values()), items),
        groups=groups,
        dimensions=dimensions,
        items=items,
        respondents=respondents,
        points=points_of(
            framework,
            {name: one.score for name, one in dimensions.items()},
            overall=OVERALL,
        ),
    )


def _check_ids(framework: Framework, assessment: Assessment) -> None:
    people = {person.id for person in assessment.respondents}
    given: tuple[Response | Evidence | Decision, ...] = (
        *assessment.responses,
        *assessment.evidence,
        *assessment.decisions,
    )
    for item in (one.item for one in given):
        if item not in framework.items:
            raise UnknownElementError(item, kind="item", suggestion=closest(item, framework.items))
    for one in assessment.responses:
        if one.respondent not in people:
            raise UnknownElementError(
                one.respondent, kind="respondent", suggestion=closest(one.respondent, people)
            )


def _check_levels(framework: Framework, assessment: Assessment) -> None:
    lowest, highest = framework.scale.lowest, framework.scale.highest
    given: tuple[Response | Decision, ...] = (*assessment.responses, *assessment.decisions)
    for one in given:
        if one.level is not None and not lowest <= one.level <= highest:
            raise LevelOutsideScaleError(one.item, one.level, lowest=lowest, highest=highest)


def _item_scores(framework: Framework, assessment: Assessment) -> dict[str, ItemScore]:
    responses = _by_item(assessment.responses)
    evidence = _by_item(assessment.evidence)
    decisions = {decision.item: decision for decision in assessment.decisions}
    groups = {person.id: person.group for person in assessment.respondents}
    return {
        item_id: score_item(
            framework,
            item,
            responses[item_id],
            groups=groups,
            evidence=evidence[item_id],
            decision=decisions.get(item_id),
        )
        for item_id, item in framework.items.items()
    }


def _by_item(records: Iterable[OfItem]) -> defaultdict[str, list[OfItem]]:
    found: defaultdict[str, list[OfItem]] = defaultdict(list)
    for record in records:
        found[record.item].append(record)
    return found


def _dimension_score(
    framework: Framework, dimension: Dimension, items: Mapping[str, ItemScore]
) -> NodeScore:
    parts = [items[item.id] for item in dimension.items]
    applicable = [part for part in parts if part.state != "not-applicable"]
    valued = [part for part in applicable if part.value is not None]
    coverage = _share(valued, applicable)
    is_sufficient = bool(valued) and coverage >= framework.scoring.minimum_coverage
    plain = weighted_mean([(part.weight, part.value) for part in valued]) if is_sufficient else None
    cap = _trend_cap(framework, dimension, parts, plain)
    return NodeScore(
        id=dimension.id,
        parts=tuple(part.item_id for part in parts),
        weight=dimension.weight,
        score=plain if cap is None else cap,
        low=_capped(weighted_mean([(part.weight, part.low) for part in applicable]), cap),
        high=_capped(weighted_mean([(part.weight, part.high) for part in applicable]), cap),
        evidenced=_capped(weighted_mean([(one.weight, one.evidenced) for one in valued]), cap)
        if is_sufficient
        else None,
        intention=weighted_mean([(part.weight, part.intention) for part in valued]),
        reality=weighted_mean([(part.weight, part.reality) for part in valued]),
        staged_level=_staged_level(
            framework,
            [(one.weight, _capped(one.value, cap)) for one in applicable],
        )
        if is_sufficient
        else None,
        coverage=coverage,
        evidence_share=_evidence_share(valued),
        lowest=_lowest([(part.item_id, part.value) for part in valued]),
        open_items=tuple(part.item_id for part in parts if part.is_open),
        capped_from=plain if cap is not None else None,
    )


def _trend_cap(
    framework: Framework,
    dimension: Dimension,
    parts: Sequence[ItemScore],
    plain: Fraction | None,
) -> Fraction | None:
    """Give the cap of a result that lies above it without a series of periods, or None.

    The cap holds for every score above it, so that a better answer never lowers the score.
    """
    policy = framework.scoring.trend
    if policy is None or dimension.kind != "result" or plain is None or plain <= policy.cap:
        return None
    periods = max((one.periods for part in parts for one in part.evidence), default=0)
    return Fraction(policy.cap) if periods < policy.periods else None


def _capped(level: Fraction | None, cap: Fraction | None) -> Fraction | None:
    return level if level is None or cap is None else min(level, cap)


def _composite(
    framework: Framework,
    node_id: str,
    parts: Sequence[NodeScore],
    items: Mapping[str, ItemScore],
) -> NodeScore:
    """Score several dimensions together; a dimension without a score is not covered."""
    applicable = [part for part in parts if part.low is not None]
    valued = [part for part in applicable if part.score is not None]
    coverage = _share(valued, applicable)
    is_sufficient = bool(valued) and coverage >= framework.scoring.minimum_coverage
    leaves = [items[leaf] for part in parts for leaf in part.parts]
    return NodeScore(
        id=node_id,
        parts=tuple(part.id for part in parts),
        weight=sum((part.weight for part in parts), Fraction(0)),
        score=weighted_mean([(part.weight, part.score) for part in valued])
        if is_sufficient
        else None,
        low=weighted_mean([(part.weight, part.low) for part in applicable]),
        high=weighted_mean([(part.weight, part.high) for part in applicable]),
        evidenced=weighted_mean([(part.weight, part.evidenced) for part in valued])
        if is_sufficient
        else None,
        intention=weighted_mean([(part.weight, part.intention) for part in valued]),
        reality=weighted_mean([(part.weight, part.reality) for part in valued]),
        staged_level=_staged_level(framework, _leaf_weights(parts, items))
        if is_sufficient
        else None,
        coverage=coverage,
        evidence_share=_evidence_share([leaf for leaf in leaves if leaf.value is not None]),
        lowest=_lowest([(part.id, part.score) for part in valued]),
        open_items=tuple(leaf for part in parts for leaf in part.open_items),
    )


def _leaf_weights(
    parts: Sequence[NodeScore], items: Mapping[str, ItemScore]
) -> list[tuple[Fraction, Fraction | None]]:
    """Give each applicable item the weight that it has in the whole, with its value."""
    weighted: list[tuple[Fraction, Fraction | None]] = []
    for part in parts:
        leaves = [items[leaf] for leaf in part.parts if items[leaf].state != "not-applicable"]
        total = sum((leaf.weight for leaf in leaves), Fraction(0))
        cap = part.score if part.capped_from is not None else None
        weighted += [
            (part.weight * leaf.weight / total, _capped(leaf.value, cap)) for leaf in leaves
        ]
    return weighted


def _staged_level(
    framework: Framework, weighted: Sequence[tuple[Fraction, Fraction | None]]
) -> int:
    """Find the highest level reached largely while every lower one is reached fully.

    An item without a value reaches nothing. Source of the limits: ISO/IEC 33020, achievement
    scale (largely: more than 50 %, fully: more than 85 %).
    """
    policy, scale = framework.scoring, framework.scale
    total = sum((weight for weight, _ in weighted), Fraction(0))
    reached = scale.lowest
    for level in range(scale.lowest + 1, scale.highest + 1):
        weight = sum(
            (weight for weight, value in weighted if value is not None and value >= level),
            Fraction(0),
        )
        if weight / total > policy.largely:
            reached = level
        if weight / total <= policy.fully:
            break
    return reached


def _share(some: Sequence[ItemScore | NodeScore], of: Sequence[ItemScore | NodeScore]) -> Fraction:
    total = sum((part.weight for part in of), Fraction(0))
    return sum((part.weight for part in some), Fraction(0)) / total if total else Fraction(0)


def _evidence_share(valued: Sequence[ItemScore]) -> Fraction | None:
    return Fraction(sum(bool(one.evidence) for one in valued), len(valued)) if valued else None


def _lowest(parts: Sequence[tuple[str, Fraction | None]]) -> str | None:
    """Name the part with the lowest value; of several, the first."""
    valued = [
        (value, index, name) for index, (name, value) in enumerate(parts) if value is not None
    ]
    return min(valued)[2] if valued else None
