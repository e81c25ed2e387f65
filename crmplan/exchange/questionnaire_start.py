"""Write the first sheet: who answers, how to fill in, how far one has come, and the scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import PERSON_GROUP, PERSON_NAME, PERSON_ROLE
from crmplan.exchange.questionnaire_blocks import FIRST, LAST, NAME, WIDE, WIDTHS, width_from
from crmplan.exchange.questionnaire_guidance import choice_list, prepare_print, protect
from crmplan.exchange.questionnaire_look import (
    BOLD,
    BOXED,
    CENTRED,
    HEADER,
    HEADING,
    TYPED,
    in_digits,
)
from crmplan.exchange.questionnaire_overview import write_progress, write_scale
from crmplan.exchange.sheet_text import put_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook

    from crmplan.assessment.responses import Respondent
    from crmplan.exchange.questionnaire_blocks import StartSheet
    from crmplan.exchange.questionnaire_sheet import SectionRows

_MIDDLE = {"valign": "vcenter"}


def write_start_sheet(
    workbook: Workbook,
    target: StartSheet,
    rows: Sequence[SectionRows],
    *,
    respondent: Respondent | None,
) -> None:
    """Write the whole sheet.

    Args:
        workbook: the workbook of the sheet.
        target: the empty sheet.
        rows: where the questions stand, for the progress.
        respondent: whom the form is made out to; None leaves name, role and group to fill in.
    """
    for place, width in enumerate(WIDTHS):
        target.sheet.set_column(place, place, width or None, None, {"hidden": not width})
    target.sheet.hide_gridlines(2)
    _title(target)
    _person(target, respondent)
    _instructions(target)
    write_progress(workbook, target, rows)
    write_scale(target)
    protect(target.sheet)
    prepare_print(target.sheet, target.labels.title, pages=1)


def _title(target: StartSheet) -> None:
    framework = target.questionnaire.framework
    target.text(target.labels.title, FIRST, HEADING, {"font_size": 18}, last=LAST)
    target.end_row(("", 1), least=32)
    target.text(framework.title, FIRST, BOLD, {"font_size": 12}, last=LAST)
    target.end_row((framework.title, width_from(FIRST)), least=20)
    target.text(framework.summary, FIRST, last=LAST)
    target.end_row((framework.summary, width_from(FIRST)))


def _person(target: StartSheet, respondent: Respondent | None) -> None:
    labels = target.labels
    target.heading(labels.respondent)
    group = respondent.group if respondent else target.questionnaire.audience
    cells = (
        (PERSON_NAME, labels.name, respondent.name if respondent else ""),
        (PERSON_ROLE, labels.role, respondent.role if respondent else ""),
        (PERSON_GROUP, labels.group, _group_title(target, group)),
    )
    style = (BOXED, _MIDDLE) if respondent else (BOXED, TYPED, _MIDDLE)
    for key, title, value in cells:
        put_text(target.sheet, target.row, 0, key)
        target.text(title, FIRST, HEADER, last=NAME)
        target.text(value, WIDE, *style, last=LAST)
        if key == PERSON_GROUP and not respondent:
            _group_list(target)
        target.end_row((value, width_from(WIDE)), least=22)


def _group_title(target: StartSheet, group: str | None) -> str:
    titles = {one.id: one.title for one in target.questionnaire.framework.audiences}
    return titles.get(group or "", group or "")


def _group_list(target: StartSheet) -> None:
    rule = {
        "validate": "list",
        "source": choice_list("E", len(target.questionnaire.framework.audiences)),
        "error_title": target.labels.group[:32],
        "error_message": target.labels.group_error,
    }
    target.sheet.data_validation(target.row, WIDE, target.row, WIDE, rule)


def _instructions(target: StartSheet) -> None:
    target.heading(target.labels.how_to)
    for number, step in enumerate(_steps(target), start=1):
        target.text(in_digits(number, target.language), FIRST, BOLD, CENTRED)
        target.text(step, NAME, last=LAST)
        target.end_row((step, width_from(NAME)))


def _steps(target: StartSheet) -> list[str]:
    labels, framework = target.labels, target.questionnaire.framework
    words = {
        "sheet": labels.answers_sheet,
        "lowest": in_digits(framework.scale.lowest, target.language),
        "highest": in_digits(framework.scale.highest, target.language),
        "confirmed": in_digits(framework.scoring.confirmed_from, target.language),
        "not_applicable": labels.not_applicable,
        "unknown": labels.unknown,
        "evidence_to_ask": labels.evidence_to_ask,
    }
    steps = [labels.step_open, labels.step_compare]
    steps += [labels.two_layers] if target.questionnaire.has_layers else []
    steps += [labels.step_exceptions, labels.step_evidence, labels.step_return]
    return [step.format(**words) for step in steps]
