"""``crmplan framework diff``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import json_option
from crmplan.cli.output import tell, write_json, write_table
from crmplan.errors import FINDINGS

if TYPE_CHECKING:
    from crmplan.assessment.framework_changes import Change, FrameworkDifference


@click.command(
    "diff",
    help="Show what changed between two versions of a framework. Leaves with status 3 if the "
    "version says less than that, or no migration says what becomes of answers.",
)
@click.argument("old")
@click.argument("new")
@json_option
def diff_command(old: str, new: str, as_json: bool) -> None:
    """Compare two versions, each a folder or the ID of a framework.

    Example: crmplan framework diff my-model@1.0.0 my-model
    """
    from crmplan.workspace import compare_frameworks

    found = compare_frameworks(old, new)
    if as_json:
        write_json("framework diff", found)
    else:
        _show(found)
    for change in found.changes:
        if not change.is_explained:
            tell(f"no migration says what becomes of {change.what} {change.id}".rstrip())
    _tell_version(found)
    if not found.is_honest:
        sys.exit(FINDINGS)


def _show(found: FrameworkDifference) -> None:
    rows = [(one.moves, one.what, one.id, _written(one)) for one in found.changes]
    write_table(("moves", "what", "which", "change"), rows)


def _written(change: Change) -> str:
    return f"{change.how}: {', '.join(change.details)}" if change.details else change.how


def _tell_version(found: FrameworkDifference) -> None:
    if not found.changes:
        tell(f"{found.before} and {found.after} say the same")
        return
    tell(f"from {found.before} to {found.after}; these changes need {found.needed} or later")
