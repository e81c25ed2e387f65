"""Seeing an assessment made with one framework through another one.

A crosswalk links items of one framework to items of another. The level of a target item is the mean
of the source items linked to it, weighted by strength and carried to the scale of the other
framework; an item without a link stays unanswered, so coverage tells how much of the other
framework the answers really reach.
Source: docs/method/crosswalk.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from crmplan.assessment.definition import Definition, Id, Weight
from crmplan.assessment.framework import Framework, Item, Scale
from crmplan.assessment.item_scores import ItemScore, ItemState
from crmplan.assessment.responses import Decision
from crmplan.assessment.scoring import Scorecard, scorecard_of
from crmplan.assessment.weighting import weighted_mean

_Weighted = tuple[Fraction, ItemScore]

Relation = Literal["equal", "subset", "superset", "intersects"]


class CrosswalkLink(Definition):
    """One item of a framework stands for one of another, more or less."""

    from_: Id = Field(alias="from")
    to: Id
    relation: Relation
    strength: Weight
    reason: str


class Crosswalk(Definition):
    """All links from one framework to another."""

    from_: Id = Field(alias="from")
    to: Id
    links: tuple[CrosswalkLink, ...]


_OPPOSITE: Mapping[Relation, Relation] = {
    "equal": "equal",
    "subset": "superset",
    "superset": "subset",
    "intersects": "intersects",
}


def inverse(crosswalk: Crosswalk) -> Crosswalk:
    """Give the crosswalk in the other direction: the same links, seen from their ends."""
    links = tuple(
        CrosswalkLink.model_validate(
            {
                "from": link.to,
                "to": link.from_,
                "relation": _OPPOSITE[link.relation],
                "strength": link.strength,
                "reason": link.reason,
            }
        )
        for link in crosswalk.links
    )
    return Crosswalk.model_validate({"from": crosswalk.to, "to": crosswalk.from_, "links": links})


@dataclass(frozen=True, slots=True)
class View:
    """A scorecard seen through another framework.

    Attributes:
        scorecard: scores of the other framework, derived; never measured.
        crosswalk: the links they were derived by.
        reached: items of the other framework that have at least one answered link.
        items: items of the other framework.
    """

    scorecard: Scorecard
    crosswalk: Crosswalk
    reached: int
    items: int


def view_through(
    crosswalk: Crosswalk, scorecard: Scorecard, *, source: Framework, framework: Framework
) -> View:
    """See a scorecard through another framework.

    The level of a target item is the mean of the items linked to it, weighted by strength; so are
    its bounds and what evidence supports. Between different scales levels are carried linearly,
    lowest to lowest and highest to highest. What cannot be carried over (agreement of people,
    layers) is left out, and an item that no answered link reaches is unanswered.

    Args:
        crosswalk: links from the scorecard's framework.
        scorecard: the scores that were measured.
        source: the framework they were measured with, the crosswalk's ``from``.
        framework: the framework to look through, the crosswalk's ``to``.
    """
    links = defaultdict(list)
    for link in crosswalk.links:
        links[link.to].append(link)
    items = {
        item.id: _derived(item, source.scale, framework, links[item.id], scorecard)
        for item in framework.items.values()
    }
    derived = scorecard_of(framework, items, respondents=scorecard.respondents)
    reached = sum(item.value is not None for item in items.values())
    return View(derived, crosswalk, reached, len(items))


def _derived(
    item: Item,
    measured: Scale,
    framework: Framework,
    links: Sequence[CrosswalkLink],
    scorecard: Scorecard,
) -> ItemScore:
    sources = [(link.strength, scorecard.items[link.from_]) for link in links]
    applying = [(weight, one) for weight, one in sources if one.state != "not-applicable"]
    valued = [(weight, one) for weight, one in applying if one.value is not None]
    scale = framework.scale

    def mean(weighted: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
        found = weighted_mean(weighted)
        return None if found is None else _on_scale(found, measured, scale)

    value = mean([(weight, one.value) for weight, one in valued])
    evidenced = mean([(weight, one.evidenced) for weight, one in valued])
    return ItemScore(
        item_id=item.id,
        dimension_id=framework.dimension_of[item.id].id,
        weight=item.weight,
        state=_state(sources, applying, value),
        value=value,
        low=mean([(weight, one.low) for weight, one in applying])
        if applying
        else Fraction(scale.lowest),
        high=mean([(weight, one.high) for weight, one in applying])
        if applying
        else Fraction(scale.highest),
        evidenced=evidenced,
        intention=None,
        reality=None,
        agreement=None,
        groups={},
        perception_gap=Fraction(0),
        levels={},
        is_contested=any(one.is_contested for _, one in valued),
        decision=None if any(one.is_open for _, one in valued) else _decision(valued),
        marks=(),
        not_applicable=0,
        unknown=0,
        evidence=tuple(record for _, one in valued for record in one.evidence),
        is_confirmed=value is not None and evidenced == value,
    )


def carried_level(level: Fraction | int, begin: Framework, end: Framework) -> Fraction:
    """Carry a level linearly from the scale of one framework to that of another."""
    return _on_scale(Fraction(level), begin.scale, end.scale)


def _on_scale(level: Fraction, begin: Scale, end: Scale) -> Fraction:
    share = (level - begin.lowest) / (begin.highest - begin.lowest)
    return end.lowest + share * (end.highest - end.lowest)


def _state(
    sources: Sequence[_Weighted], applying: Sequence[_Weighted], value: Fraction | None
) -> ItemState:
    if value is not None:
        return "scored"
    return "not-applicable" if sources and not applying else "unanswered"


def _decision(valued: Sequence[_Weighted]) -> Decision | None:
    """Carry a decision over, so that an item settled there does not count as open here."""
    return next((one.decision for _, one in valued if one.decision), None)
