"""``crmplan score``."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from crmplan.assessment.explanation import Explanation, explain
from crmplan.cli.options import engagement_argument, framework_option, json_option, language_option
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.errors import FINDINGS
from crmplan.workspace import view_as

if TYPE_CHECKING:
    from crmplan.assessment.crosswalk import View
    from crmplan.assessment.framework import Framework
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode


@click.command(
    "score", help="Show scores. Leaves with status 3 if answers are too few for an overall score."
)
@engagement_argument
@framework_option
@click.option("--explain", "node_id", metavar="ID", help="Show where a score comes from.")
@click.option("--as", "other_id", metavar="ID", help="See the scores through another framework.")
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    node_id: str | None,
    other_id: str | None,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show scores.

    Example: crmplan score client.crmplan --explain service.complaints
    """
    report = report_in(file, framework_id, language)
    if other_id:
        _show_view(words_of(report), *view_as(report, other_id), as_json=as_json)
        return
    scorecard = report.findings.scorecard
    if as_json:
        write_json("score", explain(scorecard, node_id) if node_id else scorecard)
    elif node_id:
        _show_explanation(words_of(report), explain(scorecard, node_id))
    else:
        _show_scores(words_of(report))
    if shared := report.assessment.shared:
        origins = ", ".join(dict.fromkeys(one.framework for one in shared))
        tell(f"answers that were given for equal questions of {origins}: {len(shared)}")
    if scorecard.overall.score is None:
        tell("too few answers for an overall score")
        sys.exit(FINDINGS)


def _show_scores(words: Words) -> None:
    locale = words.locale
    scorecard = words.report.findings.scorecard
    titles = {group.id: group.title for group in words.report.definitions.framework.groups}
    rows = []
    for node in (
        *scorecard.dimensions.values(),
        *scorecard.groups.values(),
        scorecard.overall,
    ):
        title = titles.get(node.id) or (
            words("profile.overall") if node is scorecard.overall else words.dimension(node.id)
        )
        target = words.report.findings.targets.get(node.id)
        rows.append(
            (
                node.id,
                title,
                locale.number(node.score),
                words.range(node.low, node.high),
                locale.number(node.evidenced),
                locale.whole(node.staged_level),
                locale.level(target) if target is not None else "",
                locale.percent(node.coverage),
                *_points(words, node.id),
            )
        )
    names = ["dimension", "score", "range", "evidenced", "staged", "target", "coverage"]
    names += ["points"] if scorecard.points else []
    write_table(("id", *(words(f"columns.{name}") for name in names)), rows, numbers=len(names) - 1)


def _points(words: Words, node_id: str) -> tuple[str, ...]:
    points = words.report.findings.scorecard.points
    return (words.points(points[node_id]),) if points else ()


def _show_view(words: Words, framework: Framework, view: View, *, as_json: bool) -> None:
    """Show derived scores with how much of the other framework the answers reach."""
    if as_json:
        write_json("score", view)
        return
    locale = words.locale
    say(
        words(
            "view.covers",
            framework=framework.title,
            share=locale.percent(Fraction(view.reached, view.items)),
        )
    )
    write_table(
        (
            "id",
            *(words(f"columns.{name}") for name in ("dimension", "score", "range", "coverage")),
        ),
        [
            (
                node.id,
                framework.dimension[node.id].title,
                locale.number(node.score),
                words.range(node.low, node.high),
                locale.percent(node.coverage),
            )
            for node in view.scorecard.dimensions.values()
        ],
        numbers=3,
    )


def _show_explanation(words: Words, found: Explanation, depth: int = 0) -> None:
    """Write the tree, one line a number, indented by depth."""
    share = f" × {words.locale.percent(found.weight)}" if found.weight is not None else ""
    value = words.locale.number(found.value, 2)
    if found.unit == "percent" and found.value is not None:
        value = words.locale.percent(found.value / 100, 1)
    exact = f" = {found.value}" if found.value is not None and found.value.denominator > 1 else ""
    cap = f" by {found.capped_by}" if found.capped_by else ""
    say(f"{'  ' * depth}{found.id}: {value}{exact}{share} ({found.rule}{cap})")
    for part in found.parts:
        _show_explanation(words, part, depth + 1)
