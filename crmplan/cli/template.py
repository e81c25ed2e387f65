"""``crmplan template``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import LANGUAGE, force_option
from crmplan.cli.output import say
from crmplan.documents.firm_template import check_template, new_template
from crmplan.errors import FINDINGS
from crmplan.workspace import write_whole

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode


@click.group("template", help="Make and check a Word template of your own.")
def command() -> None:
    """Word templates of a firm."""


@command.command("init", help="Write FILE, a Word template to change to your firm's look.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@force_option
def init(file: Path, language: LanguageCode, force: bool) -> None:
    """Make a template.

    Example: crmplan template init my-firm.docx --language fa
    """
    write_whole(file, new_template(language), overwrite=force)
    say(str(file))


@command.command("check", help="Check a Word template. Leaves with status 3 if it cannot be used.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check a template.

    Example: crmplan template check my-firm.docx
    """
    problems = check_template(file.read_bytes())
    for problem in problems:
        say(f"{file}: {problem}")
    if problems:
        sys.exit(FINDINGS)
    say(f"{file}: can be used")
