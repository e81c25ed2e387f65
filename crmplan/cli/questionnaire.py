"""``crmplan questionnaire``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.assessment.questionnaire import questionnaire
from crmplan.assessment.responses import Evidence, Respondent
from crmplan.cli.options import (
    by_option,
    engagement_argument,
    force_option,
    framework_option,
    json_option,
    language_option,
    out_option,
)
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.definitions.library import load_framework
from crmplan.errors import FINDINGS, CrmplanError, UnknownElementError
from crmplan.exchange.booklet_reading import read_booklet
from crmplan.exchange.questionnaire_labels import questionnaire_labels
from crmplan.exchange.questionnaire_reading import QuestionnaireReading, read_questionnaire
from crmplan.exchange.questionnaire_xlsx import write_questionnaire
from crmplan.localisation.locale import Locale
from crmplan.localisation.messages import catalogue
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import answered_elsewhere, read_engagement, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.localisation.locale import LanguageCode


def _workbook(
    engagement: Engagement,
    asked: Questionnaire,
    person: Respondent | None,
    held_on: date,
    language: LanguageCode,
) -> bytes:
    return write_questionnaire(
        asked,
        respondent=person,
        responses=engagement.responses,
        labels=questionnaire_labels(catalogue("questionnaire", language).plain),
        language=language,
        made_on=held_on,
    )


def _booklet(
    engagement: Engagement,
    asked: Questionnaire,
    person: Respondent | None,
    held_on: date,
    language: LanguageCode,
) -> bytes:
    from crmplan.documents.questionnaire_booklet import BookletPurpose, make_booklet

    settings = engagement.settings
    return make_booklet(
        asked,
        respondent=person,
        responses=engagement.responses,
        purpose=BookletPurpose(engagement.organisation.name, settings.consultant, held_on),
        locale=Locale(language, settings.calendar),
    )


WRITERS = {"xlsx": _workbook, "docx": _booklet}


@click.group(
    "questionnaire",
    help="Send questions out as Excel workbooks or Word booklets, and read answers back.",
)
def command() -> None:
    """Questionnaires by mail."""


@command.command(
    "write", help="Write a workbook or booklet for each person, or one for a group without a name."
)
@engagement_argument
@click.option(
    "--format",
    "form",
    type=click.Choice([*WRITERS]),
    default="xlsx",
    show_default=True,
    help="Excel workbook or Word booklet.",
)
@click.option(
    "--respondent", "respondent_ids", multiple=True, metavar="ID", help="Only for this person."
)
@click.option("--audience", metavar="GROUP", help="One form for anybody of a group.")
@click.option(
    "--short",
    is_flag=True,
    help="Three questions of each dimension; too few for the score of one group alone.",
)
@click.option(
    "--layers/--no-layers", default=True, show_default=True, help="Plan and practice apart."
)
@framework_option
@language_option
@out_option("questionnaires")
@force_option
def write(
    file: str,
    form: str,
    respondent_ids: tuple[str, ...],
    audience: str | None,
    short: bool,
    layers: bool,
    framework_id: str | None,
    language: LanguageCode | None,
    out: Path,
    force: bool,
) -> None:
    """Write forms.

    Example: crmplan questionnaire write client.crmplan --format docx --out questionnaires
    """
    engagement = read_engagement(file)
    use = engagement.assessment(framework_id).use
    spoken = language or engagement.settings.language
    framework = load_framework(use.id, spoken, version=use.version)
    for person, group in _recipients(engagement, respondent_ids, audience):
        name = person.id if person else group
        shared = answered_elsewhere(engagement, framework, person.id) if person else ()
        asked = questionnaire(framework, audience=group, short=short, layers=layers, without=shared)
        if shared:
            tell(f"{name}: left out, because answered for another framework: {len(shared)}")
        if shared and not asked.items:
            continue
        content = WRITERS[form](engagement, asked, person, use.held_on, spoken)
        path = out / f"{name}.{form}"
        write_whole(path, content, overwrite=force)
        say(str(path))


def _recipients(
    engagement: Engagement, respondent_ids: Sequence[str], audience: str | None
) -> Iterator[tuple[Respondent | None, str]]:
    """Name whom workbooks are made out to: a person and group, or a group alone."""
    if audience:
        yield None, audience
        return
    people = {person.id: person for person in engagement.respondents}
    if not people:
        raise CrmplanError(
            "nobody is recorded yet",
            hint="add people with crmplan record respondent, or name a group with --audience",
        )
    for respondent_id in respondent_ids or people:
        if respondent_id not in people:
            raise UnknownElementError(
                respondent_id, kind="respondent", suggestion=closest(respondent_id, people)
            )
        yield people[respondent_id], people[respondent_id].group


@command.command(
    "read", help="Read filled-in forms: all answers, or none and a list of what is wrong."
)
@engagement_argument
@click.argument(
    "answers",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--respondent", "respondent_id", metavar="ID", help="Whose answers, for a form without a name."
)
@click.option("--dry-run", is_flag=True, help="Show what would be read, and change nothing.")
@framework_option
@by_option
@json_option
def read(
    file: str,
    answers: tuple[Path, ...],
    respondent_id: str | None,
    dry_run: bool,
    framework_id: str | None,
    by: str,
    as_json: bool,
) -> None:
    """Read forms.

    Example: crmplan questionnaire read client.crmplan questionnaires/*.docx --dry-run
    """
    engagement = read_engagement(file)
    use = engagement.assessment(framework_id).use
    framework = load_framework(use.id, version=use.version)
    readings = [
        _reader(path)(
            path.read_bytes(), framework=framework, name=path.name, respondent=respondent_id
        )
        for path in answers
    ]
    _refuse_strangers(engagement, readings, respondent_id)
    if as_json:
        write_json("questionnaire read", readings)
    else:
        _show(readings)
    problems = [problem for reading in readings for problem in reading.problems]
    if problems:
        tell("nothing was imported: mend what is listed, then read again")
        sys.exit(FINDINGS)
    if not dry_run:
        _import(file, framework, readings, by)
    count = sum(len(reading.responses) for reading in readings)
    tell(f"{count} answers {'would be' if dry_run else 'were'} imported")


def _reader(path: Path) -> Callable[..., QuestionnaireReading]:
    return read_booklet if path.suffix.lower() == ".docx" else read_questionnaire


def _refuse_strangers(
    engagement: Engagement, readings: Sequence[QuestionnaireReading], respondent_id: str | None
) -> None:
    people = {person.id for person in engagement.respondents}
    for reading in readings:
        who = reading.person.id or respondent_id
        if who and who not in people:
            raise UnknownElementError(who, kind="respondent", suggestion=closest(who, people))


def _show(readings: Sequence[QuestionnaireReading]) -> None:
    write_table(
        ("file", "row", "item", "understood", "levels"),
        [
            (
                reading.name,
                str(row.row),
                row.item,
                row.understood,
                " / ".join("–" if level is None else str(level) for level in row.levels),
            )
            for reading in readings
            for row in reading.rows
        ],
    )
    for reading in readings:
        for problem in reading.problems:
            say(str(problem))


def _import(
    file: str, framework: Framework, readings: Sequence[QuestionnaireReading], by: str
) -> None:
    """Store all answers and evidence in one transaction; evidence known already stays as it is."""
    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        engagement = store.read()
        known = {(one.item, one.title) for one in engagement.evidence}
        ids = engagement.free_evidence_ids()
        store.save_all([one for reading in readings for one in reading.responses], by=by, at=now)
        for reading in readings:
            for seen in reading.evidence:
                if (seen.item, seen.title) in known:
                    continue
                record = Evidence(
                    id=next(ids),
                    framework=framework.id,
                    item=seen.item,
                    kind="interview",
                    grade="D",
                    title=seen.title,
                    noted_by=reading.person.id,
                )
                store.save(record, by=by, at=now)
