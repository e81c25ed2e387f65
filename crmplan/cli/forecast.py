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
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.errors import CrmplanError
from crmplan.planning.forecast import LIKELY
from crmplan.planning.plan_inputs import WhatIf
from crmplan.report import require_scores

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.gaps import Gap
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.forecast_check import ForecastCheck
    from crmplan.report import Report


@click.command("forecast", help="Show the scores to expect at the end of each phase.")
@engagement_argument
@framework_option
@budget_option
@click.option(
    "--actual",
    type=click.Path(),
    metavar="LATER_FILE",
    help="Compare with what a later assessment found.",
)
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    budgets: tuple[int, ...],
    actual: str | None,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show expected scores.

    Example: crmplan forecast client.crmplan
    """
    report = report_in(file, framework_id, language, what_if=WhatIf(budgets=budgets))
    require_scores(report)
    if actual:
        found = _compared(report, report_in(actual, framework_id, language))
        if as_json:
            write_json("forecast", found)
        else:
            _show_compared(words_of(report, "forecast-check"), found)
        return
    if as_json:
        write_json("forecast", report.plan.forecast)
        return
    _show(words_of(report, "implementation-roadmap"))


def _compared(earlier: Report, later: Report) -> ForecastCheck:
    """Take the scores out of the later file."""
    from crmplan.planning.forecast_check import check_forecast

    expected, found = (one.definitions.planning_framework.id for one in (earlier, later))
    if expected != found:
        raise CrmplanError(
            f"the plan is made with {expected}, the later assessment is planned with {found}",
            hint="choose the same framework of both files with --framework",
        )
    return check_forecast(
        earlier.plan.forecast,
        before={one.dimension_id: one.current for one in _gaps(earlier)},
        after={one.dimension_id: one.current for one in _gaps(later)},
        held_on=later.assessment.use.held_on,
    )


def _gaps(report: Report) -> Iterable[Gap]:
    return report.findings.planning_gaps.gaps.values()


def _show_compared(words: Words, found: ForecastCheck) -> None:
    locale = words.locale
    names = ("dimension", "before", "expected", "found", "lasted", "verdict")
    write_table(
        tuple(words(f"check.columns.{name}") for name in names),
        [
            (
                words.dimension(one.dimension_id),
                locale.number(one.before),
                words.expectation(one.expected),
                locale.number(one.found),
                locale.percent(one.lasted),
                words(f"check.verdict.{one.verdict}"),
            )
            for one in found.outcomes
        ],
    )
    say(words("check.lead", date=locale.date(found.held_on), phase=words.phase(found.phase)))
    if found.unscored:
        say(words("check.unscored", dimensions=words.join(map(words.dimension, found.unscored))))
    if found.lasted is not None:
        assumed, share = locale.percent(LIKELY), locale.percent(found.lasted)
        say(words("check.calibration", share=share, assumed=assumed))


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
