"""``crmplan packages``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from crmplan.cli.client_definitions import definition_for, require_known, use_definition
from crmplan.cli.options import (
    by_option,
    element_id,
    engagement_argument,
    exact_number,
    json_option,
    language_option,
    text,
)
from crmplan.cli.output import say, write_json, write_table
from crmplan.localisation.locale import NO_VALUE, Locale
from crmplan.storage import open_engagement
from crmplan.workspace import read_engagement

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction
    from typing import Any

    from crmplan.assessment.client_records import PackageCandidate
    from crmplan.assessment.package_comparison import CandidateResult
    from crmplan.assessment.package_evaluation import PackageEvaluation
    from crmplan.assessment.ranking_sensitivity import RankedPackages, ShareSensitivity
    from crmplan.localisation.locale import LanguageCode

KIND: Final = "package-evaluation"


def evaluation_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which evaluation."""
    return click.option(
        "--evaluation", metavar="ID", help="Which evaluation; the one in use without."
    )(function)


@click.group("packages", help="Compare software packages by weighted criteria.")
def command() -> None:
    """The choice of a package in phase 3."""


@command.command("show", help="Show the ranking, what knocks out, and what would turn it round.")
@engagement_argument
@evaluation_option
@language_option
@json_option
def show(file: str, evaluation: str | None, language: LanguageCode | None, as_json: bool) -> None:
    """Show the comparison.

    Example: crmplan packages show client.crmplan
    """
    from crmplan.assessment.ranking_sensitivity import rank_packages

    engagement = read_engagement(file)
    chosen = definition_for(engagement, KIND, evaluation, language=language)
    ranked = rank_packages(chosen, engagement)
    if as_json:
        write_json("packages", ranked)
        return
    locale = Locale(language or engagement.settings.language, engagement.settings.calendar)
    _show(ranked, locale)


def _show(ranked: RankedPackages, locale: Locale) -> None:
    comparison = ranked.comparison
    evaluation = comparison.evaluation
    write_table(
        ("package", "rank", "value", "range", "scored"),
        [_row(one, locale) for one in comparison.results],
        numbers=4,
    )
    for one in comparison.results:
        for out in one.knocked_out:
            title = evaluation.criterion[out.demand.criterion].title
            because = f" ({', '.join(out.demand.requirements)})" if out.demand.requirements else ""
            score, least = locale.whole(out.score), locale.whole(out.demand.minimum)
            say(f"{one.candidate.name} is out: {title} {score} < {least}{because}")
    names = {one.candidate.id: one.candidate.name for one in comparison.results}
    for turning in sorted(
        (one for one in ranked.sensitivity if one.move is not None), key=lambda one: one.move or 0
    ):
        say(_turn(turning, evaluation, names, locale))
    for name in comparison.orphans:
        say(f"not in {evaluation.id} (any more): {name}")


def _row(one: CandidateResult, locale: Locale) -> tuple[str, ...]:
    rank = locale.whole(one.rank) if one.rank else NO_VALUE
    low, high = locale.number(one.low, 2), locale.number(one.high, 2)
    between = low if low == high else f"{low}–{high}"
    name = f"{one.candidate.name} [{one.candidate.id}]"
    return name, rank, locale.number(one.value, 2), between, locale.percent(one.scored)


def _turn(
    found: ShareSensitivity, evaluation: PackageEvaluation, names: dict[str, str], locale: Locale
) -> str:
    """Say at which share another package leads."""
    turn = found.nearest
    element = evaluation.group.get(found.element_id) or evaluation.criterion[found.element_id]
    if turn is None:
        return f"{element.title}: no share changes the winner"
    way = "above" if turn.share > found.share else "below"
    return (
        f"{element.title}: {locale.percent(found.share)} of the weight; {way} "
        f"{locale.percent(turn.share)} {names[turn.candidate]} leads"
    )


