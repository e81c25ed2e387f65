"""Find definitions: those that ship with the program and a consultant's own.

Own definitions stand in the folders of ``CRMPLAN_FRAMEWORKS`` (several joined as in ``PATH``); one
of the same id as a bundled one comes first.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from crmplan.data_files import data_folder
from crmplan.definitions.kinds import KINDS, head_of, module_of
from crmplan.errors import FrameworkFaultsError, UnknownFrameworkError
from crmplan.problems import closest

if TYPE_CHECKING:
    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.swot_rules import FactorLibrary
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel

AnyDefinition: TypeAlias = "Framework | WholeDefinition"
OWN_FOLDERS = "CRMPLAN_FRAMEWORKS"
PHASE_MODEL = "five-phases"
FACTORS = "external-factors"


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """A definition folder that was found: its id is the folder's name."""

    id: str
    kind: str
    folder: Path
    is_own: bool


def definitions() -> dict[str, DefinitionEntry]:
    """List all definitions by id, own ones before bundled ones."""
    own = [Path(part) for part in os.environ.get(OWN_FOLDERS, "").split(os.pathsep) if part]
    found: dict[str, DefinitionEntry] = {}
    for parent in (*own, data_folder("frameworks")):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            kind = kind_of(folder)
            if kind and folder.name not in found:
                found[folder.name] = DefinitionEntry(folder.name, kind, folder, parent in own)
    return found


def kind_of(folder: Path) -> str | None:
    """Tell what a folder defines, by the name of its head file."""
    return next((kind for kind in KINDS if (folder / head_of(kind)).is_file()), None)


def find(definition_id: str, kind: str) -> DefinitionEntry:
    """Find a definition.

    Raises:
        UnknownFrameworkError: if there is none of this id and kind.
    """
    known = {entry.id: entry for entry in definitions().values() if entry.kind == kind}
    if definition_id not in known:
        raise UnknownFrameworkError(
            definition_id, known=known, suggestion=closest(definition_id, known)
        )
    return known[definition_id]


def find_any(definition_id: str) -> DefinitionEntry:
    """Find a definition of any kind.

    Raises:
        UnknownFrameworkError: if there is none of this id.
    """
    known = definitions()
    if definition_id not in known:
        raise UnknownFrameworkError(
            definition_id, known=known, suggestion=closest(definition_id, known)
        )
    return known[definition_id]


def load_any(entry: DefinitionEntry, language: str = "en") -> AnyDefinition:
    """Read a definition of any kind; raises as ``load_framework`` does."""
    if entry.kind == "framework":
        return load_framework(entry.id, language)
    return load_whole(entry.id, entry.kind, language)


def load_whole(definition_id: str, kind: str, language: str = "en") -> WholeDefinition:
    """Find and read a definition that is no framework; raises as ``load_framework`` does."""
    return _read_whole(find(definition_id, kind).folder.resolve(), kind, language)


@cache
def _read_whole(folder: Path, kind: str, language: str) -> WholeDefinition:
    found = module_of(kind).read(folder, language)
    if found.value is None or found.problems:
        raise FrameworkFaultsError(folder, found.problems)
    return cast("WholeDefinition", found.value)


def read_framework(folder: Path, language: str = "en") -> Framework:
    """Read a framework with its texts in one language.

    Raises:
        FrameworkFaultsError: if anything is wrong with the folder; it holds all problems.
    """
    return _read_framework(folder.resolve(), language)[0]


def load_framework(framework_id: str, language: str = "en") -> Framework:
    """Find and read a framework; see ``find`` and ``read_framework`` for what is raised."""
    return read_framework(find(framework_id, "framework").folder, language)


def load_catalogue(framework_id: str, language: str = "en") -> Catalogue | None:
    """Find and read the initiatives of a framework; None if it has none of its own."""
    return _read_framework(find(framework_id, "framework").folder.resolve(), language)[1]


def load_crosswalk(framework_id: str, to: str) -> Crosswalk | None:
    """Find and read the crosswalk from one framework to another; None if there is none.

    One that was written in the other direction is turned round.
    """
    from crmplan.assessment.crosswalk import inverse

    if written := _written_crosswalk(framework_id, to):
        return written
    backwards = _written_crosswalk(to, framework_id)
    return inverse(backwards) if backwards else None


def _written_crosswalk(framework_id: str, to: str) -> Crosswalk | None:
    crosswalks = _read_framework(find(framework_id, "framework").folder.resolve(), "en")[2]
    return next((crosswalk for crosswalk in crosswalks if crosswalk.to == to), None)


@cache
def _read_framework(
    folder: Path, language: str
) -> tuple[Framework, Catalogue | None, tuple[Crosswalk, ...]]:
    from crmplan.definitions.framework_folder import read_framework_folder

    found = read_framework_folder(folder, language)
    if found.framework is None or found.problems:
        raise FrameworkFaultsError(folder, found.problems)
    return found.framework, found.catalogue, found.crosswalks


def load_phase_model(language: str = "en", definition_id: str = PHASE_MODEL) -> PhaseModel:
    """Find and read a phase model; raises as ``load_framework`` does."""
    return cast("PhaseModel", load_whole(definition_id, "phase-model", language))


def load_factors(language: str = "en", definition_id: str = FACTORS) -> FactorLibrary:
    """Find and read a library of external factors; raises as ``load_framework`` does."""
    return cast("FactorLibrary", load_whole(definition_id, "factor-library", language))
