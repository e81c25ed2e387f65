"""``crmplan framework``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.framework_diff import diff_command
from crmplan.cli.framework_export import export_command
from crmplan.cli.framework_import import import_command
from crmplan.cli.options import LANGUAGE, json_option
from crmplan.cli.output import say, say_json, tell, write_json, write_table
from crmplan.definitions.checking import check_definition
from crmplan.definitions.library import definitions, find_any, load_any
from crmplan.definitions.showing import counts, outline
from crmplan.errors import FINDINGS, FrameworkFaultsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.definitions.library import AnyDefinition, DefinitionEntry
    from crmplan.localisation.locale import LanguageCode


@click.group("framework", help="List, show and check framework definitions.")
def command() -> None:
    """Frameworks, phase models and factor libraries."""


@command.command("list", help="List all definitions: bundled ones and those in CRMPLAN_FRAMEWORKS.")
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@json_option
def list_(language: LanguageCode, as_json: bool) -> None:
    """List definitions; one that is broken does not hide the others.

    Example: crmplan framework list
    """
    found: list[tuple[DefinitionEntry, AnyDefinition]] = []
    broken: list[FrameworkFaultsError] = []
    for entry in definitions().values():
        try:
            found.append((entry, load_any(entry, language)))
        except FrameworkFaultsError as error:
            broken.append(error)
    _show_list(found, as_json=as_json)
    for fault in broken:
        tell(f"{fault.message}; {fault.hint}")
    if broken:
        sys.exit(FINDINGS)


def _show_list(found: Sequence[tuple[DefinitionEntry, AnyDefinition]], *, as_json: bool) -> None:
    if as_json:
        write_json(
            "framework list",
            [
                {
                    "id": entry.id,
                    "kind": entry.kind,
                    "title": value.title,
                    **counts(entry.kind, value),
                }
                for entry, value in found
            ],
        )
        return
    write_table(
        ("id", "kind", "version", "title", "holds"),
        [
            (
                entry.id,
                entry.kind,
                value.version,
                value.title,
                ", ".join(f"{number} {name}" for name, number in counts(entry.kind, value).items()),
            )
            for entry, value in found
        ],
    )


@command.command("show", help="Show a definition: dimensions and questions, phases and activities.")
@click.argument("definition_id", metavar="ID")
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@json_option
def show(definition_id: str, language: LanguageCode, as_json: bool) -> None:
    """Show a definition.

    Example: crmplan framework show drcrm --language fa
    """
    entry = find_any(definition_id)
    value = load_any(entry, language)
    if as_json:
        write_json("framework show", value)
        return
    for depth, text in outline(entry.kind, value):
        say("  " * depth + text)


@command.command(
    "check", help="Check definition folders. Leaves with status 3 if anything is wrong with them."
)
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@json_option
def check(folders: tuple[Path, ...], as_json: bool) -> None:
    """Check folders.

    Example: crmplan framework check my-framework
    """
    checked = [check_definition(folder) for folder in folders]
    problems = [problem for one in checked for problem in one.problems]
    if as_json:
        write_json("framework check", problems)
    else:
        for problem in problems:
            say(str(problem))
        files = sum(one.files for one in checked)
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        tell(f"{count} in {files} files")
    if problems:
        sys.exit(FINDINGS)


@command.command("schema", help="Print the JSON Schema of a kind of definition file, for editors.")
@click.argument("kind", default="framework")
def schema(kind: str) -> None:
    """Print a schema.

    Example: crmplan framework schema dimension
    """
    from crmplan.definitions.json_schema import json_schema

    say_json(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))


@command.command("new", help="Make a folder to begin an own framework with; it checks clean.")
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin a framework.

    Example: crmplan framework new frameworks/my-framework
    """
    from crmplan.definitions.new_framework import new_framework

    for path in new_framework(folder):
        say(str(path))
    tell(f"use it with CRMPLAN_FRAMEWORKS={folder.parent}")


@command.command(
    "accept", help="Note that the translations of a folder fit its present source texts."
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["fa", "zh"]), required=True)
def accept(folder: Path, language: LanguageCode) -> None:
    """Accept translations.

    Example: crmplan framework accept frameworks/drcrm --language fa
    """
    from crmplan.definitions.checking import accept_translations

    path, count = accept_translations(folder, language)
    say(f"{path}: {count} texts")


command.add_command(import_command)
command.add_command(diff_command)
command.add_command(export_command)
