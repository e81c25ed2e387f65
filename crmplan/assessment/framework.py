"""What a maturity framework is: dimensions with items, a scale, scoring policy and levels."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from crmplan.assessment.consistency_rules import ConsistencyRule
from crmplan.assessment.definition import (
    Definition,
    Element,
    Exact,
    Id,
    Kind,
    LevelTexts,
    Note,
    Source,
    Text,
    Texts,
    Version,
    Weight,
)
from crmplan.assessment.rating_schemes import RatingScheme
from crmplan.assessment.swot_rules import SwotRules

Aspect = Literal[
    "data", "process", "people", "network", "competitor", "privacy", "governance", "measure"
]
Confidence = Literal["high", "medium", "low"]


class ScaleLevel(Element):
    """One step of the scale: its name and what it means for ways of working and for results."""

    level: int = Field(ge=0)
    name: Text
    enabler: Text
    result: Text


class Scale(Definition):
    """The answer scale, from the lowest level to the highest without gaps."""

    levels: tuple[ScaleLevel, ...] = Field(min_length=2)

    @field_validator("levels")
    @classmethod
    def _without_gaps(cls, levels: tuple[ScaleLevel, ...]) -> tuple[ScaleLevel, ...]:
        numbers = [step.level for step in levels]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise ValueError("levels must rise by one, without gaps")
        return levels

    @property
    def lowest(self) -> int:
        """The number of the lowest level."""
        return self.levels[0].level

    @property
    def highest(self) -> int:
        """The number of the highest level."""
        return self.levels[-1].level

    def step(self, level: int) -> ScaleLevel:
        """Find a level of the scale by its number."""
        return self.levels[level - self.lowest]


class LayerWeights(Definition):
    """How much the plan and the practice of an enabler weigh; together 1."""

    intention: Exact
    reality: Exact


class TrendPolicy(Definition):
    """How many periods a result has to show, and the level where it stays without them."""

    periods: int
    cap: int


class ScoringPolicy(Definition):
    """The numbers that the method leaves to the author of a framework.

    Attributes:
        minimum_coverage: share of applicable weight below which no score is printed, 0 to 1.
        confirmed_from: from this level on an answer without evidence is unconfirmed.
        contested_spread: highest minus lowest answer from which an item is contested, in levels.
        contested_agreement: r*wg below which an item is contested, 0 to 1.
        coefficient_from: fewest respondents for which agreement coefficients are judged.
        perception_gap: difference of two groups' medians that is a finding, in levels.
        largely: share of weight that must exceed a level for it to count as reached, 0 to 1.
        fully: share of weight that must reach every lower level, 0 to 1.
        trend: rule for results without a series of periods, or None.
    """

    minimum_coverage: Exact = Fraction(1, 2)
    confirmed_from: int = 3
    contested_spread: int = 2
    contested_agreement: Exact = Fraction(7, 10)
    coefficient_from: int = 5
    perception_gap: int = 2
    largely: Exact = Fraction(1, 2)
    fully: Exact = Fraction(85, 100)
    trend: TrendPolicy | None = None


class Audience(Element):
    """A kind of person who is asked."""

    title: Text


class Group(Element):
    """A family of dimensions that is also scored as a whole, such as enablers."""

    title: Text


class TargetProfile(Element):
    """Target levels that fit a kind of organisation; dimensions not named take the default."""

    title: Text
    default: Exact
    dimensions: dict[Id, Exact] = Field(default_factory=dict)


class Item(Element):
    """One question, with what to ask for and what an assessor sees at some levels.

    Attributes:
        points: what good practice is made of, to be ticked off in the conversation.
        confidence: how sure the reading of a damaged source is; None where nothing was damaged.
    """

    topic: Text
    ask: Text
    audience: tuple[Id, ...] = Field(min_length=1)
    evidence: Texts = Field(min_length=1)
    aspects: tuple[Aspect, ...] = Field(min_length=1)
    observe: LevelTexts = Field(default_factory=dict)
    points: Texts = ()
    weight: Weight = Fraction(1)
    source: Source
    confidence: Confidence | None = None


class Dimension(Element):
    """A family of items that is scored as one."""

    number: int
    title: Text
    short: Text
    purpose: Text
    kind: Kind
    group: Id | None = None
    weight: Weight
    source: Source
    confidence: Confidence | None = None
    levels: LevelTexts
    items: tuple[Item, ...] = Field(min_length=1)


class Concept(Element):
    """A principle behind a framework, with the dimensions that it shows in most."""

    title: Text
    text: Text
    dimensions: tuple[Id, ...] = ()
    source: Source


class DimensionLink(Element):
    """The maturity of ``to`` rests on the maturity of ``from_``."""

    from_: Id = Field(alias="from")
    to: Id
    strength: Literal["strong", "moderate"]
    reason: Text
    source: Source


class FeedbackLink(Element):
    """What is learnt in ``from_`` corrects ``to``; never used for order."""

    from_: Id = Field(alias="from")
    to: Id
    reason: Text
    source: Source


class Framework(Element):
    """A maturity framework with its texts in one language.

    Attributes:
        plans_with: the framework whose initiatives answer the gaps found with this one; the
            crosswalk between the two carries the scores over. None if its own initiatives do.
        readiness: dimensions that make all work harder where they are at level 1 or below.
        points: the sum in which the model states scores beside levels, or None.
        rating_schemes: how items may be rated attribute by attribute, at most one for a kind.
    """

    version: Version
    language: str = "en"
    title: Text
    summary: Text
    interpretation: Text
    licence: Note
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...]
    plans_with: Id | None = None
    readiness: tuple[Id, ...] = ()
    layers: LayerWeights | None = None
    scale: Scale
    points: int | None = Field(default=None, ge=1)
    rating_schemes: tuple[RatingScheme, ...] = ()
    scoring: ScoringPolicy = ScoringPolicy()
    audiences: tuple[Audience, ...]
    groups: tuple[Group, ...] = ()
    profiles: tuple[TargetProfile, ...] = Field(min_length=1)
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    concepts: tuple[Concept, ...] = ()
    dependencies: tuple[DimensionLink, ...] = ()
    feedback: tuple[FeedbackLink, ...] = ()
    rules: tuple[ConsistencyRule, ...] = ()
    swot: SwotRules = SwotRules()

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by id, in the order of asking."""
        return {item.id: item for dimension in self.dimensions for item in dimension.items}

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """The dimension of each item, by item id."""
        return {item.id: dimension for dimension in self.dimensions for item in dimension.items}

    @cached_property
    def dimension(self) -> dict[str, Dimension]:
        """All dimensions by id, in order."""
        return {dimension.id: dimension for dimension in self.dimensions}

    def asks_for_layers(self, item_id: str) -> bool:
        """Tell whether plan and practice may be answered separately for this item."""
        return self.layers is not None and self.dimension_of[item_id].kind == "enabler"

    def rating_scheme(self, item_id: str) -> RatingScheme | None:
        """Find how an item may be rated; None if only a level can be given."""
        kind = self.dimension_of[item_id].kind
        return next((one for one in self.rating_schemes if one.kind == kind), None)
