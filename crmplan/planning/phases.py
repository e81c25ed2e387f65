"""The phase model: phases with entry and exit criteria, standing activities, gates and roles."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from crmplan.assessment.definition import (
    Element,
    Id,
    Range,
    Source,
    Text,
    Texts,
    WholeDefinition,
)
from crmplan.planning.ties import Tie, ids_before


class PhaseRisk(Element):
    """What typically goes wrong in a phase, and what the project does about it."""

    risk: Text
    answer: Text


class Phase(Element):
    """A stage of the project that ends at a gate."""

    number: int
    title: Text
    short: Text
    purpose: Text
    entry: Texts
    exit: Texts
    risks: tuple[PhaseRisk, ...]
    source: Source


class Activity(Element):
    """Work that every CRM project does, whatever the assessment finds.

    Attributes:
        effort_days: low and high estimate in person-days, for the reference organisation.
        duration_days: low and high estimate in working days.
        after: the activities that come before this one, and how they are tied to it.
        gate: the steering committee decides here whether the next phase starts.
        essential: must not be left out when a plan is tailored.
    """

    code: str
    phase: Id
    title: Text
    reason: Text
    deliverable: Text
    after: tuple[Tie, ...] = ()
    effort_days: Range
    duration_days: Range
    lead: Id
    support: tuple[Id, ...]
    gate: bool = False
    essential: bool = False
    source: Source

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The activities it comes after, however they are tied."""
        return ids_before(self.after)


class Role(Element):
    """Who does or decides something in the project."""

    title: Text
    duty: Text


class PhaseModel(WholeDefinition):
    """Phases, activities and roles of a CRM project, in one language."""

    phases: tuple[Phase, ...] = Field(min_length=1)
    activities: tuple[Activity, ...]
    roles: tuple[Role, ...]

    @cached_property
    def phase(self) -> dict[str, Phase]:
        """Find a phase by its id."""
        return {phase.id: phase for phase in self.phases}

    @cached_property
    def activity(self) -> dict[str, Activity]:
        """Find an activity by its id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def role(self) -> dict[str, Role]:
        """Find a role by its id."""
        return {role.id: role for role in self.roles}
