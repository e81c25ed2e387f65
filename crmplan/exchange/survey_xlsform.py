"""A survey as an XLSForm, for ODK, KoboToolbox and others. Format: xlsform.org."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from crmplan.assessment.survey import Amount, Steps
from crmplan.exchange.sheet_text import put_text
from crmplan.exchange.survey_columns import ANSWERED_ON, column_title, step_label
from crmplan.exchange.survey_table import introduction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.survey import Asked, Survey
    from crmplan.localisation.locale import LanguageCode

_LANGUAGE_NAMES = {"en": "English (en)", "fa": "فارسی (fa)", "zh": "中文 (zh)"}


def to_xlsform(
    surveys: Mapping[LanguageCode, Survey], *, organisation: str, language: LanguageCode
) -> bytes:
    """Make an XLSForm with all languages, one form for whoever answers.

    Args:
        surveys: the same survey by language code.
        organisation: the client, named in the introduction.
        language: the one shown first.
    """
    own = surveys[language]
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        _write_rows(workbook.add_worksheet("survey"), _form_rows(surveys, organisation))
        _write_rows(workbook.add_worksheet("choices"), _choice_rows(surveys))
        settings = {
            "form_title": own.title,
            "form_id": own.id,
            "version": own.version,
            "default_language": _LANGUAGE_NAMES[language],
        }
        _write_rows(workbook.add_worksheet("settings"), [settings])
    return target.getvalue()


def _write_rows(sheet: Worksheet, rows: Sequence[Mapping[str, str]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for place, name in enumerate(columns):
        put_text(sheet, 0, place, name)
    for number, row in enumerate(rows, start=1):
        for name, text in row.items():
            if text:
                put_text(sheet, number, columns.index(name), text)


def _form_rows(surveys: Mapping[LanguageCode, Survey], organisation: str) -> list[dict[str, str]]:
    first = next(iter(surveys.values()))
    rows = [
        {"type": "today", "name": ANSWERED_ON},
        {
            "type": "note",
            "name": "introduction",
            **_labels({code: introduction(one, organisation) for code, one in surveys.items()}),
        },
    ]
    for place, section in enumerate(first.sections):
        titles = {code: one.sections[place].title for code, one in surveys.items()}
        rows.append({"type": "begin_group", "name": f"section-{section.id}", **_labels(titles)})
        for key, asked in first.asked.items():
            if asked.section is section:
                texts = {code: column_title(one.asked[key]) for code, one in surveys.items()}
                rows.append({**_field(asked), "name": key, **_labels(texts)})
        rows.append({"type": "end_group"})
    return rows


def _labels(texts: Mapping[LanguageCode, str]) -> dict[str, str]:
    return {f"label::{_LANGUAGE_NAMES[code]}": text for code, text in texts.items()}


def _field(asked: Asked) -> dict[str, str]:
    scale = asked.scale
    if isinstance(scale, Steps):
        look_of_line = "likert" if len(scale.steps) <= 7 else "minimal"
        return {"type": f"select_one {scale.id}", "appearance": look_of_line}
    if isinstance(scale, Amount):
        bounds = [
            f". {sign} {bound}"
            for sign, bound in ((">=", scale.lowest), ("<=", scale.highest))
            if bound is not None
        ]
        return {"type": "decimal", "constraint": " and ".join(bounds)}
    return {"type": "text", "appearance": "multiline"}


def _choice_rows(surveys: Mapping[LanguageCode, Survey]) -> list[dict[str, str]]:
    first = next(iter(surveys.values()))
    rows = []
    for place, scale in enumerate(first.scales):
        if not isinstance(scale, Steps):
            continue
        for step in scale.steps:
            texts = {code: step_label(one.scales[place], step) for code, one in surveys.items()}
            rows.append({"list_name": scale.id, "name": str(step), **_labels(texts)})
    return rows
