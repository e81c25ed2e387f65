"""Forms that are written, filled in as a person would, and read back."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import yaml
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import questionnaire
from crmplan.assessment.responses import Respondent, Response
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.exchange.questionnaire_labels import QuestionnaireLabels, questionnaire_labels
from crmplan.exchange.questionnaire_xlsx import (
    QuestionnaireReading,
    read_questionnaire,
    write_questionnaire,
)

LANGUAGES = ("en", "fa", "zh")
SARA = Respondent(id="sara", name="Sara Amini", role="Head of sales", group="manager")
SPONSOR = "leadership.sponsor"
VISION = "leadership.customer-vision"
MADE_ON = date(2026, 11, 21)


@cache
def drcrm(language: str = "en") -> Framework:
    framework = read_framework_folder(Path("frameworks/drcrm"), language).framework
    assert framework is not None
    return framework


@cache
def messages(language: str = "en") -> Mapping[str, str]:
    path = Path(f"crmplan/localisation/messages/questionnaire.{language}.yaml")
    texts: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
    return texts


def labels(language: str = "en") -> QuestionnaireLabels:
    return questionnaire_labels(messages(language))


@cache
def written(
    language: str = "en",
    *,
    layers: bool = False,
    short: bool = True,
    audience: str | None = None,
    respondent: Respondent | None = SARA,
    responses: tuple[Response, ...] = (),
    bare: bool = False,
) -> bytes:
    """Write a form; ``bare`` leaves out what is seen at the levels."""
    framework = without_observations(drcrm(language)) if bare else drcrm(language)
    asked = questionnaire(framework, audience=audience, short=short, layers=layers)
    return write_questionnaire(
        asked,
        respondent=respondent,
        responses=responses,
        labels=labels(language),
        language=language,
        made_on=MADE_ON,
    )


def without_observations(framework: Framework) -> Framework:
    dimensions = tuple(
        one.model_copy(
            update={"items": tuple(item.model_copy(update={"observe": {}}) for item in one.items)}
        )
        for one in framework.dimensions
    )
    return framework.model_copy(update={"dimensions": dimensions})


def read(
    data: bytes, *, language: str = "en", respondent: str | None = None
) -> QuestionnaireReading:
    return read_questionnaire(
        data, framework=drcrm(language), name="sara.xlsx", respondent=respondent
    )


def changed(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Open a form, let somebody change it, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(data: bytes, answers: Mapping[str, Mapping[str, object]]) -> bytes:
    """Type answers: item id → column key → what is typed."""

    def fill(book: Workbook) -> None:
        sheet = answer_sheet(book)
        for item, cells in answers.items():
            for key, value in cells.items():
                sheet.cell(row_of(sheet, item), column_of(sheet, key)).value = value  # type: ignore[assignment]

    return changed(data, fill)


def answer_sheet(book: Workbook) -> Worksheet:
    sheet = book.worksheets[1]
    assert isinstance(sheet, Worksheet)
    return sheet


def column_of(sheet: Worksheet, key: str) -> int:
    return [cell.value for cell in sheet[1]].index(key) + 1


def row_of(sheet: Worksheet, item: str) -> int:
    return [cell.value for cell in sheet["A"]].index(item) + 1


def codes(reading: QuestionnaireReading) -> list[str]:
    return [problem.code for problem in reading.problems]
