"""``crmplan record risk``: what may happen to the plan."""

from __future__ import annotations

from itertools import count

import click

from crmplan.cli.options import by_option, element_id, engagement_argument, text
from crmplan.cli.output import say
from crmplan.cli.record_plan import save_to_plan
from crmplan.cli.task_names import task_ids
from crmplan.errors import CrmplanError


@click.command("risk", help="Note what may happen to the plan, and how much it delays.")
@engagement_argument
@click.argument("title", type=text)
@click.option("--id", "risk_id", type=element_id, help="Which one to change; a new one without.")
@click.option("--percent", type=click.IntRange(0, 100), required=True, help="Probability.")
@click.option(
    "--delay",
    type=click.IntRange(0, 10_000),
    nargs=3,
    default=(0, 0, 0),
    metavar="SHORTEST LIKELY LONGEST",
    help="Working days that it adds to each of the tasks.",
)
@click.option("--task", "tasks", multiple=True, help="A task that it delays.")
@click.option("--response", default="", help="What is done about it.")
@click.option("--owner", default="", help="Who watches it.")
@by_option
def risk(
    file: str,
    title: str,
    risk_id: str | None,
    percent: int,
    delay: tuple[int, int, int],
    tasks: tuple[str, ...],
    response: str,
    owner: str,
    by: str,
) -> None:
    """Note a risk.

    Example: crmplan record risk client.crmplan "Key people leave" --percent 20
    """
    from crmplan.assessment.plan_records import ProjectRisk
    from crmplan.workspace import read_engagement

    shortest, likely, longest = delay
    if not shortest <= likely <= longest:
        raise CrmplanError(
            f"{shortest}, {likely} and {longest} fall", hint="--delay SHORTEST LIKELY LONGEST"
        )
    if bool(longest) != bool(tasks):
        raise CrmplanError(
            "a delay needs tasks, and tasks a delay",
            hint="--delay 5 10 30 --task crm-charter; or leave both out for a risk without delay",
        )
    tasks = task_ids(file, *tasks)
    used = {one.id for one in read_engagement(file).risks}
    name = risk_id or next(one for number in count(1) if (one := f"r-{number}") not in used)
    record = ProjectRisk(
        id=name,
        title=title,
        percent=percent,
        shortest=shortest,
        likely=likely,
        longest=longest,
        tasks=tuple(dict.fromkeys(tasks)),
        response=response,
        owner=owner,
    )
    save_to_plan(file, [record], by=by)
    say(f"{name}: {title} ({percent}%)")
