"""Read a table of replies to a survey, or a form that one person filled in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmplan.assessment.client_records import SurveyReply
from crmplan.errors import ExchangeError
from crmplan.exchange.answer_words import plain
from crmplan.exchange.survey_answers import read_answer, read_day, step_words
from crmplan.exchange.survey_columns import (
    ANSWERED_ON,
    FORM,
    GROUP,
    Columns,
    find_columns,
    known_titles,
)
from crmplan.exchange.typed_text import shown
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from crmplan.assessment.survey import Survey

LONGEST_COMMENT = 5_000
LONGEST_NAME = 100
MOST_ROWS = 200_000
# Windows-1256 has no Persian yeh: without this a branch would be two groups.
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Template:
    """A survey in every language, and the words of its forms.

    Attributes:
        surveys: the same survey in each language; the first is the one computed with.
        about: titles of the columns that are no answers, in each language.
    """

    surveys: tuple[Survey, ...]
    about: tuple[Mapping[str, str], ...]

    @property
    def survey(self) -> Survey:
        """The survey itself."""
        return self.surveys[0]

    def titles(self) -> dict[str, str]:
        """Give the key for every plain title of a column."""
        return known_titles(self.surveys, self.about)


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """What was understood of a table.

    Attributes:
        rows: rows that hold anything, without the header.
        replies: the forms without a fault.
        problems: every fault, with row and column.
        left_out: columns of a survey tool that were not read.
        missing: answers without a column.
    """

    rows: int
    replies: tuple[SurveyReply, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]


def table_of(text: str, titles: Mapping[str, str], *, name: str) -> list[list[str]]:
    """Read CSV; the delimiter is the one by which most columns of the first row are known.

    Raises:
        ExchangeError: if it is no CSV, empty, or too large.
    """
    first = text.partition("\n")[0]
    best = max(_DELIMITERS, key=lambda sign: _known(first.split(sign), titles))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=best, strict=True))
    except csv.Error as error:
        raise ExchangeError(
            f"{name}: is no CSV: {error}", hint="save the table as CSV again"
        ) from error
    if not rows:
        raise ExchangeError(f"{name}: is empty", hint="its first row names the columns")
    if len(rows) > MOST_ROWS:
        raise ExchangeError(f"{name}: has more than {MOST_ROWS:,} rows", hint="divide the file")
    return rows


def _known(cells: Sequence[str], titles: Mapping[str, str]) -> int:
    columns, _ = find_columns([cell.strip('" ') for cell in cells], titles, (), name="")
    return len(columns.keys)


def known_columns(rows: Sequence[Sequence[str]], template: Template) -> int:
    """Count the columns that hold answers to a survey."""
    columns, _ = find_columns(rows[0], template.titles(), template.survey.asked, name="")
    return columns.answers


def read_replies(
    rows: Sequence[Sequence[str]],
    template: Template,
    *,
    name: str,
    stem: str,
    told: Callable[[int], None] = lambda _: None,
) -> ReplyReading:
    """Understand a table of replies.

    Args:
        rows: the table; the first row names the columns. A second row that repeats them in words
            is passed over, as are empty rows.
        template: what was asked.
        name: what the file is called, for messages.
        stem: begins the names of forms that have none.
        told: is called with the number of rows done, now and then.

    Raises:
        ExchangeError: if no column holds an answer.
    """
    titles = template.titles()
    columns, problems = find_columns(rows[0], titles, template.survey.asked, name=name)
    if not columns.answers:
        raise ExchangeError(
            f"{name}: no column holds an answer to {template.survey.id}",
            hint="begin with a form: crmplan survey write FILE ID --format csv",
        )
    reader = _Reader(template, columns, name, stem, len(rows[0]))
    done = 0
    for number, row in _filled(rows, columns, titles):
        reader.read(number, row)
        done += 1
        if done % 500 == 0:
            told(done)
    found = tuple(sorted((*problems, *reader.problems), key=lambda one: one.location))
    return ReplyReading(done, tuple(reader.replies), found, columns.left_out, columns.missing)


def _filled(
    rows: Sequence[Sequence[str]], columns: Columns, titles: Mapping[str, str]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows with something in them, by their number from 1."""
    for number, row in enumerate(rows[1:], start=2):
        is_empty = not any(cell.strip() for cell in row)
        if not is_empty and not (number == 2 and _repeats_header(row, columns, titles)):
            yield number, row


