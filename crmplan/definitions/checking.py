"""Check a definition folder, and note which texts its translations were made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.definitions.library import find, kind_of, load_phase_model
from crmplan.definitions.other_folders import read_factor_library_folder, read_phase_model_folder
from crmplan.definitions.references import check_catalogue_against, check_crosswalk
from crmplan.definitions.rule_references import check_holds
from crmplan.definitions.translation import (
    HASHES,
    hash_problems,
    read_hashes,
    source_hashes,
    source_texts,
)
from crmplan.errors import CrmplanError, DefinitionError
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from crmplan.definitions.framework_folder import FrameworkFolder


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: all problems by place, and how many files were read."""

    problems: tuple[Problem, ...]
    files: int
    values: tuple[BaseModel, ...]


def check_definition(folder: Path) -> Checked:
    """Check everything that can be checked in a definition folder.

    Raises:
        DefinitionError: if the folder holds no definition.
    """
    found = _read(folder)
    if found.problems:
        return found
    stale = (
        problem
        for language in _languages(found.values)
        for problem in hash_problems(
            _hashes(found.values), read_hashes(folder, language), folder, language
        )
    )
    return Checked(tuple(stale), found.files, found.values)


def _read(folder: Path) -> Checked:
    folder = folder.resolve()
    match kind_of(folder):
        case "framework":
            read = read_framework_folder(folder, check=True)
            values = tuple(one for one in (read.framework, read.catalogue) if one)
            problems = (*read.problems, *_against_others(read))
            return Checked(problems, read.files, values)
        case "phase-model":
            model = read_phase_model_folder(folder, check=True)
            return Checked(model.problems, model.files, (model.model,) if model.model else ())
        case "factor-library":
            library = read_factor_library_folder(folder, check=True)
            found = (library.library,) if library.library else ()
            return Checked(library.problems, library.files, found)
    raise DefinitionError(
        f"{folder} holds no definition",
        hint="a definition folder has framework.yaml, phase-model.yaml or factor-library.yaml",
    )


def _against_others(read: FrameworkFolder) -> Iterator[Problem]:
    """Check what refers to other definitions; those are read only if this one is sound."""
    if read.framework is None or read.problems:
        return
    if read.catalogue:
        model = load_phase_model()
        yield from check_catalogue_against(read.catalogue, model, read.initiatives)
        yield from check_holds(read.framework, model, read.head)
    yield from _crosswalk_to_plan_with(read)
    for crosswalk, file in zip(read.crosswalks, read.crosswalk_files, strict=True):
        try:
            target = read_framework_folder(find(crosswalk.to, "framework").folder).framework
        except CrmplanError as error:
            yield Problem(file.place(("to",)), "DEF-UNKNOWN-ID", error.message, error.hint)
            continue
        if target:
            yield from check_crosswalk(crosswalk, read.framework, target, file)


def _crosswalk_to_plan_with(read: FrameworkFolder) -> Iterator[Problem]:
    wanted = read.framework.plans_with if read.framework else None
    if wanted and wanted not in {crosswalk.to for crosswalk in read.crosswalks}:
        message = f'plans with "{wanted}", but there is no crosswalk to it'
        hint = f"write crosswalks/{wanted}.yaml"
        yield Problem(read.head.place(("plans_with",)), "DEF-UNKNOWN-ID", message, hint)


def accept_translations(folder: Path, language: str) -> tuple[Path, int]:
    """Write down the fingerprint of every source text, as the one the translation was made of.

    Raises:
        DefinitionError: if the folder has problems other than stale translations.
    """
    found = _read(folder)
    if found.problems:
        raise DefinitionError(
            f"{folder} has problems", hint=f"mend them first: crmplan framework check {folder}"
        )
    hashes = _hashes(found.values)
    path = folder / "locale" / language / HASHES
    lines = [f"{key}: {value}" for key, value in sorted(hashes.items())]
    head = "# Fingerprints of the source texts these translations were made of.\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return path, len(hashes)


def _hashes(values: tuple[BaseModel, ...]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    for value in values:
        hashes |= source_hashes(source_texts(value))
    return hashes


def _languages(values: tuple[BaseModel, ...]) -> tuple[str, ...]:
    named = next((one.languages for one in values if hasattr(one, "languages")), ())
    return tuple(language for language in named if language != "en")
