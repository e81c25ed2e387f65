"""``crmplan risk``."""

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
from crmplan.cli.output import progress, say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.planning.plan_inputs import WhatIf
from crmplan.planning.risk import RiskProfile, Settings, estimates_of, simulate
from crmplan.report import require_scores

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.effort_risk import Shared
    from crmplan.planning.estimates import Distribution

MOST_TASKS = 12


@click.command("risk", help="Show how sure the dates of the plan are: P10, P50, P80, P95.")
@engagement_argument
@framework_option
@budget_option
@click.option("--samples", type=click.IntRange(100, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same result.")
@click.option(
    "--distribution",
    type=click.Choice(["triangular", "pert"]),
    default="triangular",
    show_default=True,
)
@click.option(
    "--correlation",
    type=click.FloatRange(0, 1),
    default=0.3,
    show_default=True,
    help="How far durations move together.",
)
@click.option(
    "--shared",
    type=click.Choice(["phase", "role"]),
    default="phase",
    show_default=True,
    help="Which durations move together: those of one phase, or of one leading role.",
)
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    budgets: tuple[int, ...],
    samples: int,
    seed: int,
    distribution: Distribution,
    correlation: float,
    shared: Shared,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show the risk of the dates.

    Example: crmplan risk client.crmplan --samples 20000
    """
    report = report_in(file, framework_id, language, what_if=WhatIf(budgets=budgets))
    require_scores(report)
    with progress() as bar:
        task = bar.add_task("samples", total=samples)
        profile = simulate(
            report.plan.workplan,
            report.plan.schedule,
            estimates=estimates_of(report.plan.workplan),
            risks=report.plan.risks.simulated,
            settings=Settings(samples, seed, distribution, correlation, shared),
            tell=lambda done: bar.update(task, completed=done),
        )
    if as_json:
        write_json("risk", profile)
        return
    _show(words_of(report, "implementation-roadmap"), profile)
    if report.plan.risks.lines:
        _show_register(words_of(report, "risks"))


def _show_register(words: Words) -> None:
    from crmplan.documents.sections.risk_register import header, rows, summary

    write_table(header(words), rows(words))
    say(summary(words))


def _show(words: Words, profile: RiskProfile) -> None:
    locale = words.locale
    write_table(
        tuple(map(words, ("risk.percentile", "columns.finish", "columns.days", "columns.effort"))),
        [
            (
                f"P{percent}",
                locale.short_date(profile.dates[percent]),
                locale.whole(days),
                locale.whole(profile.effort_days[percent]),
            )
            for percent, days in profile.days.items()
        ],
        numbers=3,
    )
    say(
        words(
            "risk.planned",
            date=locale.date(words.report.plan.schedule.finish),
            share=locale.percent_of(profile.planned_probability),
        )
    )
    ranked = sorted(profile.tasks.items(), key=lambda pair: (-pair[1].cruciality, pair[0]))
    write_table(
        (words("columns.task"), words("risk.criticality"), words("risk.cruciality")),
        [
            (
                words.coded(name),
                locale.percent_of(one.criticality),
                locale.number(one.cruciality, 2),
            )
            for name, one in ranked[:MOST_TASKS]
        ],
        numbers=2,
    )
