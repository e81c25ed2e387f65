"""Read a filled-in questionnaire: all of its answers, or the list of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import FORMAT
from crmplan.errors import ExchangeError
from crmplan.exchange.answer_words import known_words
from crmplan.exchange.questionnaire_answers import (
    RowAnswers,
    RowReport,
    SeenEvidence,
    read_row,
)
from crmplan.exchange.questionnaire_faults import Form
from crmplan.exchange.questionnaire_layout import ITEM, MARKS_SHEET
from crmplan.exchange.questionnaire_marks import FormMarks, read_marks
from crmplan.exchange.questionnaire_person import FormPerson, person_problems, read_person
from crmplan.exchange.questionnaire_table import AnswerTable, TableRow, find_table
from crmplan.exchange.typed_text import shown
from crmplan.exchange.workbook_cells import read_workbook
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.responses import Response

_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class QuestionnaireReading:
    """A filled-in questionnaire.

    Attributes:
        person: who answers.
        audience: the group that was asked, or None for everybody.
        responses: all answers, in the order of the rows; empty if there is any problem.
        evidence: what was named as evidence; empty if there is any problem.
        rows: what was understood of each row, in the order of the rows.
        problems: everything that is wrong, in the order of the places.
        is_complete: whether every question is answered, and nothing is wrong.
    """

    name: str
    person: FormPerson
    audience: str | None
    responses: tuple[Response, ...]
    evidence: tuple[SeenEvidence, ...]
    rows: tuple[RowReport, ...]
    problems: tuple[Problem, ...]
    is_complete: bool


def read_questionnaire(
    data: bytes, *, framework: Framework, name: str, respondent: str | None = None
) -> QuestionnaireReading:
    """Read a questionnaire that `write_questionnaire` made and people filled in.

    Rows may be moved, columns inserted, sheets renamed; digits and words may be of any of the three
    languages. Answers are all given, or none and a list of problems.

    Args:
        data: the file, from anybody.
        framework: the framework that was asked about, in any language.
        name: what the file is called, for messages.
        respondent: id of the person who answers, for a form that is made out to nobody.

    Raises:
        ExchangeError: if the file as a whole cannot be used: it is no .xlsx file, locked, damaged,
            too large, no questionnaire, or made for another framework or version.
    """
    book = read_workbook(data, name=name)
    marks = read_marks(book.get(MARKS_SHEET, ()))
    check_marks(marks, framework, name)
    table = find_table(book, name=name)
    person = read_person(book, marks)
    return read_answers(table, marks, person, framework=framework, name=name, respondent=respondent)


def read_answers(
    table: AnswerTable,
    marks: FormMarks,
    person: FormPerson,
    *,
    framework: Framework,
    name: str,
    respondent: str | None,
    problems: Iterable[Problem] = (),
) -> QuestionnaireReading:
    """Understand the answers that were found in a form of any kind.

    Args:
        table: the answers, a row a question.
        marks: what the form says about itself; see ``check_marks``.
        person: who answers, as the form says.
        framework: the framework that was asked about.
        name: what the file is called, for messages.
        respondent: id of the person who answers, for a form that is made out to nobody.
        problems: what was found to be wrong already.
    """
    who = marks.respondent or respondent
    form = Form(name, framework, who or _NOBODY, table.has_layers, known_words(marks.words))
    read = _read_rows(table, marks, form)
    found = [*problems, *(problem for row in read for problem in row.problems)]
    found += _missing_rows(table, marks, name) + person_problems(person, who, name=name)
    return _reading(name, person, marks, read, found)


def _reading(
    name: str,
    person: FormPerson,
    marks: FormMarks,
    read: list[RowAnswers],
    problems: list[Problem],
) -> QuestionnaireReading:
    usable = [] if problems else read
    reports = tuple(row.report for row in read)
    return QuestionnaireReading(
        name=name,
        person=person,
        audience=marks.audience,
        responses=tuple(one for row in usable for one in row.responses),
        evidence=tuple(one for row in usable for one in row.evidence),
        rows=reports,
        problems=tuple(sorted(problems, key=lambda problem: problem.location)),
        is_complete=not problems
        and all(one.understood in ("answered", "na", "unknown") for one in reports),
    )


def check_marks(marks: FormMarks, framework: Framework, name: str) -> None:
    """Refuse a file that is no form, or one for another framework or version.

    Raises:
        ExchangeError: with what the form says and what was wanted.
    """
    send_again = "write a new form with: crmplan questionnaire write"
    if not marks.format or not marks.items:
        raise ExchangeError(
            f"{name}: this is no crmplan questionnaire, or its marks are gone "
            "(a hidden sheet of a workbook, properties of a document)",
            hint=f"copy the answers into the form as it was sent, or {send_again}",
        )
    if marks.format != FORMAT:
        raise ExchangeError(
            f"{name}: the form has format {shown(marks.format)}, this crmplan reads {FORMAT}",
            hint="read it with the crmplan that wrote it, or install the newer one",
        )
    if marks.framework != framework.id:
        raise ExchangeError(
            f"{name}: the form asks about {shown(marks.framework)}, not {framework.id}",
            hint="read it for the framework that it was written for",
        )
    # The third part of a version corrects words; questions change with the second.
    if marks.version.split(".")[:2] != framework.version.split(".")[:2]:
        raise ExchangeError(
            f"{name}: the form is of version {shown(marks.version)} of {framework.id}, "
            f"the engagement of {framework.version}",
            hint=send_again,
        )


def _read_rows(table: AnswerTable, marks: FormMarks, form: Form) -> list[RowAnswers]:
    seen: dict[str, int] = {}
    read = []
    for row in table.rows:
        problem = _misplaced(row, seen, marks, form)
        if problem:
            report = RowReport(row.number + 1, row.item, "problem")
            read.append(RowAnswers(report, problems=[problem]))
        else:
            read.append(read_row(row, form))
        seen.setdefault(row.item, row.number + 1)
    return read


def _misplaced(
    row: TableRow, seen: Mapping[str, int], marks: FormMarks, form: Form
) -> Problem | None:
    """Tell what is wrong with the hidden id of a row."""
    copy = "copy the answers of this row into the form as it was sent"
    if not row.item:
        text = "the row has answers, but the hidden id of its question is gone"
        return form.problem(row, ITEM, "FORM-ROW-NO-ID", text, copy)
    if row.item not in marks.items or row.item not in form.framework.items:
        text = f"{shown(row.item)} is no question of this form"
        hint = did_you_mean(row.item, marks.items) or copy
        return form.problem(row, ITEM, "FORM-ROW-UNKNOWN", text, hint)
    if row.item in seen:
        text = f"{row.item} stands in row {seen[row.item]} already"
        return form.problem(row, ITEM, "FORM-ROW-TWICE", text, "delete one of the two rows")
    return None


def _missing_rows(table: AnswerTable, marks: FormMarks, name: str) -> list[Problem]:
    there = {row.item for row in table.rows}
    return [
        Problem(
            Location(name),
            "FORM-ROW-MISSING",
            f"the row of the question {shown(item)} is missing",
            "copy the answers into the form as it was sent",
        )
        for item in marks.items
        if item not in there
    ]
