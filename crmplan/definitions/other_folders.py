"""Read the folders of a phase model and of a library of external factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.definition import changed
from crmplan.assessment.swot_rules import FactorLibrary
from crmplan.definitions.folder import DefinitionFolder, append, insert
from crmplan.definitions.references import check_factors, check_phase_model
from crmplan.planning.phases import PhaseModel

if TYPE_CHECKING:
    from pathlib import Path

    from crmplan.definitions.yaml_source import YamlFile
    from crmplan.problems import Problem

PHASE_HEAD = "phase-model.yaml"
FACTOR_HEAD = "factor-library.yaml"


@dataclass(frozen=True, slots=True)
class PhaseModelFolder:
    """A phase model, or None and what is wrong with it."""

    model: PhaseModel | None
    problems: tuple[Problem, ...]
    files: int


@dataclass(frozen=True, slots=True)
class FactorLibraryFolder:
    """A library of factors, or None and what is wrong with it."""

    library: FactorLibrary | None
    problems: tuple[Problem, ...]
    files: int


def read_phase_model_folder(
    folder: Path, language: str = "en", *, check: bool = False
) -> PhaseModelFolder:
    """Read a phase model's folder; the arguments are those of ``read_framework_folder``."""
    reader = DefinitionFolder(folder)
    whole = reader.file(PHASE_HEAD)
    model = None
    if isinstance(whole.value, dict):
        _insert_roles(reader, whole)
        _insert_activities(reader, whole)
        model = reader.model(PhaseModel, whole)
    if model:
        reader.problems += check_phase_model(model, whole)
    if model and check:
        reader.check_translations((model,), model.languages)
    elif model:
        model = changed(reader.translated(model, language), language=language)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.location))
    return PhaseModelFolder(model, problems, reader.files)


def _insert_roles(reader: DefinitionFolder, whole: YamlFile) -> None:
    file = reader.file("roles.yaml")
    reader.expect_only(file, ("roles",))
    if isinstance(file.value, dict) and "roles" in file.value:
        insert(whole, ("roles",), file, at=("roles",))


def _insert_activities(reader: DefinitionFolder, whole: YamlFile) -> None:
    """Put the activities of each phase's file into the model, phase after phase."""
    whole.value["activities"] = []
    phases = whole.value.get("phases")
    for phase in phases if isinstance(phases, list) else ():
        if not isinstance(phase, dict):
            continue
        file = reader.file(f"activities/{phase.get('id')}.yaml")
        reader.expect_only(file, ("phase", "activities"))
        if isinstance(file.value, dict):
            append(whole, "activities", file, phase=file.value.get("phase"))


def read_factor_library_folder(
    folder: Path, language: str = "en", *, check: bool = False
) -> FactorLibraryFolder:
    """Read a factor library's folder; the arguments are those of ``read_framework_folder``."""
    reader = DefinitionFolder(folder)
    whole = reader.file(FACTOR_HEAD)
    library = reader.model(FactorLibrary, whole) if isinstance(whole.value, dict) else None
    if library:
        reader.problems += check_factors(library, whole)
    if library and check:
        reader.check_translations((library,), library.languages)
    elif library:
        library = changed(reader.translated(library, language), language=language)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.location))
    return FactorLibraryFolder(library, problems, reader.files)
