"""Gaps: summary, ranking, and what the first of them mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutPair,
    Cell,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Series,
    Table,
)
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import level_fill, printed, source
from crmplan.documents.sections.swot_sections import CLARIFY, TOWS
from crmplan.documents.sections.tracing import place, traced_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.gaps import Gap
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words

FIRST = 3
DEEPEST_ITEMS = 3
MEANT = 5
CHART, TABLE = "gap-chart", "gap-table"


def gap_summary(words: Words) -> tuple[Block, ...]:
    """The answer first: how many gaps, which three, what carries and what burdens."""
    findings = words.report.findings
    return (
        Heading(1, words("summary.title")),
        Paragraph(_lead(words), style="lead"),
        _figures(words),
        *_first(words),
        Heading(2, words("summary.swot_title"), numbered=False),
        Paragraph(
            words(
                "summary.swot",
                strengths=words.locale.whole(len(findings.swot.strengths)),
                weaknesses=words.locale.whole(len(findings.swot.weaknesses)),
                opportunities=words.locale.whole(len(findings.swot.opportunities)),
                threats=words.locale.whole(len(findings.swot.threats)),
            )
        ),
        Heading(2, words("summary.decisions_title"), numbered=False),
        NumberedList(tuple(_decisions(words))),
    )


def _first(words: Words) -> Iterator[Block]:
    if ranked := words.report.findings.gaps.ranked[:FIRST]:
        yield Heading(2, words("summary.first_title"), numbered=False)
        yield NumberedList(tuple(_top(words, gap) for gap in ranked))


def _decisions(words: Words) -> Iterator[Text]:
    """Ask for what the roadmap needs: the ranking, the open topics, the outside view."""
    findings = words.report.findings
    if findings.gaps.ranked:
        yield words.referring("summary.decide_ranking", TABLE)
    if count := len(findings.swot.to_clarify):
        yield words.referring("summary.decide_clarify", CLARIFY, count=count)
    if findings.swot.opportunities or findings.swot.threats:
        yield words.referring("summary.decide_actions", TOWS)
    else:
        yield words("summary.decide_factors")


def _lead(words: Words) -> str:
    report = words.report
    count, client = len(report.findings.gaps.ranked), report.assessment.organisation.name
    if not count:
        return words("summary.lead_none", client=client)
    return words(
        "summary.lead" if count > FIRST else "summary.lead_few",
        count=count,
        total=words.locale.whole(len(report.findings.gaps.gaps)),
        client=client,
    )


def _figures(words: Words) -> Block:
    gaps, locale = words.report.findings.gaps, words.locale
    sizes = [gap.gap for gap in gaps.gaps.values() if gap.gap is not None]
    mean = sum(sizes, Fraction(0)) / len(sizes) if sizes else None
    return KeyFigures(
        (
            KeyFigure(
                locale.whole(len(gaps.ranked)),
                words("figures.gaps"),
                words("figures.gaps_note", total=locale.whole(len(gaps.gaps))),
            ),
            KeyFigure(
                locale.number(max(sizes, default=None)),
                words("figures.largest"),
                words("figures.levels"),
            ),
            KeyFigure(locale.number(mean), words("figures.mean"), words("figures.levels")),
            KeyFigure(
                locale.whole(len(words.report.findings.swot.to_clarify)),
                words("figures.clarify"),
                words("figures.clarify_note"),
            ),
        )
    )


def _top(words: Words, gap: Gap) -> str:
    return words(
        "summary.top",
        dimension=words.dimension(gap.dimension_id),
        current=words.locale.number(gap.current),
        target=words.locale.level(gap.target),
        level_text=words.level_text(gap.dimension_id, words.standing(gap.current)),
    )


def gaps(words: Words) -> tuple[Block, ...]:
    """Chart, ranking, and one paragraph for each of the first gaps."""
    return (
        Heading(1, words("gaps.title"), page_break_before=True),
        Paragraph(
            words("gaps.lead", client=words.report.assessment.organisation.name), style="lead"
        ),
        *_chart(words),
        *_table_says(words),
        _table(words),
        *_without_score(words),
        *_meanings(words),
    )


def _chart(words: Words) -> Iterator[Block]:
    found = words.report.findings.gaps
    scored = [gap for gap in found.gaps.values() if gap.current is not None]
    if not scored:
        return
    says = words.referring("gaps.chart_none", CHART)
    if found.ranked:
        widest = max(scored, key=lambda gap: gap.gap or 0)
        says = words.referring(
            "gaps.chart_says",
            CHART,
            dimension=words.dimension(widest.dimension_id),
            gap=words.locale.number(widest.gap),
        )
    yield Paragraph(says, keep_with_next=True)
    yield Chart(
        kind="bar",
        categories=tuple(words.short(gap.dimension_id) for gap in scored),
        series=(
            Series(
                words("columns.score"), tuple(printed(gap.current) for gap in scored), "current"
            ),
            Series(words("columns.target"), tuple(printed(gap.target) for gap in scored), "target"),
        ),
        caption=words("gaps.chart_caption"),
        bookmark=CHART,
        maximum=words.report.definitions.framework.scale.highest,
        step=1,
    )
    yield source(words)


def _table_says(words: Words) -> Iterator[Block]:
    if ranked := words.report.findings.gaps.ranked:
        yield says(
            words,
            "gaps",
            TABLE,
            count=len(ranked),
            dimension=words.dimension(ranked[0].dimension_id),
            priority=words.locale.number(ranked[0].priority, 2),
        )


def _table(words: Words) -> Block:
    found = words.report.findings.gaps
    unranked = [gap for gap in found.gaps.values() if gap.rank is None and gap.gap is not None]
    names = (
        "rank",
        "dimension",
        "score",
        "target",
        "gap",
        "importance",
        "leverage",
        "coverage",
        "priority",
    )
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(_row(words, gap) for gap in (*found.ranked, *unranked)),
        widths=(1, 5, 1.2, 1.2, 1.1, 1.6, 1.5, 1.6, 1.4),
        alignments=("center", "start", *("end",) * 7),
        caption=words("gaps.table_caption"),
        note=words("raised.note") if any(gap.is_raised for gap in found.ranked) else "",
        bookmark=TABLE,
        dense=True,
    )


def _row(words: Words, gap: Gap) -> tuple[Text | Cell, ...]:
    locale = words.locale
    return (
        locale.whole(gap.rank),
        traced_gap(
            words,
            gap.dimension_id,
            words.dimension(gap.dimension_id),
            at="g" if gap.rank and gap.rank <= MEANT else None,
            to="meaning",
        ),
        Cell(locale.number(gap.current), fill=level_fill(words, gap.current)),
        locale.level(gap.target),
        locale.number(gap.gap),
        locale.number(gap.importance, 2),
        locale.number(gap.leverage, 2),
        locale.percent(gap.certainty),
        Cell(words.priority(gap), bold=gap.rank is not None),
    )


def _without_score(words: Words) -> Iterator[Block]:
    missing = [gap for gap in words.report.findings.gaps.gaps.values() if gap.current is None]
    if missing:
        names = words.join(words.dimension(gap.dimension_id) for gap in missing)
        yield Paragraph(words("gaps.no_score", dimensions=names))


def _meanings(words: Words) -> Iterator[Block]:
    if ranked := words.report.findings.gaps.ranked[:MEANT]:
        yield Heading(2, words("gaps.each_title"))
        for gap in ranked:
            yield from _meaning(words, gap)


def _meaning(words: Words, gap: Gap) -> Iterator[Block]:
    dimension = words.report.definitions.framework.dimension[gap.dimension_id]
    # A target between two levels asks for parts of the upper one.
    level, wanted = words.standing(gap.current), -int(-gap.target // 1)
    title = f"{words.locale.whole(gap.rank)} · {dimension.title}"
    yield Heading(3, title, bookmark=place("meaning", gap.dimension_id), numbered=False)
    yield CalloutPair(
        Callout(dimension.levels[level], title=words("gaps.now", level=words.locale.whole(level))),
        Callout(
            dimension.levels[wanted],
            title=words("gaps.wanted", level=words.locale.whole(wanted)),
            tone="success",
        ),
    )
    priority = words.locale.number(gap.priority, 2)
    ranked = words("colon", label=words("columns.priority"), text=priority)
    lines: list[Text] = [traced_gap(words, gap.dimension_id, ranked, to="g")]
    if carried := _carried(words, gap):
        lines.append(words("gaps.carries", dimensions=words.join(carried)))
    if lowest := _deepest_items(words, gap):
        lines.append(words("gaps.lowest", items=words.join(lowest)))
    yield BulletList(tuple(lines))


def _carried(words: Words, gap: Gap) -> list[str]:
    links = words.report.definitions.framework.dependencies
    return [words.dimension(link.to) for link in links if link.from_ == gap.dimension_id]


def _deepest_items(words: Words, gap: Gap) -> list[str]:
    """Name the items farthest below the target, the deepest first."""
    scorecard = words.report.findings.scorecard
    items = [scorecard.items[item_id] for item_id in scorecard.dimensions[gap.dimension_id].parts]
    below = [item for item in items if item.value is not None and item.value < gap.target]
    deepest = sorted(below, key=lambda item: item.value or 0)[:DEEPEST_ITEMS]
    return [
        words("parenthesis", text=words.topic(item.item_id), extra=words.locale.number(item.value))
        for item in deepest
    ]
