"""``crmplan requirements``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from crmplan.cli.client_definitions import definition_for, require_known, use_definition
from crmplan.cli.options import (
    by_option,
    element_id,
    engagement_argument,
    framework_option,
    json_option,
    language_option,
    text,
)
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.errors import CrmplanError
from crmplan.storage import open_engagement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.requirements import RequirementsGuide
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.requirement_trace import RequirementTrace, TracedRequirement

GUIDE: Final = "requirements-guide"
OBLIGATIONS = ["must", "should", "could"]
STATES = ["open", "agreed", "met", "dropped"]


@click.group("requirements", help="Keep the register of needs, and show what answers them.")
def command() -> None:
    """The needs assessment of phase 2."""


@command.command("show", help="Show each need with what answers it, and what has no answer.")
@engagement_argument
@framework_option
@language_option
@json_option
def show(file: str, framework_id: str | None, language: LanguageCode | None, as_json: bool) -> None:
    """Show the register.

    Example: crmplan requirements show client.crmplan --json
    """
    report = report_in(file, framework_id, language)
    if as_json:
        write_json("requirements", report.register)
        return
    guide = definition_for(report.engagement, GUIDE, None, language=language)
    _show(report.register, guide, words_of(report))


def _show(trace: RequirementTrace, guide: RequirementsGuide, words: Words) -> None:
    write_table(
        ("id", "obligation", "about", "what is missing", "why", "answered by", "state"),
        [_row(one, guide, words) for one in trace.needs],
    )
    for name in trace.unanswered:
        say(f"no answer in the plan: {name}")
    for name in trace.without_need:
        say(f"answers no need: {words.initiative(name)} [{name}]")
    for name in trace.unknown:
        say(f"exists nowhere: {name}")


def _row(one: TracedRequirement, guide: RequirementsGuide, words: Words) -> tuple[str, ...]:
    need = one.requirement
    entity = guide.choice[need.entity].title if need.entity in guide.choice else need.entity
    answers = [words.coded(name) for name in one.tasks] + [f"({name})" for name in one.outside_plan]
    obligation = guide.obligation[need.obligation].title
    return need.id, obligation, entity, need.shortage, need.reason, "\n".join(answers), need.state


@command.command(
    "ask", help="Show the questions that bring needs to light, and what to choose from."
)
@engagement_argument
@language_option
@json_option
def ask(file: str, language: LanguageCode | None, as_json: bool) -> None:
    """Show the questions of the guide.

    Example: crmplan requirements ask client.crmplan --language fa
    """
    from crmplan.definitions.showing import outline
    from crmplan.workspace import read_engagement

    guide = definition_for(read_engagement(file), GUIDE, None, language=language)
    if as_json:
        write_json("requirements ask", guide)
        return
    for depth, line in outline(GUIDE, guide):
        say(f"{'  ' * depth}{line}")


@command.command("add", help="Add a need, or change one of the same ID: what is not given stays.")
@engagement_argument
@click.argument("requirement_id", metavar="ID", type=element_id)
@click.option("--shortage", type=text, help="What is missing; a new need must say it.")
@click.option("--reason", type=text, help="Why it matters; a new need must say it.")
@click.option("--obligation", type=click.Choice(OBLIGATIONS), help="How binding it is.")
@click.option("--entity", help="What it is about: an id of the guide, or free words.")
@click.option("--channel", help="Through which channel: an id of the guide, or free words.")
@click.option("--moment", help="When: an id of the guide, or free words.")
@click.option("--place", help="Where: an id of the guide, or free words.")
@click.option("--manner", help="How, in free words.")
@click.option("--dimension", "dimensions", multiple=True, metavar="ID", help="A dimension of it.")
@click.option("--initiative", "initiatives", multiple=True, metavar="ID", help="Answers it.")
@click.option("--task", "tasks", multiple=True, metavar="ID", help="An activity that answers it.")
@click.option("--criterion", "criteria", multiple=True, metavar="ID", help="Shows it in packages.")
@click.option("--raised-by", help="Who needs it.")
@click.option("--state", type=click.Choice(STATES), help="How far it is.")
@by_option
def add(file: str, requirement_id: str, by: str, **given: Any) -> None:
    """Add or change a need.

    Example: crmplan requirements add client.crmplan r1 --shortage "No log" --reason "Asked twice"
    """
    from crmplan.assessment.client_records import Requirement

    said = {name: value for name, value in given.items() if value}
    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        engagement = store.read()
        _require_ids(engagement, said)
        old = next((one for one in engagement.requirements if one.id == requirement_id), None)
        kept = old.model_dump() if old else {"id": requirement_id}
        if lacking := {"shortage", "reason"} - {*kept, *said}:
            raise CrmplanError(
                f"a new need says what is missing and why; {requirement_id} is new",
                hint=f"give {' and '.join(f'--{one}' for one in sorted(lacking))}",
            )
        guide = definition_for(engagement, GUIDE, None)
        use_definition(store, guide, GUIDE, by=by, at=now)
        store.save(Requirement.model_validate(kept | said), by=by, at=now)
    say(f"{requirement_id}: {said.get('shortage', kept.get('shortage'))}")


def _require_ids(engagement: Engagement, said: Mapping[str, Any]) -> None:
    """Refuse ids that stand for nothing."""
    from crmplan.cli.known_ids import known_ids

    known = known_ids(engagement)
    for field, kind in (
        ("dimensions", "dimension"),
        ("initiatives", "initiative"),
        ("tasks", "task"),
        ("criteria", "criterion"),
    ):
        require_known(said.get(field, ()), known[kind], kind)
