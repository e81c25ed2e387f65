"""Find definitions: those that ship with the program and a consultant's own.

Own definitions stand in the folders of ``CRMPLAN_FRAMEWORKS`` (several joined as in ``PATH``); one
of the same id as a bundled one comes first. A folder called ``ID@VERSION`` keeps an older version
for engagements that are pinned to it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from crmplan.data_files import data_folder
from crmplan.definitions.kinds import KINDS, head_of, module_of
from crmplan.errors import DefinitionError, FrameworkFaultsError, UnknownFrameworkError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.migration import Migration
    from crmplan.assessment.swot_rules import FactorLibrary
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel

AnyDefinition: TypeAlias = "Framework | WholeDefinition"
OWN_FOLDERS = "CRMPLAN_FRAMEWORKS"
KEPT = "@"
_VERSION = re.compile(r"\d+\.\d+\.\d+\Z")
PHASE_MODEL = "five-phases"
FACTORS = "external-factors"


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """A definition folder that was found: its id is the folder's name, up to ``@``."""

    id: str
    kind: str
    folder: Path
    is_own: bool


def definitions() -> dict[str, DefinitionEntry]:
    """List all definitions by id, own ones before bundled ones; without kept older versions."""
    found: dict[str, DefinitionEntry] = {}
    for entry in _entries():
        if KEPT not in entry.folder.name:
            found.setdefault(entry.id, entry)
    return found


def _entries() -> Iterator[DefinitionEntry]:
    own = [Path(part) for part in os.environ.get(OWN_FOLDERS, "").split(os.pathsep) if part]
    for parent in (*own, data_folder("frameworks")):
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if kind := kind_of(folder):
                name = folder.name.partition(KEPT)[0]
                yield DefinitionEntry(name, kind, folder, parent in own)


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
            definition_id,
            known=known,
            suggestion=closest(definition_id, known),
            kind=kind.replace("-", " "),
        )
    return known[definition_id]


def find_version(framework_id: str, version: str) -> DefinitionEntry:
    """Find the framework that answers given with a version can be scored with.

    The present one is taken if only its later numbers differ, or else a kept one.

    Raises:
        UnknownFrameworkError: if there is no such framework.
        DefinitionError: if there are only versions whose questions may mean something else.
    """
    from crmplan.assessment.migration import is_same_major

    present = find(framework_id, "framework")
    kept = [one for one in _entries() if one.id == framework_id and KEPT in one.folder.name]
    versions = {one.folder: version_of(one.folder) for one in (present, *kept)}
    for entry in (present, *kept):
        if is_same_major(version, versions[entry.folder]):
            return entry
    here = ", ".join(versions.values())
    raise DefinitionError(
        f"the engagement was made with {framework_id} {version}, here is {here}",
        hint="carry it over with crmplan upgrade, or put the older version into a folder called "
        f"{framework_id}{KEPT}{version} beside the present one",
    )


@cache
def version_of(folder: Path) -> str:
    """Read the version of a framework's folder; one that cannot be read counts as 0.0.0."""
    from crmplan.definitions.framework_folder import HEAD
    from crmplan.definitions.yaml_source import read_yaml

    head = read_yaml(folder / HEAD, HEAD).value
    version = head.get("version") if isinstance(head, dict) else None
    return version if isinstance(version, str) and _VERSION.match(version) else "0.0.0"


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


def read_framework_parts(
    folder: Path,
) -> tuple[Framework, Catalogue | None, tuple[Crosswalk, ...], tuple[Migration, ...]]:
    """Read a framework with its initiatives, crosswalks and migrations, in English.

    Raises as ``read_framework`` does.
    """
    return _read_framework(folder.resolve(), "en")


def load_framework(
    framework_id: str, language: str = "en", *, version: str | None = None
) -> Framework:
    """Find and read a framework.

    Args:
        framework_id: its id.
        language: of the texts.
        version: what an engagement is pinned to; None takes the present version.

    Raises as ``find``, ``find_version`` and ``read_framework`` do.
    """
    return read_framework(_folder(framework_id, version), language)


def load_catalogue(
    framework_id: str, language: str = "en", *, version: str | None = None
) -> Catalogue | None:
    """Find and read the initiatives of a framework; None if it has none of its own."""
    return _read_framework(_folder(framework_id, version), language)[1]


def load_migrations(framework_id: str) -> tuple[Migration, ...]:
    """Find and read what became of the parts of a framework in all its versions."""
    return _read_framework(_folder(framework_id, None), "en")[3]


def load_crosswalk(framework_id: str, to: str, *, version: str | None = None) -> Crosswalk | None:
    """Find and read the crosswalk from one framework to another; None if there is none.

    One that was written in the other direction is turned round.
    """
    from crmplan.assessment.crosswalk import inverse

    if written := _written_crosswalk(_folder(framework_id, version), to):
        return written
    backwards = _written_crosswalk(_folder(to, None), framework_id)
    return inverse(backwards) if backwards else None


def _written_crosswalk(folder: Path, to: str) -> Crosswalk | None:
    crosswalks = _read_framework(folder, "en")[2]
    return next((crosswalk for crosswalk in crosswalks if crosswalk.to == to), None)


def _folder(framework_id: str, version: str | None) -> Path:
    entry = find_version(framework_id, version) if version else find(framework_id, "framework")
    return entry.folder.resolve()


@cache
def _read_framework(
    folder: Path, language: str
) -> tuple[Framework, Catalogue | None, tuple[Crosswalk, ...], tuple[Migration, ...]]:
    from crmplan.definitions.framework_folder import read_framework_folder

    found = read_framework_folder(folder, language)
    if found.framework is None or found.problems:
        raise FrameworkFaultsError(folder, found.problems)
    return found.framework, found.catalogue, found.crosswalks, found.migrations


def load_phase_model(language: str = "en", definition_id: str = PHASE_MODEL) -> PhaseModel:
    """Find and read a phase model; raises as ``load_framework`` does."""
    return cast("PhaseModel", load_whole(definition_id, "phase-model", language))


def load_factors(language: str = "en", definition_id: str = FACTORS) -> FactorLibrary:
    """Find and read a library of external factors; raises as ``load_framework`` does."""
    return cast("FactorLibrary", load_whole(definition_id, "factor-library", language))
