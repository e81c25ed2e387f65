"""Package evaluations: the criteria that software is compared by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.package_evaluation import PackageEvaluation
from crmplan.definitions.found import read_head
from crmplan.definitions.kinds import head_of
from crmplan.definitions.references import repeated_ids
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import YamlFile

USE = "compare software packages: `crmplan packages`"
SHOWN_LEVELS = (0, 3, 5)


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[PackageEvaluation]:
    """Read a package evaluation's folder; see ``read_whole``."""
    head = head_of("package-evaluation")
    return read_head(folder, head, PackageEvaluation, _check, language=language, check=check)


def _check(evaluation: PackageEvaluation, whole: YamlFile) -> tuple[Problem, ...]:
    groups = [group.id for group in evaluation.groups]
    criteria = [one.id for group in evaluation.groups for one in group.criteria]
    return (*repeated_ids((*groups, *criteria), whole), *_without_levels(evaluation, whole))


def _without_levels(evaluation: PackageEvaluation, whole: YamlFile) -> Iterator[Problem]:
    for place, group in enumerate(evaluation.groups):
        for index, criterion in enumerate(group.criteria):
            if tuple(sorted(criterion.levels)) != SHOWN_LEVELS:
                path = ("groups", place, "criteria", index, "levels")
                message = f'"{criterion.id}" says what other levels than 0, 3 and 5 look like'
                hint = "write exactly those three; what lies between is judged"
                yield Problem(whole.place(path), "DEF-LEVELS", message, hint)


def counts(evaluation: PackageEvaluation) -> dict[str, int]:
    """Count groups and criteria, and those that knock a package out."""
    minimum = [one for one in evaluation.criterion.values() if one.minimum]
    return {
        "groups": len(evaluation.groups),
        "criteria": len(evaluation.criterion),
        "knock-out criteria": len(minimum),
    }


def outline(evaluation: PackageEvaluation) -> Iterator[tuple[int, str]]:
    """Give the criteria group by group, each with its question and levels."""
    for group in evaluation.groups:
        yield 0, ""
        yield 0, f"{group.title} [{group.id}], {group.weight}"
        for criterion in group.criteria:
            yield 1, f"{criterion.title} [{criterion.id}], {criterion.weight}"
            yield 2, criterion.ask
            for level, text in sorted(criterion.levels.items()):
                yield 2, f"{level}: {text}"


def schemas() -> dict[str, type[PackageEvaluation]]:
    """Give the model of the head file."""
    return {"package-evaluation": PackageEvaluation}