@command.command("candidate", help="Add a package, or change one of the same ID.")
@engagement_argument
@click.argument("candidate_id", metavar="ID", type=element_id)
@click.option("--name", type=text, required=True)
@click.option("--vendor", default="", help="Who sells it.")
@click.option("--note", default="")
@evaluation_option
@by_option
def candidate(
    file: str,
    candidate_id: str,
    name: str,
    vendor: str,
    note: str,
    evaluation: str | None,
    by: str,
) -> None:
    """Add a package.

    Example: crmplan packages candidate client.crmplan north --name "North CRM" --vendor "North Ltd"
    """
    from crmplan.assessment.client_records import PackageCandidate

    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        chosen = definition_for(store.read(), KIND, evaluation)
        use_definition(store, chosen, KIND, by=by, at=now)
        record = PackageCandidate(
            evaluation=chosen.id, id=candidate_id, name=name, vendor=vendor, note=note
        )
        store.save(record, by=by, at=now)
    say(f"{candidate_id}: {name}")


@command.command("score", help="Score a package by a criterion; without SCORE, show what it means.")
@engagement_argument
@click.argument("candidate_id", metavar="PACKAGE")
@click.argument("criterion_id", metavar="CRITERION")
@click.argument("score", type=click.IntRange(0, 5), required=False)
@click.option("--note", default="", help="What was seen.")
@evaluation_option
@by_option
def score_(
    file: str,
    candidate_id: str,
    criterion_id: str,
    score: int | None,
    note: str,
    evaluation: str | None,
    by: str,
) -> None:
    """Score a package.

    Example: crmplan packages score client.crmplan north system-modules.sales 4
    """
    from crmplan.assessment.client_records import PackageScore

    with open_engagement(file, read_only=score is None) as store:
        engagement = store.read()
        chosen = definition_for(engagement, KIND, evaluation)
        require_known([criterion_id], chosen.criterion, "criterion")
        _require_candidate(candidate_id, engagement.package_candidates, chosen.id)
        criterion = chosen.criterion[criterion_id]
        if score is None:
            say(f"{criterion.title}. {criterion.ask}")
            for level, words in sorted(criterion.levels.items()):
                say(f"  {level}: {words}")
            return
        record = PackageScore(
            evaluation=chosen.id,
            candidate=candidate_id,
            criterion=criterion_id,
            score=score,
            note=note,
        )
        store.save(record, by=by, at=datetime.now(UTC))
    say(f"{candidate_id}, {criterion_id}: {score}")


def _require_candidate(
    wanted: str, candidates: tuple[PackageCandidate, ...], evaluation: str
) -> None:
    known = [one.id for one in candidates if one.evaluation == evaluation]
    require_known([wanted], known, "package")


@command.command("weight", help="Weigh a criterion or a group for this client; 0 leaves it out.")
@engagement_argument
@click.argument("element_id_", metavar="CRITERION|GROUP")
@click.argument("weight", type=exact_number)
@click.option("--minimum", type=click.IntRange(1, 5), help="A lower score knocks a package out.")
@evaluation_option
@by_option
def weight_(
    file: str,
    element_id_: str,
    weight: Fraction,
    minimum: int | None,
    evaluation: str | None,
    by: str,
) -> None:
    """Weigh a criterion or group.

    Example: crmplan packages weight client.crmplan cost-and-supplier.cost 4 --minimum 2
    """
    from crmplan.assessment.client_records import CriterionWeight

    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        chosen = definition_for(store.read(), KIND, evaluation)
        require_known([element_id_], [*chosen.group, *chosen.criterion], "criterion or group")
        if minimum and element_id_ in chosen.group:
            raise click.BadParameter("a group has no score, so it has no minimum.")
        use_definition(store, chosen, KIND, by=by, at=now)
        record = CriterionWeight(
            evaluation=chosen.id, criterion=element_id_, weight=weight, minimum=minimum
        )
        store.save(record, by=by, at=now)
    say(f"{element_id_}: {weight}")
