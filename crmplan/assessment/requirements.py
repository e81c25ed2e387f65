"""The guide through a needs assessment: what is asked, and what contact points are chosen from."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from crmplan.assessment.client_records import Obligation
from crmplan.assessment.definition import Element, Id, Source, Text, WholeDefinition
from crmplan.assessment.framework import Confidence

Elicited = Literal[
    "shortage", "reason", "obligation", "entity", "channel", "moment", "place", "manner"
]
"""The field of a requirement that the answer to a question belongs into."""

ChannelGroup = Literal["direct", "reactive", "proactive"]
"""Direct contact; information that arrives by itself; information that is fetched."""


class GuideQuestion(Element):
    """A question of the needs assessment."""

    topic: Text
    ask: Text
    elicits: Elicited
    source: Source
    confidence: Confidence | None = None


class GuideStep(Element):
    """A step of the needs assessment with its questions.

    Attributes:
        code: the activity row of the source that asks for this step.
        confidence: how sure the reading of a damaged source is; None where nothing was damaged.
    """

    number: int
    code: str
    title: Text
    purpose: Text
    source: Source
    confidence: Confidence | None = None
    questions: tuple[GuideQuestion, ...] = Field(min_length=1)


class ObligationMeaning(Element):
    """What a degree of obligation means."""

    id: Obligation
    title: Text
    meaning: Text
    source: Source


class Choice(Element):
    """An entity, a moment or a place that a requirement can name by its id."""

    title: Text
    source: Source
    confidence: Confidence | None = None


class Channel(Choice):
    """A channel between customer and organisation."""

    group: ChannelGroup


class RequirementsGuide(WholeDefinition):
    """How requirements are found, and the vocabulary of the register."""

    steps: tuple[GuideStep, ...] = Field(min_length=1)
    obligations: tuple[ObligationMeaning, ...]
    channels: tuple[Channel, ...]
    entities: tuple[Choice, ...]
    moments: tuple[Choice, ...]
    places: tuple[Choice, ...]

    @cached_property
    def choice(self) -> dict[Id, Choice]:
        """Find a channel, entity, moment or place by its id."""
        lists = (self.channels, self.entities, self.moments, self.places)
        return {one.id: one for choices in lists for one in choices}

    @cached_property
    def obligation(self) -> dict[str, ObligationMeaning]:
        """Find a degree of obligation by its id."""
        return {one.id: one for one in self.obligations}
