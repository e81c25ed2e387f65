"""How the results of a survey are computed, as data: one model for each kind of rule.

``of`` names questions, or sections for all their questions; ``prompt`` says which of their answers
counts. Method: docs/method/surveys.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from crmplan.assessment.definition import Definition, Element, Exact, Id, Source, Text
from crmplan.assessment.framework import Confidence

if TYPE_CHECKING:
    from fractions import Fraction

KANO_ANSWERS = 5
"""Like, expect, do not mind, can live with, dislike."""

_OneOrMore = Annotated[tuple[Id, ...], Field(min_length=1)]


class ResultRule(Element):
    """What all rules have.

    Attributes:
        meaning: what the number says, for the reader of a document.
        dimensions: dimensions of maturity frameworks that the result speaks of.
        measure: the measure of a strategy map that the result gives a value to.
        strong_from, weak_to: bounds of good and bad, in the unit of the result.
    """

    title: Text
    meaning: Text
    source: Source
    confidence: Confidence | None = None
    dimensions: tuple[Id, ...] = ()
    measure: Id | None = None
    strong_from: Exact | None = None
    weak_to: Exact | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if (self.strong_from is None) != (self.weak_to is None):
            raise ValueError("strong_from and weak_to: both or neither")
        if self.strong_from is not None and self.weak_to is not None:
            bounds: tuple[Fraction, Fraction] = (self.weak_to, self.strong_from)
            if bounds[0] >= bounds[1]:
                raise ValueError("weak_to: below strong_from")
        return self


class MeanRule(ResultRule):
    """The mean of the people's means."""

    rule: Literal["mean"]
    of: _OneOrMore
    prompt: Id


class DifferenceRule(ResultRule):
    """The mean difference of two answers to the same question: ``prompt`` minus ``minus``."""

    rule: Literal["difference"]
    of: _OneOrMore
    prompt: Id
    minus: Id


class ShareRule(ResultRule):
    """The share of people with all answers at ``top_from`` or above.

    With ``bottom_to`` the share of those with an answer at or below it is taken off.
    """

    rule: Literal["share"]
    of: _OneOrMore
    prompt: Id
    top_from: Exact
    bottom_to: Exact | None = None

    @model_validator(mode="after")
    def _bottom_below_top(self) -> Self:
        if self.bottom_to is not None and self.bottom_to >= self.top_from:
            raise ValueError("bottom_to: below top_from")
        return self


class ZoneRule(ResultRule):
    """The share of people in each zone of the survey, by their mean."""

    rule: Literal["zones"]
    of: _OneOrMore
    prompt: Id


class KanoRule(ResultRule):
    """The category of each feature, by an evaluation table.

    Attributes:
        table: a row per answer to the functional question, a letter per answer to the
            dysfunctional one: M must-be, O one-dimensional, A attractive, I indifferent, R reverse,
            Q questionable.
    """

    rule: Literal["kano"]
    of: _OneOrMore
    functional: Id
    dysfunctional: Id
    table: tuple[Annotated[str, Field(pattern=r"^[MOAIRQ]{5}$")], ...] = Field(
        min_length=KANO_ANSWERS, max_length=KANO_ANSWERS
    )


class BandedQuestion(Definition):
    """A number that is turned into a point from 1 to one more than there are bounds.

    If higher is better, each bound that is reached gives a point; if lower is better, each bound
    that is passed takes one.
    """

    question: Id
    bounds: tuple[Exact, ...] = Field(min_length=1)
    better: Literal["higher", "lower"]

    @model_validator(mode="after")
    def _bounds_rise(self) -> Self:
        if list(self.bounds) != sorted(set(self.bounds)):
            raise ValueError("bounds: each above the one before")
        return self

    def points(self, value: Fraction) -> int:
        """Give the points of a value."""
        if self.better == "higher":
            return 1 + sum(value >= bound for bound in self.bounds)
        return 1 + len(self.bounds) - sum(value > bound for bound in self.bounds)


class BandRule(ResultRule):
    """The mean of the points of several numbers, such as recency and frequency."""

    rule: Literal["bands"]
    parts: tuple[BandedQuestion, ...] = Field(min_length=1)


class TrendRule(ResultRule):
    """Numbers that got better minus those that got worse, as a share of those measured."""

    rule: Literal["trend"]
    of: _OneOrMore


Result = Annotated[
    MeanRule | DifferenceRule | ShareRule | ZoneRule | KanoRule | BandRule | TrendRule,
    Field(discriminator="rule"),
]
