"""SWOT: the grid, the receipt of every line, what is to be clarified, and TOWS pairs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Quadrant,
    SwotGrid,
    Table,
)
from crmplan.documents.sections.agreement import contested_table
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import group_row, level_fill
from crmplan.documents.sections.tracing import ASKED, traced_question
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmplan.assessment.swot import ExternalLine, InternalLine, TowsPair
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words

CLARIFY, TOWS, GRID = "clarify", "tows", "swot-grid"
INTERNAL, EXTERNAL = "internal-lines", "external-lines"


def swot(words: Words) -> tuple[Block, ...]:
    """The grid and the receipts."""
    found = words.report.findings.swot
    client = words.report.assessment.organisation.name
    return (
        Heading(1, words("swot.title")),
        Paragraph(words("swot.lead"), style="lead"),
        says(
            words,
            "swot",
            GRID,
            inner=words.locale.whole(len(found.strengths) + len(found.weaknesses)),
            strengths=words.locale.whole(len(found.strengths)),
            outer=words.locale.whole(len(found.opportunities) + len(found.threats)),
        ),
        SwotGrid(
            strengths=_internal(words, "strengths", found.strengths, "swot.none_strength"),
            weaknesses=_internal(words, "weaknesses", found.weaknesses, "swot.none_weakness"),
            opportunities=_external(words, "opportunities", found.opportunities),
            threats=_external(words, "threats", found.threats),
            caption=words("swot.caption", client=client),
            bookmark=GRID,
        ),
        Heading(2, words("swot.receipts_title")),
        *_internal_receipts(words),
        *_external_receipts(words),
    )


def _internal(words: Words, title: str, lines: Iterable[InternalLine], empty: str) -> Quadrant:
    return Quadrant(
        words(f"swot.{title}"),
        tuple(
            traced_question(
                words,
                line.item_id,
                at="grid",
                text=words(
                    "swot.line",
                    topic=words.topic(line.item_id),
                    value=words.locale.number(line.value),
                ),
            )
            for line in lines
        ),
        empty=words(empty),
    )


def _external(words: Words, title: str, lines: Iterable[ExternalLine]) -> Quadrant:
    return Quadrant(
        words(f"swot.{title}"),
        tuple(words.factor(line.factor_id) for line in lines),
        empty=words("swot.none_factor"),
    )


def _internal_receipts(words: Words) -> Iterator[Block]:
    found = words.report.findings.swot
    names = ("line", "dimension", "score", "target", "agreement", "evidence")
    rows: list[tuple[Text | Cell, ...]] = []
    for kind, lines in (("strengths", found.strengths), ("weaknesses", found.weaknesses)):
        if lines:
            rows.append(group_row(words(f"swot.{kind}"), len(names)))
            rows += [_receipt(words, line) for line in lines]
    if rows:
        lines = (*found.strengths, *found.weaknesses)
        evidenced = words.locale.whole(sum(line.has_evidence for line in lines))
        yield says(words, "internal", INTERNAL, count=len(lines), evidenced=evidenced)
        yield Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(rows),
            widths=(5, 4, 1.4, 1.4, 1.8, 2.4),
            alignments=("start", "start", "end", "end", "end", "start"),
            caption=words("swot.internal_caption"),
            bookmark=INTERNAL,
        )


def _receipt(words: Words, line: InternalLine) -> tuple[Text | Cell, ...]:
    return (
        traced_question(words, line.item_id, at=ASKED, to="grid"),
        words.short(line.dimension_id),
        Cell(words.locale.number(line.value), fill=level_fill(words, line.value)),
        words.locale.level(line.target),
        words.agreement(line.agreement),
        _evidence(words, line),
    )


def _evidence(words: Words, line: InternalLine) -> str:
    if line.has_evidence:
        return words("swot.confirmed")
    return NO_VALUE if line.is_confirmed else words("swot.unconfirmed")


def _external_receipts(words: Words) -> Iterator[Block]:
    found = words.report.findings.swot
    names = ("factor", "probability", "impact", "dimension", "note")
    rows: list[tuple[str | Cell, ...]] = []
    for kind, lines in (("opportunities", found.opportunities), ("threats", found.threats)):
        if lines:
            rows.append(group_row(words(f"swot.{kind}"), len(names)))
            rows += [_external_receipt(words, line) for line in lines]
    if rows:
        lines = (*found.opportunities, *found.threats)
        weightiest = max(lines, key=lambda line: line.probability * line.impact)
        yield says(
            words,
            "external",
            EXTERNAL,
            count=len(lines),
            factor=words.factor(weightiest.factor_id),
        )
        yield Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(rows),
            widths=(4.2, 1.8, 1.4, 3, 5.6),
            alignments=("start", "end", "end", "start", "start"),
            caption=words("swot.external_caption"),
            bookmark=EXTERNAL,
        )


def _external_receipt(words: Words, line: ExternalLine) -> tuple[str, ...]:
    known = words.report.definitions.framework.dimension
    return (
        words.factor(line.factor_id),
        words.locale.whole(line.probability),
        words.locale.whole(line.impact),
        words.join(words.short(one) for one in line.dimensions if one in known),
        line.note,
    )


def to_clarify(words: Words) -> tuple[Block, ...]:
    """Contested topics that are neither strength nor weakness yet."""
    scorecard = words.report.findings.scorecard
    items = [scorecard.items[line.item_id] for line in words.report.findings.swot.to_clarify]
    if not items:
        return ()
    spread = words.report.definitions.framework.scoring.contested_spread
    return (
        Heading(2, words("swot.clarify_title"), bookmark=CLARIFY),
        Paragraph(
            words("swot.clarify_lead", spread=words.locale.whole(spread)), keep_with_next=True
        ),
        *contested_table(words, items, words("swot.clarify_caption"), "clarify-table"),
    )


def tows(words: Words) -> tuple[Block, ...]:
    """Pairs of internal and external lines, with the initiatives that could act on them."""
    pairs = words.report.findings.swot.pairs
    return (
        Heading(1, words("tows.title"), bookmark=TOWS),
        Paragraph(words("tows.lead"), style="lead"),
        *(_tows(words, pairs) if pairs else (Paragraph(words("tows.none")),)),
    )


def _tows(words: Words, pairs: Sequence[TowsPair]) -> tuple[Block, ...]:
    mending = words.locale.whole(sum(pair.kind in ("WO", "WT") for pair in pairs))
    meaning = says(words, "tows", "tows-table", count=len(pairs), mending=mending)
    return meaning, _tows_table(words, pairs)


def _tows_table(words: Words, pairs: Iterable[TowsPair]) -> Block:
    names = ("line", "factor", "action")
    rows: list[tuple[Text | Cell, ...]] = []
    for kind, alike in groupby(pairs, key=lambda pair: pair.kind):
        rows.append(group_row(words(f"tows.{kind}"), len(names)))
        rows += [
            (
                traced_question(words, pair.item_id),
                words.factor(pair.factor_id),
                _candidates(words, pair),
            )
            for pair in alike
        ]
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(3.4, 5.2, 7.4),
        caption=words("tows.caption"),
        bookmark="tows-table",
    )


def _candidates(words: Words, pair: TowsPair) -> str:
    """List the chosen initiatives of the dimension that the pair touches."""
    report = words.report
    chosen = [
        words.initiative(one.id)
        for one in report.plan.selection.chosen
        if report.definitions.catalogue.by_id[one.id].dimension == pair.dimension_id
    ]
    return "\n".join(chosen[:3]) if chosen else words("tows.no_initiative")
