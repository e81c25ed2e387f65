"""``crmplan survey``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.client_definitions import definition_for, use_definition
from crmplan.cli.options import (
    DAY,
    by_option,
    engagement_argument,
    force_option,
    json_option,
    language_option,
    out_option,
    text,
)
from crmplan.cli.output import progress, say, tell, write_json
from crmplan.cli.survey_readings import paper_of, readings_of
from crmplan.cli.survey_replies import (
    changed_replies,
    read_file,
    require_free,
    show_reading,
)
from crmplan.cli.survey_showing import show_comments, show_json, show_list, show_survey
from crmplan.cli.survey_templates import load_survey, load_template
from crmplan.errors import FINDINGS, UnknownElementError
from crmplan.exchange.survey_labels import survey_labels
from crmplan.exchange.text_encoding import ENCODINGS
from crmplan.localisation.locale import LANGUAGES, Locale
from crmplan.localisation.messages import catalogue
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import read_engagement, report_of, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.client_records import SurveyReply
    from crmplan.assessment.strategy_map import StrategyMap
    from crmplan.assessment.survey import Survey
    from crmplan.localisation.locale import LanguageCode


@click.group("survey", help="Ask customers and employees, read their replies, show the results.")
def command() -> None:
    """Surveys."""


@command.command("write", help="Write a form to hand out, or to load into a survey tool.")
@engagement_argument
@click.argument("survey_id", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "xlsform"]),
    default="xlsx",
    show_default=True,
    help="A table to type replies into, a form for one person, or an XLSForm in all languages.",
)
@language_option
@out_option("surveys")
@force_option
def write(
    file: str, survey_id: str, form: str, language: LanguageCode | None, out: Path, force: bool
) -> None:
    """Write a form.

    Example: crmplan survey write client.crmplan customer-satisfaction --format xlsform
    """
    engagement = read_engagement(file)
    spoken = language or engagement.settings.language
    survey = load_survey(survey_id, spoken)
    content = _form(survey, form, spoken, engagement.organisation.name)
    ending = "xlsform.xlsx" if form == "xlsform" else f"{spoken}.{form}"
    path = out / f"{survey.id}.{ending}"
    write_whole(path, content, overwrite=force)
    say(str(path))


def _form(survey: Survey, form: str, language: LanguageCode, organisation: str) -> bytes:
    labels = survey_labels(catalogue("survey", language).plain)
    if form == "csv":
        from crmplan.exchange.survey_table import to_table

        return to_table(survey, labels)
    if form == "xlsx":
        from crmplan.exchange.survey_workbook import to_workbook

        return to_workbook(survey, labels, organisation=organisation, language=language)
    from crmplan.exchange.survey_xlsform import to_xlsform

    surveys = {one: load_survey(survey.id, one) for one in LANGUAGES}
    return to_xlsform(surveys, organisation=organisation, language=language)


@command.command("read", help="Read replies: all of them, or none and a list of what is wrong.")
@engagement_argument
@click.argument(
    "replies",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--survey", "survey_id", metavar="ID", help="Which survey; found by the columns without."
)
@click.option("--group", type=text, help="Group of all forms that name none.")
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), help="Of the CSV files; found out without."
)
@click.option("--skip-faulty", is_flag=True, help="Import the forms without a fault.")
@click.option("--replace", is_flag=True, help="Replace forms that were read before and differ.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and change nothing.")
@by_option
@json_option
def read(
    file: str,
    replies: tuple[Path, ...],
    survey_id: str | None,
    group: str | None,
    encoding: str | None,
    skip_faulty: bool,
    replace: bool,
    dry_run: bool,
    by: str,
    as_json: bool,
) -> None:
    """Read replies.

    Example: crmplan survey read client.crmplan replies.csv --dry-run
    """
    engagement = read_engagement(file)
    template = load_template(survey_id) if survey_id else None
    with progress() as bar:
        readings = [
            read_file(path, template, engagement, encoding=encoding, group=group or "", bar=bar)
            for path in replies
        ]
    problems = [problem for reading in readings for problem in reading.problems]
    problems += require_free(readings)
    if as_json:
        write_json("survey read", readings)
    else:
        show_reading(readings, problems)
    if problems and not skip_faulty:
        tell("nothing was imported: mend what is listed, or leave it out with --skip-faulty")
        sys.exit(FINDINGS)
    found = {(one.survey, one.form): one for reading in readings for one in reading.replies}
    changed = changed_replies(engagement, found.values(), replace=replace)
    if not dry_run:
        _import(file, changed, by)
    told = "would be imported" if dry_run else "were imported"
    tell(f"{len(changed)} forms {told}, {len(found) - len(changed)} stand there already")
    sys.exit(FINDINGS if problems else 0)


def _import(file: str, replies: Sequence[SurveyReply], by: str) -> None:
    """Store all forms in one transaction, and that the engagement uses their surveys."""
    now = datetime.now(UTC)
    with open_engagement(file) as store, progress() as bar, store.transaction():
        for survey_id in dict.fromkeys(one.survey for one in replies):
            use_definition(store, load_survey(survey_id), "survey", by=by, at=now)
        task = bar.add_task("saving", total=len(replies))
        store.save_all(bar.track(replies, task_id=task), by=by, at=now)


@command.command("show", help="Show the surveys of an engagement, or the results of one.")
@engagement_argument
@click.argument("survey_id", metavar="[ID]", required=False)
@click.option("--by-group", is_flag=True, help="Each group below the whole.")
@click.option("--comments", is_flag=True, help="What people wrote in their own words, too.")
@language_option
@json_option
def show(
    file: str,
    survey_id: str | None,
    by_group: bool,
    comments: bool,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show results.

    Example: crmplan survey show client.crmplan customer-satisfaction --by-group
    """
    report = report_of(file, language=language)
    papers = {paper.survey.id: paper for paper in report.papers.surveys}
    if survey_id is None:
        show_list(report, as_json=as_json)
        return
    if survey_id not in papers:
        raise UnknownElementError(
            survey_id, kind="survey of this engagement", suggestion=closest(survey_id, papers)
        )
    if as_json:
        show_json(papers[survey_id], comments=comments)
        return
    show_survey(report, papers[survey_id], by_group=by_group)
    if comments:
        show_comments(report, papers[survey_id])


@command.command("measures", help="Enter results as readings of the measures of a strategy map.")
@engagement_argument
@click.argument("survey_id", metavar="ID")
@click.option("--map", "map_id", metavar="ID", help="Which strategy map; the one in use without.")
@click.option("--on", "day", type=DAY, help="Day of the readings; that of the last reply without.")
@by_option
@json_option
def measures(
    file: str, survey_id: str, map_id: str | None, day: datetime | None, by: str, as_json: bool
) -> None:
    """Enter readings.

    Example: crmplan survey measures client.crmplan customer-satisfaction --map kaplan-norton
    """
    now = datetime.now(UTC)
    with open_engagement(file) as store:
        engagement = store.read()
        paper = paper_of(engagement, survey_id)
        strategy: StrategyMap = definition_for(engagement, "strategy-map", map_id)
        readings = readings_of(paper, strategy, on=day.date() if day else paper.results.last_on)
        with store.transaction():
            use_definition(store, strategy, "strategy-map", by=by, at=now)
            store.save_all(readings, by=by, at=now)
    if as_json:
        write_json("survey measures", readings)
        return
    for one in readings:
        found = strategy.measure[one.measure]
        value = Locale().amount(one.value)
        say(f"{found.title}: {value} {found.unit} ({one.on.isoformat()}, {one.note})")
