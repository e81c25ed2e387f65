"""``crmplan processes``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from crmplan.assessment.client_records import ProcessClass, ProcessRating
from crmplan.assessment.process_catalogue import HIGHEST, LOWEST
from crmplan.cli.client_definitions import definition_for, require_known, use_definition
from crmplan.cli.options import by_option, engagement_argument, json_option, language_option
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.definitions.library import load_catalogue, load_framework
from crmplan.documents.sections.process_ranking import (
    class_name,
    dimension_names,
    findings,
    initiative_names,
    name_of,
    summary,
)
from crmplan.localisation.locale import NO_VALUE
from crmplan.report import basis_of
from crmplan.storage import open_engagement
from crmplan.working_papers import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.process_catalogue import ProcessCatalogue
    from crmplan.assessment.process_ranking import ProcessRanking, RankedProcess
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode

KIND: Final = "process-catalogue"


def catalogue_option(function: Callable[..., None]) -> Callable[..., None]:
    """Which catalogue."""
    return click.option(
        "--catalogue",
        "catalogue_id",
        metavar="ID",
        help="Which process catalogue, such as apqc-pcf; the one in use without.",
    )(function)


@click.group("processes", help="Choose, classify and rate the client's processes.")
def command() -> None:
    """Which processes matter, and which nobody touches."""


@command.command("show", help="Show the chosen processes by priority, and what asks to be decided.")
@engagement_argument
@catalogue_option
@language_option
@json_option
def show(file: str, catalogue_id: str | None, language: LanguageCode | None, as_json: bool) -> None:
    """Show the ranking.

    Example: crmplan processes show client.crmplan
    """
    report = report_in(file, None, language)
    words = words_of(report, KIND)
    catalogue: ProcessCatalogue = definition_for(
        report.engagement, KIND, catalogue_id, language=words.locale.language
    )
    basis = basis_of(report.definitions, report.findings, report.plan)
    ranking = ranking_of(catalogue, report.engagement, basis)
    if as_json:
        write_json(
            "processes",
            {
                "catalogue": catalogue.id,
                "version": catalogue.version,
                "processes": ranking.processes,
                "findings": ranking.findings,
            },
        )
        return
    _show(words, ranking)


def _show(words: Words, ranking: ProcessRanking) -> None:
    say(summary(words, ranking))
    if ranking.processes:
        names = (
            "process",
            "class",
            "dimensions",
            "initiatives",
            "owner",
            "key",
            "importance",
            "gap",
            "priority",
            "rank",
        )
        say()
        write_table(
            tuple(words(f"columns.{name}") for name in names),
            [_row(words, ranking, one) for one in ranking.processes],
            numbers=4,
        )
    for sentence in findings(words, ranking):
        say()
        say(sentence)
    if ranking.catalogue.attribution:
        say()
        say(ranking.catalogue.attribution)


def _row(words: Words, ranking: ProcessRanking, one: RankedProcess) -> tuple[str, ...]:
    return (
        name_of(words, one.process),
        class_name(ranking, one),
        words.join(dimension_names(words, one)),
        words.join(initiative_names(words, one)),
        one.rating.owner,
        words("yes") if one.is_key else "",
        words.locale.number(one.importance),
        words.locale.number(one.gap),
        words.locale.number(one.priority),
        NO_VALUE if one.rank is None else words.locale.whole(one.rank),
    )


class _Levels(click.ParamType[tuple[str, int]]):
    """A criterion and its level: strategy-fit=4."""

    name = "criterion=level"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Read a criterion and a level from 1 to 5."""
        if isinstance(value, tuple):
            return value
        criterion, _, level = str(value).partition("=")
        if level not in {str(number) for number in range(LOWEST, HIGHEST + 1)}:
            self.fail(
                f"{value!r}: write a criterion and a level from 1 to 5: strategy-fit=4", param, ctx
            )
        return criterion, int(level)


@command.command("rate", help="Choose a process, classify and rate it; what is not named is kept.")
@engagement_argument
@click.argument("process")
@click.option("--class", "process_class", type=click.Choice(get_args(ProcessClass)))
@click.option(
    "--criterion",
    "criteria",
    type=_Levels(),
    multiple=True,
    metavar="ID=LEVEL",
    help="Level from 1 to 5 against a criterion; several times.",
)
@click.option("--dimension", "dimensions", multiple=True, metavar="ID", help="It belongs to.")
@click.option("--initiative", "initiatives", multiple=True, metavar="ID", help="It is changed by.")
@click.option("--owner", help="The person who answers for it.")
@click.option("--note")
@catalogue_option
@by_option
def rate(file: str, process: str, catalogue_id: str | None, by: str, **given: Any) -> None:
    """Rate a process.

    Example: crmplan processes rate client.crmplan pcf-5-2 --criterion strategy-fit=5
    """
    with open_engagement(file) as store:
        engagement = store.read()
        catalogue: ProcessCatalogue = definition_for(engagement, KIND, catalogue_id)
        require_known([process], catalogue.process, f"process of {catalogue.id}")
        _require_references(catalogue, given)
        record = _rating(engagement, catalogue.id, process, given)
        at = datetime.now(UTC)
        with store.transaction():
            use_definition(store, catalogue, KIND, by=by, at=at)
            store.save(record, by=by, at=at)
    found = catalogue.process[process]
    levels = ", ".join(f"{name} {level}" for name, level in record.criteria.items())
    say(f"{found.code} {found.title}{': ' if levels else ''}{levels}")


def _require_references(catalogue: ProcessCatalogue, given: dict[str, Any]) -> None:
    framework = load_framework(catalogue.framework)
    planner = load_catalogue(framework.plans_with or framework.id)
    criteria = [name for name, _ in given["criteria"]]
    require_known(criteria, catalogue.criterion, f"criterion of {catalogue.id}")
    require_known(given["dimensions"], framework.dimension, f"dimension of {framework.id}")
    initiatives = planner.by_id if planner else {}
    require_known(given["initiatives"], initiatives, f"initiative of {framework.id}")


def _rating(
    engagement: Engagement, catalogue_id: str, process: str, given: dict[str, Any]
) -> ProcessRating:
    """Give the rating that there is with what was said now."""
    before = next(
        (
            one
            for one in engagement.process_ratings
            if (one.catalogue, one.process) == (catalogue_id, process)
        ),
        ProcessRating(catalogue=catalogue_id, process=process),
    )
    said = {name: value for name, value in given.items() if value not in (None, ())}
    if "criteria" in said:
        said["criteria"] = {**before.criteria, **dict(said["criteria"])}
    return ProcessRating.model_validate({**before.model_dump(), **said})
