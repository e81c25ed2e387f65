"""``crmplan progress``."""

from __future__ import annotations

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
from crmplan.errors import CrmplanError
from crmplan.planning.plan_inputs import WhatIf

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.report import Plan


@click.command("progress", help="Show where the project stands against the plan that was signed.")
@engagement_argument
@click.option("--status", type=DAY, help="Status date, as 2027-01-29; the stored one without.")
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
    """Show progress.

    Example: crmplan progress client.crmplan --status 2027-01-29
    """
    what_if = WhatIf(status_on=status.date() if status else None)
    report = report_in(file, framework_id, language, what_if=what_if)
    if report.plan.progress is None:
        raise CrmplanError(
            "no progress was reported yet",
            hint="report it: crmplan record progress FILE TASK --percent 40 --started 2026-10-05",
        )
    if as_json:
        write_json("progress", _data(report.plan))
        return
    _show(words_of(report, "progress"))


def _data(plan: Plan) -> dict[str, object]:
    progress = plan.progress
    assert progress is not None
    return {
        "status_on": progress.status_on,
        "standing": plan.standing,
        "out_of_sequence": progress.out_of_sequence,
        "tasks": [one for one in plan.schedule.tasks if one.task.id in progress.reports],
        "finish": plan.schedule.finish,
        "idle": progress.workplan.idle,
    }


def _show(words: Words) -> None:
    from crmplan.documents.sections.standing import sentences, table_header, table_rows

    plan = words.report.plan
    progress = plan.progress
    assert progress is not None
    if plan.standing:
        write_table(table_header(words), table_rows(words, plan.standing), numbers=7)
        say()
        for sentence in sentences(words, plan.standing):
            say(sentence)
    else:
        say(words("standing.no_baseline"))
    for one in progress.out_of_sequence:
        say(words("standing.sequence", task=words.task(one.task), before=words.task(one.before)))
