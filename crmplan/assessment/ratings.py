"""From ratings in percent to the level of an answer.

Method and worked example: docs/method/radar.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.rating_schemes import FULL
from crmplan.errors import RatingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.assessment.framework import Framework, Scale
    from crmplan.assessment.rating_schemes import RatingScheme
    from crmplan.assessment.responses import Response


@dataclass(frozen=True, slots=True)
class Rating:
    """What the ratings of one item by one person come to; all but the level is in percent.

    Attributes:
        attributes: as rated, by attribute, in the order of the scheme.
        elements: mean of the attributes, by element.
        parts: the attributes of each element.
        mean: mean of the elements.
        total: the mean, or the element that caps it if that is lower.
        capped_by: the element that lowered the total; None if nothing did.
        level: the total on the scale of the framework.
    """

    scheme: str
    attributes: Mapping[str, int]
    elements: Mapping[str, Fraction]
    parts: Mapping[str, tuple[str, ...]]
    mean: Fraction
    total: Fraction
    capped_by: str | None
    level: Fraction


def rate(scheme: RatingScheme, ratings: Mapping[str, int], scale: Scale) -> Rating:
    """Combine ratings.

    Args:
        scheme: the elements, attributes and cap.
        ratings: percent by attribute; every attribute of the scheme and no other.
        scale: where the level lies: 0 % is its lowest and 100 % its highest level.
    """
    elements = {
        element.id: _mean([Fraction(ratings[one.id]) for one in element.attributes])
        for element in scheme.elements
    }
    mean = _mean(list(elements.values()))
    total = mean if scheme.cap is None else min(mean, elements[scheme.cap])
    return Rating(
        scheme=scheme.id,
        attributes={name: ratings[name] for name in scheme.attributes},
        elements=elements,
        parts={one.id: tuple(part.id for part in one.attributes) for one in scheme.elements},
        mean=mean,
        total=total,
        capped_by=scheme.cap if total < mean else None,
        level=scale.lowest + (scale.highest - scale.lowest) * total / FULL,
    )


def rating_of(framework: Framework, response: Response) -> Rating | None:
    """Combine the ratings of an answer; None if it has none.

    Raises:
        RatingsError: if the ratings do not fit the scheme of the item; it lists all faults.
    """
    if not response.ratings:
        return None
    scheme = framework.rating_scheme(response.item)
    faults = (
        (f"{framework.id} does not rate this question by attributes",)
        if scheme is None
        else tuple(faults_of(scheme, response.ratings))
    )
    if scheme is None or faults:
        raise RatingsError(response.item, response.respondent, faults)
    return rate(scheme, response.ratings, framework.scale)


def level_said(framework: Framework, response: Response) -> Fraction | None:
    """Give the level of an answer, stated or derived from ratings; None if it has none.

    Raises:
        RatingsError: if the ratings do not fit the scheme of the item.
    """
    if response.level is not None:
        return Fraction(response.level)
    rating = rating_of(framework, response)
    return None if rating is None else rating.level


def faults_of(scheme: RatingScheme, ratings: Mapping[str, int]) -> Iterator[str]:
    """Say what keeps ratings from being combined: missing, unknown and off the steps."""
    if missing := [name for name in scheme.attributes if name not in ratings]:
        yield f"without a rating: {', '.join(missing)}"
    for name, percent in ratings.items():
        if name not in scheme.attributes:
            yield f"{scheme.id} has no attribute {name!r}"
        elif not scheme.allows(percent):
            yield f"{name} is rated {percent}, which is no multiple of {scheme.step} up to {FULL}"


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)
