"""``crmplan gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmplan.cli.options import engagement_argument, framework_option, json_option, language_option
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode


@click.command("gaps", help="Show gaps, the most urgent first, and what the rules found.")
@engagement_argument
@framework_option
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show gaps.

    Example: crmplan gaps client.crmplan
    """
    report = report_in(file, framework_id, language)
    findings = report.findings
    if as_json:
        write_json("gaps", {"gaps": findings.gaps, "findings": findings.inconsistencies})
        return
    words = words_of(report)
    _show_gaps(words)
    rules = {rule.id: rule for rule in report.definitions.planning_framework.rules}
    for rule_id in dict.fromkeys(one.rule_id for one in findings.inconsistencies):
        say(f"{rules[rule_id].code} {rules[rule_id].title}: {rules[rule_id].message}")


def _show_gaps(words: Words) -> None:
    locale, found = words.locale, words.report.findings.gaps
    ranked = {gap.dimension_id for gap in found.ranked}
    others = [gap for one, gap in found.gaps.items() if one not in ranked]
    names = (
        "rank", "dimension", "score", "target", "gap", "importance", "leverage", "coverage",
        "priority",
    )  # fmt: skip
    write_table(
        tuple(words(f"columns.{name}") for name in names),
        [
            (
                locale.whole(gap.rank),
                words.dimension(gap.dimension_id),
                locale.number(gap.current),
                locale.level(gap.target),
                locale.number(gap.gap),
                locale.number(gap.importance, 2),
                locale.number(gap.leverage, 2),
                locale.percent(gap.certainty),
                words.priority(gap),
            )
            for gap in (*found.ranked, *others)
        ],
        numbers=7,
    )
    if any(gap.is_raised for gap in found.ranked):
        say(words("raised.note"))
