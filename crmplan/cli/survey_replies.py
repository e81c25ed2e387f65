"""Reading files of replies: which survey they answer, what is wrong, what is new."""

from __future__ import annotations

from dataclasses import replace as with_changes
from typing import TYPE_CHECKING

from crmplan.cli.output import say, tell, write_table
from crmplan.cli.survey_templates import load_template, survey_ids
from crmplan.errors import ExchangeError, FormTakenError
from crmplan.exchange.survey_replies import (
    ReplyReading,
    Template,
    known_columns,
    read_replies,
    table_of,
)
from crmplan.exchange.survey_workbook import filled_table
from crmplan.exchange.text_encoding import decode
from crmplan.exchange.workbook_cells import read_workbook
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rich.progress import Progress

    from crmplan.assessment.client_records import SurveyReply
    from crmplan.assessment.engagement import Engagement

_MOST_PROBLEMS = 50


def read_file(
    path: Path,
    template: Template | None,
    engagement: Engagement,
    *,
    encoding: str | None,
    group: str,
    bar: Progress,
) -> ReplyReading:
    """Read one file.

    Args:
        path: a CSV table, a workbook with such a table, or a filled-in form.
        template: the survey; None finds it by the columns.
        engagement: whose surveys come first where columns fit several.
        encoding: of a CSV file, if somebody stated it.
        group: given to forms without a group.
        bar: shows how far the work has come.
    """
    name = path.name
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        rows = _table_in_workbook(path.read_bytes(), name)
    else:
        rows = _table_in_csv(path.read_bytes(), template, name, encoding)
    found = template or _template_for(rows, engagement, name)
    task = bar.add_task(name, total=len(rows) - 1)
    reading = read_replies(
        rows, found, name=name, stem=path.stem, told=lambda done: bar.update(task, completed=done)
    )
    bar.update(task, completed=len(rows) - 1)
    return with_changes(reading, replies=tuple(_in_group(one, group) for one in reading.replies))


def _in_group(reply: SurveyReply, group: str) -> SurveyReply:
    return reply if reply.group else reply.model_copy(update={"group": group})


def _table_in_csv(
    data: bytes, template: Template | None, name: str, encoding: str | None
) -> list[list[str]]:
    decoded = decode(data, name=name, stated=encoding)
    tell(f"{name}: {decoded.encoding}")
    possible = [template] if template else map(load_template, survey_ids())
    titles = {title: key for one in possible for title, key in one.titles().items()}
    return table_of(decoded.text, titles, name=name)


def _table_in_workbook(data: bytes, name: str) -> list[list[str]]:
    book = read_workbook(data, name=name)
    first = next((rows for rows in book.values() if rows), ())
    if not first:
        raise ExchangeError(f"{name}: is empty", hint="its first row names the columns")
    return filled_table(first) or [list(row) for row in first]


def _template_for(rows: Sequence[Sequence[str]], engagement: Engagement, name: str) -> Template:
    """Find the survey whose answers most columns hold; one that is used already comes first.

    Raises:
        ExchangeError: if none fits, or two fit alike.
    """
    used = {one.id for one in engagement.definitions}
    fits = sorted(
        (
            (known_columns(rows, template), survey_id in used, survey_id)
            for survey_id in survey_ids()
            for template in (load_template(survey_id),)
        ),
        reverse=True,
    )
    best = fits[0] if fits else (0, False, "")
    if not best[0] or (len(fits) > 1 and fits[1][:2] == best[:2]):
        raise ExchangeError(
            f"{name}: the columns do not tell which survey this is",
            hint="name it: --survey ID; crmplan framework list shows them",
        )
    return load_template(best[2])


def require_free(readings: Sequence[ReplyReading]) -> list[Problem]:
    """Find forms that stand in two of the files."""
    places: dict[tuple[str, str], str] = {}
    problems = []
    for number, reading in enumerate(readings):
        for one in reading.replies:
            key = (one.survey, one.form)
            if key in places:
                message = f'the form "{one.form}" stands in {places[key]} as well'
                problems.append(Problem(Location(f"file {number + 1}"), "SURVEY-FORM", message))
            places.setdefault(key, f"file {number + 1}")
    return problems


def changed_replies(
    engagement: Engagement, replies: Iterable[SurveyReply], *, replace: bool
) -> list[SurveyReply]:
    """Choose the forms that are not stored as they are.

    Raises:
        FormTakenError: if a form is stored with other answers, and shall not be replaced.
    """
    stored = {(one.survey, one.form): one for one in engagement.survey_replies}
    changed = [one for one in replies if stored.get((one.survey, one.form)) != one]
    taken = tuple(one.form for one in changed if (one.survey, one.form) in stored)
    if taken and not replace:
        raise FormTakenError(taken)
    return changed


def show_reading(readings: Sequence[ReplyReading], problems: Sequence[Problem]) -> None:
    """Show what was understood of each file, and the first of what is wrong."""
    write_table(
        ("survey", "rows", "read", "faulty", "answers without a column", "columns left out"),
        [
            (
                ", ".join(sorted({one.survey for one in reading.replies})) or "–",
                str(reading.rows),
                str(len(reading.replies)),
                str(reading.rows - len(reading.replies)),
                ", ".join(reading.missing) or "–",
                ", ".join(reading.left_out) or "–",
            )
            for reading in readings
        ],
    )
    for problem in problems[:_MOST_PROBLEMS]:
        say(str(problem))
    if len(problems) > _MOST_PROBLEMS:
        say(f"… and {len(problems) - _MOST_PROBLEMS} more; --json lists all of them")
