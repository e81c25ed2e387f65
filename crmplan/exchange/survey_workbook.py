"""A survey form as a workbook that one person fills in, and reading it back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from crmplan.assessment.survey import Comment, Steps
from crmplan.exchange.questionnaire_look import (
    BOLD,
    BOXED,
    CENTRED,
    HEADER,
    HEADING,
    TYPED,
    WRAPPED,
    CellFormats,
    look,
)
from crmplan.exchange.sheet_text import put_text
from crmplan.exchange.survey_columns import ABOUT, ANSWERED_ON, FORM, GROUP, step_label
from crmplan.exchange.survey_table import introduction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.survey import Asked, Survey
    from crmplan.exchange.questionnaire_look import Look
    from crmplan.exchange.survey_labels import SurveyLabels

_WIDTHS = (0.0, 44.0, 24.0, 18.0, 36.0)
_LONGEST_LIST = 255
_KEY, _QUESTION, _PROMPT, _ANSWER, _SCALE = range(5)


def to_workbook(survey: Survey, labels: SurveyLabels, *, organisation: str, language: str) -> bytes:
    """Make a form that one person fills in with Excel or on paper."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        workbook.set_properties({"title": survey.title})
        sheet = workbook.add_worksheet(labels.sheet)
        appearance = look(language)
        form = _Form(sheet, CellFormats(workbook, appearance), appearance, labels, language)
        form.write(survey, introduction(survey, organisation))
    return target.getvalue()


class _Form:
    """A sheet of questions while it is written; ``row`` is the next free one."""

    def __init__(
        self,
        sheet: Worksheet,
        formats: CellFormats,
        appearance: Look,
        labels: SurveyLabels,
        language: str,
    ) -> None:
        self.sheet = sheet
        self.formats = formats
        self.look = appearance
        self.labels = labels
        self.language = language
        self.row = 0

    def write(self, survey: Survey, opening: str) -> None:
        """Write the whole sheet: heading, what concerns the form, questions by section."""
        self._prepare()
        self._across(survey.title, HEADING, {"font_size": 16}, least=28)
        self._across(opening)
        self._across(self.labels.how_to, BOLD)
        self.row += 1
        hints = (self.labels.form_hint, self.labels.group_hint, self.labels.date_hint)
        for key, hint in zip(ABOUT, hints, strict=True):
            self._line(key, self.labels.about[key], "", hint)
        for section in survey.sections:
            self.row += 1
            self._header(section.title)
            for asked in survey.asked.values():
                if asked.section is section:
                    self._question(asked)

    def _prepare(self) -> None:
        for place, width in enumerate(_WIDTHS):
            self.sheet.set_column(place, place, width or None, None, {"hidden": not width})
        if self.look.is_rtl:
            self.sheet.right_to_left()
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.protect("", {"select_locked_cells": True, "format_rows": True})

    def _across(self, text: str, *styles: Mapping[str, Any], least: float = 0) -> None:
        style = self.formats.of(WRAPPED, *styles)
        self.sheet.merge_range(self.row, _QUESTION, self.row, _SCALE, "", style)
        put_text(self.sheet, self.row, _QUESTION, text, style=style)
        self.sheet.set_row(self.row, max(least, self.look.height(text, sum(_WIDTHS))))
        self.row += 1

    def _header(self, title: str) -> None:
        style = self.formats.of(HEADER)
        for column, text in ((_QUESTION, title), (_PROMPT, ""), (_SCALE, "")):
            put_text(self.sheet, self.row, column, text, style=style)
        centred = self.formats.of(HEADER, CENTRED)
        put_text(self.sheet, self.row, _ANSWER, self.labels.answer, style=centred)
        self.sheet.set_row(self.row, 20)
        self.row += 1

    def _question(self, asked: Asked) -> None:
        is_first = asked.question.prompts[0] == asked.prompt.id
        scale = asked.scale
        if isinstance(scale, Steps):
            self.sheet.data_validation(
                self.row,
                _ANSWER,
                self.row,
                _ANSWER,
                {
                    "validate": "list",
                    "source": _offered(scale),
                    "error_message": self.labels.not_a_step.format(
                        low=scale.lowest, high=scale.highest
                    )[:255],
                },
            )
        self._line(
            asked.key,
            asked.question.text if is_first else "",
            asked.prompt.ask,
            self.labels.scale(asked, self.language),
            is_words=isinstance(scale, Comment),
        )

    def _line(
        self, key: str, question: str, prompt: str, hint: str, *, is_words: bool = False
    ) -> None:
        put_text(self.sheet, self.row, _KEY, key)
        plain = self.formats.of(WRAPPED, BOXED)
        for column, text in ((_QUESTION, question), (_PROMPT, prompt)):
            put_text(self.sheet, self.row, column, text, style=plain)
        typed = self.formats.of(WRAPPED, BOXED, TYPED, *(() if is_words else (CENTRED,)))
        if is_words:
            self.sheet.merge_range(self.row, _ANSWER, self.row, _SCALE, "", typed)
        else:
            put_text(self.sheet, self.row, _SCALE, hint, style=plain)
        self.sheet.write_blank(self.row, _ANSWER, None, typed)
        heights = (self.look.height(question, _WIDTHS[1]), self.look.height(hint, _WIDTHS[4]))
        self.sheet.set_row(self.row, 60 if is_words else max(*heights, self.look.line_height + 6))
        self.row += 1


def _offered(scale: Steps) -> list[str]:
    """Offer the steps with their words, if every step has some and Excel takes as many letters."""
    words = [step_label(scale, step) for step in scale.steps]
    fits = sum(len(one) + 1 for one in words) <= _LONGEST_LIST
    return words if fits and len(scale.labels) == len(words) else [str(one) for one in scale.steps]


def filled_table(rows: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """Turn a filled-in form round into a table with one row; None if it is no such form."""
    found = {
        row[_KEY]: row[_ANSWER]
        for row in rows
        if len(row) > _ANSWER and row[_KEY] and not row[_KEY].isspace()
    }
    if not {FORM, GROUP, ANSWERED_ON} <= found.keys():
        return None
    return [list(found), list(found.values())]
