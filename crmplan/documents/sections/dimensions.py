"""One section a dimension: where it stands, and what the next level looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutPair,
    Cell,
    Heading,
    Paragraph,
    Span,
    Table,
)
from crmplan.documents.sections.data_annex import NOTES
from crmplan.documents.sections.shading import level_fill
from crmplan.documents.sections.shortening import shortened
from crmplan.documents.sections.tracing import ANSWERED, ASKED, traced_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.framework import Dimension
    from crmplan.assessment.item_scores import ItemScore
    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.blocks import Inline, Text
    from crmplan.documents.words import Words

MOST_NOTES = 5
LONGEST_NOTE = 400
MOST_EVIDENCE, LONGEST_TITLE = 3, 80


def dimensions(words: Words) -> tuple[Block, ...]:
    """All dimensions, in the order of the framework."""
    blocks: list[Block] = []
    for dimension in words.report.definitions.framework.dimensions:
        blocks += _dimension(words, dimension)
    return tuple(blocks)


def _dimension(words: Words, dimension: Dimension) -> Iterator[Block]:
    node = words.report.findings.scorecard.dimensions[dimension.id]
    yield Heading(1, dimension.title, bookmark=f"dimension.{dimension.id}")
    yield Paragraph(dimension.purpose, style="lead")
    stands = Span(words.flow((_stands(words, dimension, node), "")))
    yield Paragraph((stands, *_items_say(words, dimension, node)), keep_with_next=True)
    yield from _levels(words, dimension, node)
    yield _items(words, dimension, node)
    yield from _remarks(words, node)
    yield from _notes(words, node)


def _stands(words: Words, dimension: Dimension, node: NodeScore) -> str:
    locale = words.locale
    if node.score is None:
        return words("dimension.insufficient", coverage=locale.percent(node.coverage))
    return words(
        "dimension.stands",
        dimension=dimension.title,
        score=locale.number(node.score),
        highest=words.highest(),
        target=locale.level(words.report.findings.targets[dimension.id]),
        coverage=locale.percent(node.coverage),
        evidence=locale.percent(node.evidence_share),
    )


def _levels(words: Words, dimension: Dimension, node: NodeScore) -> Iterator[Block]:
    """Describe the level the score stands on, and the one above it."""
    if node.score is None:
        return
    level = words.standing(node.score)
    now = Callout(
        dimension.levels[level],
        title=words("dimension.now", level=words.locale.whole(level)),
    )
    if level + 1 not in dimension.levels:
        yield now
        yield Paragraph(words("dimension.top"))
        return
    following = Callout(
        dimension.levels[level + 1],
        title=words("dimension.next", level=words.locale.whole(level + 1)),
        tone="success",
    )
    yield CalloutPair(now, following)


def _items_say(words: Words, dimension: Dimension, node: NodeScore) -> tuple[Inline, ...]:
    """Name the ends of the scale of answers, and how many of them people agree about."""
    items = [words.report.findings.scorecard.items[one] for one in node.parts]
    valued = [one for one in items if one.value is not None]
    if not valued:
        return ()
    lowest, highest = (end(valued, key=lambda one: one.value or 0) for end in (min, max))
    said = words.referring(
        "says.items",
        f"items.{dimension.id}",
        count=sum(one.is_open for one in items),
        lowest=words.topic(lowest.item_id),
        low=words.locale.number(lowest.value),
        highest=words.topic(highest.item_id),
        high=words.locale.number(highest.value),
    )
    return said if isinstance(said, tuple) else (Span(said),)


def _items(words: Words, dimension: Dimension, node: NodeScore) -> Block:
    items = [words.report.findings.scorecard.items[item_id] for item_id in node.parts]
    names = ("item", "score", "range", "agreement", "people", "evidence")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(_item_row(words, item) for item in items),
        widths=(6.6, 1.5, 2.1, 2.2, 1.5, 2.1),
        alignments=("start", "end", "end", "end", "end", "center"),
        caption=words("dimension.table_caption", dimension=dimension.title),
        bookmark=f"items.{dimension.id}",
        note=words("dimension.table_note"),
    )


def _item_row(words: Words, item: ItemScore) -> tuple[Cell | Text, ...]:
    locale = words.locale
    topic = words.topic(item.item_id)
    if item.value is None:
        coded = traced_question(words, item.item_id, at=ASKED, to=ANSWERED)
        return (coded, Cell(words(f"states.{item.state}"), align="start", span=5))
    marks = [words(f"states.{mark}") for mark in item.marks]
    if marks:
        topic = words("parenthesis", text=topic, extra=words.join(marks))
    seen = item.evidence or item.is_confirmed
    needs = item.value >= words.report.definitions.framework.scoring.confirmed_from
    evidence = "✓" if item.evidence else ("–" if seen and not needs else "○")
    return (
        traced_question(words, item.item_id, at=ASKED, to=ANSWERED, text=topic),
        Cell(locale.number(item.value), fill=level_fill(words, item.value), bold=item.is_open),
        words.range(item.low, item.high),
        words.agreement(item.agreement.rwg if item.agreement else None),
        locale.whole(item.agreement.count if item.agreement else None),
        evidence,
    )


def _remarks(words: Words, node: NodeScore) -> Iterator[Block]:
    remarks: list[str] = []
    locale, items = words.locale, words.report.findings.scorecard.items
    if node.capped_from is not None:
        trend = words.report.definitions.framework.scoring.trend
        remarks.append(
            words(
                "dimension.capped",
                claimed=locale.number(node.capped_from),
                periods=locale.whole(trend.periods if trend else None),
                counted=locale.number(node.score),
            )
        )
    if node.lowest and node.score is not None and items[node.lowest].value != node.score:
        remarks.append(
            words(
                "dimension.lowest",
                topic=words.topic(node.lowest),
                score=locale.number(items[node.lowest].value),
            )
        )
    remarks += _evidence_seen(words, node)
    remarks += _plan_and_practice(words, node)
    remarks += _perceptions(words, node)
    if remarks:
        yield BulletList(tuple(remarks))
    if node.open_items:
        yield Callout(
            "\n".join(_open(words, items[item_id]) for item_id in node.open_items),
            title=words("dimension.open_title"),
            tone="warning",
        )


def _evidence_seen(words: Words, node: NodeScore) -> Iterator[str]:
    """Name the evidence for the dimension, the best first; the register in the annex has all."""
    records = [one for one in words.report.assessment.evidence if one.item in node.parts]
    records.sort(key=lambda one: one.grade)
    if not records:
        return
    named = [
        words("parenthesis", text=shortened(one.title, LONGEST_TITLE), extra=one.grade)
        for one in records[:MOST_EVIDENCE]
    ]
    evidence = words("semicolon").join(named)
    yield words("dimension.evidence_seen", count=len(records), evidence=evidence)


def _plan_and_practice(words: Words, node: NodeScore) -> Iterator[str]:
    if node.intention is None or node.reality is None or node.intention - node.reality < 1:
        return
    yield words(
        "dimension.plan_practice",
        intention=words.locale.number(node.intention),
        reality=words.locale.number(node.reality),
    )


def _perceptions(words: Words, node: NodeScore) -> Iterator[str]:
    limit = words.report.definitions.framework.scoring.perception_gap
    for item_id in node.parts:
        item = words.report.findings.scorecard.items[item_id]
        if item.perception_gap >= limit:
            by_level = sorted(item.groups, key=lambda group: (item.groups[group].median, group))
            yield words(
                "dimension.perception",
                topic=words.topic(item_id),
                high_group=words.group(by_level[-1]),
                high=words.locale.number(item.groups[by_level[-1]].median),
                low_group=words.group(by_level[0]),
                low=words.locale.number(item.groups[by_level[0]].median),
            )


def _open(words: Words, item: ItemScore) -> str:
    return words(
        "dimension.open",
        topic=words.topic(item.item_id),
        low=words.locale.number(item.low),
        high=words.locale.number(item.high),
    )


def _notes(words: Words, node: NodeScore) -> Iterator[Block]:
    """Quote what people said; each quotation with its group, not with a name."""
    groups = {one.id: one.group for one in words.report.assessment.respondents}
    said: dict[str, str] = {}
    for one in words.report.assessment.responses:
        if one.item in node.parts and one.note.strip():
            said.setdefault(one.note.strip(), words.group(groups[one.respondent]))
    if not said:
        return
    yield Heading(3, words("dimension.notes_title"), numbered=False)
    for text, who in list(said.items())[:MOST_NOTES]:
        yield Paragraph(
            words("dimension.note", text=shortened(text, LONGEST_NOTE), who=who), style="quote"
        )
    if (more := len(said) - MOST_NOTES) > 0:
        yield Paragraph(words.referring("dimension.more_notes", NOTES, count=more), style="note")
