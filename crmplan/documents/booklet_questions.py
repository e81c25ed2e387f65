"""The tables of a booklet that are filled in: who answers, and the questions of a dimension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import (
    CHOSEN_STATES,
    EVIDENCE,
    INTENTION,
    LEVEL,
    NOTE,
    PERSON_GROUP,
    PERSON_NAME,
    PERSON_ROLE,
    REALITY,
    REASON,
    field_bookmark,
    field_tag,
    level_key,
)
from crmplan.documents.blocks import Block, Cell, FormField, Inline, Span, Table

if TYPE_CHECKING:
    from crmplan.assessment.questionnaire import AskedItem, Questionnaire, Section
    from crmplan.assessment.responses import Layer, Respondent, Response
    from crmplan.documents.blocks import Text
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        LEVEL: "level",
        INTENTION: "intention",
        REALITY: "reality",
        REASON: "reason",
        EVIDENCE: "evidence-seen",
        NOTE: "note",
    }
)


@dataclass(frozen=True)
class BookletWords:
    """What a booklet is written with: questions, words, digits, and the answers so far."""

    questionnaire: Questionnaire
    messages: Messages
    locale: Locale
    answers: Mapping[tuple[str, Layer], Response]

    def __call__(
        self, message_id: str, given: Mapping[str, str] = MappingProxyType({}), /, **values: str
    ) -> str:
        """Give a sentence."""
        return self.messages(message_id, {**given, **values})


def person_table(words: BookletWords, respondent: Respondent | None) -> Block:
    """Name the person the booklet is made out to, or leave three fields."""
    groups = words.questionnaire.framework.audiences
    titles = {group.id: group.title for group in groups}
    group = respondent.group if respondent else words.questionnaire.audience or ""
    choices = tuple((one.title, one.title) for one in groups)
    known = {
        "name": respondent.name if respondent else "",
        "role": respondent.role if respondent else "",
        "group": titles.get(group, group),
    }
    fields = {
        "name": _person_field(words, PERSON_NAME, "name"),
        "role": _person_field(words, PERSON_ROLE, "role"),
        "group": FormField(
            tag=PERSON_GROUP,
            bookmark=field_bookmark(PERSON_GROUP),
            title=words("questionnaire.group"),
            prompt=words("booklet.choose-group"),
            text=known["group"],
            choices=choices,
        ),
    }
    rows: list[tuple[Text, ...]] = [
        (words(f"questionnaire.{key}"), known[key] if respondent else (fields[key],))
        for key in known
    ]
    return Table(
        header=(words("booklet.field"), words("booklet.entry")),
        rows=tuple(rows),
        widths=(4, 12),
        caption=words("booklet.person-caption"),
    )


def _person_field(words: BookletWords, tag: str, name: str) -> FormField:
    return FormField(
        tag=tag,
        bookmark=field_bookmark(tag),
        title=words(f"questionnaire.{name}"),
        prompt=words("booklet.write"),
    )


def question_table(words: BookletWords, section: Section) -> Block:
    """Lay out the questions of a dimension: number, question, and the fields for the answer."""
    return Table(
        header=(
            words("questionnaire.number"),
            words("booklet.question"),
            words("booklet.answer"),
        ),
        rows=tuple(_row(words, asked) for asked in section.items),
        widths=(1.2, 8.4, 6.4),
        alignments=("center", "start", "start"),
        caption=words("booklet.questions-caption", dimension=section.dimension.title),
    )


def _row(words: BookletWords, asked: AskedItem) -> tuple[Cell, ...]:
    answer = [part for line in _fields(words, asked) for part in line]
    return (
        Cell(words.locale.digits(asked.number), bold=True),
        Cell(tuple(_question(words, asked))),
        # A line break after the last field would leave an empty line.
        Cell(tuple(answer[:-1]), fill="pale-neutral"),
    )


def _question(words: BookletWords, asked: AskedItem) -> Iterator[Inline]:
    """Write topic and question, what one sees at some levels, and what could show it."""
    yield Span(f"{asked.item.topic}\n", bold=True)
    yield Span(asked.item.ask)
    for level, text in asked.item.observe.items():
        seen = words("booklet.seen", level=words.locale.whole(level), text=text)
        yield Span(f"\n{seen}")
    if asked.item.evidence:
        evidence = words("semicolon").join(asked.item.evidence)
        asked_for = words("booklet.evidence-to-ask", evidence=evidence)
        yield Span(f"\n{asked_for}", italic=True)


def _fields(words: BookletWords, asked: AskedItem) -> Iterator[tuple[Inline, ...]]:
    has_layers = words.questionnaire.has_layers
    given = [one for layer in asked.layers if (one := words.answers.get((asked.item.id, layer)))]
    for layer in asked.layers:
        key = level_key(asked, layer, has_layers=has_layers)
        yield _line(_level(words, asked, key, words.answers.get((asked.item.id, layer))))
    reason = next((one.reason for one in given if one.reason.strip()), "")
    note = next((one.note for one in given if one.note.strip()), "")
    for key, text in ((REASON, reason), (EVIDENCE, ""), (NOTE, note)):
        yield _line(_field(words, asked, key, prompt="booklet.write", text=text))


def _line(field: FormField) -> tuple[Inline, ...]:
    return Span(f"{field.title}\n", bold=True), field, Span("\n")


def _level(words: BookletWords, asked: AskedItem, key: str, given: Response | None) -> FormField:
    """Offer the levels with their names, and the two answers that are none."""
    scale = words.questionnaire.framework.scale
    shown = {
        str(step.level): words(
            "booklet.level-choice", level=words.locale.whole(step.level), name=step.name
        )
        for step in scale.levels
    }
    shown |= {(word := words(f"questionnaire.{state}")): word for state in CHOSEN_STATES}
    present = _present(words, given)
    if present and present not in shown:
        # Set by the assessor; it must survive a person who leaves it as it is.
        shown[present] = present
    return _field(
        words,
        asked,
        key,
        prompt="booklet.choose-level",
        text=shown.get(present, ""),
        choices=tuple(shown.items()),
    )


def _present(words: BookletWords, given: Response | None) -> str:
    """Write an answer as a value of the list: a level, a word, or a word and a level."""
    if given is None:
        return ""
    level = "" if given.level is None else str(given.level)
    if given.state == "scored":
        return level
    return f"{words(f'questionnaire.{given.state}')} {level}".strip()


def _field(
    words: BookletWords,
    asked: AskedItem,
    key: str,
    *,
    prompt: str,
    text: str = "",
    choices: tuple[tuple[str, str], ...] = (),
) -> FormField:
    tag = field_tag(words.questionnaire.framework.id, asked.item.id, key)
    return FormField(
        tag=tag,
        bookmark=field_bookmark(tag),
        title=words(f"questionnaire.{_LABELS[key]}"),
        prompt=words(prompt),
        text=text,
        choices=choices,
    )
