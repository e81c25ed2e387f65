"""A foreign framework in our words, before it has ids and a scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.problems import Location

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A question with graded answers.

    Attributes:
        key: what the source calls it, unique in the draft; crosswalks and ``requires`` use it.
        name: the words its id is made of.
        answers: at least two different values; an answer that gets no level is not among them.
    """

    key: str
    name: str
    topic: str
    ask: str
    answers: tuple[Answer, ...]
    source: str
    place: Location
    points: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class DimensionDraft:
    """A family of questions.

    Attributes:
        group: the title of the group it belongs to; empty for none.
        stages: what it looks like on the way up, in equal steps above the lowest level.
    """

    key: str
    title: str
    purpose: str
    items: tuple[ItemDraft, ...]
    source: str
    group: str = ""
    weight: Fraction = Fraction(1)
    stages: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class ConceptDraft:
    """A text about several dimensions, named by their keys."""

    title: str
    text: str
    dimensions: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A target for all dimensions, as a value of the source."""

    name: str
    title: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class InitiativeDraft:
    """A piece of work; ``dimension`` and ``requires`` are keys, levels are those of the scale."""

    key: str
    title: str
    dimension: str
    purpose: str
    level: tuple[int, int]
    effort_days: tuple[int, int]
    duration_weeks: tuple[int, int]
    requires: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of the source became what."""

    what: str
    became: str
    number: int


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    """A framework as its importer understood it.

    Attributes:
        steps: name and meaning of values that all questions share.
        interpretation: what the importer added, and how a score compares with the source's.
        counts: what became what.
    """

    title: str
    summary: str
    version: str
    licence: str
    sources: tuple[str, ...]
    interpretation: str
    dimensions: tuple[DimensionDraft, ...]
    counts: tuple[Count, ...]
    steps: tuple[tuple[Fraction, str, str], ...] = ()
    concepts: tuple[ConceptDraft, ...] = ()
    profiles: tuple[ProfileDraft, ...] = ()
    initiatives: tuple[InitiativeDraft, ...] = ()

    @property
    def items(self) -> tuple[ItemDraft, ...]:
        """All items, in order."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)


def evenly(dimensions: Iterable[DimensionDraft]) -> tuple[DimensionDraft, ...]:
    """Give weights that are 1 wherever all are the same; what they mean stays the same."""
    all_ = tuple(dimensions)
    largest = max((one.weight for one in all_), default=Fraction(1))
    return tuple(
        replace(
            one,
            weight=one.weight / largest,
            items=tuple(replace(item, weight=item.weight / most) for item in one.items),
        )
        for one in all_
        for most in [max((item.weight for item in one.items), default=Fraction(1))]
    )
