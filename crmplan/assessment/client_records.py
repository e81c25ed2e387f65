"""What is recorded about a client besides the answers to a maturity framework.

Each record names the definition it belongs to: a strategy map, a process catalogue, a package
evaluation, a survey or a worksheet. Requirements belong to the client alone.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from crmplan.assessment.definition import Exact, Id
from crmplan.assessment.record import Record

DefinitionUseKind = Literal[
    "strategy-map",
    "process-catalogue",
    "requirements-guide",
    "package-evaluation",
    "survey",
    "worksheet",
    "phase-overlay",
]
ProcessClass = Literal["core", "management", "support"]
Obligation = Literal["must", "should", "could"]
RequirementState = Literal["open", "agreed", "met", "dropped"]


class DefinitionUse(Record):
    """A definition beside the frameworks that an engagement works with, pinned to its version."""

    id: Id
    kind: DefinitionUseKind
    version: str


class MeasureTarget(Record):
    """The value that a measure of a strategy map shall reach, until when, and who owns it."""

    strategy_map: Id
    measure: Id
    value: Exact
    due: date | None = None
    owner: str = ""


class MeasureReading(Record):
    """A value that a measure had on a day."""

    strategy_map: Id
    measure: Id
    on: date
    value: Exact
    note: str = ""


class ProcessRating(Record):
    """A process of the client, classified and rated.

    Attributes:
        process: id in the catalogue.
        criteria: level from 1 to 5 per criterion of the catalogue; what is not rated is absent.
        dimensions: dimensions of the assessment that it touches.
        initiatives: initiatives that change it.
    """

    catalogue: Id
    process: Id
    process_class: ProcessClass | None = None
    criteria: dict[Id, int] = Field(default_factory=dict)
    dimensions: tuple[Id, ...] = ()
    initiatives: tuple[Id, ...] = ()
    owner: str = ""
    note: str = ""


class Requirement(Record):
    """Something the client needs from the project.

    Attributes:
        shortage: what is missing today.
        reason: why that matters.
        obligation: how binding it is.
        entity: what it is about: customer, order, complaint.
        channel, moment, place, manner: the contact point: through which channel, when, where, how.
            An entity, channel, moment or place is an id of the requirements guide, or free words.
        dimensions, initiatives, tasks: what answers it.
        criteria: criteria of package evaluations that show whether a package answers it.
    """

    id: Id
    shortage: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    obligation: Obligation = "should"
    entity: str = ""
    channel: str = ""
    moment: str = ""
    place: str = ""
    manner: str = ""
    dimensions: tuple[Id, ...] = ()
    initiatives: tuple[Id, ...] = ()
    tasks: tuple[Id, ...] = ()
    criteria: tuple[Id, ...] = ()
    raised_by: str = ""
    state: RequirementState = "open"


class PackageCandidate(Record):
    """A software package that is compared with others."""

    evaluation: Id
    id: Id
    name: str = Field(min_length=1)
    vendor: str = ""
    note: str = ""


class PackageScore(Record):
    """How well a candidate meets a criterion: 0 not at all, 5 fully."""

    evaluation: Id
    candidate: Id
    criterion: Id
    score: int = Field(ge=0, le=5)
    note: str = ""


class CriterionWeight(Record):
    """How much a criterion counts for this client; with a minimum it knocks candidates out."""

    evaluation: Id
    criterion: Id
    weight: Exact
    minimum: int | None = Field(default=None, ge=1, le=5)

    @model_validator(mode="after")
    def _weight_is_not_negative(self) -> Self:
        if self.weight < 0:
            raise ValueError("weight: 0 or more")
        return self


class SurveyReply(Record):
    """One person's filled survey form.

    Attributes:
        form: number or name of the form; people stay anonymous.
        group: customers, a branch, a segment.
        answers: what was written, per question: a number of its scale, or the id of an option.
    """

    survey: Id
    form: str = Field(pattern=r"^[^/]{1,100}$")
    group: str = ""
    answered_on: date | None = None
    answers: dict[Id, str] = Field(default_factory=dict)


class WorksheetEntry(Record):
    """One filled row of a worksheet.

    Attributes:
        part: the part of the worksheet that the row belongs to.
        row: identifies the row within its part.
        cells: what was written, per column.
    """

    worksheet: Id
    part: Id
    row: Id
    cells: dict[Id, str] = Field(default_factory=dict)
