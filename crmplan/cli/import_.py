"""``crmplan import``."""

from __future__ import annotations

from pathlib import Path

import click

from crmplan.cli.output import say
from crmplan.errors import ExchangeError
from crmplan.exchange.engagement_json import from_json
from crmplan.storage import create_engagement


@click.command("import", help="Make an engagement FILE from SOURCE, the JSON that export wrote.")
@click.argument("file", type=str)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: str, source: Path) -> None:
    """Make an engagement from its JSON.

    Example: crmplan import client.crmplan client.json
    """
    try:
        text = source.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{source}: is not UTF-8", hint="save the file as UTF-8") from error
    try:
        engagement = from_json(text)
    except ExchangeError as error:
        raise ExchangeError(f"{source}: {error.message}", hint=error.hint) from error
    with create_engagement(file, engagement):
        pass
    say(f"{file}: {engagement.organisation.name}, {len(engagement.responses)} answers")
