"""``crmplan framework export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.output import say, tell

if TYPE_CHECKING:
    from crmplan.definitions.translation import TextsOf


@click.command(
    "export", help="Write a framework as a new folder: all values, in the plainest form."
)
@click.argument("framework_id", metavar="ID")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to make the framework's folder in; own frameworks stand in CRMPLAN_FRAMEWORKS.",
)
def export_command(framework_id: str, out: Path) -> None:
    """Write a framework as a folder, to change it or to hand it on.

    Example: crmplan framework export drcrm --out own
    """
    from crmplan.definitions.library import find, read_framework_parts
    from crmplan.exchange.framework_folder import framework_files, write_folder

    folder = find(framework_id, "framework").folder
    framework, catalogue, crosswalks, migrations = read_framework_parts(folder)
    files = framework_files(
        framework,
        catalogue.initiatives if catalogue else (),
        crosswalks,
        migrations=migrations,
        texts={one: _texts(framework_id, one) for one in framework.languages if one != "en"},
    )
    for path in write_folder(out / framework.id, files):
        say(str(path))
    tell("its test cases and the fingerprints of translations are not copied")


def _texts(framework_id: str, language: str) -> TextsOf:
    """Collect all words of a framework and its initiatives in a language."""
    from crmplan.definitions.library import load_catalogue, load_framework
    from crmplan.definitions.translation import source_texts

    catalogue = load_catalogue(framework_id, language)
    own = source_texts(load_framework(framework_id, language))
    return own | (source_texts(catalogue) if catalogue else {})
