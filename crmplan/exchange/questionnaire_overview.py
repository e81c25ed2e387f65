"""Write how far a person has come, and what the levels mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from crmplan.exchange.questionnaire_blocks import FIRST, LAST, NAME, WIDE, WIDTHS, StartSheet
from crmplan.exchange.questionnaire_look import (
    ANSWERED,
    BOLD,
    BOXED,
    CENTRED,
    HEADER,
    numbered,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook

    from crmplan.exchange.questionnaire_sheet import SectionRows


def write_progress(workbook: Workbook, target: StartSheet, rows: Sequence[SectionRows]) -> None:
    """Count the answers per dimension and together, by formulas that go on counting."""
    labels = target.labels
    target.heading(labels.progress)
    target.text(labels.dimension, FIRST, HEADER, last=NAME)
    target.text(labels.answered, WIDE, HEADER, CENTRED)
    target.text(labels.questions, LAST, HEADER, CENTRED)
    target.end_row((labels.dimension, 20), least=20)
    first = target.row
    for section in rows:
        done = xl_range_abs(section.first, section.done, section.last, section.done)
        formula = f"=SUM('{labels.answers_sheet.replace(chr(39), chr(39) * 2)}'!{done})"
        title = numbered(section.dimension.number, section.dimension.title, target.language)
        _progress_row(target, title, formula, section.answered, _count(section))
    column = f"{xl_rowcol_to_cell(first, WIDE)}:{xl_rowcol_to_cell(target.row - 1, WIDE)}"
    answered = sum(section.answered for section in rows)
    total = sum(_count(section) for section in rows)
    _progress_row(target, labels.total, f"=SUM({column})", answered, total, BOLD)
    _colour_finished(workbook, target, first)


def _progress_row(
    target: StartSheet,
    title: str,
    formula: str,
    answered: int,
    total: int,
    *styles: Mapping[str, Any],
) -> None:
    number = {"num_format": target.look.number_format}
    style = target.formats.of(BOXED, CENTRED, number, *styles)
    target.text(title, FIRST, BOXED, *styles, last=NAME)
    target.sheet.write_formula(target.row, WIDE, formula, style, answered)
    target.sheet.write_number(target.row, LAST, total, style)
    target.end_row((title, WIDTHS[FIRST] + WIDTHS[NAME]))


def _colour_finished(workbook: Workbook, target: StartSheet, first: int) -> None:
    rule = {
        "type": "formula",
        "criteria": f"=${xl_rowcol_to_cell(first, WIDE)}=${xl_rowcol_to_cell(first, LAST)}",
        "format": workbook.add_format({"bg_color": ANSWERED}),
    }
    target.sheet.conditional_format(first, FIRST, target.row - 1, LAST, rule)


def write_scale(target: StartSheet) -> None:
    """Explain each level, for ways of working and for results."""
    labels = target.labels
    target.heading(labels.scale)
    titles = (labels.level, labels.level_name, labels.in_practice, labels.in_results)
    for column, title in enumerate(titles, start=FIRST):
        target.text(title, column, HEADER, CENTRED)
    target.end_row(*((title, WIDTHS[n]) for n, title in enumerate(titles, start=FIRST)))
    for step in target.questionnaire.framework.scale.levels:
        level = {"num_format": target.look.number_format}
        style = target.formats.of(BOXED, BOLD, CENTRED, level)
        target.sheet.write_number(target.row, FIRST, step.level, style)
        target.text(step.name, NAME, BOXED, BOLD)
        target.text(step.enabler, WIDE, BOXED)
        target.text(step.result, LAST, BOXED)
        texts = enumerate((step.name, step.enabler, step.result), start=NAME)
        target.end_row(*((text, WIDTHS[column]) for column, text in texts))


def _count(section: SectionRows) -> int:
    return section.last - section.first + 1
