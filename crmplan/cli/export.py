"""``crmplan export``."""

from __future__ import annotations

from pathlib import Path

import click

from crmplan.cli.options import engagement_argument, force_option
from crmplan.cli.output import say, say_json
from crmplan.exchange.engagement_json import to_json
from crmplan.workspace import read_engagement, write_whole


@click.command("export", help="Write the whole engagement as readable JSON; nothing is lost.")
@engagement_argument
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output without.",
)
@force_option
def command(file: str, form: str, out: Path | None, force: bool) -> None:  # noqa: ARG001
    """Write the engagement.

    Example: crmplan export client.crmplan --format json --out client.json
    """
    text = to_json(read_engagement(file))
    if out is None:
        say_json(text.rstrip("\n"))
        return
    write_whole(out, text.encode(), overwrite=force)
    say(str(out))
