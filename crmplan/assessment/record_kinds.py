"""The kinds of record an engagement holds: their field, what identifies one, what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

from crmplan.assessment.client_records import (
    CriterionWeight,
    DefinitionUse,
    MeasureReading,
    MeasureTarget,
    PackageCandidate,
    PackageScore,
    ProcessRating,
    Requirement,
    SurveyReply,
    WorksheetEntry,
)
from crmplan.assessment.engagement import Settings
from crmplan.assessment.plan_records import (
    BaselineTask,
    CalendarException,
    InitiativeChoice,
    PeriodBudget,
    PlanLink,
    ProjectRisk,
    RoleCapacity,
    TaskConstraint,
    TaskEstimate,
    TaskProgress,
)
from crmplan.assessment.record import Record
from crmplan.assessment.responses import (
    ChosenFactor,
    Decision,
    Evidence,
    FrameworkUse,
    Importance,
    Organisation,
    Respondent,
    Response,
    Target,
)

Key = tuple[str, ...]
_SEPARATOR = "/"  # no field of a key holds one


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: what a person calls one of them; stands in the history.
        field: the field of ``Engagement`` that holds them.
        key: fields that identify a record; empty if an engagement has exactly one.
        parents: fields that hold the id of a record of another kind, which must exist.
    """

    name: str
    field: str
    model: type[Record]
    key: tuple[str, ...] = ()
    parents: tuple[tuple[str, Kind], ...] = ()

    @property
    def is_single(self) -> bool:
        """Tell whether an engagement has exactly one record of this kind."""
        return not self.key

    def key_of(self, record: Record) -> Key:
        """Take the identifying values out of a record."""
        return tuple(str(getattr(record, field)) for field in self.key)


def key_text(key: Key) -> str:
    """Write a key as one text."""
    return _SEPARATOR.join(key)


def key_of_text(text: str) -> Key:
    """Read what ``key_text`` wrote."""
    return tuple(text.split(_SEPARATOR)) if text else ()


ORGANISATION = Kind("organisation", "organisation", Organisation)
SETTINGS = Kind("settings", "settings", Settings)
FRAMEWORK = Kind("framework", "frameworks", FrameworkUse, ("id",))
RESPONDENT = Kind("respondent", "respondents", Respondent, ("id",))

_OF_A_FRAMEWORK = (("framework", FRAMEWORK),)

RESPONSE = Kind(
    "response",
    "responses",
    Response,
    ("framework", "respondent", "item", "layer"),
    (*_OF_A_FRAMEWORK, ("respondent", RESPONDENT)),
)
EVIDENCE = Kind("evidence", "evidence", Evidence, ("id",), _OF_A_FRAMEWORK)
DECISION = Kind("decision", "decisions", Decision, ("framework", "item"), _OF_A_FRAMEWORK)
TARGET = Kind("target", "targets", Target, ("framework", "dimension"), _OF_A_FRAMEWORK)
IMPORTANCE = Kind(
    "importance", "importances", Importance, ("framework", "dimension"), _OF_A_FRAMEWORK
)
FACTOR = Kind("factor", "factors", ChosenFactor, ("factor",))

DEFINITION = Kind("definition", "definitions", DefinitionUse, ("id",))


def _of(field: str) -> tuple[tuple[str, Kind], ...]:
    """Name the field with the definition that a record belongs to."""
    return ((field, DEFINITION),)


BESIDE_ASSESSMENT = (
    DEFINITION,
    Kind(
        "measure-target",
        "measure_targets",
        MeasureTarget,
        ("strategy_map", "measure"),
        _of("strategy_map"),
    ),
    Kind(
        "measure-reading",
        "measure_readings",
        MeasureReading,
        ("strategy_map", "measure", "on"),
        _of("strategy_map"),
    ),
    Kind("process", "process_ratings", ProcessRating, ("catalogue", "process"), _of("catalogue")),
    Kind("requirement", "requirements", Requirement, ("id",)),
    Kind(
        "package", "package_candidates", PackageCandidate, ("evaluation", "id"), _of("evaluation")
    ),
    Kind(
        "package-score",
        "package_scores",
        PackageScore,
        ("evaluation", "candidate", "criterion"),
        _of("evaluation"),
    ),
    Kind(
        "criterion-weight",
        "criterion_weights",
        CriterionWeight,
        ("evaluation", "criterion"),
        _of("evaluation"),
    ),
    Kind("survey-reply", "survey_replies", SurveyReply, ("survey", "form"), _of("survey")),
    Kind(
        "worksheet-row",
        "worksheet_entries",
        WorksheetEntry,
        ("worksheet", "part", "row"),
        _of("worksheet"),
    ),
    Kind("budget", "budgets", PeriodBudget, ("period",)),
    Kind("choice", "initiative_choices", InitiativeChoice, ("initiative",)),
    Kind("capacity", "capacities", RoleCapacity, ("role",)),
    Kind("day-off", "calendar_exceptions", CalendarException, ("scope", "subject", "first")),
    Kind("link", "plan_links", PlanLink, ("before", "after", "kind")),
    Kind("constraint", "task_constraints", TaskConstraint, ("task", "kind")),
    Kind("estimate", "task_estimates", TaskEstimate, ("task",)),
    Kind("progress", "task_progress", TaskProgress, ("task",)),
    Kind("baseline", "baseline", BaselineTask, ("task",)),
    Kind("risk", "risks", ProjectRisk, ("id",)),
)
"""Kinds that are no part of an assessment with a framework."""

SINGLE = (ORGANISATION, SETTINGS)
"""Kinds of which an engagement has exactly one record."""

LISTED = (
    FRAMEWORK,
    RESPONDENT,
    RESPONSE,
    EVIDENCE,
    DECISION,
    TARGET,
    IMPORTANCE,
    FACTOR,
    *BESIDE_ASSESSMENT,
)
"""Kinds of which it has any number; parents stand before what refers to them."""

ALL = (*SINGLE, *LISTED)

KIND_OF = {kind.model: kind for kind in ALL}
"""The kind of a record, by its model."""

NAMED = {kind.name: kind for kind in ALL}
"""The kind of a name."""
