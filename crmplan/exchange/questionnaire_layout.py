"""Where things stand in a questionnaire workbook: what writing and reading must agree on.

Reading finds columns by the keys in a hidden row and rows by the ids in a hidden column, never by
position, so that a form survives inserted columns, sorted rows and renamed sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import EVIDENCE, INTENTION, LEVEL, NOTE, REALITY, REASON
from crmplan.exchange.questionnaire_look import in_digits

if TYPE_CHECKING:
    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

MARKS_SHEET = "_crmplan"

ITEM = "crmplan:item"
DONE = "done"


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


def _level_columns(questionnaire: Questionnaire, labels: QuestionnaireLabels) -> tuple[Column, ...]:
    if questionnaire.has_layers:
        return Column(INTENTION, labels.intention, 10), Column(REALITY, labels.reality, 10)
    return (Column(LEVEL, labels.level, 11),)
