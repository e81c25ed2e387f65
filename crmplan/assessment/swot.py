"""Strengths and weaknesses out of scores; opportunities and threats that people chose.

Every line carries what it was made of. Contested items are neither strength nor weakness, they are
to be clarified. Opportunities and threats are never invented from scores.
Sources: Weihrich (1982), The TOWS matrix. Method: docs/method/swot.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.item_scores import ItemScore
from crmplan.errors import UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.gaps import GapAnalysis
    from crmplan.assessment.responses import ChosenFactor
    from crmplan.assessment.scoring import Scorecard
    from crmplan.assessment.swot_rules import Factor, FactorKind, FactorLibrary

TowsKind = Literal["SO", "WO", "ST", "WT"]


@dataclass(frozen=True, slots=True)
class InternalLine:
    """A strength, a weakness, or something to be clarified.

    Attributes:
        value: level of the item.
        target: level its dimension shall reach.
        weight: what the line was ranked by: distance × importance of the dimension.
    """

    item_id: str
    dimension_id: str
    value: Fraction
    target: Fraction
    agreement: Fraction | None
    has_evidence: bool
    is_confirmed: bool
    weight: Fraction


@dataclass(frozen=True, slots=True)
class ExternalLine:
    """An opportunity or a threat, with the dimensions it touches."""

    factor_id: str
    kind: FactorKind
    probability: int
    impact: int
    dimensions: tuple[str, ...]
    note: str

    @property
    def weight(self) -> int:
        """Probability times impact, 1 to 25."""
        return self.probability * self.impact


@dataclass(frozen=True, slots=True)
class TowsPair:
    """An internal and an external line that touch the same dimension: a candidate for action."""

    kind: TowsKind
    item_id: str
    factor_id: str
    dimension_id: str


@dataclass(frozen=True, slots=True)
class Swot:
    """The SWOT of an assessment; each list has the weightiest line first."""

    strengths: tuple[InternalLine, ...]
    weaknesses: tuple[InternalLine, ...]
    opportunities: tuple[ExternalLine, ...]
    threats: tuple[ExternalLine, ...]
    to_clarify: tuple[InternalLine, ...]
    pairs: tuple[TowsPair, ...]


def derive_swot(
    framework: Framework,
    scorecard: Scorecard,
    gaps: GapAnalysis,
    *,
    library: FactorLibrary,
    chosen: Sequence[ChosenFactor] = (),
) -> Swot:
    """Derive the SWOT.

    A strength reaches its dimension's target and ``strength_from``, is confirmed by evidence and
    not contested. A weakness lies at least ``weakness_gap`` below the target of a dimension whose
    importance is at or above the median.

    Args:
        framework: for the thresholds.
        scorecard: the scores.
        gaps: for targets and importance.
        library: the factors that can be chosen.
        chosen: the factors that people chose.

    Raises:
        UnknownElementError: if a chosen factor is not in the library.
    """
    lines = [_line(item, gaps) for item in scorecard.items.values() if item.value is not None]
    open_ids = {item.item_id for item in scorecard.open_items}
    strengths = _heaviest(
        [one for one in lines if one.item_id not in open_ids and _is_strength(framework, one)],
        framework.swot.lines,
    )
    weaknesses = _heaviest(
        [
            one
            for one in lines
            if one.item_id not in open_ids and _is_weakness(framework, gaps, one)
        ],
        framework.swot.lines,
    )
    external = _external(library, chosen)
    opportunities = tuple(one for one in external if one.kind == "opportunity")
    threats = tuple(one for one in external if one.kind == "threat")
    return Swot(
        strengths=strengths,
        weaknesses=weaknesses,
        opportunities=opportunities,
        threats=threats,
        to_clarify=tuple(one for one in lines if one.item_id in open_ids),
        pairs=(
            *_pairs("SO", strengths, opportunities),
            *_pairs("WO", weaknesses, opportunities),
            *_pairs("ST", strengths, threats),
            *_pairs("WT", weaknesses, threats),
        ),
    )


def _line(item: ItemScore, gaps: GapAnalysis) -> InternalLine:
    gap = gaps.gaps[item.dimension_id]
    value = item.value or Fraction(0)
    return InternalLine(
        item_id=item.item_id,
        dimension_id=item.dimension_id,
        value=value,
        target=gap.target,
        agreement=item.agreement.rwg if item.agreement else None,
        has_evidence=bool(item.evidence),
        is_confirmed=item.is_confirmed,
        weight=abs(value - gap.target) * gap.importance,
    )


def _is_strength(framework: Framework, line: InternalLine) -> bool:
    floor = max(line.target, Fraction(framework.swot.strength_from))
    return line.value >= floor and line.is_confirmed


def _is_weakness(framework: Framework, gaps: GapAnalysis, line: InternalLine) -> bool:
    middle = median(gap.importance for gap in gaps.gaps.values())
    importance = gaps.gaps[line.dimension_id].importance
    return line.target - line.value >= framework.swot.weakness_gap and importance >= middle


def _heaviest(lines: Sequence[InternalLine], most: int) -> tuple[InternalLine, ...]:
    """Keep the heaviest lines; equal ones stay in the order of the framework."""
    return tuple(sorted(lines, key=lambda line: -line.weight)[:most])


def _external(library: FactorLibrary, chosen: Sequence[ChosenFactor]) -> tuple[ExternalLine, ...]:
    factors = {factor.id: factor for factor in library.factors}
    lines = [_external_line(factors, one) for one in chosen]
    return tuple(sorted(lines, key=lambda line: -line.weight))


def _external_line(factors: Mapping[str, Factor], one: ChosenFactor) -> ExternalLine:
    if one.factor not in factors:
        raise UnknownElementError(
            one.factor, kind="external factor", suggestion=closest(one.factor, factors)
        )
    factor = factors[one.factor]
    return ExternalLine(
        factor.id, factor.kind, one.probability, one.impact, factor.dimensions, one.note
    )


def _pairs(
    kind: TowsKind, internal: Sequence[InternalLine], external: Sequence[ExternalLine]
) -> tuple[TowsPair, ...]:
    """Pair each external line with the weightiest internal line that it touches."""
    pairs = []
    for line in external:
        touched = next((one for one in internal if one.dimension_id in line.dimensions), None)
        if touched:
            pairs.append(TowsPair(kind, touched.item_id, line.factor_id, touched.dimension_id))
    return tuple(pairs)
