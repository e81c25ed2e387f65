"""Where things stand in a questionnaire workbook: what writing and reading must agree on.

Reading finds columns by the keys in a hidden row and rows by the ids in a hidden column, never by
position, so that a form survives inserted columns, sorted rows and renamed sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.exchange.questionnaire_look import in_digits

if TYPE_CHECKING:
    from crmplan.assessment.questionnaire import AskedItem, Questionnaire
    from crmplan.assessment.responses import Layer
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

FORMAT = "1"
MARKS_SHEET = "_crmplan"

ITEM = "crmplan:item"
LEVEL = "level"
INTENTION = "level.intention"
REALITY = "level.reality"
LEVELS = (LEVEL, INTENTION, REALITY)
REASON = "reason"
EVIDENCE = "evidence"
NOTE = "note"
DONE = "done"

PERSON_NAME = "crmplan:name"
PERSON_ROLE = "crmplan:role"
PERSON_GROUP = "crmplan:group"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer sheet; ``width`` in characters, 0 for a hidden one."""

    key: str
    title: str
    width: float


def answer_columns(
    questionnaire: Questionnaire, labels: QuestionnaireLabels, *, language: str
) -> tuple[Column, ...]:
    """List the columns of the answer sheet from the edge where reading starts."""
    levels = sorted({level for asked in questionnaire.items for level in asked.item.observe})
    seen = tuple(
        Column(f"seen-{level}", labels.seen_at.format(level=in_digits(level, language)), 25)
        for level in levels
    )
    return (
        Column(ITEM, ITEM, 0),
        Column("number", labels.number, 5.5),
        Column("topic", labels.topic, 14),
        Column("question", labels.question, 28),
        *seen,
        Column("ask-for", labels.evidence_to_ask, 21),
        *_level_columns(questionnaire, labels),
        Column(REASON, labels.reason, 18),
        Column(EVIDENCE, labels.evidence_seen, 22),
        Column(NOTE, labels.note, 18),
        Column(DONE, DONE, 0),
    )


def level_key(asked: AskedItem, layer: Layer, *, has_layers: bool) -> str:
    """Name the column that holds the answer in a layer.

    In a form with two level columns, an item that is answered as a whole stands in the second one:
    a result is what really happens.
    """
    if not has_layers:
        return LEVEL
    return INTENTION if layer == "intention" and len(asked.layers) > 1 else REALITY


def _level_columns(questionnaire: Questionnaire, labels: QuestionnaireLabels) -> tuple[Column, ...]:
    if questionnaire.has_layers:
        return Column(INTENTION, labels.intention, 10), Column(REALITY, labels.reality, 10)
    return (Column(LEVEL, labels.level, 11),)
