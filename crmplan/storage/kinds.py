"""The kinds of record an engagement stores: their field, what identifies one, what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

from crmplan.assessment.engagement import Settings
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


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: what a person calls one of them; stands in the history.
        field: the field of ``Engagement`` that holds them, and the name of their table.
        key: fields that identify a record; empty if an engagement has exactly one.
        parents: fields that hold the id of a record of another kind, which must exist.
    """

    name: str
    field: str
    model: type[Record]
    key: tuple[str, ...] = ()
    parents: tuple[tuple[str, Kind], ...] = ()

    def key_of(self, record: Record) -> Key:
        """Take the identifying values out of a record."""
        return tuple(str(getattr(record, field)) for field in self.key)


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
)
"""Kinds of which it has any number; parents stand before what refers to them."""

ALL = (*SINGLE, *LISTED)
