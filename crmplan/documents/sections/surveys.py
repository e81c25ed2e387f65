"""What surveys say: for each the judged results, charts, tables and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Heading,
    Paragraph,
    Span,
    Table,
)
from crmplan.documents.sections.shading import repeated
from crmplan.documents.sections.survey_charts import charts
from crmplan.documents.survey_words import (
    forms_text,
    interval_text,
    result_sentence,
    value_text,
)
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.kano import Feature
    from crmplan.assessment.survey_measuring import ResultValue
    from crmplan.assessment.survey_results import SurveyPaper
    from crmplan.assessment.survey_trends import Trend
    from crmplan.documents.words import Words

_FILLS = {"strong": "pale-positive", "weak": "pale-negative"}
_ORDER = ("weak", "strong", "between", "too-few", "none")
_KANO_ORDER = ("must-be", "one-dimensional", "attractive", "indifferent", "reverse", "unclear")
_MOST_GROUPS = 6
_MANY = 3


def surveys(words: Words) -> tuple[Block, ...]:
    """Compose the chapter; nothing if the engagement uses no survey."""
    papers = words.report.papers.surveys
    if not papers:
        return ()
    return (
        Heading(1, words("surveys.title")),
        Paragraph(words("surveys.lead", count=len(papers)), style="lead"),
        *(block for paper in papers for block in _survey(words, paper)),
    )


def _survey(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    survey, results = paper.survey, paper.results
    yield Heading(2, survey.title)
    yield Paragraph(words.flow((survey.summary, forms_text(words, results))))
    if not results.forms:
        return
    if results.misfits:
        text = words("surveys.misfits", count=results.misfits)
        yield Callout(text, tone="warning")
    yield from _says(words, paper)
    yield from _features(words, paper)
    yield from charts(words, paper)
    yield from _results_table(words, paper)
    yield from _trends(words, paper)
    yield from _groups(words, paper)


def _says(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    """Say what the results mean, what calls for action first; many of one kind in one sentence."""
    judged = [one for one in paper.results.results if not one.features]
    sentences: list[str] = []
    for standing in _ORDER:
        alike = [one for one in judged if one.standing == standing]
        if len(alike) < _MANY or any(one.trends or one.estimate.value is None for one in alike):
            sentences += [result_sentence(words, paper.survey, one) for one in alike]
        else:
            listed = words.join(_short(words, paper, one) for one in alike)
            sentences.append(words(f"surveys.{standing.replace('-', '_')}_all", results=listed))
    sentences += [
        words("surveys.zone", zone=zone.title, meaning=zone.meaning, behaviour=zone.behaviour)
        for zone in paper.survey.zones
    ]
    if sentences:
        yield Paragraph(words("surveys.says"), keep_with_next=True)
        yield BulletList(tuple(sentences))


def _short(words: Words, paper: SurveyPaper, result: ResultValue) -> str:
    rule = paper.survey.result[result.id]
    value = value_text(words, paper.survey, rule, result.estimate.value)
    return words("parenthesis", text=rule.title, extra=value)


def _results_table(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    measured = [one for one in paper.results.results if not one.features and not one.trends]
    if not measured:
        return
    names = ("result", "value", "interval", "count", "missing", "standing")
    yield Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(_result_row(words, paper, one) for one in measured),
        widths=(6.2, 1.7, 3, 1.5, 1.7, 1.9),
        alignments=("start", "end", "end", "end", "end", "start"),
        caption=words("surveys.results_caption", survey=paper.survey.title),
        note=words("surveys.table_note"),
    )


def _result_row(words: Words, paper: SurveyPaper, result: ResultValue) -> tuple[str | Cell, ...]:
    rule = paper.survey.result[result.id]
    estimate = result.estimate
    return (
        Cell((Span(f"{rule.title}\n", bold=True), Span(rule.meaning))),
        value_text(words, paper.survey, rule, estimate.value),
        interval_text(words, paper.survey, rule, estimate),
        words.locale.whole(estimate.count),
        words.locale.whole(estimate.missing),
        Cell(words(f"standings.{result.standing}"), fill=_FILLS.get(result.standing)),
    )


def _features(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    for result in paper.results.results:
        shown = [one for one in result.features if one.category]
        if not shown:
            continue
        yield Paragraph(words("surveys.features_order"))
        names = ("feature", "category", "better", "worse", "count")
        shown.sort(key=lambda one: (_KANO_ORDER.index(one.category or ""), one.worse or 0))
        yield Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(_feature_row(words, paper, one) for one in shown),
            widths=(7, 3.4, 2, 2, 1.6),
            alignments=("start", "start", "end", "end", "end"),
            caption=words("surveys.features_caption"),
        )


def _feature_row(words: Words, paper: SurveyPaper, feature: Feature) -> tuple[str, ...]:
    category = words(f"categories.{feature.category}")
    worse = None if feature.worse is None else abs(feature.worse)
    sign = "−" if worse else ""
    return (
        paper.survey.question[feature.question_id].text,
        words("clear", category=category) if feature.is_clear else category,
        words.locale.number(feature.better, 2),
        sign + words.locale.number(worse, 2),
        words.locale.whole(feature.count),
    )


def _trends(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    trends = [one for result in paper.results.results for one in result.trends]
    measured = [one for one in trends if one.points]
    if not trends:
        return
    said = words(
        "surveys.measured",
        measured=words.locale.whole(len(measured)),
        total=words.locale.whole(len(trends)),
    )
    yield Paragraph(said, keep_with_next=bool(measured))
    if measured:
        names = ("indicator", "periods", "first", "last", "change", "direction")
        yield Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(_trend_row(words, paper, one) for one in measured),
            widths=(6.6, 1.6, 2, 2, 2, 1.8),
            alignments=("start", "end", "end", "end", "end", "start"),
            caption=words("surveys.trends_caption"),
        )


def _trend_row(words: Words, paper: SurveyPaper, trend: Trend) -> tuple[str | Cell, ...]:
    fill = {"better": "pale-positive", "worse": "pale-negative"}.get(trend.direction)
    return (
        paper.survey.question[trend.question_id].text,
        words.locale.whole(len(trend.points)),
        words.locale.level(trend.points[0].value),
        words.locale.level(trend.points[-1].value),
        NO_VALUE if trend.change is None else words.locale.signed(trend.change),
        Cell(words(f"directions.{trend.direction}"), fill=fill),
    )


def _groups(words: Words, paper: SurveyPaper) -> Iterator[Block]:
    """Compare the groups; the largest ones, if there are more than a page is wide."""
    results = paper.results
    shown = sorted(results.groups, key=lambda one: -one.forms)[:_MOST_GROUPS]
    measured = [
        one for one in results.results if not one.features and one.estimate.value is not None
    ]
    if len(shown) > 1 and measured:
        forms = [words("surveys.forms", count=one.forms) for one in shown]
        heads = (
            words("surveys.forms_of", group=one.group, forms=text)
            for one, text in zip(shown, forms, strict=True)
        )
        yield Table(
            header=(words("columns.result"), *heads),
            rows=tuple(
                (
                    paper.survey.result[one.id].title,
                    *(_group_value(words, paper, group.results, one.id) for group in shown),
                )
                for one in measured
            ),
            widths=(6, *(10 / len(shown),) * len(shown)),
            alignments=("start", *repeated("end", len(shown))),
            caption=words("surveys.groups_caption"),
        )
    if hidden := len(results.hidden_groups):
        yield Paragraph(words("surveys.groups_hidden", count=hidden), style="note")


def _group_value(
    words: Words, paper: SurveyPaper, results: tuple[ResultValue, ...], result_id: str
) -> Cell:
    found = next(one for one in results if one.id == result_id)
    rule = paper.survey.result[result_id]
    text = value_text(words, paper.survey, rule, found.estimate.value)
    return Cell(text, fill=_FILLS.get(found.standing))
