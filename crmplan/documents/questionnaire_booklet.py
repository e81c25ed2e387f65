"""The questionnaire as a Word booklet: filled in with Word, read back by ``crmplan.exchange``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan import __version__
from crmplan.assessment.form_fields import STATES, form_marks
from crmplan.data_files import data_folder
from crmplan.documents.blocks import Block, Cover, Heading, NumberedList, Paragraph, Span, Table
from crmplan.documents.booklet_questions import BookletWords, person_table, question_table
from crmplan.documents.forms import as_form
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings, labels_of
from crmplan.errors import DocumentError
from crmplan.localisation.locale import LanguageCode, Locale
from crmplan.localisation.messages import Messages, catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.questionnaire import Questionnaire, Section
    from crmplan.assessment.responses import Layer, Respondent, Response


@dataclass(frozen=True, slots=True)
class BookletPurpose:
    """For whom and when a booklet is made; empty texts leave no trace.

    Attributes:
        client: the organisation.
        author: the firm that asks.
        held_on: the day of the assessment, which the file carries as its date.
    """

    client: str
    author: str
    held_on: date


def make_booklet(
    questionnaire: Questionnaire,
    *,
    respondent: Respondent | None,
    responses: Sequence[Response],
    purpose: BookletPurpose,
    locale: Locale,
) -> bytes:
    """Make a booklet to fill in; equal arguments give equal bytes.

    Args:
        questionnaire: what is asked; it decides whether one or two levels are asked.
        respondent: whom the booklet is made out to; None leaves name, role and group to fill in.
        responses: answers that this person gave before; those of others are left out, and those
            in a layer that the form does not ask for.
        purpose: what stands on the cover.
        locale: language, digits and calendar.

    Returns:
        A .docx file whose fields alone can be changed.

    Raises:
        DocumentError: if there is no question to ask.
    """
    if not questionnaire.items:
        raise DocumentError(
            f"there is no question for {questionnaire.audience!r}", hint="choose another audience"
        )
    answers: Mapping[tuple[str, Layer], Response] = {
        (one.item, one.layer): one
        for one in responses
        if respondent
        and one.respondent == respondent.id
        and one.framework == questionnaire.framework.id
    }
    words = BookletWords(questionnaire, _messages(locale.language), locale, answers)
    content = render_document(
        _blocks(words, respondent, purpose), settings=_settings(words, purpose)
    )
    return as_form(content, _marks(words, respondent))


def _messages(language: LanguageCode) -> Messages:
    """Join the words of the questionnaire, of the booklet and of all documents."""
    common = catalogue("common", language, data_folder("templates") / "prose")
    both = (catalogue("questionnaire", language), catalogue("booklet", language))
    texts = {key: text for one in (common, *both) for key, text in one.texts.items()}
    return Messages(language, MappingProxyType(texts))


def _marks(words: BookletWords, respondent: Respondent | None) -> tuple[tuple[str, str], ...]:
    """Say what the form is, and what stands in fields that nobody filled in."""
    marks = form_marks(
        words.questionnaire,
        respondent_id=respondent.id if respondent else None,
        language=words.locale.language,
        words={state: words(f"questionnaire.{state}") for state in STATES},
    )
    prompts = ("choose-level", "choose-group", "write")
    return (*marks, *((f"prompt.{one}", words(f"booklet.{one}")) for one in prompts))


def _settings(words: BookletWords, purpose: BookletPurpose) -> DocumentSettings:
    title = words("questionnaire.title")
    return DocumentSettings(
        language=words.locale.language,
        title=title,
        subject=words("booklet.subtitle", framework=words.questionnaire.framework.title),
        client=purpose.client,
        author=purpose.author,
        date=words.locale.date(purpose.held_on),
        created=datetime.combine(purpose.held_on, time(), UTC),
        version=words.locale.digits(__version__),
        labels=labels_of(words.messages),
        digits=words.locale.digits,
        header=f"{purpose.client} · {title}",
        footer=words("labels.confidential"),
    )


def _blocks(
    words: BookletWords, respondent: Respondent | None, purpose: BookletPurpose
) -> tuple[Block, ...]:
    framework = words.questionnaire.framework
    return (
        Cover(
            title=words("questionnaire.title"),
            subtitle=words("booklet.subtitle", framework=framework.title),
            client=purpose.client,
            date=words.locale.date(purpose.held_on),
            author=purpose.author,
            confidentiality=words("labels.confidential"),
        ),
        Heading(1, words("questionnaire.respondent"), numbered=False),
        person_table(words, respondent),
        Heading(1, words("questionnaire.how-to"), numbered=False),
        NumberedList(tuple(_steps(words))),
        Heading(1, words("booklet.parts"), numbered=False),
        Paragraph(words("booklet.parts-lead"), keep_with_next=True),
        _parts(words),
        Heading(1, words("questionnaire.scale"), numbered=False),
        _scale(words),
        *_sections(words),
    )


def _steps(words: BookletWords) -> Iterator[str]:
    framework, whole = words.questionnaire.framework, words.locale.whole
    values = {
        "lowest": whole(framework.scale.lowest),
        "highest": whole(framework.scale.highest),
        "confirmed": whole(framework.scoring.confirmed_from),
        "not_applicable": words("questionnaire.not-applicable"),
        "unknown": words("questionnaire.unknown"),
    }
    yield words("booklet.step-open")
    yield words("booklet.step-compare", values)
    if words.questionnaire.has_layers:
        yield words("booklet.two-layers")
    yield words("questionnaire.step-exceptions", values)
    yield words("booklet.step-evidence", values)
    yield words("booklet.step-return")


def _parts(words: BookletWords) -> Block:
    """List the parts with their questions; each name leads to its part."""
    return Table(
        header=(words("questionnaire.dimension"), words("questionnaire.questions")),
        rows=tuple(
            (
                (Span(one.dimension.title, link=_bookmark(one)),),
                words.locale.whole(len(one.items)),
            )
            for one in words.questionnaire.sections
        ),
        widths=(12, 3),
        alignments=("start", "end"),
        caption=words("booklet.parts-caption"),
    )


def _scale(words: BookletWords) -> Block:
    names = ("level", "level-name", "in-practice", "in-results")
    return Table(
        header=tuple(words(f"questionnaire.{name}") for name in names),
        rows=tuple(
            (words.locale.whole(step.level), step.name, step.enabler, step.result)
            for step in words.questionnaire.framework.scale.levels
        ),
        widths=(1.4, 3, 6, 6),
        alignments=("center", "start", "start", "start"),
        caption=words("booklet.scale-caption"),
        dense=True,
    )


def _sections(words: BookletWords) -> Iterator[Block]:
    sections = words.questionnaire.sections
    for part, section in enumerate(sections, start=1):
        yield Heading(
            1,
            section.dimension.title,
            bookmark=_bookmark(section),
            numbered=False,
            page_break_before=True,
        )
        yield Paragraph(
            words(
                "booklet.part",
                part=words.locale.whole(part),
                parts=words.locale.whole(len(sections)),
                first=words.locale.digits(section.items[0].number),
                last=words.locale.digits(section.items[-1].number),
            ),
            style="note",
            keep_with_next=True,
        )
        yield question_table(words, section)


def _bookmark(section: Section) -> str:
    return f"part.{section.dimension.id}"
