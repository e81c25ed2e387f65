"""Maturity frameworks, with their initiatives and crosswalks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, create_model

from crmplan.assessment.crosswalk import Crosswalk
from crmplan.assessment.definition import Definition, Id
from crmplan.assessment.framework import Dimension, Framework
from crmplan.assessment.migration import Migration
from crmplan.definitions.found import Found
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.definitions.framework_relations import check_against_others
from crmplan.definitions.library import load_catalogue
from crmplan.definitions.rating_outline import rating_outline
from crmplan.definitions.ties_shown import ties_shown
from crmplan.planning.initiatives import Initiative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USE = "questionnaire → scores → gaps → initiatives → roadmap"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[Framework]:
    """Read a framework's folder; a check also looks at what refers to other definitions."""
    found = read_framework_folder(folder, language, check=check)
    problems = (*found.problems, *(check_against_others(found) if check else ()))
    beside = (found.catalogue,) if found.catalogue else ()
    return Found(found.framework, problems, found.files, beside)


def counts(framework: Framework) -> dict[str, int]:
    """Count dimensions, items, dependencies, rules and initiatives."""
    catalogue = load_catalogue(framework.id, framework.language, version=framework.version)
    return {
        "dimensions": len(framework.dimensions),
        "items": len(framework.items),
        "dependencies": len(framework.dependencies),
        "rules": len(framework.rules),
        "initiatives": len(catalogue.initiatives) if catalogue else 0,
    }


def outline(framework: Framework) -> Iterator[tuple[int, str]]:
    """Give the dimensions with their questions and initiatives, and how items may be rated."""
    catalogue = load_catalogue(framework.id, framework.language, version=framework.version)
    known = catalogue.by_id if catalogue else {}
    yield 0, framework.interpretation
    for dimension in framework.dimensions:
        yield 0, ""
        yield 0, f"{dimension.number}. {dimension.title} [{dimension.id}]"
        for item in dimension.items:
            yield 1, f"{item.topic} [{item.id}]"
            yield 2, item.ask
        for one in known.values():
            if one.dimension == dimension.id:
                yield 1, f"{one.code} {one.title} [{one.id}]"
                yield from ties_shown(one.requires, known, framework.language)
    yield from rating_outline(framework)


def schemas() -> dict[str, type[BaseModel]]:
    """Give the models of head, dimensions, initiatives, crosswalks and migrations."""
    initiative = create_model(
        "InitiativeEntry",
        __base__=Initiative,
        dimension=(Id | None, Field(default=None, description="the file's without")),
    )
    return {
        # Heads name their parts; the parts stand in files of their own.
        "framework": create_model(
            "FrameworkFile", __base__=Framework, dimensions=(tuple[Id, ...], ...)
        ),
        "dimension": Dimension,
        "initiatives": create_model(
            "InitiativesFile",
            __base__=Definition,
            dimension=(Id, ...),
            initiatives=(tuple[initiative, ...], ...),
        ),
        "crosswalk": Crosswalk,
        "migration": Migration,
    }
