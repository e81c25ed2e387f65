"""``crmplan swot``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmplan.cli.options import engagement_argument, framework_option, json_option, language_option
from crmplan.cli.output import plain, say, write_json
from crmplan.cli.results import report_in, words_of
from crmplan.documents.sections.survey_findings import finding_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.swot import ExternalLine, InternalLine
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode


@click.command("swot", help="Show strengths, weaknesses, opportunities, threats and TOWS pairs.")
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
    """Show the SWOT.

    Example: crmplan swot client.crmplan --json
    """
    report = report_in(file, framework_id, language)
    swot = report.findings.swot
    if as_json:
        surveys = [finding for paper in report.papers.surveys for finding in paper.findings]
        write_json("swot", {**plain(swot), "surveys": surveys})
        return
    words = words_of(report, "gap-and-swot")
    _internal(words, "strengths", swot.strengths)
    _internal(words, "weaknesses", swot.weaknesses)
    _external(words, "opportunities", swot.opportunities)
    _external(words, "threats", swot.threats)
    _internal(words, "clarify_title", swot.to_clarify)
    say(words("tows.title"))
    for pair in swot.pairs:
        say(f"  {pair.kind}  {words.topic(pair.item_id)} × {words.factor(pair.factor_id)}")
    if lines := finding_lines(words):
        say(words.within("surveys")("surveys.findings_title"))
        for line in lines:
            say(f"  {line}")


def _internal(words: Words, title: str, lines: Iterable[InternalLine]) -> None:
    say(words(f"swot.{title}"))
    for line in lines:
        value, target = words.locale.number(line.value), words.locale.level(line.target)
        say(f"  {words.topic(line.item_id)}  {value} → {target}  [{line.item_id}]")


def _external(words: Words, title: str, lines: Iterable[ExternalLine]) -> None:
    say(words(f"swot.{title}"))
    for line in lines:
        weight = words.locale.whole(line.weight)
        say(f"  {words.factor(line.factor_id)}  {weight}  [{line.factor_id}]")
