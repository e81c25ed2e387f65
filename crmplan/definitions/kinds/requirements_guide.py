"""Requirements guides: the questions of a needs assessment, and the words of its register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.requirements import RequirementsGuide
from crmplan.definitions.found import read_head
from crmplan.definitions.kinds import head_of
from crmplan.definitions.references import repeated_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import YamlFile
    from crmplan.problems import Problem

USE = "ask for needs and keep the register: `crmplan requirements`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[RequirementsGuide]:
    """Read a requirements guide's folder; see ``read_whole``."""
    head = head_of("requirements-guide")
    return read_head(folder, head, RequirementsGuide, _check, language=language, check=check)


def _check(guide: RequirementsGuide, whole: YamlFile) -> tuple[Problem, ...]:
    lists = (guide.channels, guide.entities, guide.moments, guide.places)
    questions = [question.id for step in guide.steps for question in step.questions]
    choices = [one.id for choices in lists for one in choices]
    steps = [step.id for step in guide.steps]
    obligations = [one.id for one in guide.obligations]
    return repeated_ids((*steps, *questions, *choices, *obligations), whole)


def counts(guide: RequirementsGuide) -> dict[str, int]:
    """Count steps, questions and what there is to choose from."""
    return {
        "steps": len(guide.steps),
        "questions": sum(len(step.questions) for step in guide.steps),
        "channels": len(guide.channels),
        "entities": len(guide.entities),
        "moments": len(guide.moments),
        "places": len(guide.places),
    }


def outline(guide: RequirementsGuide) -> Iterator[tuple[int, str]]:
    """Give the questions step by step, then the lists."""
    for step in guide.steps:
        yield 0, ""
        yield 0, f"{step.number}. {step.title} [{step.code}]"
        for question in step.questions:
            yield 1, f"{question.topic} [{question.id}]"
            yield 2, question.ask
    for one in guide.obligations:
        yield 0, f"{one.title} [{one.id}]: {one.meaning}"
    for name in ("channels", "entities", "moments", "places"):
        yield 0, ""
        for one in getattr(guide, name):
            yield 1, f"{one.title} [{one.id}]"


def schemas() -> dict[str, type[RequirementsGuide]]:
    """Give the model of the head file."""
    return {"requirements-guide": RequirementsGuide}
