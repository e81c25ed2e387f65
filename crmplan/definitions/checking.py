"""Check a definition folder, and note which texts its translations were made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.definitions.kinds import KINDS, head_of, module_of
from crmplan.definitions.library import kind_of
from crmplan.definitions.translation import (
    HASHES,
    hash_problems,
    read_hashes,
    source_hashes,
    source_texts,
)
from crmplan.errors import DefinitionError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from crmplan.problems import Problem


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
    kind = kind_of(folder)
    if kind is None:
        heads = [head_of(kind) for kind in KINDS]
        raise DefinitionError(
            f"{folder} holds no definition",
            hint=f"a definition folder has {', '.join(heads[:-1])} or {heads[-1]}",
        )
    found = module_of(kind).read(folder, check=True)
    values = (found.value, *found.beside) if found.value else ()
    return Checked(found.problems, found.files, values)


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
