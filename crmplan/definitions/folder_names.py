"""Check that the names of a framework's folder and files say what is in them."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING

from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.framework import Framework
    from crmplan.definitions.folder import DefinitionFolder
    from crmplan.definitions.yaml_source import YamlFile

_READ = (
    "framework.yaml",
    "dependencies.yaml",
    "consistency.yaml",
    "swot.yaml",
    "dimensions/*.yaml",
    "initiatives/*.yaml",
    "crosswalks/*.yaml",
    "migrations/*.yaml",
    "tests/*.yaml",
    "locale/*/*.yaml",
)


def check_names(
    reader: DefinitionFolder, framework: Framework, whole: YamlFile
) -> Iterator[Problem]:
    """Find names that do not fit, and files of YAML that nobody reads.

    Definitions are found by the name of their folder, dimensions by that of their file.
    """
    # An older version is kept as ID@VERSION.
    if reader.folder.name not in (framework.id, f"{framework.id}@{framework.version}"):
        message = f'the id is "{framework.id}", the folder is called "{reader.folder.name}"'
        hint = "both must be the same: rename one of them"
        yield Problem(whole.place(("id",)), "DEF-NAME", message, hint)
    for index, dimension in enumerate(framework.dimensions):
        place = whole.place(("dimensions", index, "id"))
        name = place.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if place.line and dimension.id != name:
            message = f'the id is "{dimension.id}", the file is called "{name}.yaml"'
            yield Problem(place, "DEF-NAME", message, "both must be the same: rename one of them")
    yield from _unread_files(reader, framework, whole)


def check_crosswalk_names(
    framework_id: str, crosswalk: Crosswalk, file: YamlFile
) -> Iterator[Problem]:
    """Find a crosswalk that begins elsewhere, or whose file is named after another framework."""
    if crosswalk.from_ != framework_id:
        message = f'begins at "{crosswalk.from_}", but stands in the folder of "{framework_id}"'
        yield Problem(file.place(("from",)), "DEF-NAME", message)
    name = file.name.rsplit("/", 1)[-1]
    if name != f"{crosswalk.to}.yaml":
        message = f'leads to "{crosswalk.to}", but the file is called "{name}"'
        hint = f'call it "{crosswalk.to}.yaml"'
        yield Problem(file.place(("to",)), "DEF-NAME", message, hint)


def _unread_files(
    reader: DefinitionFolder, framework: Framework, whole: YamlFile
) -> Iterator[Problem]:
    count = len(framework.dimensions)
    dimensions = {whole.place(("dimensions", index)).file for index in range(count)}
    for name in reader.names("**/*.y*ml"):
        place = Location(f"{reader.folder.name}/{name}")
        top, _, rest = name.partition("/")
        if top == "dimensions" and place.file not in dimensions:
            message = "is no dimension of framework.yaml"
            yield Problem(place, "DEF-UNUSED", message, "name it under dimensions, or delete it")
        elif top == "locale" and rest.split("/")[0] not in framework.languages:
            language = rest.split("/")[0]
            message = f'holds texts in "{language}", which framework.yaml does not name'
            yield Problem(place, "DEF-UNUSED", message, f"add {language} to languages")
        elif top != "locale" and not any(fnmatch(name, pattern) for pattern in _READ):
            hint = did_you_mean(name, _READ)
            yield Problem(place, "DEF-UNUSED", "is a file that nobody reads", hint)
