"""Read a folder of YAML files as one composite value that knows the file of each part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from crmplan.definitions.translation import check_translation, source_texts, translate
from crmplan.definitions.validation import validate
from crmplan.definitions.yaml_source import Path_, YamlFile, read_yaml
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)

SOURCE_LANGUAGE = "en"


@dataclass(slots=True)
class DefinitionFolder:
    """A folder being read: its files so far and everything found wrong with them."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    files: int = 0

    def file(self, relative: str) -> YamlFile:
        """Read a file of the folder; its faults are noted."""
        found = read_yaml(self.folder / relative, f"{self.folder.name}/{relative}")
        self.problems += found.problems
        self.files += 1
        if not found.problems and not isinstance(found.value, dict):
            self.report(Location(found.name), "DEF-EMPTY", "holds no mapping of names to values")
        return found

    def optional_file(self, relative: str) -> YamlFile | None:
        """Read a file if it is there."""
        return self.file(relative) if (self.folder / relative).exists() else None

    def expect_only(self, file: YamlFile, keys: tuple[str, ...]) -> None:
        """Note the names at the top of a file that nobody would read."""
        for key in file.value if isinstance(file.value, dict) else ():
            if key not in keys:
                hint = did_you_mean(str(key), keys)
                message = f'"{key}" is not a field here'
                self.report(file.place((key,)), "DEF-UNKNOWN-FIELD", message, hint)

    def names(self, pattern: str) -> tuple[str, ...]:
        """List the files that match a pattern, in order of their names."""
        return tuple(
            sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))
        )

    def model(self, model: type[Model], file: YamlFile) -> Model | None:
        """Validate a whole file, or composite of files; faults are noted."""
        value, problems = validate(model, file.value, file)
        self.problems += problems
        return value

    def report(self, place: Location, code: str, message: str, hint: str | None = None) -> None:
        """Note a fault."""
        self.problems.append(Problem(place, code, message, hint))

    def translated(self, value: Model, language: str) -> Model:
        """Give a value in another language; a text without translation stays in the source's."""
        return value if language == SOURCE_LANGUAGE else translate(value, self.texts(language)[0])

    def check_translations(self, values: tuple[BaseModel, ...], languages: tuple[str, ...]) -> None:
        """Note every text of the values that a language lacks, or has too many."""
        source = {key: texts for value in values for key, texts in source_texts(value).items()}
        for language in languages:
            if language == SOURCE_LANGUAGE:
                continue
            texts, places = self.texts(language)
            self.problems += check_translation(
                source,
                texts,
                places,
                language=language,
                folder=Location(f"{self.folder.name}/locale/{language}"),
            )

    def texts(self, language: str) -> tuple[dict[str, dict[str, Any]], dict[str, Location]]:
        """Read all texts of a language: element id → field → words, and the place of each id."""
        texts: dict[str, dict[str, Any]] = {}
        places: dict[str, Location] = {}
        for name in self.names(f"locale/{language}/**/*.yaml"):
            file = self.file(name)
            for element_id, fields in file.value.items() if isinstance(file.value, dict) else ():
                place = file.place((element_id,))
                if str(element_id) in texts or not isinstance(fields, dict):
                    fault = "is given twice" if isinstance(fields, dict) else "holds no texts"
                    self.report(place, "DEF-TRANSLATION-SHAPE", f'"{element_id}" {fault}')
                    continue
                texts[str(element_id)] = fields
                places[str(element_id)] = place
        return texts, places


def insert(whole: YamlFile, path: Path_, part: YamlFile, *, at: Path_ = ()) -> None:
    """Put a value of one file into another's value, keeping the places of both.

    Args:
        whole: the value to put it into; it is changed.
        path: where; a list is as long as needed already.
        part: the file the value comes from.
        at: where in ``part`` the value stands; it must be there.
    """
    value = part.value
    for key in at:
        value = value[key]
    target = whole.value
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    for place, location in part.places.items():
        if place[: len(at)] == at:
            whole.places[(*path, *place[len(at) :])] = location


def append(whole: YamlFile, key: str, part: YamlFile, **defaults: object) -> None:
    """Append the list ``key`` of one file to the list of the same name in another's value.

    Args:
        whole: the value whose list grows.
        key: the name of the list in both.
        part: the file whose list is added.
        defaults: fields that each entry takes if it does not say otherwise.
    """
    entries = part.value.get(key) if isinstance(part.value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            for name, value in defaults.items():
                entry.setdefault(name, value)
        target = whole.value[key]
        target.append(None)
        insert(whole, (key, len(target) - 1), part, at=(key, index))
