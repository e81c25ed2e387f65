"""``crmplan framework import``."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from crmplan.cli.options import json_option, out_option
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.errors import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.exchange.framework_import import Form, ImportReport
    from crmplan.problems import Problem

# Named here, so that --help needs nothing but click; a test holds it equal to FORMS.
_FORMS = ("samm", "aws-lens", "ciso-assistant", "dsomm", "xlsform")


@click.command("import", help="Turn a published framework of another kind into a folder of ours.")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--form", type=click.Choice(_FORMS), help="Format of the source; found out without.")
@click.option("--id", "framework_id", metavar="ID", help="Id of the framework; its title without.")
@click.option("--licence", metavar="TEXT", help="Licence, where the source does not say it.")
@click.option("--all", "show_all", is_flag=True, help="List everything that was lost, by place.")
@out_option("frameworks")
@json_option
def import_command(
    source: Path,
    form: str | None,
    framework_id: str | None,
    licence: str | None,
    show_all: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Import a framework.

    Example: crmplan framework import samm-core --out frameworks --id samm
    """
    from crmplan.definitions.checking import check_definition
    from crmplan.exchange.framework_import import import_framework

    report = import_framework(
        source,
        form=cast("Form | None", form),
        out=out,
        framework_id=framework_id,
        licence=licence,
    )
    problems = check_definition(report.folder).problems
    _show(report, problems, as_json=as_json, show_all=show_all)
    if problems:
        sys.exit(FINDINGS)


def _show(
    report: ImportReport, problems: Iterable[Problem], *, as_json: bool, show_all: bool
) -> None:
    if as_json:
        value = {"folder": str(report.folder), "form": report.form, "counts": report.counts}
        write_json("framework import", {**value, "lost": report.lost, "problems": problems})
        return
    rows = [(one.what, one.became, str(one.number)) for one in report.counts]
    write_table(("in the source", "became", "number"), rows, numbers=1)
    for lost in report.lost if show_all else ():
        say(str(lost))
    for problem in problems:
        say(str(problem))
    _tell_lost(report, show_all=show_all)
    tell(f"{report.folder}; use it with CRMPLAN_FRAMEWORKS={report.folder.parent}")


def _tell_lost(report: ImportReport, *, show_all: bool) -> None:
    """Tell how much could not be carried over, by kind, with the first place of each."""
    kinds: defaultdict[str, list[Problem]] = defaultdict(list)
    for lost in report.lost:
        kinds[lost.code].append(lost)
    for code, members in sorted(kinds.items()):
        first = members[0]
        tell(f"lost: {len(members)} × {code}, such as {first.location}: {first.message}")
    if kinds and not show_all:
        tell("--all lists everything that was lost")
