"""Write the sheet with the questions and the cells for the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import NOTE
from crmplan.exchange.questionnaire_layout import DONE, Column, answer_columns
from crmplan.exchange.questionnaire_look import (
    BAND,
    BOXED,
    CENTRED,
    HEADER,
    HEADING,
    CellFormats,
    Look,
    numbered,
)
from crmplan.exchange.questionnaire_rows import AnswerSheet, write_row
from crmplan.exchange.sheet_text import put_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.framework import Dimension
    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.assessment.responses import Response
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

KEY_ROW = 0
HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class SectionRows:
    """Where a dimension's questions stand: rows from 0, both included; ``done`` is the column."""

    dimension: Dimension
    first: int
    last: int
    done: int
    answered: int


def write_answer_sheet(
    sheet: Worksheet,
    formats: CellFormats,
    look: Look,
    *,
    questionnaire: Questionnaire,
    labels: QuestionnaireLabels,
    language: str,
    responses: Sequence[Response],
) -> tuple[AnswerSheet, tuple[SectionRows, ...]]:
    """Write header, questions and answers; give the sheet and the rows of each dimension.

    Answers in a layer that the form does not ask for are left out.

    Raises:
        ExchangeError: if a text is longer than a cell of Excel can hold.
    """
    answers = {
        (one.item, one.layer): one
        for one in responses
        if one.framework == questionnaire.framework.id
    }
    columns = answer_columns(questionnaire, labels, language=language)
    target = AnswerSheet(sheet, formats, look, questionnaire, labels, columns, language, answers)
    _header(target)
    rows, row = [], HEADER_ROW + 1
    for section in questionnaire.sections:
        _heading(target, row, section.dimension)
        done = [write_row(target, row + n, asked) for n, asked in enumerate(section.items, start=1)]
        last = row + len(section.items)
        place = target.place(DONE)
        rows.append(SectionRows(section.dimension, row + 1, last, place, sum(done)))
        row = last + 1
    return target, tuple(rows)


def _header(target: AnswerSheet) -> None:
    style = target.formats.of(HEADER, CENTRED)
    for place, column in enumerate(target.columns):
        target.sheet.set_column(place, place, column.width or None, None, _hidden(column))
        put_text(target.sheet, KEY_ROW, place, column.key)
        put_text(target.sheet, HEADER_ROW, place, column.title, style=style)
    height = max(target.look.height(one.title, one.width) for one in target.columns if one.width)
    target.sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    target.sheet.set_row(HEADER_ROW, height + 6)


def _hidden(column: Column) -> dict[str, bool]:
    return {"hidden": not column.width}


def _heading(target: AnswerSheet, row: int, dimension: Dimension) -> None:
    first, last = target.place("number"), target.place(NOTE)
    style = target.formats.of(HEADING, BOXED, {"bg_color": BAND, "valign": "vcenter"})
    title = numbered(dimension.number, dimension.title, target.language)
    target.sheet.merge_range(row, first, row, last, "", style)
    put_text(target.sheet, row, first, title, style=style)
    target.sheet.set_row(row, target.look.line_height * 1.2 + 8)
