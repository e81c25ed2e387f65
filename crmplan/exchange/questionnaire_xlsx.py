"""Questionnaires as Excel workbooks: sent by mail, filled in offline, read back."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from crmplan.errors import ExchangeError
from crmplan.exchange.questionnaire_blocks import StartSheet
from crmplan.exchange.questionnaire_guidance import guide_answers
from crmplan.exchange.questionnaire_layout import MARKS_SHEET
from crmplan.exchange.questionnaire_look import CellFormats, look
from crmplan.exchange.questionnaire_marks import write_choices, write_marks
from crmplan.exchange.questionnaire_reading import QuestionnaireReading, read_questionnaire
from crmplan.exchange.questionnaire_sheet import write_answer_sheet
from crmplan.exchange.questionnaire_start import write_start_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.assessment.responses import Respondent, Response
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

__all__ = ["QuestionnaireReading", "read_questionnaire", "write_questionnaire"]


def write_questionnaire(
    questionnaire: Questionnaire,
    *,
    respondent: Respondent | None,
    responses: Sequence[Response],
    labels: QuestionnaireLabels,
    language: str,
    made_on: date,
) -> bytes:
    """Make a workbook to fill in; equal arguments give equal bytes.

    Args:
        questionnaire: what is asked; it decides whether there are one or two level columns.
        respondent: whom the form is made out to; None leaves name, role and group to fill in.
        responses: answers that this person gave before; those of others are left out, and those
            in a layer that the form does not ask for.
        labels: words of the form.
        language: of the labels; decides direction, font and digits.
        made_on: the date that the file carries.

    Returns:
        An .xlsx file with a sheet of instructions, the questions, and a hidden sheet.

    Raises:
        ExchangeError: if there is no question to ask, or a text does not fit into a cell.
    """
    if not questionnaire.items:
        raise ExchangeError(
            f"there is no question for {questionnaire.audience!r}", hint="choose another audience"
        )
    target = io.BytesIO()
    own = [one for one in responses if respondent and one.respondent == respondent.id]
    with _workbook(target) as workbook:
        _set_properties(workbook, questionnaire, labels, made_on)
        _write_sheets(workbook, questionnaire, respondent, own, labels, language)
    return target.getvalue()


def _workbook(target: io.BytesIO) -> Workbook:
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(target, options)


def _set_properties(
    workbook: Workbook, questionnaire: Questionnaire, labels: QuestionnaireLabels, made_on: date
) -> None:
    title = labels.file_title.format(framework=questionnaire.framework.title)
    created = datetime.combine(made_on, time(), tzinfo=UTC)
    workbook.set_properties({"title": title, "created": created})
    workbook.set_calc_mode("auto")


def _write_sheets(
    workbook: Workbook,
    questionnaire: Questionnaire,
    respondent: Respondent | None,
    responses: Sequence[Response],
    labels: QuestionnaireLabels,
    language: str,
) -> None:
    appearance = look(language)
    formats = CellFormats(workbook, appearance)
    names = (labels.start_sheet, labels.answers_sheet, MARKS_SHEET)
    first, answers, marks = (workbook.add_worksheet(name) for name in names)
    if appearance.is_rtl:
        first.right_to_left()
        answers.right_to_left()
    write_marks(marks, questionnaire, labels=labels, respondent=respondent, language=language)
    choices = write_choices(marks, formats, appearance, questionnaire=questionnaire, labels=labels)
    target, rows = write_answer_sheet(
        answers,
        formats,
        appearance,
        questionnaire=questionnaire,
        labels=labels,
        language=language,
        responses=responses,
    )
    guide_answers(workbook, target, rows, choices=choices)
    start = StartSheet(first, formats, appearance, questionnaire, labels, language)
    write_start_sheet(workbook, start, rows, respondent=respondent)
    marks.very_hidden()
