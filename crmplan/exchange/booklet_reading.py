"""Read a filled-in Word booklet: all of its answers, or the list of what is wrong.

The answers are understood by the same code as those of a workbook; here they are only found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import (
    EVIDENCE,
    INTENTION,
    LEVEL,
    LEVELS,
    NOTE,
    PERSON_GROUP,
    PERSON_NAME,
    PERSON_ROLE,
    REALITY,
    REASON,
)
from crmplan.assessment.questionnaire import questionnaire
from crmplan.exchange.archive_guard import document_parts
from crmplan.exchange.booklet_fields import FilledField, find_fields, parse_part
from crmplan.exchange.questionnaire_layout import ITEM
from crmplan.exchange.questionnaire_marks import FormMarks, read_marks
from crmplan.exchange.questionnaire_person import FormPerson
from crmplan.exchange.questionnaire_reading import (
    QuestionnaireReading,
    check_marks,
    read_answers,
)
from crmplan.exchange.questionnaire_table import AnswerTable, TableRow, level_columns
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.assessment.framework import Framework

_PROPERTY = "crmplan."
_NAMED: Mapping[str, str] = {
    ITEM: "its place",
    LEVEL: "level",
    INTENTION: "level of the plan",
    REALITY: "level of practice",
    REASON: "reason",
    EVIDENCE: "evidence",
    NOTE: "note",
}
_TEXTS = (REASON, EVIDENCE, NOTE)
# "3 – Defined" is level 3, in the digits of any script.
_LEVEL_AND_NAME = re.compile(r"\s*(\d+)\s*[–—-]\s")


@dataclass(frozen=True, slots=True)
class BookletRow(TableRow):
    """The fields of one question, as a row.

    Attributes:
        title: the number printed beside the question.
        keys: the fields that are there.
        joined: those whose lines were joined when the form was saved.
    """

    title: str = ""
    keys: frozenset[str] = field(default=frozenset())
    joined: frozenset[str] = field(default=frozenset())

    def cell(self, key: str) -> str:
        """Name a field by the printed number of its question."""
        return f"question {self.title or self.number + 1}, {_NAMED[key]}"


def read_booklet(
    data: bytes, *, framework: Framework, name: str, respondent: str | None = None
) -> QuestionnaireReading:
    """Read a booklet that ``crmplan questionnaire write --format docx`` made and people filled in.

    It may have been saved by Word, or by a program that drops the tags of controls. Macros, links
    and pictures in the file are not looked at.

    Args:
        data: the file, from anybody.
        framework: the framework that was asked about, in any language.
        name: what the file is called, for messages.
        respondent: id of the person who answers, for a form that is made out to nobody.

    Raises:
        ExchangeError: if the file as a whole cannot be used: it is no .docx file, locked, damaged,
            too large, no questionnaire, or made for another framework or version.
    """
    parts = document_parts(data, name=name)
    pairs = _pairs(parts.get("docProps/custom.xml"), name)
    marks = read_marks(pairs)
    check_marks(marks, framework, name)
    prompts = {value for key, value in pairs if key.startswith("prompt.")}
    fields = find_fields(parse_part(parts["word/document.xml"], name=name), framework, prompts)
    table = _table(fields, framework)
    return read_answers(
        table,
        marks,
        _person(fields, marks),
        framework=framework,
        name=name,
        respondent=respondent,
        problems=[*_lost_fields(table, framework, name), *_joined_lines(table, name)],
    )


def _pairs(properties: bytes | None, name: str) -> list[tuple[str, str]]:
    """Give the marks: keys and values, ``item`` once for each item."""
    if properties is None:
        return []
    found: dict[str, str] = {}
    for entry in parse_part(properties, name=name):
        key = str(entry.get("name", ""))
        if key.startswith(_PROPERTY):
            found[key.removeprefix(_PROPERTY)] = "".join(map(str, entry.itertext()))
    pairs: list[tuple[str, str]] = []
    for key, value in sorted(found.items()):
        if key.startswith("items."):
            pairs += [("item", item) for item in value.split()]
        else:
            pairs.append((key, value))
    return pairs


def _table(fields: Sequence[FilledField], framework: Framework) -> AnswerTable:
    """Gather the fields of each question; a key that comes again begins another row."""
    numbers = {one.item.id: one.number for one in questionnaire(framework, audience=None).items}
    gathered: list[tuple[str, dict[str, FilledField]]] = []
    for one in fields:
        if not one.item:
            continue
        if not gathered or gathered[-1][0] != one.item or one.key in gathered[-1][1]:
            gathered.append((one.item, {}))
        gathered[-1][1][one.key] = one
    has_layers = any(one.key in (INTENTION, REALITY) for one in fields)
    keys = (*((INTENTION, REALITY) if has_layers else (LEVEL,)), *_TEXTS)
    places = {key: place for place, key in enumerate((ITEM, *keys))}
    rows = tuple(
        BookletRow(
            number,
            item,
            {key: _without_name(cells[key]) if key in cells else "" for key in keys},
            places,
            numbers.get(item, ""),
            frozenset(cells),
            frozenset(key for key, one in cells.items() if one.is_joined),
        )
        for number, (item, cells) in enumerate(gathered)
    )
    return AnswerTable(has_layers, rows)


def _without_name(one: FilledField) -> str:
    """Take the level out of an entry of the list, which names it."""
    if one.key not in LEVELS:
        return one.text
    found = _LEVEL_AND_NAME.match(one.text)
    return found[1] if found else one.text


def _person(fields: Sequence[FilledField], marks: FormMarks) -> FormPerson:
    typed = {one.key: one.text for one in fields if not one.item}
    group = typed.get(PERSON_GROUP, "")
    return FormPerson(
        id=marks.respondent,
        name=typed.get(PERSON_NAME, ""),
        role=typed.get(PERSON_ROLE, ""),
        group=marks.groups.get(group),
        group_title=group,
    )


def _joined_lines(table: AnswerTable, name: str) -> Iterator[Problem]:
    """Name the texts that a program other than Word has spoilt, rather than import them so."""
    for row in table.rows:
        for key in sorted(row.joined) if isinstance(row, BookletRow) else ():
            yield Problem(
                Location(name, row.number + 1, row.places.get(key, 0) + 1),
                "FORM-LINES-JOINED",
                f"{row.cell(key)}: the program that saved the form has joined its lines",
                "fill in the form with Word, or part the entries by semicolons in one line",
            )


def _lost_fields(table: AnswerTable, framework: Framework, name: str) -> Iterator[Problem]:
    """Name the fields of known questions that were deleted: what was typed there is lost."""
    for row in table.rows:
        if row.item not in framework.items or not isinstance(row, BookletRow):
            continue
        layered = framework.asks_for_layers(row.item)
        wanted = (*level_columns(has_layers=table.has_layers, is_layered=layered), *_TEXTS)
        for key in wanted:
            if key not in row.keys:
                yield Problem(
                    Location(name, row.number + 1, row.places[key] + 1),
                    "FORM-FIELD-MISSING",
                    f"{row.cell(key)}: the field was deleted",
                    "copy the answers into the form as it was sent",
                )
