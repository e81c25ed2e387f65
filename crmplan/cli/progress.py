"""``crmplan progress`` and ``crmplan record progress``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import (
    by_option,
    element_id,
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

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("progress", help="Show where the project stands against the plan that was signed.")
@engagement_argument
@click.option("--status", type=_DAY, help="Status date, as 2027-01-29; the stored one without.")
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


@click.command("progress", help="Report how far a task is.")
@engagement_argument
@click.argument("task", type=element_id)
@click.option("--percent", type=click.IntRange(0, 100), required=True, help="Share that is done.")
@click.option("--started", type=_DAY, help="The day on which the work began.")
@click.option("--finished", type=_DAY, help="The day on which it was finished.")
@click.option("--remaining", type=click.IntRange(0, 10_000), help="Working days still needed.")
@click.option("--spent", type=click.IntRange(0, 1_000_000), help="Person-days spent so far.")
@click.option("--on", "day", type=_DAY, help="The day of the report; today without.")
@click.option("--note", default="")
@by_option
def record(
    file: str,
    task: str,
    percent: int,
    started: datetime | None,
    finished: datetime | None,
    remaining: int | None,
    spent: int | None,
    day: datetime | None,
    note: str,
    by: str,
) -> None:
    """Report on a task; what was reported before about it is replaced.

    Example: crmplan record progress client.crmplan crm-charter --percent 40 --started 2026-10-05
    """
    from pydantic import ValidationError

    from crmplan.assessment.plan_records import TaskProgress
    from crmplan.cli.record_plan import save_to_plan

    try:
        report = TaskProgress(
            task=task,
            percent=percent,
            started_on=started.date() if started else None,
            finished_on=finished.date() if finished else None,
            remaining_days=remaining,
            spent_days=spent,
            reported_on=day.date() if day else date.today(),  # noqa: DTZ011 the user's own day
            note=note,
        )
    except ValidationError as error:
        faults = [fault["msg"].removeprefix("Value error, ") for fault in error.errors()]
        raise CrmplanError("; ".join(faults)) from error
    save_to_plan(file, [report], by=by)
    say(f"{task}: {percent}%")


@click.command("baseline", help="Keep the present plan as the one that the sponsor signed.")
@engagement_argument
@click.option("--approved", type=_DAY, help="The day on which it was signed; today without.")
@click.option("--force", is_flag=True, help="Replace the baseline that is there.")
@framework_option
@by_option
def baseline(
    file: str, approved: datetime | None, force: bool, framework_id: str | None, by: str
) -> None:
    """Keep a baseline.

    Example: crmplan baseline client.crmplan --approved 2026-10-02
    """
    from crmplan.assessment.record_kinds import NAMED
    from crmplan.planning.earned_value import baseline_of
    from crmplan.report import require_scores
    from crmplan.storage import open_engagement
    from crmplan.workspace import report_on

    kind = NAMED["baseline"]
    with open_engagement(file) as store, store.transaction():
        engagement = store.read()
        if engagement.baseline and not force:
            raise CrmplanError(
                f"there is a baseline of {engagement.baseline[0].approved_on} already",
                hint="replace it with --force; crmplan history keeps what it said",
            )
        report = report_on(engagement, framework_id=framework_id)
        require_scores(report)
        on = approved.date() if approved else date.today()  # noqa: DTZ011 the user's own day
        signed = baseline_of(report.plan.schedule, approved_on=on)
        now, kept = datetime.now(UTC), {one.task for one in signed}
        for old in engagement.baseline:
            if old.task not in kept:
                store.remove(kind, (old.task,), by=by, at=now)
        store.save_all(signed, by=by, at=now)
    say(f"{len(signed)} tasks, {min(one.start for one in signed)} – {report.plan.schedule.finish}")
