"""A strategy map: perspectives, objectives that cause one another, and their measures.

Source: Kaplan & Norton (2004), Strategy Maps; the content of each map names its own sources.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from crmplan.assessment.definition import (
    Element,
    Id,
    Source,
    Text,
    Weight,
    WholeDefinition,
)
from crmplan.assessment.framework import Confidence

Better = Literal["higher", "lower"]


class Perspective(Element):
    """A side from which the strategy is seen.

    Attributes:
        number: 1 is the lowest band of the map, where causes begin.
        dimensions: dimensions of the framework that say how mature this side is, each with its
            weight.
    """

    number: int = Field(ge=1)
    title: Text
    question: Text
    content: Text
    dimensions: dict[Id, Weight] = Field(default_factory=dict)
    source: Source
    confidence: Confidence | None = None


class Objective(Element):
    """What shall be reached on one side.

    Attributes:
        dimensions, initiatives: what of the framework works towards it.
    """

    perspective: Id
    title: Text
    meaning: Text
    dimensions: tuple[Id, ...] = ()
    initiatives: tuple[Id, ...] = ()
    source: Source
    confidence: Confidence | None = None


class CauseLink(Element):
    """Reaching one objective helps to reach another."""

    from_: Id = Field(alias="from")
    to: Id
    reason: Text
    source: Source


class Measure(Element):
    """A number that tells how far an objective is reached.

    Attributes:
        better: in which direction the number improves.
        method: how it is measured, so that two people get the same number.
    """

    objective: Id
    title: Text
    unit: Text
    better: Better
    method: Text
    source: Source
    confidence: Confidence | None = None


class StrategyMap(WholeDefinition):
    """A whole map, in one language.

    Attributes:
        framework: whose dimensions and initiatives the map names.
    """

    interpretation: Text
    framework: Id
    perspectives: tuple[Perspective, ...] = Field(min_length=1)
    objectives: tuple[Objective, ...] = Field(min_length=1)
    links: tuple[CauseLink, ...] = ()
    measures: tuple[Measure, ...] = ()

    @cached_property
    def perspective(self) -> dict[str, Perspective]:
        """Find a perspective by its id."""
        return {one.id: one for one in self.perspectives}

    @cached_property
    def objective(self) -> dict[str, Objective]:
        """Find an objective by its id."""
        return {one.id: one for one in self.objectives}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Find a measure by its id."""
        return {one.id: one for one in self.measures}

    def objectives_of(self, perspective: str) -> tuple[Objective, ...]:
        """Give the objectives of a perspective, in the order of the map."""
        return tuple(one for one in self.objectives if one.perspective == perspective)

    def measures_of(self, objective: str) -> tuple[Measure, ...]:
        """Give the measures of an objective, in the order of the map."""
        return tuple(one for one in self.measures if one.objective == objective)
