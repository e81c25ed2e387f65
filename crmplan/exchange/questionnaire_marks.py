"""The hidden sheet of a questionnaire: what the form is, for whom, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import CHOSEN_STATES, STATES, form_marks
from crmplan.exchange.questionnaire_rows import word_of
from crmplan.exchange.sheet_text import put_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.assessment.responses import Respondent, State
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels
    from crmplan.exchange.questionnaire_look import CellFormats, Look


@dataclass(frozen=True, slots=True)
class FormMarks:
    """What the hidden sheet says.

    Attributes:
        format: version of the workbook's arrangement; empty if the sheet says nothing.
        audience: group that is asked, or None for everybody.
        respondent: id of the person the form is made out to, or None.
        items: ids of all that is asked, in order.
        words: words of this form for answers that are no level, and the state they stand for.
        groups: group id per title shown.
    """

    format: str
    framework: str
    version: str
    audience: str | None
    respondent: str | None
    items: tuple[str, ...]
    words: Mapping[str, State]
    groups: Mapping[str, str]


def write_marks(
    sheet: Worksheet,
    questionnaire: Questionnaire,
    *,
    labels: QuestionnaireLabels,
    respondent: Respondent | None,
    language: str,
) -> None:
    """Write keys and values in the first two columns."""
    pairs = form_marks(
        questionnaire,
        respondent_id=respondent.id if respondent else None,
        language=language,
        words={state: word_of(state, labels) for state in STATES},
    )
    for row, (key, value) in enumerate(pairs):
        put_text(sheet, row, 0, key)
        put_text(sheet, row, 1, value)


def write_choices(
    sheet: Worksheet,
    formats: CellFormats,
    look: Look,
    *,
    questionnaire: Questionnaire,
    labels: QuestionnaireLabels,
) -> int:
    """Write the lists that cells choose from; give the length of the list of levels."""
    levels = [step.level for step in questionnaire.framework.scale.levels]
    style = formats.of({"num_format": look.number_format})
    for row, level in enumerate(levels):
        sheet.write_number(row, 3, level, style)
    for row, state in enumerate(CHOSEN_STATES, start=len(levels)):
        put_text(sheet, row, 3, word_of(state, labels))
    for row, group in enumerate(questionnaire.framework.audiences):
        put_text(sheet, row, 4, group.title)
    return len(levels) + len(CHOSEN_STATES)


def read_marks(rows: Sequence[Sequence[str]]) -> FormMarks:
    """Read what the hidden sheet says; what is not there is empty."""
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    values = {key: value for key, value in pairs if value}
    return FormMarks(
        format=values.get("format", ""),
        framework=values.get("framework", ""),
        version=values.get("version", ""),
        audience=values.get("audience"),
        respondent=values.get("respondent"),
        items=tuple(value for key, value in pairs if key == "item" and value),
        words={values[key]: state for state in STATES if (key := f"word.{state}") in values},
        groups={value: key[6:] for key, value in values.items() if key.startswith("group.")},
    )