def _repeats_header(row: Sequence[str], columns: Columns, titles: Mapping[str, str]) -> bool:
    said = {place: plain(cell) for place, cell in enumerate(row) if cell.strip()}
    return all(titles.get(cell) == columns.keys.get(place) for place, cell in said.items())


@dataclass(slots=True)
class _Reader:
    """Turns rows into replies and notes what is wrong; equal cells are understood once."""

    template: Template
    columns: Columns
    name: str
    stem: str
    width: int
    replies: list[SurveyReply] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _rows_of: dict[str, int] = field(default_factory=dict)
    _understood: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _words: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = step_words(self.template.surveys)

    def read(self, number: int, row: Sequence[str]) -> None:
        """Read one row; its reply is kept if nothing is wrong with it."""
        before = len(self.problems)
        if any(cell.strip() for cell in row[self.width :]):
            self._too_wide(number)
        about: dict[str, str] = {}
        answers: dict[str, str] = {}
        for place, key in self.columns.keys.items():
            cell = row[place] if place < len(row) else ""
            if key in (FORM, GROUP, ANSWERED_ON):
                about[key] = cell.strip()
            elif answer := self._answer(number, place, key, cell):
                answers[key] = answer
        form = self._form(number, about.get(FORM, ""))
        answered_on = self._day(number, about.get(ANSWERED_ON, ""))
        group = about.get(GROUP, "").translate(_PERSIAN_LETTERS)
        if len(group) > LONGEST_NAME:
            self._fault(number, GROUP, f"the group {shown(group)} is longer than {LONGEST_NAME}")
        if len(self.problems) == before:
            self.replies.append(
                SurveyReply(
                    survey=self.template.survey.id,
                    form=form,
                    group=group,
                    answered_on=answered_on,
                    answers=answers,
                )
            )

    def _too_wide(self, number: int) -> None:
        self.problems.append(
            Problem(
                Location(self.name, number, self.width + 1),
                "SURVEY-ROW",
                "the row has more cells than the header",
                "a cell with a comma or a line break needs quotes",
            )
        )

    def _answer(self, number: int, place: int, key: str, cell: str) -> str:
        known = (key, cell)
        asked = self.template.survey.asked[key]
        if known not in self._understood:
            words = self._words.get(asked.scale.id, {})
            self._understood[known] = read_answer(cell, asked.scale, words)
        answer = self._understood[known]
        if answer is None:
            self.problems.append(
                Problem(
                    Location(self.name, number, place + 1),
                    "SURVEY-ANSWER",
                    f"{shown(cell)} is no answer to {key}",
                    _hint(self.template.survey, key),
                )
            )
        elif len(answer) > LONGEST_COMMENT:
            self._fault(number, key, f"the text is longer than {LONGEST_COMMENT:,} letters")
        return answer or ""

    def _form(self, number: int, written: str) -> str:
        """Name a form; one without a name is called by the file and its row."""
        form = written or f"{self.stem}-{number}"
        if "/" in form or len(form) > LONGEST_NAME:
            self._fault(
                number,
                FORM,
                f"{shown(form)} is no form number",
                f"up to {LONGEST_NAME} letters, no /",
            )
        elif form in self._rows_of:
            self._fault(
                number, FORM, f"the form {shown(form)} stands in row {self._rows_of[form]} already"
            )
        self._rows_of.setdefault(form, number)
        return form

    def _day(self, number: int, written: str) -> date | None:
        if not written:
            return None
        found = read_day(written)
        if found is None:
            self._fault(
                number,
                ANSWERED_ON,
                f"{shown(written)} is no day",
                "write the year first: 2026-03-31, or 1405/01/11",
            )
        return found

    def _fault(self, number: int, key: str, message: str, hint: str | None = None) -> None:
        place = next((one for one, name in self.columns.keys.items() if name == key), -1)
        code = {FORM: "SURVEY-FORM", ANSWERED_ON: "SURVEY-DATE"}.get(key, "SURVEY-TEXT")
        self.problems.append(Problem(Location(self.name, number, place + 1), code, message, hint))


def _hint(survey: Survey, key: str) -> str:
    scale = survey.asked[key].scale
    if scale.kind == "steps":
        return f"a whole number from {scale.lowest} to {scale.highest}, or empty"
    if scale.kind == "amount" and scale.lowest is not None and scale.highest is not None:
        return f"a number from {scale.lowest} to {scale.highest}, or empty"
    return "a number, or empty"
