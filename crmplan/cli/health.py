"""``crmplan health``."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import (
    DAY,
    engagement_argument,
    framework_option,
    json_option,
    language_option,
)
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.errors import FINDINGS
from crmplan.planning.plan_inputs import WhatIf
from crmplan.report import require_scores

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.health import Check


@click.command(
    "health",
    help="Check whether the dates can be believed. Leaves with status 3 if a check is not met.",
)
@engagement_argument
@click.option(
    "--status",
    type=DAY,
    help="Status date, as 2027-01-29; the stored one without.",
)
@framework_option
@language_option
@json_option
def command(
    file: str,
    status: datetime | None,
    framework_id: str | None,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Check the plan.

    Example: crmplan health client.crmplan
    """
    from crmplan.documents.sections.health import CATALOGUE, header, remedies, rows, summary

    what_if = WhatIf(status_on=status.date() if status else None)
    report = report_in(file, framework_id, language, what_if=what_if)
    require_scores(report)
    checks = report.plan.health
    if as_json:
        write_json("health", [_data(check) for check in checks])
    else:
        words = words_of(report, CATALOGUE)
        write_table(header(words), rows(words))
        say(summary(words))
        for sentence in remedies(words):
            say(sentence)
    if any(check.state == "not-met" for check in checks):
        sys.exit(FINDINGS)


def _data(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "unit": check.unit,
        "measured": check.measured,
        "limit": check.limit,
        "is_most": check.is_most,
        "state": check.state,
        "tasks": check.tasks,
    }
