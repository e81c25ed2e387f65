"""Thresholds of the SWOT and the library of external factors."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from crmplan.assessment.definition import (
    Definition,
    Element,
    Exact,
    Id,
    Source,
    Text,
    WholeDefinition,
)

FactorKind = Literal["opportunity", "threat"]
Area = Literal[
    "politics",
    "economy",
    "society",
    "technology",
    "law",
    "environment",
    "market",
    "competitors",
]


class SwotRules(Definition):
    """What makes a strength and a weakness of a score.

    Attributes:
        strength_from: lowest level of a strength, on the scale.
        weakness_gap: smallest distance below the target of a weakness, in levels.
        lines: most lines in each quadrant.
    """

    strength_from: int = 3
    weakness_gap: Exact = Fraction(1)
    lines: int = 8


class Factor(Element):
    """Something outside the organisation that helps or harms it."""

    kind: FactorKind
    area: Area
    text: Text
    question: Text
    dimensions: tuple[Id, ...] = ()
    source: Source


class FactorLibrary(WholeDefinition):
    """External factors to choose opportunities and threats from."""

    factors: tuple[Factor, ...]
