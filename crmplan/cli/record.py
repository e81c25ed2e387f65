"""``crmplan record``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

import click

from crmplan.assessment.client_records import DefinitionUse, DefinitionUseKind
from crmplan.assessment.record_kinds import FRAMEWORK, LISTED, NAMED
from crmplan.assessment.responses import (
    ChosenFactor,
    Decision,
    Evidence,
    Importance,
    Respondent,
    Target,
)
from crmplan.cli import record_plan, record_progress, record_resources, record_risk
from crmplan.cli.options import (
    DAY,
    by_option,
    element_id,
    engagement_argument,
    framework_option,
    text,
)
from crmplan.cli.output import say, write_table
from crmplan.definitions.library import find_any, load_factors, load_framework, load_whole
from crmplan.errors import CrmplanError, UnknownElementError
from crmplan.problems import closest
from crmplan.storage import open_engagement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework

REMOVABLE = [kind.name for kind in LISTED if kind is not FRAMEWORK]
STATES = ("scored", "not-applicable", "unknown")
_NUMBER = re.compile(r"\d{1,6}([./]\d{1,6})?")


@click.group("record", help="Record people, evidence, decisions, targets, factors and the plan.")
def command() -> None:
    """What a consultant notes besides answers."""


for _limit in (record_resources.budget, record_resources.choice, record_resources.capacity):
    command.add_command(_limit)


@command.command("respondent", help="Add a person, or change one of the same ID.")
@engagement_argument
@click.argument("respondent_id", metavar="ID", type=element_id)
@click.option("--name", type=text, required=True)
@click.option("--role", default="")
@click.option("--group", required=True, help="An audience of the framework, such as executive.")
@by_option
def respondent(file: str, respondent_id: str, name: str, role: str, group: str, by: str) -> None:
    """Add a person.

    Example: crmplan record respondent client.crmplan md --name "Ada Lee" --group executive
    """
    with open_engagement(file) as store:
        known = [audience.id for audience in _framework(store.read(), None).audiences]
        _known(group, known, "group")
        person = Respondent(id=respondent_id, name=name, role=role, group=group)
        store.save(person, by=by, at=_now())
    say(f"{name} ({group})")


@command.command("evidence", help="Note something that was seen for an item.")
@engagement_argument
@click.argument("item")
@click.option("--title", type=text, required=True, help="What was seen.")
@click.option(
    "--kind",
    type=click.Choice(["document", "record", "observation", "interview"]),
    default="document",
    show_default=True,
)
@click.option("--reference", default="", help="Where it is: file, page, date.")
@click.option("--grade", type=click.Choice(["A", "B", "C", "D"]), default="B", show_default=True)
@click.option(
    "--supports", type=int, help="Highest level it supports; whatever is claimed without."
)
@click.option("--periods", type=click.IntRange(0), default=0, help="Periods of a series it shows.")
@framework_option
@by_option
def evidence(file: str, item: str, framework_id: str | None, by: str, **given: Any) -> None:
    """Note evidence.

    Example: crmplan record evidence client.crmplan service.complaints --title "Complaint log"
    """
    with open_engagement(file) as store:
        engagement = store.read()
        framework = _framework(engagement, framework_id)
        _known(item, framework.items, "item")
        _on_scale(given["supports"], framework)
        name = next(engagement.free_evidence_ids())
        record = Evidence(id=name, framework=framework.id, item=item, **given)
        store.save(record, by=by, at=_now())
    say(f"{record.id}: {record.title}")


@command.command("decision", help="Settle a contested item.")
@engagement_argument
@click.argument("item")
@click.option("--level", type=int, help="The level decided on.")
@click.option("--state", type=click.Choice(STATES), default="scored", show_default=True)
@click.option(
    "--method",
    type=click.Choice(["consensus", "majority", "expert"]),
    default="consensus",
    show_default=True,
)
@click.option("--reason", type=text, required=True)
@click.option("--dissent", default="", help="Who did not agree, and why.")
@click.option("--on", "day", type=DAY, help="Day of the decision; today without.")
@framework_option
@by_option
def decision(
    file: str, item: str, day: datetime | None, framework_id: str | None, by: str, **given: Any
) -> None:
    """Settle an item.

    Example: crmplan record decision client.crmplan leadership.culture --level 2 --reason "…"
    """
    if (given["state"] == "scored") != (given["level"] is not None):
        raise CrmplanError(
            "a decision names a level, or a state other than scored",
            hint="--level 2, or --state not-applicable",
        )
    with open_engagement(file) as store:
        framework = _framework(store.read(), framework_id)
        _known(item, framework.items, "item")
        _on_scale(given["level"], framework)
        on = day.date() if day else date.today()  # noqa: DTZ011 the consultant's own day
        record = Decision(framework=framework.id, item=item, decided_by=by, decided_on=on, **given)
        store.save(record, by=by, at=_now())
    say(f"{item}: {record.level if record.level is not None else record.state}")


@command.command("target", help="Agree on the level a dimension shall reach.")
@engagement_argument
@click.argument("dimension")
@click.argument("level")
@framework_option
@by_option
def target(file: str, dimension: str, level: str, framework_id: str | None, by: str) -> None:
    """Agree on a target.

    Example: crmplan record target client.crmplan service 3.5
    """
    with open_engagement(file) as store:
        framework = _framework(store.read(), framework_id)
        _known(dimension, framework.dimension, "dimension")
        exact = _exact(level)
        _on_scale(exact, framework)
        record = Target(framework=framework.id, dimension=dimension, level=exact)
        store.save(record, by=by, at=_now())
    say(f"{dimension}: {level}")


@command.command("importance", help="Say how much a dimension matters, from 1 to 5; 3 is usual.")
@engagement_argument
@click.argument("dimension")
@click.argument("importance", type=click.IntRange(1, 5))
@framework_option
@by_option
def importance_(
    file: str, dimension: str, importance: int, framework_id: str | None, by: str
) -> None:
    """Say how much a dimension matters.

    Example: crmplan record importance client.crmplan service 5
    """
    with open_engagement(file) as store:
        framework = _framework(store.read(), framework_id)
        _known(dimension, framework.dimension, "dimension")
        record = Importance(framework=framework.id, dimension=dimension, importance=importance)
        store.save(record, by=by, at=_now())
    say(f"{dimension}: {importance}")


@command.command("factor", help="Choose an external factor; without ID, list those there are.")
@engagement_argument
@click.argument("factor_id", metavar="[ID]", required=False)
@click.option("--probability", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--impact", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--note", default="")
@by_option
def factor(
    file: str, factor_id: str | None, probability: int, impact: int, note: str, by: str
) -> None:
    """Choose a factor.

    Example: crmplan record factor client.crmplan data-protection-law --probability 4 --impact 5
    """
    with open_engagement(file) as store:
        library = load_factors(store.read().settings.language)
        if factor_id is None:
            write_table(
                ("id", "kind", "area", "factor"),
                [(one.id, one.kind, one.area, one.text) for one in library.factors],
            )
            return
        _known(factor_id, [one.id for one in library.factors], "external factor")
        record = ChosenFactor(factor=factor_id, probability=probability, impact=impact, note=note)
        store.save(record, by=by, at=_now())
    say(f"{factor_id}: {probability} × {impact}")


@command.command("definition", help="Work with a definition beside the frameworks.")
@engagement_argument
@click.argument("definition_id", metavar="ID")
@by_option
def definition(file: str, definition_id: str, by: str) -> None:
    """Work with a definition: a strategy map, a process catalogue, stages and so on.

    Example: crmplan record definition client.crmplan springer-2006
    """
    entry = find_any(definition_id)
    if entry.kind not in get_args(DefinitionUseKind):
        raise CrmplanError(
            f"{definition_id!r} is a {entry.kind.replace('-', ' ')}; it needs no recording",
            hint="definitions to work with: crmplan framework list",
        )
    found = load_whole(entry.id, entry.kind)
    record = DefinitionUse(id=entry.id, kind=entry.kind, version=found.version)
    with open_engagement(file) as store:
        store.save(record, by=by, at=_now())
    say(f"{found.title} ({entry.id} {found.version})")


@command.command("remove", help="Take out what was recorded: KIND, and the KEY that identifies it.")
@engagement_argument
@click.argument("kind_name", metavar="KIND", type=click.Choice(REMOVABLE))
@click.argument("key", nargs=-1, required=True)
@by_option
def remove(file: str, kind_name: str, key: tuple[str, ...], by: str) -> None:
    """Take a record out; the history keeps what it said.

    Example: crmplan record remove client.crmplan target drcrm service
    """
    kind = NAMED[kind_name]
    if len(key) != len(kind.key):
        raise CrmplanError(
            f"what identifies a {kind.name} has {len(kind.key)} parts",
            hint=f"crmplan record remove FILE {kind.name} {' '.join(kind.key).upper()}",
        )
    with open_engagement(file) as store:
        if not store.remove(kind, key, by=by, at=_now()):
            known = [" ".join(kind.key_of(one)) for one in getattr(store.read(), kind.field)]
            wanted = " ".join(key)
            raise UnknownElementError(wanted, kind=kind.name, suggestion=closest(wanted, known))
    say(f"{kind.name} {' '.join(key)}")


for one in (*record_plan.COMMANDS, record_progress.progress, record_risk.risk):
    command.add_command(one)


def _framework(engagement: Engagement, framework_id: str | None) -> Framework:
    use = engagement.assessment(framework_id).use
    return load_framework(use.id, engagement.settings.language, version=use.version)


def _known(word: str, known: Iterable[str], kind: str) -> None:
    known = list(known)
    if word not in known:
        raise UnknownElementError(word, kind=kind, suggestion=closest(word, known))


def _on_scale(level: Fraction | int | None, framework: Framework) -> None:
    lowest, highest = framework.scale.lowest, framework.scale.highest
    if level is not None and not lowest <= level <= highest:
        raise CrmplanError(
            f"the scale of {framework.id} has no level {level}",
            hint=f"levels go from {lowest} to {highest}",
        )


def _exact(written: str) -> Fraction:
    """Read a level such as 3, 3.5 or 7/2."""
    plain = written.strip().replace(",", ".").replace("٫", ".")
    try:
        # With 1e9999999 the computer would be busy for hours.
        return Fraction(plain if _NUMBER.fullmatch(plain) else "")
    except (ValueError, ZeroDivisionError) as error:
        raise CrmplanError(f"{written!r} is no level", hint="a number such as 3 or 3.5") from error


def _now() -> datetime:
    return datetime.now(UTC)
