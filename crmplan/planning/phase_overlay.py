"""The stages of another author, laid over the phases of the plan.

An overlay moves nothing: it says to which stage each activity and initiative belongs, so that the
same tasks and dates can be shown in the other's order.
"""

from __future__ import annotations

from pydantic import Field

from crmplan.assessment.definition import Element, Id, Source, Text, WholeDefinition
from crmplan.assessment.framework import Confidence


class Stage(Element):
    """A stage of the other author.

    Attributes:
        activities: standing activities that the stage speaks of.
        also: activities that belong here by our reading; the author does not speak of them.
        phases: what belongs to one of these phases and is named nowhere belongs here.
        initiatives: initiatives of the overlay's framework that belong here.
    """

    number: int = Field(ge=1)
    title: Text
    purpose: Text
    activities: tuple[Id, ...] = ()
    also: tuple[Id, ...] = ()
    phases: tuple[Id, ...] = ()
    initiatives: tuple[Id, ...] = ()
    source: Source
    confidence: Confidence | None = None


class PhaseOverlay(WholeDefinition):
    """All stages, in one language.

    Attributes:
        phase_model: whose activities and phases the stages name; every activity has a stage.
        framework: whose initiatives they name.
    """

    interpretation: Text
    phase_model: Id
    framework: Id
    stages: tuple[Stage, ...] = Field(min_length=1)
