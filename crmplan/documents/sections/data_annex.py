"""The data behind an assessment: every answer, reasons and notes, evidence, derived scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Table,
)
from crmplan.documents.sections.rating import rated_answers
from crmplan.documents.sections.saying import most_frequent, says
from crmplan.documents.sections.shading import group_row, level_fill, repeated
from crmplan.documents.sections.tracing import ANSWERED, traced_question
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.assessment.responses import Respondent, Response
    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words

PEOPLE_A_TABLE = 15
WIDTH_CM, TOPIC_CM, WIDEST_PERSON_CM = 16.0, 4.6, 1.6
NOTES, NOTE_TABLE, VIEW, EVIDENCE = "notes", "note-table", "view", "evidence"


def view(words: Words) -> tuple[Block, ...]:
    """The scores seen through the framework that plans; nothing if it is the same."""
    found = words.report.findings.view
    if found is None:
        return ()
    definitions = words.report.definitions
    nodes = found.scorecard.dimensions.values()
    names = ("dimension", "score", "range", "coverage")
    return (
        Heading(1, words("view.title", framework=definitions.planning_framework.title)),
        Paragraph(
            words(
                "view.lead",
                framework=definitions.framework.title,
                planning=definitions.planning_framework.title,
                reached=words.locale.whole(found.reached),
                total=words.locale.whole(found.items),
            )
        ),
        *_view_says(words, tuple(nodes)),
        Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(
                (
                    words.dimension(node.id),
                    Cell(words.locale.number(node.score), fill=level_fill(words, node.score)),
                    words.range(node.low, node.high),
                    words.locale.percent(node.coverage),
                )
                for node in nodes
            ),
            widths=(7, 3, 3, 3),
            alignments=("start", "end", "end", "end"),
            caption=words("view.caption"),
            bookmark=VIEW,
        ),
    )


def _view_says(words: Words, nodes: Sequence[NodeScore]) -> Iterator[Block]:
    scored = [node for node in nodes if node.score is not None]
    if scored:
        lowest = min(scored, key=lambda node: node.score or 0)
        score = words.locale.number(lowest.score)
        yield says(words, "view", VIEW, dimension=words.dimension(lowest.id), score=score)


def annex(words: Words) -> tuple[Block, ...]:
    """The data: evidence and answers."""
    return (*evidence(words), *answers(words))


def evidence(words: Words) -> tuple[Block, ...]:
    """The register of evidence."""
    records = words.report.assessment.evidence
    names = ("item", "evidence", "kind", "reference", "grade", "supports")
    table = Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                traced_question(words, one.item),
                one.title,
                words(f"kinds.{one.kind}"),
                one.reference,
                one.grade,
                words.locale.whole(one.supports),
            )
            for one in records
        ),
        widths=(2.6, 5.3, 1.8, 3.9, 1.1, 1.3),
        alignments=("start", "start", "start", "start", "center", "end"),
        caption=words("evidence.caption"),
        bookmark=EVIDENCE,
    )
    if not records:
        return (Heading(1, words("evidence.title")), Paragraph(words("evidence.none")))
    strong = words.locale.whole(sum(one.grade in ("A", "B") for one in records))
    meaning = says(words, "evidence", EVIDENCE, count=len(records), strong=strong)
    return (Heading(1, words("evidence.title")), meaning, table)


def answers(words: Words) -> tuple[Block, ...]:
    """Every answer: questions as rows, people as columns, as many tables as people need."""
    people = words.report.assessment.respondents
    given: dict[tuple[str, str], dict[str, Response]] = {}
    for one in words.report.assessment.responses:
        given.setdefault((one.item, one.respondent), {})[one.layer] = one
    tables = -(-len(people) // PEOPLE_A_TABLE)
    size = -(-len(people) // tables) if tables else 1
    blocks: list[Block] = [
        Heading(1, words("answers.title"), bookmark="answers"),
        Paragraph(words.flow(_reading(words)), keep_with_next=True),
    ]
    for first in range(0, len(people), size):
        some = people[first : first + size]
        blocks += [_answers_say(words, some, first), _answer_table(words, some, given, first)]
    blocks += rated_answers(words)
    blocks += _shared(words)
    blocks += _reasons_and_notes(words)
    return tuple(blocks)


def _reading(words: Words) -> Iterator[str]:
    """Say how to read the tables of answers."""
    yield words("answers.lead")
    if words.report.definitions.framework.layers is not None:
        yield words("answers.layers")
    yield words("answers.signs")


def _answers_say(words: Words, people: Sequence[Respondent], first: int) -> Block:
    ids = {one.id for one in people}
    given = [one for one in words.report.assessment.responses if one.respondent in ids]
    unknown = words.locale.whole(sum(one.state == "unknown" for one in given))
    return says(words, "answers", f"answers.{first}", count=len(given), unknown=unknown)


def _answer_table(
    words: Words,
    people: Sequence[Respondent],
    given: Mapping[tuple[str, str], Mapping[str, Response]],
    first: int,
) -> Block:
    locale, numbers = words.locale, range(first + 1, first + len(people) + 1)
    one = min(WIDEST_PERSON_CM, (WIDTH_CM - TOPIC_CM) / len(people))
    rows: list[tuple[Text | Cell, ...]] = []
    for dimension in words.report.definitions.framework.dimensions:
        rows.append(group_row(dimension.title, len(people) + 1))
        rows += [
            (
                # A link leads to one place: the first table, where there are several.
                traced_question(words, item.id, at=None if first else ANSWERED),
                *(_answer(words, given.get((item.id, person.id), {})) for person in people),
            )
            for item in dimension.items
        ]
    return Table(
        header=(words("columns.item"), *map(locale.whole, numbers)),
        rows=tuple(rows),
        widths=(WIDTH_CM - one * len(people), *(one,) * len(people)),
        alignments=("start", *repeated("center", len(people))),
        caption=words(
            "answers.caption",
            first=locale.whole(first + 1),
            last=locale.whole(first + len(people)),
        ),
        bookmark=f"answers.{first}",
        note=words("semicolon").join(
            words("answers.person", number=locale.whole(number), name=person.name)
            for number, person in zip(numbers, people, strict=True)
        ),
        dense=True,
    )


def _answer(words: Words, layers: Mapping[str, Response]) -> str:
    if not layers:
        return ""
    if "overall" in layers:
        return _level(words, layers["overall"])
    plan, practice = layers.get("intention"), layers.get("reality")
    return " / ".join(_level(words, one) if one else NO_VALUE for one in (plan, practice))


def _level(words: Words, one: Response) -> str:
    if one.level is not None:
        return words.locale.whole(one.level)
    if one.ratings:
        rated = words.report.findings.scorecard.items[one.item].ratings
        return words.locale.number(rated[one.respondent].level)
    return words(f"short_states.{one.state}")


def _shared(words: Words) -> Iterator[Block]:
    """Say which questions were answered once, for another framework of the engagement."""
    shared = words.report.assessment.shared
    for source in words.report.definitions.sources:
        items = dict.fromkeys(one.item for one in shared if one.framework == source.framework.id)
        if items:
            topics = words.join(map(words.topic, items))
            title = source.framework.title
            yield Paragraph(words("answers.shared", framework=title, items=topics))


def _reasons_and_notes(words: Words) -> Iterator[Block]:
    """List what was written beside answers; people who wrote the same share a row."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in words.report.assessment.responses:
        if remark := _remark(words, one):
            people = found.setdefault((one.item, remark), [])
            if (name := words.person(one.respondent)) not in people:
                people.append(name)
    if not found:
        return
    yield Heading(2, words("answers.notes_title"), bookmark=NOTES)
    item_most, number = most_frequent(item_id for item_id, _ in found)
    yield says(
        words,
        "notes",
        NOTE_TABLE,
        count=len(found),
        topic=words.topic(item_most),
        number=words.locale.whole(number),
    )
    yield Table(
        header=(words("columns.item"), words("columns.respondent"), words("columns.note")),
        rows=tuple(
            (traced_question(words, item_id), words.join(people), remark)
            for (item_id, remark), people in found.items()
        ),
        widths=(3.4, 3.6, 9),
        caption=words("answers.notes_caption"),
        bookmark=NOTE_TABLE,
        dense=True,
    )


def _remark(words: Words, one: Response) -> str:
    parts = [one.note.strip()] if one.note.strip() else []
    if one.reason.strip():
        parts.insert(0, words("colon", label=words(f"states.{one.state}"), text=one.reason.strip()))
    return "\n".join(parts)
