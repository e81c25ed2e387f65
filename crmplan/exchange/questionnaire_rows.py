"""Write the row of one question: its texts, what was answered before, and room for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from crmplan.assessment.form_fields import EVIDENCE, LEVELS, NOTE, REASON, level_key
from crmplan.exchange.questionnaire_layout import DONE, ITEM, Column
from crmplan.exchange.questionnaire_look import (
    BOLD,
    BOXED,
    CENTRED,
    CLOSED,
    TYPED,
    WRAPPED,
    CellFormats,
    Look,
    in_digits,
)
from crmplan.exchange.sheet_text import put_text, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.questionnaire import AskedItem, Questionnaire
    from crmplan.assessment.responses import Layer, Response, State
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

_TYPED_TEXTS = (REASON, EVIDENCE, NOTE)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """The answer sheet while it is written."""

    sheet: Worksheet
    formats: CellFormats
    look: Look
    questionnaire: Questionnaire
    labels: QuestionnaireLabels
    columns: tuple[Column, ...]
    language: str
    answers: Mapping[tuple[str, Layer], Response]

    def place(self, key: str) -> int:
        """Give the number of a column, from 0."""
        return [column.key for column in self.columns].index(key)


def write_row(target: AnswerSheet, row: int, asked: AskedItem) -> bool:
    """Write the row of a question; tell whether it is answered already."""
    texts = _texts(target, asked)
    widths = {column.key: column.width for column in target.columns}
    height = max(target.look.height(text, widths[key] or 99) for key, text in texts.items())
    target.sheet.set_row(row, max(height, target.look.line_height * 4))
    for place, column in enumerate(target.columns):
        if column.key not in LEVELS:
            style = _style(target, column.key)
            put_text(target.sheet, row, place, texts.get(column.key, ""), style=style)
    return _levels(target, row, asked)


def word_of(state: State, labels: QuestionnaireLabels) -> str:
    """Give the word for an answer that is no level, empty for ``scored``."""
    return {
        "scored": "",
        "not-applicable": labels.not_applicable,
        "unknown": labels.unknown,
        "inherited": labels.inherited,
        "out-of-control": labels.out_of_control,
    }[state]


def _texts(target: AnswerSheet, asked: AskedItem) -> dict[str, str]:
    item = asked.item
    given = [one for layer in asked.layers if (one := target.answers.get((item.id, layer)))]
    return {
        ITEM: item.id,
        "number": in_digits(asked.number, target.language),
        "topic": item.topic,
        "question": item.ask,
        **{f"seen-{level}": text for level, text in item.observe.items()},
        "ask-for": "\n".join(f"• {one}" for one in item.evidence),
        REASON: next((one.reason for one in given if one.reason.strip()), ""),
        NOTE: next((one.note for one in given if one.note.strip()), ""),
    }


def _style(target: AnswerSheet, key: str) -> Format:
    own = {"question": BOLD, "topic": BOLD, "number": CENTRED}
    style = TYPED if key in _TYPED_TEXTS else own.get(key, WRAPPED)
    return target.formats.of(BOXED, WRAPPED, style)


def _levels(target: AnswerSheet, row: int, asked: AskedItem) -> bool:
    has_layers = target.questionnaire.has_layers
    cells = {level_key(asked, layer, has_layers=has_layers): layer for layer in asked.layers}
    closed = target.formats.of(BOXED, {"bg_color": CLOSED})
    for key in (column.key for column in target.columns if column.key in LEVELS):
        if key in cells:
            given = target.answers.get((asked.item.id, cells[key]))
            _level(target, row, target.place(key), given)
        else:
            put_text(target.sheet, row, target.place(key), "", style=closed)
    return _done(target, row, asked, tuple(target.place(key) for key in cells))


def _level(target: AnswerSheet, row: int, place: int, given: Response | None) -> None:
    size = {"font_size": 12, "num_format": target.look.number_format}
    style = target.formats.of(BOXED, TYPED, WRAPPED, CENTRED, BOLD, size, {"valign": "vcenter"})
    word = word_of(given.state, target.labels) if given else ""
    if given is None or given.level is None:
        put_text(target.sheet, row, place, word, style=style)
    elif word:
        put_text(
            target.sheet,
            row,
            place,
            f"{word} {in_digits(given.level, target.language)}",
            style=style,
        )
    else:
        target.sheet.write_number(row, place, given.level, style)


def _done(target: AnswerSheet, row: int, asked: AskedItem, places: tuple[int, ...]) -> bool:
    """Write the hidden formula that tells whether the row is answered, with its present value."""
    given = [target.answers.get((asked.item.id, layer)) for layer in asked.layers]
    is_done = all(given) or any(one and one.state == "not-applicable" for one in given)
    cells = [xl_rowcol_to_cell(row, place) for place in places]
    filled = ",".join(f'TRIM({cell})<>""' for cell in cells)
    declined = ",".join(f"TRIM({cell})={quoted(target.labels.not_applicable)}" for cell in cells)
    formula = f"=IF(OR(AND({filled}),{declined}),1,0)"
    target.sheet.write_formula(row, target.place(DONE), formula, None, int(is_done))
    return is_done
