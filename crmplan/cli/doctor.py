"""``crmplan doctor``."""

from __future__ import annotations

import sys

import click

from crmplan.cli.options import json_option
from crmplan.cli.output import write_json, write_table
from crmplan.errors import FINDINGS
from crmplan.workspace import examine_installation


@click.command("doctor", help="Tell what this machine has and lacks, and what that means.")
@json_option
def command(as_json: bool) -> None:
    """Tell what is there.

    Example: crmplan doctor
    """
    found = examine_installation()
    if as_json:
        write_json("doctor", found)
    else:
        write_table(
            ("", "what", "found", "without it"),
            [("ok" if one.is_there else "–", one.name, one.found, one.meaning) for one in found],
        )
    if any(one.is_needed and not one.is_there for one in found):
        sys.exit(FINDINGS)
