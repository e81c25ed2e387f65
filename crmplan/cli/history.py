"""``crmplan history``."""

from __future__ import annotations

import json

import click

from crmplan.cli.options import engagement_argument, json_option
from crmplan.cli.output import write_json, write_table
from crmplan.storage import HistoryEntry, open_engagement

_IN_KEY = {"framework", "respondent", "item", "layer", "id"}
"""Fields that the key of an entry shows already."""


@click.command("history")
@engagement_argument
@click.option(
    "--most", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Most entries."
)
@json_option
def command(file: str, most: int, as_json: bool) -> None:
    """Show who changed what and when, the latest first.

    Example: crmplan history client.crmplan --most 20
    """
    with open_engagement(file, read_only=True) as store:
        entries = store.history(most)
    if as_json:
        write_json("history", entries)
        return
    write_table(
        ("when", "who", "what", "which", "change"),
        [
            (
                f"{entry.at:%Y-%m-%d %H:%M:%S}",
                entry.by,
                entry.kind,
                " ".join(entry.key),
                _change(entry),
            )
            for entry in entries
        ],
    )


def _change(entry: HistoryEntry) -> str:
    """Say what is different now: the fields that changed, with their new values."""
    if entry.new is None:
        return "removed"
    old: dict[str, object] = json.loads(entry.old) if entry.old else {}
    new: dict[str, object] = json.loads(entry.new)
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    shown = changed if entry.old else {name: value for name, value in changed.items() if value}
    return ", ".join(f"{name}: {value}" for name, value in shown.items() if name not in _IN_KEY)
