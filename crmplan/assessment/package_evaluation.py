"""Criteria for choosing a software package, in weighted groups."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from pydantic import Field

from crmplan.assessment.definition import (
    Element,
    LevelTexts,
    Source,
    Text,
    Weight,
    WholeDefinition,
)
from crmplan.assessment.framework import Confidence

HIGHEST_SCORE = 5
"""A criterion is met fully; 0 is not at all. ``PackageScore`` refuses anything else."""


class Criterion(Element):
    """One thing that a package is judged by.

    Attributes:
        levels: what 0, 3 and 5 look like; 1, 2 and 4 lie between.
        weight: counts within the group, relative to the other criteria of it.
        minimum: a lower score knocks a package out; None if it knocks none out.
    """

    title: Text
    ask: Text
    levels: LevelTexts
    weight: Weight = Fraction(1)
    minimum: int | None = Field(default=None, ge=1, le=HIGHEST_SCORE)
    source: Source
    confidence: Confidence | None = None


class CriteriaGroup(Element):
    """Criteria that are weighed together; ``weight`` is relative to the other groups."""

    title: Text
    purpose: Text
    weight: Weight = Fraction(1)
    source: Source
    confidence: Confidence | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class PackageEvaluation(WholeDefinition):
    """What software packages are compared by.

    Attributes:
        met_from: the score from which a package meets a criterion that a "must" is tied to.
    """

    met_from: int = Field(default=3, ge=1, le=HIGHEST_SCORE)
    groups: tuple[CriteriaGroup, ...] = Field(min_length=1)

    @cached_property
    def criterion(self) -> dict[str, Criterion]:
        """Find a criterion by its id."""
        return {one.id: one for group in self.groups for one in group.criteria}

    @cached_property
    def group(self) -> dict[str, CriteriaGroup]:
        """Find a group by its id."""
        return {group.id: group for group in self.groups}
