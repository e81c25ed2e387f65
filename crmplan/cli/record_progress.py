"""``crmplan record progress``: how far the work is."""

from __future__ import annotations

from datetime import date, datetime

import click

from crmplan.cli.options import DAY, by_option, engagement_argument
from crmplan.cli.output import say
from crmplan.cli.record_plan import save_to_plan
from crmplan.cli.task_names import task_ids
from crmplan.errors import CrmplanError


@click.command("progress", help="Report how far a task is.")
@engagement_argument
@click.argument("task")
@click.option("--percent", type=click.IntRange(0, 100), required=True, help="Share that is done.")
@click.option("--started", type=DAY, help="The day on which the work began.")
@click.option("--finished", type=DAY, help="The day on which it was finished.")
@click.option("--remaining", type=click.IntRange(0, 10_000), help="Working days still needed.")
@click.option("--spent", type=click.IntRange(0, 1_000_000), help="Person-days spent so far.")
@click.option("--on", "day", type=DAY, help="The day of the report; today without.")
@click.option("--note", default="")
@by_option
def progress(
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

    (task,) = task_ids(file, task)
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
