"""A catalogue of processes to choose from, and what makes a process a key process.

Source: Rise & Wiklund (1992) for the classes, EFQM (2000), Advice Booklet 02, for the criteria, as
quoted by the seed texts that each catalogue names.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from pydantic import Field

from crmplan.assessment.client_records import ProcessClass
from crmplan.assessment.definition import (
    Element,
    Id,
    LevelTexts,
    Source,
    Text,
    Texts,
    Weight,
    WholeDefinition,
)
from crmplan.assessment.framework import Confidence

LOWEST, HIGHEST = 1, 5
"""The levels on which a process is rated against a criterion."""


class ClassOfProcess(Element):
    """One of the classes, and the signs by which one tells a process of it."""

    id: ProcessClass
    title: Text
    signs: Texts
    source: Source


class DetailLevel(Element):
    """A level of detail, from the whole process down to a task."""

    number: int = Field(ge=1)
    title: Text
    meaning: Text
    source: Source
    confidence: Confidence | None = None


class KeyCriterion(Element):
    """A question that tells whether a process is a key process.

    Attributes:
        levels: what some of the levels 1 to 5 look like.
        weight: how much it counts beside the other criteria.
    """

    title: Text
    question: Text
    levels: LevelTexts
    weight: Weight = Fraction(1)
    source: Source


class ImprovementTool(Element):
    """A way to improve a process, and when one takes it."""

    title: Text
    use: Text
    source: Source


class ProcessCategory(Element):
    """Processes that belong together, with the class that they have unless the client says so."""

    number: int = Field(ge=1)
    title: Text
    process_class: ProcessClass
    source: Source


class Process(Element):
    """A process that a client may have.

    Attributes:
        code: what people call it: "3.2".
        dimensions: dimensions that it mainly belongs to; ``secondary`` those that it touches.
        note: what one easily gets wrong about it.
    """

    code: str
    category: Id
    title: Text
    examples: Texts = ()
    note: Text = ""
    dimensions: tuple[Id, ...] = ()
    secondary: tuple[Id, ...] = ()
    source: Source
    confidence: Confidence | None = None


class ProcessCatalogue(WholeDefinition):
    """A whole catalogue, in one language.

    Attributes:
        attribution: a line that the owner of the catalogue asks for, word by word.
        outcome: what the chain of processes ends in.
        framework: whose dimensions the processes name.
        criteria_from: the catalogue whose classes, criteria, levels of detail and tools are used;
            None if they stand here. A catalogue that was read has them in any case.
        key_from: the importance from which on a process is a key process.
    """

    interpretation: Text
    attribution: str = ""
    outcome: Text = ""
    confidence: Confidence | None = None
    framework: Id
    criteria_from: Id | None = None
    key_from: Weight = Fraction(4)
    classes: tuple[ClassOfProcess, ...] = ()
    detail_levels: tuple[DetailLevel, ...] = ()
    criteria: tuple[KeyCriterion, ...] = ()
    tools: tuple[ImprovementTool, ...] = ()
    categories: tuple[ProcessCategory, ...] = Field(min_length=1)
    processes: tuple[Process, ...] = Field(min_length=1)

    @cached_property
    def process(self) -> dict[str, Process]:
        """Find a process by its id."""
        return {one.id: one for one in self.processes}

    @cached_property
    def category(self) -> dict[str, ProcessCategory]:
        """Find a category by its id."""
        return {one.id: one for one in self.categories}

    @cached_property
    def criterion(self) -> dict[str, KeyCriterion]:
        """Find a criterion by its id."""
        return {one.id: one for one in self.criteria}
