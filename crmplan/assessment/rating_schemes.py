"""How an assessor rates an item attribute by attribute, where a framework defines such a scheme."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from crmplan.assessment.definition import Element, Id, Kind, LevelTexts, Source, Text

FULL = 100
"""The highest rating, in percent; the lowest is 0."""


class RatedAttribute(Element):
    """What gets a rating in percent.

    Attributes:
        anchors: what some ratings look like, by percent.
    """

    title: Text
    ask: Text
    anchors: LevelTexts = Field(min_length=2)


class RatedElement(Element):
    """A family of attributes; its rating is their mean."""

    title: Text
    attributes: tuple[RatedAttribute, ...] = Field(min_length=1)


class RatingScheme(Element):
    """Elements and attributes by which items of one kind are rated.

    Attributes:
        kind: the kind of dimension whose items are rated so.
        step: ratings are whole multiples of this, in percent; it divides 100.
        cap: the element that the total of an item must not exceed, or None.
    """

    title: Text
    kind: Kind
    step: int = Field(default=5, ge=1, le=FULL)
    cap: Id | None = None
    source: Source
    elements: tuple[RatedElement, ...] = Field(min_length=1)

    @cached_property
    def attributes(self) -> dict[str, RatedAttribute]:
        """All attributes by id, in the order of asking."""
        return {one.id: one for element in self.elements for one in element.attributes}

    def allows(self, percent: int) -> bool:
        """Tell whether a rating lies between 0 and 100 on a step."""
        return 0 <= percent <= FULL and percent % self.step == 0
