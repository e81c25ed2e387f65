"""How sure the dates are, and which scores to expect: the outlook of the roadmap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Cell,
    Chart,
    Heading,
    Paragraph,
    Series,
    Table,
)
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import level_fill, printed, repeated
from crmplan.planning.estimates import PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words

DRIVERS = 6
LONGEST_MONTH = 32
MOST_MONTHS = 24


def risk(words: Words) -> tuple[Block, ...]:
    """The probability of each end date, phase by phase, and what drives it."""
    profile = words.report.plan.risk
    planned = words(
        "risk.planned",
        date=words.locale.date(words.report.plan.schedule.finish),
        share=words.locale.percent_of(profile.planned_probability),
    )
    promise = words(
        "risk.promise",
        date=words.locale.date(profile.dates[80]),
        likely=words.locale.date(profile.dates[50]),
    )
    return (
        Heading(1, words("risk.title")),
        Paragraph(words("risk.lead", samples=words.locale.whole(profile.settings.samples)), "lead"),
        Paragraph(words.flow((planned, promise))),
        *_curve(words),
        says(
            words,
            "dates",
            "risk-dates",
            days=words("working_days", count=profile.days[80] - profile.days[50]),
        ),
        _dates(words),
        _drivers_say(words),
        _drivers(words),
    )


def _curve(words: Words) -> Iterator[Block]:
    """Draw the probability of being finished by the end of each month."""
    profile, schedule = words.report.plan.risk, words.report.plan.schedule
    ends = _month_ends(words, profile.dates[10], profile.dates[95])
    shares = [
        profile.probability(schedule.calendar.number(schedule.start, end + timedelta(days=1)))
        for end in ends
    ]
    if len(ends) < 2:
        return
    yield says(
        words,
        "curve",
        "risk-curve",
        likely=words.locale.month(profile.dates[50]),
        safe=words.locale.month(profile.dates[80]),
    )
    yield Chart(
        kind="line",
        categories=tuple(words.locale.month(end) for end in ends),
        series=(Series(words("risk.probability"), tuple(100 * share for share in shares)),),
        caption=words("risk.curve_caption"),
        bookmark="risk-curve",
        minimum=0,
        maximum=100,
        step=20,
        number_format="0",
        height_cm=4.4,
    )


def _month_ends(words: Words, first: date, last: date) -> list[date]:
    """List the last days of the months around a span, thinned out if there are many."""
    ends: list[date] = []
    month = words.locale.month_start(first)
    while True:
        following = words.locale.month_start(month + timedelta(days=LONGEST_MONTH))
        ends.append(following - timedelta(days=1))
        if following > last:
            return ends[:: -(-len(ends) // MOST_MONTHS)]
        month = following


def _dates(words: Words) -> Block:
    profile = words.report.plan.risk
    rows = [
        (words.phase(phase), *(words.locale.short_date(found[one]) for one in PERCENTILES))
        for phase in words.report.plan.forecast.ends
        if (found := profile.phase_dates.get(phase))
    ]
    whole = [Cell(words.locale.short_date(profile.dates[one]), bold=True) for one in PERCENTILES]
    return Table(
        header=(words("columns.phase"), *(f"P{one}" for one in PERCENTILES)),
        rows=(*rows, (Cell(words("risk.whole"), bold=True), *whole)),
        widths=(5, *(2.6,) * len(PERCENTILES)),
        alignments=("start", *repeated("end", len(PERCENTILES))),
        caption=words("risk.dates_caption"),
        bookmark="risk-dates",
        note=words("risk.dates_note", error=words.locale.number(profile.p80_error)),
    )


def _drivers_say(words: Words) -> Block:
    tasks = words.report.plan.risk.tasks
    first = min(tasks, key=lambda one: (-tasks[one].cruciality, one))
    share = words.locale.percent_of(tasks[first].criticality)
    return says(words, "drivers", "risk-drivers", task=words.coded(first), share=share)


def _drivers(words: Words) -> Block:
    tasks = words.report.plan.risk.tasks
    ranked = sorted(tasks, key=lambda one: (-tasks[one].cruciality, one))[:DRIVERS]
    return Table(
        header=(words("columns.task"), words("risk.criticality"), words("risk.cruciality")),
        rows=tuple(
            (
                words.coded(one),
                words.locale.percent_of(tasks[one].criticality),
                words.locale.number(tasks[one].cruciality, 2),
            )
            for one in ranked
        ),
        widths=(10, 2.8, 2.8),
        alignments=("start", "end", "end"),
        caption=words("risk.drivers_caption"),
        bookmark="risk-drivers",
        note=words("risk.drivers_note"),
    )


def expected_scores(words: Words) -> tuple[Block, ...]:
    """Present, expected and wanted scores."""
    found = words.report.plan.forecast
    gaps = [
        gap for gap in words.report.findings.planning_gaps.gaps.values() if gap.current is not None
    ]
    if not gaps or not found.ends:
        return ()
    last = found.expected[list(found.ends)[-1]]
    chart = Chart(
        kind="radar",
        categories=tuple(words.short(gap.dimension_id) for gap in gaps),
        series=(
            Series(
                words("forecast.present"), tuple(printed(gap.current) for gap in gaps), "current"
            ),
            Series(
                words("forecast.expected"),
                tuple(printed(last[gap.dimension_id].likely) for gap in gaps),
                "positive",
            ),
            Series(words("columns.target"), tuple(printed(gap.target) for gap in gaps), "target"),
        ),
        caption=words("forecast.radar_caption"),
        bookmark="forecast-radar",
        maximum=words.report.definitions.planning_framework.scale.highest,
        step=1,
        value_labels=False,
        height_cm=7.8,
    )
    return (
        Heading(1, words("forecast.title")),
        Paragraph(words("forecast.lead"), "lead"),
        _radar_says(words),
        chart,
        _expected_says(words),
        _expected_table(words),
    )


def _radar_says(words: Words) -> Block:
    """Name the dimension that gains most."""
    found, gaps = words.report.plan.forecast, words.report.findings.planning_gaps.gaps
    last = found.expected[list(found.ends)[-1]]
    most = max(last, key=lambda one: last[one].likely - (gaps[one].current or 0))
    return says(
        words,
        "radar",
        "forecast-radar",
        dimension=words.dimension(most),
        current=words.locale.number(gaps[most].current),
        likely=words.locale.number(last[most].likely),
    )


def _expected_says(words: Words) -> Block:
    """Count the dimensions whose target lies within what can be expected."""
    found, gaps = words.report.plan.forecast, words.report.findings.planning_gaps.gaps
    last = found.expected[list(found.ends)[-1]]
    within = sum(last[one].high >= gaps[one].target for one in last)
    total = words.locale.whole(len(last))
    return says(words, "expected", "forecast", count=within, total=total)


def _expected_table(words: Words) -> Block:
    found = words.report.plan.forecast
    gaps = words.report.findings.planning_gaps.gaps.values()
    phases = words.report.definitions.phase_model.phase
    return Table(
        header=(
            words("columns.dimension"),
            words("columns.score"),
            *(phases[one].short for one in found.ends),
            words("columns.target"),
        ),
        rows=tuple(
            (
                words.short(gap.dimension_id),
                Cell(words.locale.number(gap.current), fill=level_fill(words, gap.current)),
                *(
                    Cell(
                        words.locale.number(found.expected[one][gap.dimension_id].likely),
                        fill=level_fill(words, found.expected[one][gap.dimension_id].likely),
                    )
                    for one in found.ends
                ),
                words.locale.level(gap.target),
            )
            for gap in gaps
            if gap.current is not None
        ),
        widths=(3.4, 1.6, *(2.2,) * len(found.ends), 1.6),
        alignments=("start", *repeated("center", len(found.ends) + 2)),
        caption=words("forecast.table_caption"),
        bookmark="forecast",
        note=words("forecast.note"),
    )
