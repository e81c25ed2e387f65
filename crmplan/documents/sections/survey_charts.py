"""Charts of survey results: like beside like, each family on its own scale."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from crmplan.assessment.survey_rules import (
    BandRule,
    DifferenceRule,
    MeanRule,
    ShareRule,
    ZoneRule,
)
from crmplan.documents.blocks import Chart, Paragraph, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmplan.assessment.survey_measuring import ResultValue
    from crmplan.assessment.survey_results import SurveyPaper
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words

_ZONE_COLOURS = ("negative", "neutral", "positive", "special")
_FEWEST = 2
"""A chart of one bar says less than its number."""
_HIGHEST = 16.0


def charts(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    """Draw what can be compared: differences, means of one scale, shares, zones, features."""
    found = [*_compared(words, paper), *_zones(words, paper), *_means(words, paper)]
    found += [*_shares(words, paper), *_features(words, paper)]
    for chart in found:
        bookmark = chart.bookmark or ""
        yield Paragraph(words.referring("surveys.figure_says", bookmark), keep_with_next=True)
        yield replace(chart, height_cm=_height(chart))


def _height(chart: Chart) -> float:
    """Give every bar the room that its title needs."""
    bars = 1 if chart.kind == "stacked_bar" else len(chart.series)
    return min(_HIGHEST, 2.2 + len(chart.categories) * (0.45 + 0.25 * bars))


def _with_value(
    paper: SurveyPaper, kind: type[object] | tuple[type[object], ...]
) -> list[ResultValue]:
    return [
        one
        for one in paper.results.results
        if isinstance(paper.survey.result[one.id], kind) and one.estimate.value is not None
    ]


def _titles(paper: SurveyPaper, results: Sequence[ResultValue]) -> tuple[str, ...]:
    return tuple(paper.survey.result[one.id].title for one in results)


def _compared(words: Words, paper: SurveyPaper) -> Iterator[Chart]:
    results = _with_value(paper, DifferenceRule)
    if len(results) < _FEWEST:
        return
    survey = paper.survey
    rule = cast("DifferenceRule", survey.result[results[0].id])
    first, minus = survey.prompt[rule.prompt].ask, survey.prompt[rule.minus].ask
    low, high = survey.range_of(rule) or (None, None)
    pairs = [one.compared for one in results if one.compared]
    yield Chart(
        kind="bar",
        categories=_titles(paper, results),
        series=(
            Series(first, tuple(_drawn(one.first) for one in pairs), "current"),
            Series(minus, tuple(_drawn(one.minus) for one in pairs), "target"),
        ),
        minimum=low,
        maximum=high,
        caption=words("surveys.compared_caption", survey=survey.title, first=first, minus=minus),
        bookmark=f"{survey.id}-compared",
    )


def _zones(words: Words, paper: SurveyPaper) -> Iterator[Chart]:
    results = _with_value(paper, ZoneRule)
    if not results:
        return
    yield Chart(
        kind="stacked_bar",
        categories=_titles(paper, results),
        series=tuple(
            Series(
                zone.title,
                tuple(_percent(one.parts[place].estimate.value) for one in results),
                _ZONE_COLOURS[min(place, len(_ZONE_COLOURS) - 1)],
            )
            for place, zone in enumerate(paper.survey.zones)
        ),
        minimum=0,
        maximum=100,
        number_format="0",
        caption=words("surveys.zones_caption", survey=paper.survey.title),
        bookmark=f"{paper.survey.id}-zones",
    )


def _means(words: Words, paper: SurveyPaper) -> Iterator[Chart]:
    families: defaultdict[tuple[int, int] | None, list[ResultValue]] = defaultdict(list)
    for one in _with_value(paper, (MeanRule, BandRule)):
        families[paper.survey.range_of(paper.survey.result[one.id])].append(one)
    for ends, results in families.items():
        low, high = ends or (None, None)
        if len(results) < _FEWEST:
            continue
        yield Chart(
            kind="bar",
            categories=_titles(paper, results),
            series=(
                Series(
                    words("columns.value"),
                    tuple(_drawn(one.estimate.value) for one in results),
                    "current",
                ),
            ),
            minimum=low,
            maximum=high,
            caption=words("surveys.means_caption", survey=paper.survey.title),
            bookmark=f"{paper.survey.id}-means-{low}-{high}",
        )


def _shares(words: Words, paper: SurveyPaper) -> Iterator[Chart]:
    results = _with_value(paper, ShareRule)
    if len(results) < _FEWEST:
        return
    lowest = min((_percent(one.estimate.value) or 0) for one in results)
    yield Chart(
        kind="bar",
        categories=_titles(paper, results),
        series=(
            Series(
                words("columns.value"),
                tuple(_percent(one.estimate.value) for one in results),
                "current",
            ),
        ),
        minimum=0 if lowest >= 0 else -100,
        maximum=100,
        number_format="0",
        caption=words("surveys.shares_caption", survey=paper.survey.title),
        bookmark=f"{paper.survey.id}-shares",
    )


def _features(words: Words, paper: SurveyPaper) -> Iterator[Chart]:
    for result in paper.results.results:
        shown = [one for one in result.features if one.better is not None]
        if shown:
            yield Chart(
                kind="bar",
                categories=tuple(paper.survey.question[one.question_id].text for one in shown),
                series=(
                    Series(
                        words("columns.better"),
                        tuple(_drawn(one.better) for one in shown),
                        "current",
                    ),
                    Series(
                        words("columns.worse"),
                        tuple(_drawn(None if one.worse is None else -one.worse) for one in shown),
                        "target",
                    ),
                ),
                minimum=0,
                maximum=1,
                number_format="0.00",
                caption=words("surveys.features_chart"),
                bookmark=f"{paper.survey.id}-{result.id}",
            )


def _drawn(value: Fraction | None) -> float | None:
    """Round as tables print: to two decimals, halves away from zero."""
    if value is None:
        return None
    size = int(abs(value) * 100 + Fraction(1, 2)) / 100
    return size if value >= 0 else -size


def _percent(share: Fraction | None) -> float | None:
    if share is None:
        return None
    size = int(abs(share) * 100 + Fraction(1, 2))
    return float(size if share >= 0 else -size)
