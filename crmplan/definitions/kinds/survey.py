"""Survey templates: questions to customers or employees, and rules for their results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.survey import Survey
from crmplan.definitions.found import read_head
from crmplan.definitions.kinds import head_of
from crmplan.definitions.survey_references import check_survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found

USE = "hand out forms, read replies, see results: `crmplan survey`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[Survey]:
    """Read a survey's folder; see ``read_whole``."""
    head = head_of("survey")
    return read_head(folder, head, Survey, check_survey, language=language, check=check)


def counts(survey: Survey) -> dict[str, int]:
    """Count sections, questions, answers of a form, and results."""
    return {
        "sections": len(survey.sections),
        "questions": len(survey.question),
        "answers": len(survey.asked),
        "results": len(survey.results),
    }


def outline(survey: Survey) -> Iterator[tuple[int, str]]:
    """Give the questions by section, then the results with what they mean."""
    yield 0, survey.asked_of
    for section in survey.sections:
        yield 0, ""
        yield 0, f"{section.title} [{section.id}]"
        for question in section.questions:
            asked = " / ".join(survey.prompt[one].ask for one in question.prompts)
            yield 1, f"{question.text} [{question.id}]"
            yield 2, asked
    yield 0, ""
    for result in survey.results:
        yield 0, f"{result.title} [{result.id}, {result.rule}]"
        yield 1, result.meaning


def schemas() -> dict[str, type[Survey]]:
    """Give the model of the head file."""
    return {"survey": Survey}
