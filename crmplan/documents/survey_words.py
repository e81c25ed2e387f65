"""Results of surveys as a language writes them: values, intervals and the sentence they make."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.survey_rules import (
    DifferenceRule,
    ResultRule,
    ShareRule,
    TrendRule,
)
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from crmplan.assessment.survey import Survey
    from crmplan.assessment.survey_estimates import Estimate
    from crmplan.assessment.survey_measuring import ResultValue
    from crmplan.assessment.survey_results import SurveyResults
    from crmplan.documents.words import Words

_PLACES = 2


def value_text(words: Words, survey: Survey, rule: ResultRule, value: Fraction | None) -> str:
    """Write a value of a result in its unit: a share in percent, a difference with its sign."""
    if value is None:
        return NO_VALUE
    if isinstance(rule, ShareRule) and rule.bottom_to is None:
        return words.locale.percent(value)
    if isinstance(rule, ShareRule | TrendRule):
        return _sign(value) + words.locale.percent(abs(value))
    size = words.locale.number(abs(value), _PLACES)
    bounds = survey.range_of(rule)
    has_sign = isinstance(rule, DifferenceRule) or (bounds is not None and bounds[0] < 0)
    if size == words.locale.number(Fraction(0), _PLACES):
        return size
    return f"{_sign(value) if has_sign else ''}{size}"


def _sign(value: Fraction) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""


def interval_text(words: Words, survey: Survey, rule: ResultRule, estimate: Estimate) -> str:
    """Write an interval; one that is a point, or is not claimed, as nothing."""
    if estimate.low is None or estimate.low == estimate.high:
        return NO_VALUE
    return words(
        "interval",
        low=value_text(words, survey, rule, estimate.low),
        high=value_text(words, survey, rule, estimate.high),
    )


def result_sentence(words: Words, survey: Survey, result: ResultValue) -> str:
    """Say what a result means, in one sentence."""
    rule = survey.result[result.id]
    if isinstance(rule, TrendRule):
        return _trend_sentence(words, survey, rule, result)
    estimate = result.estimate
    if estimate.value is None:
        return words("surveys.hidden", count=estimate.count, title=rule.title)
    value = value_text(words, survey, rule, estimate.value)
    if result.standing == "none":
        return words("surveys.unjudged", title=rule.title, value=value)
    if result.standing == "too-few":
        return words("surveys.too_few", count=estimate.count, title=rule.title, value=value)
    bound = rule.strong_from if result.standing == "strong" else rule.weak_to
    return words(
        f"surveys.{result.standing}",
        title=rule.title,
        value=value,
        low=value_text(words, survey, rule, estimate.low),
        high=value_text(words, survey, rule, estimate.high),
        bound=value_text(words, survey, rule, bound),
    )


def _trend_sentence(words: Words, survey: Survey, rule: TrendRule, result: ResultValue) -> str:
    directions = [one.direction for one in result.trends]
    standing = "between" if result.standing == "none" else result.standing
    return words(
        f"surveys.{standing.replace('-', '_')}_trend",
        title=rule.title,
        better=words.locale.whole(directions.count("better")),
        worse=words.locale.whole(directions.count("worse")),
        counted=words.locale.whole(result.estimate.count),
        total=words.locale.whole(len(result.trends)),
        periods=words.locale.whole(survey.reporting.claims_from),
    )


def forms_text(words: Words, results: SurveyResults) -> str:
    """Say how many forms there are, and of which days."""
    if not results.forms:
        return words("surveys.no_forms")
    forms = words("surveys.forms", count=results.forms)
    if results.first_on is None or results.last_on is None:
        return words("surveys.undated", forms=forms)
    first, last = words.locale.date(results.first_on), words.locale.date(results.last_on)
    if first == last:
        return words("surveys.day", forms=forms, first=first)
    return words("surveys.period", forms=forms, first=first, last=last)
