"""First page for a board: where the client stands, what that means, and one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmplan.documents.blocks import (
    Block,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Series,
)
from crmplan.documents.sections.shading import printed, source
from crmplan.documents.sections.shortening import shortened
from crmplan.planning.forecast import overall_expectation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from crmplan.assessment.gaps import Gap
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words
    from crmplan.planning.forecast import Expectation

Situation = Literal["unscored", "reached", "uncovered", "planned"]
"""What a board can be told: no score, no gap, gaps that no chosen initiative closes, or a plan."""

# Letters of what clients and authors name; two pages hold no more.
NAME, SUBJECT, LEVEL_TEXT, ON_AXIS = 90, 80, 180, 22
MOST_DIMENSIONS = 12
MISSING = 4
FEW = 5
FIGURE = "board-figure"
FIGURE_HEIGHT_CM = 6.6


def situation(words: Words) -> Situation:
    """Tell what there is to decide."""
    report = words.report
    if report.findings.scorecard.overall.score is None:
        return "unscored"
    if not report.findings.gaps.ranked:
        return "reached"
    return "planned" if report.plan.selection.chosen else "uncovered"


def client(words: Words) -> str:
    """Name the client, shortly."""
    return shortened(words.report.assessment.organisation.name, NAME)


def position(words: Words) -> tuple[Block, ...]:
    """The answer first, the numbers, three messages, and the figure."""
    return (
        Heading(1, words("title"), numbered=False),
        Paragraph(words.flow(_lead(words)), style="lead"),
        _figures(words),
        Heading(2, words("messages.title"), numbered=False),
        NumberedList(tuple(_messages(words))),
        *_figure(words),
    )


def _lead(words: Words) -> Iterator[str]:
    found, locale = words.report.findings, words.locale
    overall = found.scorecard.overall
    if overall.score is None:
        coverage = locale.percent(overall.coverage)
        yield words("lead.unscored", client=client(words), coverage=coverage)
        return
    scored = [gap for gap in found.gaps.gaps.values() if gap.current is not None]
    values = {
        "client": client(words),
        "score": locale.number(overall.score),
        "highest": words.highest(),
        "level_name": words.level_name(words.standing(overall.score)),
        "total": locale.whole(len(scored)),
    }
    below = len(found.gaps.ranked)
    if not below:
        yield words("lead.reached", values)
        return
    yield words("lead.far" if 2 * below > len(scored) else "lead.near", values, count=below)
    yield from _plan_in_short(words)


def _plan_in_short(words: Words) -> Iterator[str]:
    plan, locale = words.report.plan, words.locale
    if situation(words) != "planned":
        yield words("lead.uncovered")
        return
    count = len(plan.selection.chosen)
    yield words(
        "lead.plan_few" if count <= FEW else "lead.plan",
        count=count,
        start=locale.date(plan.schedule.start),
        finish=locale.date(plan.risk.dates[80]),
    )


def expected(words: Words) -> Expectation | None:
    """Expect an overall score at the end of the plan; None without scores or without a plan."""
    found, report = words.report.plan.forecast, words.report
    if not found.ends or situation(words) != "planned":
        return None
    findings = report.findings
    scorecard = findings.view.scorecard if findings.view else findings.scorecard
    weights = {one: node.weight for one, node in scorecard.dimensions.items()}
    return overall_expectation(found.expected[list(found.ends)[-1]], weights)


def _figures(words: Words) -> Block:
    locale, plan = words.locale, words.report.plan
    score = words.report.findings.scorecard.overall.score
    figures = [
        KeyFigure(
            locale.number(score),
            words("figures.now"),
            words("figures.now_note", highest=words.highest()),
        ),
    ]
    if (likely := expected(words)) is not None:
        around = words.range(likely.low, likely.high)
        figures.append(
            KeyFigure(
                locale.number(likely.likely),
                words("figures.expected"),
                words("figures.expected_note", range=around),
            )
        )
    if situation(words) == "planned":
        effort, days = plan.risk.effort_days, plan.risk.days
        figures += [
            KeyFigure(
                words("range", low=locale.whole(effort[50]), high=locale.whole(effort[80])),
                words("figures.effort"),
                words("figures.percentiles"),
            ),
            KeyFigure(
                words("range", low=locale.whole(days[50]), high=locale.whole(days[80])),
                words("figures.days"),
                words("figures.percentiles"),
            ),
        ]
    else:
        figures.append(_coverage(words))
    return KeyFigures(tuple(figures))


def _coverage(words: Words) -> KeyFigure:
    overall = words.report.findings.scorecard.overall
    return KeyFigure(
        words.locale.percent(overall.coverage),
        words("figures.coverage"),
        words("figures.coverage_note"),
    )


def _messages(words: Words) -> Iterator[Text]:
    """Say three things: what is most urgent, what carries, and how sure both are."""
    if situation(words) == "unscored":
        yield from _missing(words)
    else:
        yield _urgent(words)
        yield _strongest(words)
    yield _certainty(words)


def _missing(words: Words) -> Iterator[str]:
    scorecard = words.report.findings.scorecard
    yield words("messages.answered", count=scorecard.respondents)
    names = [
        shortened(words.short(node.id), SUBJECT)
        for node in scorecard.dimensions.values()
        if node.score is None
    ]
    yield words(
        "messages.missing",
        count=len(names),
        dimensions=words.join(names[:MISSING]),
        minimum=words.locale.percent(words.report.definitions.framework.scoring.minimum_coverage),
    )


def _urgent(words: Words) -> str:
    report = words.report
    if not (ranked := report.findings.gaps.ranked):
        return words("messages.no_gap")
    first = ranked[0]
    carried = sum(
        link.from_ == first.dimension_id for link in report.definitions.framework.dependencies
    )
    level = words.standing(first.current)
    return words(
        "messages.urgent_carrying" if carried else "messages.urgent",
        count=carried,
        dimension=shortened(words.dimension(first.dimension_id), SUBJECT),
        gap=words.locale.number(first.gap),
        level_text=shortened(words.level_text(first.dimension_id, level), LEVEL_TEXT),
    )


def _strongest(words: Words) -> str:
    found = words.report.findings
    scored = [gap for gap in found.gaps.gaps.values() if gap.current is not None]
    best = max(scored, key=lambda gap: gap.current or 0)
    return words(
        "messages.below_too" if best.gap else "messages.carries",
        dimension=shortened(words.dimension(best.dimension_id), SUBJECT),
        score=words.locale.number(best.current),
        target=words.locale.level(best.target),
        gap=words.locale.number(best.gap),
    )


def _certainty(words: Words) -> str:
    overall = words.report.findings.scorecard.overall
    share = words.locale.percent(overall.evidence_share)
    if overall.open_items:
        return words("messages.contested", count=len(overall.open_items), share=share)
    if overall.evidence_share is None:
        return words("messages.no_values")
    thin = 2 * overall.evidence_share < 1
    return words("messages.thin" if thin else "messages.firm", share=share)


def _figure(words: Words) -> Iterator[Block]:
    gaps = shown_dimensions(words)
    if not gaps:
        return
    ends = words.report.plan.forecast
    last = ends.expected[list(ends.ends)[-1]] if expected(words) is not None else {}
    lines = [
        Series(words("figure.now"), tuple(printed(gap.current) for gap in gaps), "current"),
        Series(words("figure.target"), tuple(printed(gap.target) for gap in gaps), "target"),
    ]
    if last:
        likely = tuple(printed(last[gap.dimension_id].likely) for gap in gaps)
        lines.insert(1, Series(words("figure.expected"), likely, "positive"))
    yield Paragraph(_figure_says(words, gaps), keep_with_next=True)
    yield Chart(
        # Two dimensions make no area.
        kind="radar" if len(gaps) > 2 else "bar",
        categories=tuple(shortened(words.short(gap.dimension_id), ON_AXIS) for gap in gaps),
        series=tuple(lines),
        caption=words("figure.caption" if last else "figure.caption_today"),
        bookmark=FIGURE,
        maximum=words.report.definitions.planning_framework.scale.highest,
        step=1,
        value_labels=False,
        height_cm=FIGURE_HEIGHT_CM,
    )
    yield source(words)


def shown_dimensions(words: Words) -> tuple[Gap, ...]:
    """Choose what the figure shows: all with a score, or the most urgent if there are many."""
    found = words.report.findings.planning_gaps
    scored = [gap for gap in found.gaps.values() if gap.current is not None]
    if len(scored) <= MOST_DIMENSIONS:
        return tuple(scored)
    kept = sorted(scored, key=lambda gap: (gap.rank is None, gap.rank or 0))[:MOST_DIMENSIONS]
    return tuple(gap for gap in scored if gap in kept)


def _figure_says(words: Words, gaps: tuple[Gap, ...]) -> Text:
    """Say what the figure shows: how many dimensions the plan brings how near to the target."""
    widest = max(gaps, key=lambda gap: gap.gap or 0)
    if expected(words) is None:
        return words.referring(
            "figure.says_today" if widest.gap else "figure.says_reached",
            FIGURE,
            dimension=shortened(words.short(widest.dimension_id), SUBJECT),
        )
    end = words.report.plan.forecast
    last = end.expected[list(end.ends)[-1]]

    def gain(gap: Gap) -> Fraction:
        return last[gap.dimension_id].likely - (gap.current or 0)

    most = max(gaps, key=gain)
    return words.referring(
        "figure.says",
        FIGURE,
        dimension=shortened(words.short(most.dimension_id), SUBJECT),
        current=words.locale.number(most.current),
        likely=words.locale.number(last[most.dimension_id].likely),
    )
