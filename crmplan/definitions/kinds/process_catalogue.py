"""Process catalogues: processes to choose from, their classes and criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crmplan.assessment.definition import changed
from crmplan.assessment.process_catalogue import HIGHEST, LOWEST, ProcessCatalogue
from crmplan.definitions.folder import DefinitionFolder
from crmplan.definitions.found import Found, read_whole
from crmplan.definitions.id_checks import IdCheck, framework_ids
from crmplan.definitions.kinds import head_of
from crmplan.definitions.library import load_whole
from crmplan.errors import CrmplanError
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.yaml_source import YamlFile

USE = "choose, classify and rate the client's processes: `crmplan processes`"

_TAKEN_OVER = ("classes", "detail_levels", "criteria", "tools")


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[ProcessCatalogue]:
    """Read a process catalogue's folder.

    Without ``check`` the classes, criteria, levels and tools of the catalogue named by
    ``criteria_from`` are put in.
    """
    reader = DefinitionFolder(folder)
    whole = reader.file(head_of("process-catalogue"))

    def check_references(one: ProcessCatalogue, file: YamlFile) -> Iterator[Problem]:
        yield from _own_references(one, file)
        yield from _classification(one, file)
        if check:
            yield from _framework_references(one, file)

    found = read_whole(
        reader, ProcessCatalogue, whole, check_references, language=language, check=check
    )
    if check or found.value is None or found.problems or not found.value.criteria_from:
        return found
    other = _load(found.value.criteria_from, language)
    taken = {name: getattr(other, name) for name in (*_TAKEN_OVER, "key_from")}
    return Found(changed(found.value, **taken), (), found.files)


def _load(definition_id: str, language: str = "en") -> ProcessCatalogue:
    return cast("ProcessCatalogue", load_whole(definition_id, "process-catalogue", language))


def _own_references(one: ProcessCatalogue, file: YamlFile) -> Iterator[Problem]:
    ids = IdCheck(file, "this catalogue")
    yield from ids.repeated(
        (name, getattr(one, name)) for name in (*_TAKEN_OVER, "categories", "processes")
    )
    for index, process in enumerate(one.processes):
        path = ("processes", index, "category")
        yield from ids.unknown(path, [process.category], one.category, "category")
    for index, criterion in enumerate(one.criteria):
        for level in criterion.levels:
            if not LOWEST <= level <= HIGHEST:
                place = file.place(("criteria", index, "levels", level))
                message = f"processes are rated from {LOWEST} to {HIGHEST}, not {level}"
                yield Problem(place, "DEF-LEVEL", message)


def _classification(one: ProcessCatalogue, file: YamlFile) -> Iterator[Problem]:
    """Find a catalogue that has criteria neither of its own nor of another one."""
    if one.criteria_from is None:
        for name in ("classes", "criteria"):
            if not getattr(one, name):
                message = f'"{name}" is missing'
                hint = "give them here, or name a catalogue that has them: criteria_from"
                yield Problem(file.place((name,)), "DEF-MISSING-FIELD", message, hint)
        return
    place = file.place(("criteria_from",))
    try:
        other = _load(one.criteria_from) if one.criteria_from != one.id else one
    except CrmplanError as error:
        yield Problem(place, "DEF-UNKNOWN-ID", error.message, error.hint)
        return
    if other.criteria_from:
        message = f'"{other.id}" has no criteria of its own'
        yield Problem(place, "DEF-UNKNOWN-ID", message, f"name {other.criteria_from!r} instead")


def _framework_references(one: ProcessCatalogue, file: YamlFile) -> Iterator[Problem]:
    known = framework_ids(one.framework, file)
    if isinstance(known, Problem):
        yield known
        return
    ids = IdCheck(file, one.framework)
    for index, process in enumerate(one.processes):
        for name in ("dimensions", "secondary"):
            path = ("processes", index, name)
            yield from ids.unknown(path, getattr(process, name), known.dimensions, "dimension")


def counts(one: ProcessCatalogue) -> dict[str, int]:
    """Count categories, processes, classes, criteria, levels of detail and tools."""
    return {
        "categories": len(one.categories),
        "processes": len(one.processes),
        "classes": len(one.classes),
        "criteria": len(one.criteria),
        "levels of detail": len(one.detail_levels),
        "tools": len(one.tools),
    }


def outline(one: ProcessCatalogue) -> Iterator[tuple[int, str]]:
    """Give classes, criteria, and the categories with their processes."""
    yield 0, one.interpretation
    if one.attribution:
        yield 0, one.attribution
    yield from _classification_outline(one)
    for category in one.categories:
        yield 0, ""
        yield 0, f"{category.number}. {category.title} [{category.id}]"
        for process in one.processes:
            if process.category == category.id:
                yield 1, f"{process.code} {process.title} [{process.id}]"
                if process.note:
                    yield 2, process.note
    if one.outcome:
        yield 0, f"→ {one.outcome}"


def _classification_outline(one: ProcessCatalogue) -> Iterator[tuple[int, str]]:
    yield 0, ""
    for kind in one.classes:
        yield 1, f"{kind.title} [{kind.id}]"
        for sign in kind.signs:
            yield 2, sign
    for criterion in one.criteria:
        yield 1, f"{criterion.title} [{criterion.id}]"
        yield 2, criterion.question
        for level, text in criterion.levels.items():
            yield 2, f"{level} {text}"
    for detail in one.detail_levels:
        yield 1, f"{detail.number}. {detail.title}: {detail.meaning}"
    for tool in one.tools:
        yield 1, f"{tool.title}: {tool.use}"


def schemas() -> dict[str, type[ProcessCatalogue]]:
    """Give the model of the head file."""
    return {"process-catalogue": ProcessCatalogue}
