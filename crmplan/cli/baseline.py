"""``crmplan baseline``."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from crmplan.cli.options import DAY, by_option, engagement_argument, framework_option
from crmplan.cli.output import say
from crmplan.errors import CrmplanError


@click.command("baseline", help="Keep the present plan as the one that the sponsor signed.")
@engagement_argument
@click.option("--approved", type=DAY, help="The day on which it was signed; today without.")
@click.option("--force", is_flag=True, help="Replace the baseline that is there.")
@framework_option
@by_option
def command(
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
