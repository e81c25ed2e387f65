"""What reading a definition folder gives: a value or faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from crmplan.assessment.definition import WholeDefinition, changed
from crmplan.definitions.folder import DefinitionFolder
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from crmplan.definitions.yaml_source import YamlFile

Value = TypeVar("Value", bound=BaseModel)
Whole = TypeVar("Whole", bound=WholeDefinition)


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A definition, or None and what is wrong with it.

    Attributes:
        beside: other values of the folder whose words are translated too.
    """

    value: Value | None
    problems: tuple[Problem, ...]
    files: int
    beside: tuple[BaseModel, ...] = ()


def read_whole(
    reader: DefinitionFolder,
    model: type[Whole],
    whole: YamlFile,
    check_references: Callable[[Whole, YamlFile], Iterable[Problem]],
    *,
    language: str,
    check: bool,
) -> Found[Whole]:
    """Validate a definition that was put together from the files of its folder.

    Args:
        reader: the folder being read.
        model: what it shall be.
        whole: the head file, with everything that stands in files of its own inserted.
        check_references: finds what refers to nothing.
        language: the language of the texts; those not translated stay in English.
        check: look also at the translations.
    """
    value = reader.model(model, whole) if isinstance(whole.value, dict) else None
    if value:
        reader.problems += check_references(value, whole)
    if value and check:
        reader.problems += _other_name(reader, value, whole)
        reader.check_translations((value,), value.languages)
    elif value:
        value = changed(reader.translated(value, language), language=language)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.location))
    return Found(value, problems, reader.files)


def _other_name(
    reader: DefinitionFolder, value: WholeDefinition, whole: YamlFile
) -> Iterator[Problem]:
    """Find an id that is not the folder's name: records of a client would not be found again."""
    # An older version is kept as ID@VERSION.
    if reader.folder.name not in (value.id, f"{value.id}@{value.version}"):
        message = f'the id is "{value.id}", the folder is called "{reader.folder.name}"'
        hint = "both must be the same: rename one of them"
        yield Problem(whole.place(("id",)), "DEF-NAME", message, hint)


def read_head(
    folder: Path,
    head: str,
    model: type[Whole],
    check_references: Callable[[Whole, YamlFile], Iterable[Problem]],
    *,
    language: str,
    check: bool,
) -> Found[Whole]:
    """Read a definition that stands in its head file alone; see ``read_whole``."""
    reader = DefinitionFolder(folder)
    whole = reader.file(head)
    return read_whole(reader, model, whole, check_references, language=language, check=check)
