"""``crmplan forecast``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmplan.cli.options import (
    budget_option,
    engagement_argument,
    framework_option,
    json_option,
    language_option,
)
from crmplan.cli.output import write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.planning.plan_inputs import WhatIf
from crmplan.report import require_scores

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode


@click.command("forecast", help="Show the scores to expect at the end of each phase.")
@engagement_argument
@framework_option
@budget_option
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    budgets: tuple[int, ...],
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show expected scores.

    Example: crmplan forecast client.crmplan
    """
    report = report_in(file, framework_id, language, what_if=WhatIf(budgets=budgets))
    require_scores(report)
    if as_json:
        write_json("forecast", report.plan.forecast)
        return
    _show(words_of(report, "implementation-roadmap"))


def _show(words: Words) -> None:
    found, gaps = words.report.plan.forecast, words.report.findings.planning_gaps.gaps
    phases = words.report.definitions.phase_model.phase
    scored = [gap for gap in gaps.values() if gap.current is not None]
    write_table(
        (
            words("columns.dimension"),
            words("columns.score"),
            *(
                f"{phases[one].short} {words.locale.short_date(end)}"
                for one, end in found.ends.items()
            ),
            words("columns.target"),
        ),
        [
            (
                words.dimension(gap.dimension_id),
                words.locale.number(gap.current),
                *(words.expectation(found.expected[one][gap.dimension_id]) for one in found.ends),
                words.locale.level(gap.target),
            )
            for gap in scored
        ],
        numbers=len(found.ends) + 2,
    )
