"""What helps the person who fills in the answer sheet: lists, hints, colours, protection, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from crmplan.assessment.form_fields import EVIDENCE, INTENTION, LEVELS, NOTE, REASON
from crmplan.exchange.questionnaire_layout import DONE, ITEM, MARKS_SHEET
from crmplan.exchange.questionnaire_look import ANSWERED, MISSING, in_digits
from crmplan.exchange.questionnaire_sheet import HEADER_ROW
from crmplan.exchange.sheet_text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from crmplan.exchange.questionnaire_rows import AnswerSheet
    from crmplan.exchange.questionnaire_sheet import SectionRows

_LONGEST_HINT = 255
_LONGEST_TITLE = 32
# Rows and columns may be made larger, for long notes; nothing else that is locked.
_ALLOWED: Mapping[str, bool] = {"format_rows": True, "format_columns": True}


def guide_answers(
    workbook: Workbook, target: AnswerSheet, rows: Sequence[SectionRows], *, choices: int
) -> None:
    """Add everything that guides to a written answer sheet.

    Args:
        workbook: the workbook of the sheet.
        target: the sheet.
        rows: where the questions stand.
        choices: how many entries the list of levels on the hidden sheet has.
    """
    for section in rows:
        _level_lists(target, section, choices)
        for key, title, text in (
            (REASON, target.labels.reason_title, target.labels.reason_hint),
            (EVIDENCE, target.labels.evidence_title, target.labels.evidence_hint),
        ):
            place = target.place(key)
            hint = {"validate": "any", **_input(title, text)}
            target.sheet.data_validation(section.first, place, section.last, place, hint)
    if rows:
        _colours(workbook, target, rows[-1].last)
    target.sheet.freeze_panes(HEADER_ROW + 1, target.place("question") + 1)
    protect(target.sheet)
    prepare_print(target.sheet, target.labels.answers_sheet)
    target.sheet.set_landscape()
    target.sheet.repeat_rows(HEADER_ROW)
    if rows:
        target.sheet.print_area(HEADER_ROW, target.place(ITEM), rows[-1].last, target.place(NOTE))


def protect(sheet: Worksheet) -> None:
    """Lock all but the cells to fill in; without a password, because it guides and no more."""
    sheet.protect("", dict(_ALLOWED))


def prepare_print(sheet: Worksheet, title: str, *, pages: int = 0) -> None:
    """Set up A4, one page wide and ``pages`` high (0: as needed), with page numbers."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")


def choice_list(column: str, count: int) -> str:
    """Refer to a list on the hidden sheet: a list inside a cell may have 255 characters only."""
    return f"='{MARKS_SHEET}'!${column}$1:${column}${count}"


def _level_lists(target: AnswerSheet, section: SectionRows, choices: int) -> None:
    keys = [column.key for column in target.columns]
    with_layers = target.questionnaire.framework.asks_for_layers(section.dimension.items[0].id)
    for key in LEVELS:
        if key in keys and (key != INTENTION or with_layers):
            place = target.place(key)
            rule = _level_rule(target, choices)
            target.sheet.data_validation(section.first, place, section.last, place, rule)


def _level_rule(target: AnswerSheet, choices: int) -> dict[str, Any]:
    labels = target.labels
    own_digits = in_digits("0", target.language) != "0"
    return {
        "validate": "list",
        "source": choice_list("D", choices),
        # Excel takes a Persian digit for a text, which the list does not have: it must be allowed.
        "error_type": "warning" if own_digits else "stop",
        "error_title": labels.level_error_title[:_LONGEST_TITLE],
        "error_message": labels.level_error[:_LONGEST_HINT],
        **_input(labels.level_title, _scale_hint(target)),
    }


def _input(title: str, text: str) -> dict[str, str]:
    return {"input_title": title[:_LONGEST_TITLE], "input_message": text[:_LONGEST_HINT]}


def _scale_hint(target: AnswerSheet) -> str:
    steps = target.questionnaire.framework.scale.levels
    return "\n".join(f"{in_digits(one.level, target.language)}  {one.name}" for one in steps)


def _colours(workbook: Workbook, target: AnswerSheet, last: int) -> None:
    """Show what is answered, and where a reason is missing."""
    first, reason = HEADER_ROW + 1, target.place(REASON)
    levels = [one for one in target.columns if one.key in LEVELS]
    word = quoted(target.labels.not_applicable)
    declined = ",".join(f"TRIM({_cell(target, one.key, first)})={word}" for one in levels)
    target.sheet.conditional_format(
        first,
        reason,
        last,
        reason,
        {
            "type": "formula",
            "criteria": f'=AND(OR({declined}),TRIM({_cell(target, REASON, first)})="")',
            "format": workbook.add_format({"bg_color": MISSING}),
            "stop_if_true": True,
        },
    )
    target.sheet.conditional_format(
        first,
        target.place("number"),
        last,
        target.place(NOTE),
        {
            "type": "formula",
            "criteria": f"={_cell(target, DONE, first)}=1",
            "format": workbook.add_format({"bg_color": ANSWERED}),
        },
    )


def _cell(target: AnswerSheet, key: str, row: int) -> str:
    """Name a cell whose column stays and whose row moves along."""
    return f"${xl_col_to_name(target.place(key))}{row + 1}"
