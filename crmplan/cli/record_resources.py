"""``crmplan record budget``, ``choice`` and ``capacity``: what limits the plan."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crmplan.assessment.plan_records import (
    MOST_TASKS,
    CapacityChange,
    InitiativeChoice,
    PeriodBudget,
    RoleCapacity,
)
from crmplan.cli.options import DAY, by_option, element_id, engagement_argument, text
from crmplan.cli.output import say
from crmplan.cli.task_names import ids_of_codes
from crmplan.errors import UnknownElementError
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import load_definitions

if TYPE_CHECKING:
    from collections.abc import Collection

    from crmplan.assessment.engagement import Engagement
    from crmplan.report import Definitions

MOST_PERIODS = 40
MOST_DAYS = 1_000_000


@click.command("budget", help="Set the person-days that initiatives may cost in a period.")
@engagement_argument
@click.argument("period", type=click.IntRange(1, MOST_PERIODS))
@click.argument("person_days", metavar="DAYS", type=click.IntRange(0, MOST_DAYS))
@by_option
def budget(file: str, period: int, person_days: int, by: str) -> None:
    """Set the budget of a period; the first period is 1.

    Example: crmplan record budget client.crmplan 1 600
    """
    with open_engagement(file) as store:
        record = PeriodBudget(period=period, person_days=person_days)
        store.save(record, by=by, at=datetime.now(UTC))
    say(f"period {period}: {person_days} person-days")


@click.command("choice", help="Decide that an initiative is in the plan, or is not.")
@engagement_argument
@click.argument("initiative")
@click.argument("choice", type=click.Choice(["mandatory", "excluded"]))
@click.option("--reason", type=text, required=True, help="Why, and who decided.")
@by_option
def choice(file: str, initiative: str, by: str, **given: Any) -> None:
    """Decide about an initiative, whatever the gaps say.

    Example: crmplan record choice client.crmplan D3-1 mandatory --reason "Board decision, 12 May"
    """
    with open_engagement(file) as store:
        engagement = store.read()
        named = ids_of_codes(engagement).get(initiative.casefold(), initiative)
        loaded = _definitions(engagement)
        known = {one.id for each in loaded for one in each.catalogue.initiatives}
        _known(named, known, "initiative")
        record = InitiativeChoice(initiative=named, **given)
        store.save(record, by=by, at=datetime.now(UTC))
    say(f"{record.initiative}: {record.choice}")


class Change(click.ParamType[CapacityChange]):
    """Another number of tasks from a day on: 2027-03-01=2."""

    name = "change"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> CapacityChange:
        """Read a day and a number."""
        if isinstance(value, CapacityChange):
            return value
        day, _, number = str(value).partition("=")
        try:
            return CapacityChange(on=DAY.convert(day, param, ctx).date(), tasks=int(number))
        except ValueError:
            self.fail(f"{value!r} is no change: write 2027-03-01=2", param, ctx)


@click.command("capacity", help="Set how many tasks a role leads at once, and when that changes.")
@engagement_argument
@click.argument("role", type=element_id)
@click.argument("tasks", type=click.IntRange(0, MOST_TASKS))
@click.option(
    "--from",
    "changes",
    type=Change(),
    multiple=True,
    metavar="DATE=TASKS",
    help="Another number from a day on; as often as it changes.",
)
@by_option
def capacity(
    file: str, role: str, tasks: int, changes: tuple[CapacityChange, ...], by: str
) -> None:
    """Set the capacity of a role; a role without one is not limited.

    Example: crmplan record capacity client.crmplan it-manager 1 --from 2027-03-01=2
    """
    with open_engagement(file) as store:
        roles = [one for found in _definitions(store.read()) for one in found.phase_model.role]
        _known(role, roles, "role")
        in_order = tuple(sorted(changes, key=lambda change: change.on))
        record = RoleCapacity(role=role, tasks=tasks, changes=in_order)
        store.save(record, by=by, at=datetime.now(UTC))
    say(f"{role}: {', '.join([str(tasks), *(f'{one.on}={one.tasks}' for one in in_order)])}")


def _definitions(engagement: Engagement) -> list[Definitions]:
    """Load what the frameworks of an engagement plan with."""
    language = engagement.settings.language
    return [load_definitions(use.id, language) for use in engagement.frameworks]


def _known(word: str, known: Collection[str], kind: str) -> None:
    if word not in known:
        raise UnknownElementError(word, kind=kind, suggestion=closest(word, known))
