"""The words that a questionnaire workbook shows besides the framework's own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "questionnaire."


@dataclass(frozen=True, slots=True)
class QuestionnaireLabels:
    """All words of the form in one language.

    In the steps, ``{sheet}``, ``{lowest}``, ``{highest}``, ``{confirmed}`` (a level),
    ``{not_applicable}``, ``{unknown}`` and ``{evidence_to_ask}`` are replaced; ``seen_at`` holds
    ``{level}`` and ``file_title`` holds ``{framework}``.
    """

    file_title: str
    title: str
    start_sheet: str
    answers_sheet: str
    respondent: str
    name: str
    role: str
    group: str
    group_error: str
    how_to: str
    step_open: str
    step_compare: str
    step_exceptions: str
    step_evidence: str
    step_return: str
    two_layers: str
    progress: str
    dimension: str
    answered: str
    questions: str
    total: str
    scale: str
    level: str
    level_name: str
    in_practice: str
    in_results: str
    number: str
    topic: str
    question: str
    seen_at: str
    evidence_to_ask: str
    intention: str
    reality: str
    reason: str
    evidence_seen: str
    note: str
    not_applicable: str
    unknown: str
    inherited: str
    out_of_control: str
    level_title: str
    level_error_title: str
    level_error: str
    reason_title: str
    reason_hint: str
    evidence_title: str
    evidence_hint: str


def questionnaire_labels(messages: Mapping[str, str]) -> QuestionnaireLabels:
    """Take the words of the form out of a message catalogue.

    Args:
        messages: text per id; ids are ``questionnaire.`` and the name of a label with hyphens,
            such as ``questionnaire.seen-at``. Other ids are left alone.

    Raises:
        ExchangeError: if words are missing; it lists all of them.
    """
    ids = {field.name: message_id(field.name) for field in fields(QuestionnaireLabels)}
    missing = [one for one in ids.values() if not messages.get(one, "").strip()]
    if missing:
        raise ExchangeError(
            f"the form has no words for {', '.join(missing)}",
            hint="add them to crmplan/localisation/messages/questionnaire.<language>.yaml",
        )
    return QuestionnaireLabels(**{name: messages[one].strip() for name, one in ids.items()})


def message_id(label: str) -> str:
    """Name the message of a label: ``seen_at`` is ``questionnaire.seen-at``."""
    return PREFIX + label.replace("_", "-")
