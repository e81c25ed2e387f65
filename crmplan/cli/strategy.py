"""``crmplan strategy``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from crmplan.assessment.client_records import MeasureReading, MeasureTarget
from crmplan.cli.client_definitions import definition_for, require_known, use_definition
from crmplan.cli.options import (
    DAY,
    ExactNumber,
    by_option,
    engagement_argument,
    force_option,
    json_option,
    language_option,
)
from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import report_in, words_of
from crmplan.documents.sections.strategy_map import drawing, findings, summary
from crmplan.errors import CrmplanError
from crmplan.localisation.locale import NO_VALUE, Locale
from crmplan.report import basis_of
from crmplan.storage import open_engagement
from crmplan.working_papers import status_of
from crmplan.workspace import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.record import Record
    from crmplan.assessment.strategy_map import StrategyMap
    from crmplan.assessment.strategy_status import StrategyStatus
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.storage.store import EngagementStore

KIND: Final = "strategy-map"
NUMBER = ExactNumber()


def map_option(function: Callable[..., None]) -> Callable[..., None]:
    """Which strategy map."""
    return click.option(
        "--map", "map_id", metavar="ID", help="Which strategy map; the one in use without."
    )(function)


@click.group("strategy", help="Set targets of a strategy map, enter readings, see what lags.")
def command() -> None:
    """Objectives, measures, targets and what became of them."""


@command.command("show", help="Show where objectives and measures stand, and what is missing.")
@engagement_argument
@map_option
@language_option
@json_option
def show(file: str, map_id: str | None, language: LanguageCode | None, as_json: bool) -> None:
    """Show the state.

    Example: crmplan strategy show client.crmplan
    """
    words, status = _status(file, map_id, language)
    if as_json:
        write_json(
            "strategy",
            {
                "map": status.strategy.id,
                "version": status.strategy.version,
                "on": status.on,
                "objectives": status.objectives,
                "measures": status.measures,
                "levels": status.levels,
                "findings": status.findings,
            },
        )
        return
    _show(words, status)


def _status(
    file: str, map_id: str | None, language: LanguageCode | None
) -> tuple[Words, StrategyStatus]:
    report = report_in(file, None, language)
    words = words_of(report, KIND)
    strategy: StrategyMap = definition_for(
        report.engagement, KIND, map_id, language=words.locale.language
    )
    basis = basis_of(report.definitions, report.findings, report.plan)
    return words, status_of(strategy, report.engagement, basis)


def _show(words: Words, status: StrategyStatus) -> None:
    names = ("objective", "measure", "baseline", "actual", "target", "due", "owner", "state")
    say(summary(words, status))
    say()
    write_table(tuple(words(f"columns.{name}") for name in names), _rows(words, status))
    for sentence in findings(words, status):
        say()
        say(sentence)


def _rows(words: Words, status: StrategyStatus) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for objective in status.strategy.objectives:
        name = objective.title
        for measure in status.strategy.measures_of(objective.id):
            one = status.measures[measure.id]
            target = one.target
            rows.append(
                (
                    name,
                    f"{measure.title} [{measure.id}]",
                    words.locale.amount(one.baseline.value if one.baseline else None),
                    words.locale.amount(one.actual.value if one.actual else None),
                    words.locale.amount(target.value if target else None),
                    words.locale.short_date(target.due) if target and target.due else NO_VALUE,
                    target.owner if target else "",
                    words(f"state.{one.state}"),
                )
            )
            name = ""
    return rows


@command.command("target", help="Agree on the value that a measure shall reach.")
@engagement_argument
@click.argument("measure")
@click.argument("value", type=NUMBER)
@click.option("--due", type=DAY, help="The day until which it shall be reached.")
@click.option("--owner", default="", help="The person who answers for it.")
@map_option
@by_option
def target(
    file: str,
    measure: str,
    value: Fraction,
    due: datetime | None,
    owner: str,
    map_id: str | None,
    by: str,
) -> None:
    """Agree on a target.

    Example: crmplan strategy target client.crmplan retention-rate 85 --due 2027-12-31 --owner Ada
    """
    with open_engagement(file) as store:
        strategy = _map(store.read(), map_id)
        require_known([measure], strategy.measure, f"measure of {strategy.id}")
        day = due.date() if due else None
        record = MeasureTarget(
            strategy_map=strategy.id, measure=measure, value=value, due=day, owner=owner
        )
        _save(store, strategy, record, by=by)
    found = strategy.measure[measure]
    say(f"{found.title}: {Locale().amount(value)} {found.unit}")


@command.command("reading", help="Enter the value that a measure had on a day.")
@engagement_argument
@click.argument("measure")
@click.argument("value", type=NUMBER)
@click.option("--on", "day", type=DAY, required=True, help="The day of the reading.")
@click.option("--note", default="", help="Where the number comes from.")
@map_option
@by_option
def reading(
    file: str,
    measure: str,
    value: Fraction,
    day: datetime,
    note: str,
    map_id: str | None,
    by: str,
) -> None:
    """Enter a reading.

    Example: crmplan strategy reading client.crmplan retention-rate 78.5 --on 2026-10-01
    """
    with open_engagement(file) as store:
        strategy = _map(store.read(), map_id)
        require_known([measure], strategy.measure, f"measure of {strategy.id}")
        record = MeasureReading(
            strategy_map=strategy.id, measure=measure, on=day.date(), value=value, note=note
        )
        _save(store, strategy, record, by=by)
    found = strategy.measure[measure]
    say(f"{found.title}: {Locale().amount(value)} {found.unit} ({record.on.isoformat()})")


def _map(engagement: Engagement, map_id: str | None) -> StrategyMap:
    found: StrategyMap = definition_for(engagement, KIND, map_id)
    return found


def _save(store: EngagementStore, strategy: StrategyMap, record: Record, *, by: str) -> None:
    """Save a record, and that the map is used: both or neither."""
    at = datetime.now(UTC)
    with store.transaction():
        use_definition(store, strategy, KIND, by=by, at=at)
        store.save(record, by=by, at=at)


@command.command("draw", help="Draw the map with the state of its objectives, as SVG or PNG.")
@engagement_argument
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@map_option
@language_option
@force_option
def draw(
    file: str, out: Path, map_id: str | None, language: LanguageCode | None, force: bool
) -> None:
    """Draw the map.

    Example: crmplan strategy draw client.crmplan map.svg
    """
    from crmplan.figures.raster import raster

    figure = drawing(*_status(file, map_id, language))
    match out.suffix.lower():
        case ".svg":
            content = figure.svg.encode()
        case ".png":
            content = raster(figure, width_cm=32)
        case _:
            raise CrmplanError(
                f"{out.name!r} is no kind of picture that can be drawn",
                hint="name a file that ends in .svg or .png",
            )
    write_whole(out, content, overwrite=force)
    say(str(out))
