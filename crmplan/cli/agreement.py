"""``crmplan agreement``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import engagement_argument, framework_option, json_option, language_option
from crmplan.cli.output import tell, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.errors import FINDINGS

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode


@click.command(
    "agreement", help="Show contested items. Leaves with status 3 if some are still open."
)
@engagement_argument
@framework_option
@click.option("--all", "show_all", is_flag=True, help="Show every item, not only contested ones.")
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    show_all: bool,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show where people agree.

    Example: crmplan agreement client.crmplan
    """
    report = report_in(file, framework_id, language)
    items = report.findings.scorecard.items
    shown = {one: item for one, item in items.items() if show_all or item.is_contested}
    if as_json:
        write_json("agreement", shown)
    else:
        _show(words_of(report), list(shown))
    if open_items := report.findings.scorecard.open_items:
        tell(f"{len(open_items)} open: settle them with crmplan record decision")
        sys.exit(FINDINGS)


def _show(words: Words, item_ids: list[str]) -> None:
    groups = [audience.id for audience in words.report.definitions.framework.audiences]
    rows = []
    for item_id in item_ids:
        item = words.report.findings.scorecard.items[item_id]
        found = item.agreement
        rows.append(
            (
                item_id,
                words("short_states.open" if item.is_open else "short_states.settled"),
                words.topic(item_id),
                words.locale.whole(found.count if found else None),
                words.range(found.lowest, found.highest) if found else "–",
                words.locale.number(found.median if found else None),
                words.agreement(found.rwg if found else None),
                *(
                    words.locale.number(item.groups[group].median if group in item.groups else None)
                    for group in groups
                ),
            )
        )
    names = ("item", "people", "range", "median", "agreement")
    header = ("id", "", *(words(f"columns.{name}") for name in names), *map(words.group, groups))
    write_table(header, rows, numbers=len(names) - 1 + len(groups))
