"""Improvement initiatives: what can be done to raise a dimension from one level to another."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from crmplan.assessment.definition import Definition, Element, Id, Range, Source, Text, Texts
from crmplan.planning.ties import Tie, ids_before


class LevelStep(Definition):
    """The levels of a dimension that an initiative leads from and to."""

    from_: int = Field(alias="from", ge=0)
    to: int = Field(ge=0)


class Initiative(Element):
    """A piece of work that a sponsor can approve.

    Attributes:
        dimension: the dimension it raises.
        effort_days: low and high estimate in person-days, for the reference organisation.
        duration_weeks: low and high estimate in elapsed weeks.
        requires: the initiatives whose work products it needs, and how they are tied to it.
        covers: standing activities of the phase model that it carries out; their effort is
            then not counted a second time.
        holds_gate: whether the gate of its phase waits for it; programmes that run on do not.
    """

    code: str
    title: Text
    dimension: Id
    purpose: Text
    level: LevelStep
    phase: Id
    effort_days: Range
    duration_weeks: Range
    lead: Id
    support: tuple[Id, ...]
    deliverables: Texts
    requires: tuple[Tie, ...] = ()
    kpis: Texts
    covers: tuple[Id, ...] = ()
    holds_gate: bool = True
    source: Source

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The initiatives it requires, however they are tied."""
        return ids_before(self.requires)


class Catalogue(Definition):
    """All initiatives of one framework, in one language."""

    framework_id: Id
    initiatives: tuple[Initiative, ...]

    @cached_property
    def by_id(self) -> dict[str, Initiative]:
        """Find an initiative by its id."""
        return {initiative.id: initiative for initiative in self.initiatives}
