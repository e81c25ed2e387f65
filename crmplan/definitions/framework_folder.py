"""Read the folder of a maturity framework: framework, initiatives and crosswalks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.crosswalk import Crosswalk
from crmplan.assessment.definition import changed
from crmplan.assessment.framework import Framework
from crmplan.assessment.migration import Migration
from crmplan.definitions.folder import DefinitionFolder, append, insert
from crmplan.definitions.folder_names import check_names
from crmplan.definitions.framework_tests import FrameworkTests, run_tests
from crmplan.definitions.migration_references import check_migrations
from crmplan.definitions.references import check_framework
from crmplan.definitions.rule_soundness import check_rules_can_speak
from crmplan.definitions.soundness import check_soundness, spoken
from crmplan.definitions.yaml_source import YamlFile
from crmplan.planning.initiatives import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from crmplan.problems import Problem

HEAD = "framework.yaml"


@dataclass(frozen=True, slots=True)
class FrameworkFolder:
    """What stands in a framework's folder; parts that have faults are None.

    Attributes:
        head: the composite file of the framework, for the places of faults.
        initiatives: the composite file of the initiatives.
        crosswalk_files: the file of each crosswalk.
    """

    framework: Framework | None
    catalogue: Catalogue | None
    crosswalks: tuple[Crosswalk, ...]
    migrations: tuple[Migration, ...]
    problems: tuple[Problem, ...]
    files: int
    head: YamlFile
    initiatives: YamlFile
    crosswalk_files: tuple[YamlFile, ...]


def read_framework_folder(
    folder: Path, language: str = "en", *, check: bool = False
) -> FrameworkFolder:
    """Read a framework's folder.

    Args:
        folder: the folder that holds ``framework.yaml``.
        language: the language of the texts; those not translated stay in English.
        check: look also for what does not hinder reading: translations, and the framework's tests.
    """
    reader = DefinitionFolder(folder)
    framework, whole = _framework(reader)
    catalogue, initiatives = _catalogue(reader, framework)
    files = tuple(map(reader.file, reader.names("crosswalks/*.yaml")))
    read = [(crosswalk, file) for file in files if (crosswalk := reader.model(Crosswalk, file))]
    migrations = _migrations(reader, framework)
    if framework:
        reader.problems += check_framework(framework, catalogue, whole, initiatives)
    if check and framework:
        reader.problems += check_soundness(framework, catalogue, whole, initiatives)
        reader.problems += check_rules_can_speak(framework, whole)
        reader.problems += check_names(reader, framework, whole)
        _run_tests(reader, framework)
        values = (framework, catalogue) if catalogue else (framework,)
        reader.check_translations(values, spoken(framework.languages))
    elif framework:
        framework = changed(reader.translated(framework, language), language=language)
        catalogue = reader.translated(catalogue, language) if catalogue else None
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.location))
    return FrameworkFolder(
        framework,
        catalogue,
        tuple(crosswalk for crosswalk, _ in read),
        migrations,
        problems,
        reader.files,
        whole,
        initiatives,
        tuple(file for _, file in read),
    )


def _migrations(reader: DefinitionFolder, framework: Framework | None) -> tuple[Migration, ...]:
    files = tuple(map(reader.file, reader.names("migrations/*.yaml")))
    read = [(one, file) for file in files if (one := reader.model(Migration, file))]
    if framework:
        reader.problems += check_migrations(framework, read)
    return tuple(migration for migration, _ in read)


def _run_tests(reader: DefinitionFolder, framework: Framework) -> None:
    """Run the framework's own cases; one that has faults cannot be scored."""
    is_sound = not reader.problems
    for file in map(reader.file, reader.names("tests/*.yaml")):
        if (tests := reader.model(FrameworkTests, file)) and is_sound:
            reader.problems += run_tests(framework, tests, file)


def _framework(reader: DefinitionFolder) -> tuple[Framework | None, YamlFile]:
    whole = reader.file(HEAD)
    if not isinstance(whole.value, dict):
        return None, whole
    _insert_dimensions(reader, whole)
    for name, keys in (
        ("dependencies.yaml", ("dependencies", "feedback")),
        ("consistency.yaml", ("rules",)),
        ("swot.yaml", ("swot",)),
    ):
        if part := reader.optional_file(name):
            reader.expect_only(part, keys)
            for key in keys:
                if isinstance(part.value, dict) and key in part.value:
                    insert(whole, (key,), part, at=(key,))
    unreadable = any(problem.code != "DEF-DUPLICATE-KEY" for problem in reader.problems)
    framework = reader.model(Framework, whole)
    return (None if unreadable else framework), whole


def _insert_dimensions(reader: DefinitionFolder, whole: YamlFile) -> None:
    """Put the dimensions that can be read in the places of their names."""
    names = whole.value.get("dimensions")
    if not isinstance(names, list):
        return
    files = [reader.file(f"dimensions/{name}.yaml") for name in names]
    readable = [file for file in files if isinstance(file.value, dict)]
    whole.value["dimensions"] = [None] * len(readable)
    for index, file in enumerate(readable):
        insert(whole, ("dimensions", index), file)


def _catalogue(
    reader: DefinitionFolder, framework: Framework | None
) -> tuple[Catalogue | None, YamlFile]:
    names = reader.names("initiatives/*.yaml")
    framework_id = framework.id if framework else reader.folder.name
    whole = YamlFile(
        f"{reader.folder.name}/initiatives",
        {"framework_id": framework_id, "initiatives": []},
        {},
    )
    if not names:
        return None, whole
    for file in sorted(map(reader.file, names), key=lambda file: _position(framework, file)):
        reader.expect_only(file, ("dimension", "initiatives"))
        if isinstance(file.value, dict):
            append(whole, "initiatives", file, dimension=file.value.get("dimension"))
    return reader.model(Catalogue, whole), whole


def _position(framework: Framework | None, file: YamlFile) -> tuple[int, str]:
    """Order initiative files as the dimensions are ordered."""
    dimension = file.value.get("dimension") if isinstance(file.value, dict) else None
    order = list(framework.dimension) if framework else []
    return (order.index(dimension) if dimension in order else len(order), file.name)
