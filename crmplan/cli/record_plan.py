"""``crmplan record link|constraint|estimate|day-off|holidays``: what the plan has to keep to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crmplan.cli.options import DAY, by_option, engagement_argument
from crmplan.cli.output import say
from crmplan.cli.task_names import task_ids
from crmplan.errors import CrmplanError, PlanProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.record import Record

KINDS = ("FS", "SS", "FF", "SF")
CONSTRAINTS = ("ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "deadline")


def lag(value: str) -> str:
    """Take a lag such as 3d, -2ed or 50%; for ``type=`` of an option."""
    from crmplan.errors import PlanningError
    from crmplan.planning.network.links import read_lag

    try:
        read_lag(value)
    except PlanningError as error:
        raise click.BadParameter(f"{error.message}: {error.hint}.") from error
    return value


@click.command("link", help="Let the task AFTER wait for the task BEFORE, besides the usual links.")
@engagement_argument
@click.argument("before")
@click.argument("after")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="FS",
    show_default=True,
    help="Which ends it ties: FS is finish to start.",
)
@click.option(
    "--lag",
    type=lag,
    default="0d",
    show_default=True,
    help="Time between them: working days 3d, calendar days 2ed, a share 50%; -3d is a lead.",
)
@click.option("--at-most", type=lag, help="The longest time between them.")
@click.option(
    "--lag-calendar",
    type=click.Choice(["plan", "before", "after"]),
    default="plan",
    show_default=True,
    help="Whose working days count: the organisation's, or those of one of the tasks.",
)
@click.option("--note", default="")
@by_option
def link(file: str, before: str, after: str, by: str, **given: Any) -> None:
    """Add a link, or change the one of the same tasks and kind.

    Example: crmplan record link client.crmplan crm-charter privacy-rules --kind SS --lag 5d
    """
    from crmplan.assessment.plan_records import PlanLink

    before, after = task_ids(file, before, after)
    save_to_plan(file, [PlanLink(before=before, after=after, **given)], by=by)
    say(f"{before} → {after}: {given['kind']} {given['lag']}")


@click.command("constraint", help="Bind a task to a day, or give it a deadline.")
@engagement_argument
@click.argument("task")
@click.argument("kind", type=click.Choice(CONSTRAINTS))
@click.argument("on", metavar="[DAY]", type=DAY, required=False)
@click.option("--note", default="")
@by_option
def constraint(file: str, task: str, kind: str, on: datetime | None, note: str, by: str) -> None:
    """Bind a task.

    SNET and SNLT: start no earlier, no later than a day; FNET and FNLT the same for the finish;
    MSO and MFO: must start, finish on it.

    Example: crmplan record constraint client.crmplan gate-scope deadline 2026-12-18
    """
    from crmplan.assessment.plan_records import TaskConstraint

    if (kind in ("ASAP", "ALAP")) != (on is None):
        raise CrmplanError(
            f"{kind} names {'no day' if on else 'a day'}",
            hint=f"crmplan record constraint FILE {task} {kind}{'' if on else ' 2026-12-18'}",
        )
    day = on.date() if on else None
    (task,) = task_ids(file, task)
    given = {"task": task, "kind": kind, "on": day, "note": note}
    save_to_plan(file, [TaskConstraint.model_validate(given)], by=by)
    say(f"{task}: {kind} {day or ''}".rstrip())


@click.command("estimate", help="Say how many working days a task takes, instead of the usual.")
@engagement_argument
@click.argument("task")
@click.argument("shortest", type=click.IntRange(0, 10_000))
@click.argument("likely", type=click.IntRange(0, 10_000))
@click.argument("longest", type=click.IntRange(0, 10_000))
@by_option
def estimate(file: str, task: str, shortest: int, likely: int, longest: int, by: str) -> None:
    """Estimate a task.

    Example: crmplan record estimate client.crmplan crm-charter 5 8 15
    """
    from crmplan.assessment.plan_records import TaskEstimate

    if not shortest <= likely <= longest:
        raise CrmplanError(
            f"{shortest}, {likely} and {longest} fall", hint="shortest, likely, longest"
        )
    (task,) = task_ids(file, task)
    record = TaskEstimate(task=task, shortest=shortest, likely=likely, longest=longest)
    save_to_plan(file, [record], by=by)
    say(f"{task}: {shortest} – {likely} – {longest}")


@click.command("day-off", help="Name days on which more or less is worked than usual.")
@engagement_argument
@click.argument("first", type=DAY)
@click.argument("last", metavar="[LAST]", type=DAY, required=False)
@click.option("--role", help="A role that this concerns alone.")
@click.option("--task", help="A task that this concerns alone.")
@click.option(
    "--works",
    type=click.Choice(["none", "half", "full"]),
    default="none",
    show_default=True,
    help="What is worked: nothing, the morning, or the whole day, on weekends too.",
)
@click.option("--note", default="")
@by_option
def day_off(
    file: str,
    first: datetime,
    last: datetime | None,
    role: str | None,
    task: str | None,
    by: str,
    **given: Any,
) -> None:
    """Name days.

    Example: crmplan record day-off client.crmplan 2026-12-24 2026-12-31 --note "Year end"
    """
    from crmplan.assessment.plan_records import CalendarException

    if role and task:
        raise CrmplanError("a day off concerns a role or a task", hint="leave one of them out")
    until = (last or first).date()
    if until < first.date():
        raise CrmplanError(f"{until} is before {first.date()}", hint="name the first day first")
    if task:
        (task,) = task_ids(file, task)
    scope = "role" if role else "task" if task else "organisation"
    where = {"scope": scope, "subject": role or task or "", "first": first.date(), "last": until}
    record = CalendarException.model_validate({**where, **given})
    save_to_plan(file, [record], by=by)
    say(f"{' '.join(filter(None, (scope, role or task)))}: {first.date()} – {until}")


@click.command("holidays", help="Write the public holidays of YEARS down, so that they stay.")
@engagement_argument
@click.argument("years", metavar="YEAR…", type=click.IntRange(1990, 2100), nargs=-1, required=True)
@by_option
def holidays(file: str, years: tuple[int, ...], by: str) -> None:
    """Write holidays down; days that were entered by hand stay as they are.

    Example: crmplan record holidays client.crmplan 2026 2027
    """
    from crmplan.planning.public_holidays import written_down
    from crmplan.storage import open_engagement

    with open_engagement(file) as store:
        engagement = store.read()
        country = engagement.organisation.country
        entered = {
            one.first
            for one in engagement.calendar_exceptions
            if one.scope == "organisation" and one.source == "own"
        }
        found = [one for one in written_down(country, years) if one.first not in entered]
        if not found:
            raise CrmplanError(
                f"no public holidays are known of country {country!r}",
                hint="name the country with crmplan new --country, or enter days with day-off",
            )
        store.save_all(found, by=by, at=datetime.now(UTC))
    say(f"{country}: {len(found)}")


COMMANDS = (link, constraint, estimate, day_off, holidays)


def save_to_plan(file: str, records: Iterable[Record], *, by: str) -> None:
    """Store records, unless the plan made with them has a problem at their place."""
    from crmplan.storage import open_engagement

    with open_engagement(file) as store:
        for record in records:
            _refuse_problems(store.read(), record)
            store.save(record, by=by, at=datetime.now(UTC))


def _refuse_problems(engagement: Engagement, record: Record) -> None:
    """Refuse a record with which no plan can be made; older problems are for ``crmplan plan``."""
    from crmplan.assessment.record_kinds import KIND_OF
    from crmplan.problems import Problem
    from crmplan.workspace import report_on

    kind = KIND_OF[type(record)]
    others = [
        one for one in getattr(engagement, kind.field) if kind.key_of(one) != kind.key_of(record)
    ]
    changed = engagement.model_copy(update={kind.field: (*others, record)})
    try:
        report_on(changed)
    except PlanProblemsError as error:
        place = " ".join((kind.name, *kind.key_of(record)))
        own = [
            one
            for one in error.problems
            if isinstance(one, Problem)
            and (one.location.file == place or one.code not in ("PLAN-UNKNOWN-ID", "PLAN-PAST"))
        ]
        if own:
            raise PlanProblemsError(own) from None
