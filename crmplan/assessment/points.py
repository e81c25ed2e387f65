"""Scores as points, where a framework has a known sum of them, such as 1,000.

Method and worked example: docs/method/radar.md, section "Points".
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmplan.assessment.framework import Framework


@dataclass(frozen=True, slots=True)
class Points:
    """Points reached, and those there are; ``reached`` is None while a dimension has no score."""

    reached: Fraction | None
    possible: Fraction


def points_of(
    framework: Framework, scores: Mapping[str, Fraction | None], *, overall: str
) -> dict[str, Points]:
    """Give the points of dimensions, groups and the whole; empty if the framework has none.

    A dimension has points in proportion to its weight. A sum needs all its parts: points that
    nobody could judge are not made up from the others, as the overall score does.

    Args:
        framework: weights, groups and the sum of all points.
        scores: level per dimension; None for a dimension without a score.
        overall: the name of the whole.
    """
    if framework.points is None:
        return {}
    scale, weight = framework.scale, sum(one.weight for one in framework.dimensions)
    found: dict[str, Points] = {}
    for dimension in framework.dimensions:
        possible = framework.points * dimension.weight / weight
        score = scores[dimension.id]
        share = None if score is None else (score - scale.lowest) / (scale.highest - scale.lowest)
        found[dimension.id] = Points(None if share is None else share * possible, possible)
    parts = list(found.values())
    for group in framework.groups:
        members = (found[one.id] for one in framework.dimensions if one.group == group.id)
        found[group.id] = _sum(members)
    found[overall] = _sum(parts)
    return found


def _sum(parts: Iterable[Points]) -> Points:
    reached: Fraction | None = Fraction(0)
    possible = Fraction(0)
    for part in parts:
        possible += part.possible
        reached = None if reached is None or part.reached is None else reached + part.reached
    return Points(reached, possible)
