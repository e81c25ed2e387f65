"""Results of surveys at the terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmplan.cli.output import say, write_json, write_table
from crmplan.cli.results import words_of
from crmplan.documents.survey_words import (
    forms_text,
    interval_text,
    result_sentence,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.survey_measuring import ResultValue
    from crmplan.assessment.survey_results import SurveyPaper
    from crmplan.documents.words import Words
    from crmplan.report import Report


def show_list(report: Report, *, as_json: bool) -> None:
    """Show which surveys there are replies to."""
    papers = report.papers.surveys
    words = words_of(report).within("surveys")
    if as_json:
        write_json(
            "survey show",
            [
                {
                    "survey": paper.survey.id,
                    "title": paper.survey.title,
                    "forms": paper.results.forms,
                    "findings": paper.findings,
                }
                for paper in papers
            ],
        )
        return
    if not papers:
        say(words("surveys.no_forms"))
    for paper in papers:
        say(f"{paper.survey.title} [{paper.survey.id}]")
        say(f"  {forms_text(words, paper.results)}")


def show_json(paper: SurveyPaper, *, comments: bool) -> None:
    """Write the results of one survey as JSON; what people wrote only if asked for."""
    results = paper.results if comments else replace(paper.results, comments={})
    write_json("survey show", {"results": results, "findings": paper.findings})


def show_survey(report: Report, paper: SurveyPaper, *, by_group: bool) -> None:
    """Show the results of one survey."""
    words = words_of(report).within("surveys")
    results = paper.results
    say(f"{paper.survey.title} [{paper.survey.id}]")
    say(forms_text(words, results))
    if results.misfits:
        say(words("surveys.misfits", count=results.misfits))
    _values(words, paper, results.results)
    _features(words, paper, results.results)
    _trends(words, paper, results.results)
    for result in results.results:
        if not result.features:
            say(result_sentence(words, paper.survey, result))
    for group in results.groups if by_group else ():
        forms = words("surveys.forms", count=group.forms)
        say()
        say(words("surveys.forms_of", group=group.group, forms=forms))
        _values(words, paper, group.results)
        _features(words, paper, group.results)
        _trends(words, paper, group.results)
    if by_group and results.hidden_groups:
        say(words("surveys.groups_hidden", count=len(results.hidden_groups)))


def _values(words: Words, paper: SurveyPaper, results: Sequence[ResultValue]) -> None:
    survey = paper.survey
    names = ("result", "standing", "value", "interval", "count", "missing")
    rows = [
        (
            f"{rule.title} [{one.id}]",
            words(f"standings.{one.standing}"),
            value_text(words, survey, rule, one.estimate.value),
            interval_text(words, survey, rule, one.estimate),
            words.locale.whole(one.estimate.count),
            words.locale.whole(one.estimate.missing),
        )
        for one in results
        if not one.features
        for rule in (survey.result[one.id],)
    ]
    if rows:
        write_table([words(f"columns.{name}") for name in names], rows, numbers=4)


def _features(words: Words, paper: SurveyPaper, results: Sequence[ResultValue]) -> None:
    rows = [
        (
            f"{paper.survey.question[one.question_id].text} [{one.question_id}]",
            words("clear", category=category) if one.is_clear else category,
            words.locale.number(one.better, 2),
            words.locale.number(one.worse, 2),
            words.locale.whole(one.count),
            words.locale.whole(one.missing),
        )
        for result in results
        for one in result.features
        for category in (words(f"categories.{one.category}") if one.category else "–",)
    ]
    if rows:
        names = ("feature", "category", "better", "worse", "count", "missing")
        write_table([words(f"columns.{name}") for name in names], rows, numbers=4)


def _trends(words: Words, paper: SurveyPaper, results: Sequence[ResultValue]) -> None:
    rows = [
        (
            f"{paper.survey.question[one.question_id].text} [{one.question_id}]",
            words(f"directions.{one.direction}"),
            words.locale.level(one.points[0].value),
            words.locale.level(one.points[-1].value),
            words.locale.whole(len(one.points)),
        )
        for result in results
        for one in result.trends
        if one.points
    ]
    if rows:
        names = ("indicator", "direction", "first", "last", "periods")
        write_table([words(f"columns.{name}") for name in names], rows, numbers=3)


def show_comments(report: Report, paper: SurveyPaper) -> None:
    """Show what people wrote."""
    words = words_of(report).within("surveys")
    for key, texts in paper.results.comments.items():
        say()
        say(f"{words('surveys.comments_title')}: {paper.survey.asked[key].question.text}")
        say(words("surveys.comments_note"))
        for text in texts:
            say(f"  · {text}")
