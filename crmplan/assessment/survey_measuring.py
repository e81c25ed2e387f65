"""From filled forms to the value of one result, by the kind of its rule.

Each person has one value, and people are averaged: somebody who skips questions counts no less
than others. A person with fewer than half of the answers of a result has none; for shares all
answers are needed. Method: docs/method/surveys.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.kano import Feature, feature
from crmplan.assessment.survey_estimates import Estimate, exact_mean, mean_estimate, share_estimate
from crmplan.assessment.survey_forms import half_mean, person_mean
from crmplan.assessment.survey_rules import (
    BandRule,
    DifferenceRule,
    KanoRule,
    MeanRule,
    ResultRule,
    ShareRule,
    TrendRule,
    ZoneRule,
)
from crmplan.assessment.survey_trends import Trend, balance, trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmplan.assessment.survey import Survey, SurveyQuestion
    from crmplan.assessment.survey_estimates import Number
    from crmplan.assessment.survey_forms import FilledForm

Standing = Literal["strong", "between", "weak", "too-few", "none"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The two means whose difference was taken."""

    first: Fraction
    minus: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result.

    Attributes:
        subject: a question, a zone, ``top`` or ``bottom``.
        compared: what was subtracted, for a difference that may be shown.
    """

    subject: str
    estimate: Estimate
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class ResultValue:
    """One result.

    Attributes:
        id: of the result in the survey.
        estimate: the value with its interval; none for features. For trends its count is that of
            numbers with enough periods.
        standing: strong or weak if the whole interval lies beyond the survey's bound; ``too-few``
            for a claim; ``none`` if the survey sets no bounds.
        compared: what was subtracted, for a difference.
        parts: by question or zone.
    """

    id: str
    estimate: Estimate
    standing: Standing = "none"
    compared: Compared | None = None
    parts: tuple[Part, ...] = ()
    features: tuple[Feature, ...] = ()
    trends: tuple[Trend, ...] = ()


def measure(survey: Survey, rule: ResultRule, forms: Sequence[FilledForm]) -> ResultValue:
    """Compute a result from some forms."""
    match rule:
        case MeanRule():
            return _mean(survey, rule, forms)
        case DifferenceRule():
            return _difference(survey, rule, forms)
        case ShareRule():
            return _share(survey, rule, forms)
        case ZoneRule():
            return _zones(survey, rule, forms)
        case KanoRule():
            return _kano(survey, rule, forms)
        case BandRule():
            return _bands(survey, rule, forms)
        case TrendRule():
            return _trends(survey, rule, forms)
    raise TypeError(f"no rule: {type(rule).__name__}")


def _standing(rule: ResultRule, estimate: Estimate) -> Standing:
    if rule.strong_from is None or rule.weak_to is None:
        return "none"
    if estimate.low is None or estimate.high is None:
        return "too-few"
    if estimate.low >= rule.strong_from:
        return "strong"
    return "weak" if estimate.high <= rule.weak_to else "between"


def _estimate(survey: Survey, values: Iterable[Number | None]) -> Estimate:
    """Average the people who have a value."""
    found = list(values)
    given = [one for one in found if one is not None]
    return mean_estimate(given, len(found) - len(given), survey.reporting)


def _mean(survey: Survey, rule: MeanRule, forms: Sequence[FilledForm]) -> ResultValue:
    questions = survey.questions_of(rule.of)
    keys = [question.key(rule.prompt) for question in questions]
    estimate = _estimate(survey, (person_mean(form, keys) for form in forms))
    parts = tuple(
        Part(question.id, _estimate(survey, (form.numbers.get(key) for form in forms)))
        for question, key in zip(questions, keys, strict=True)
    )
    return ResultValue(rule.id, estimate, _standing(rule, estimate), parts=parts)


def _difference(survey: Survey, rule: DifferenceRule, forms: Sequence[FilledForm]) -> ResultValue:
    questions = survey.questions_of(rule.of)
    estimate, compared = _compare(survey, rule, questions, forms)
    parts = tuple(Part(one.id, *_compare(survey, rule, (one,), forms)) for one in questions)
    return ResultValue(rule.id, estimate, _standing(rule, estimate), compared, parts)


def _compare(
    survey: Survey,
    rule: DifferenceRule,
    questions: Sequence[SurveyQuestion],
    forms: Sequence[FilledForm],
) -> tuple[Estimate, Compared | None]:
    """Average the differences of people with both answers to at least half of the questions."""
    keys = [(one.key(rule.prompt), one.key(rule.minus)) for one in questions]
    people = [
        [
            (form.numbers[first], form.numbers[minus])
            for first, minus in keys
            if first in form.numbers and minus in form.numbers
        ]
        for form in forms
    ]
    firsts = [half_mean([first for first, _ in pairs], len(keys)) for pairs in people]
    minuses = [half_mean([minus for _, minus in pairs], len(keys)) for pairs in people]
    gaps = [half_mean([first - minus for first, minus in pairs], len(keys)) for pairs in people]
    estimate = _estimate(survey, gaps)
    if estimate.value is None:
        return estimate, None
    return estimate, Compared(_mean_of(firsts), _mean_of(minuses))


def _mean_of(values: Sequence[Number | None]) -> Fraction:
    return exact_mean([one for one in values if one is not None])


def _share(survey: Survey, rule: ShareRule, forms: Sequence[FilledForm]) -> ResultValue:
    keys = [question.key(rule.prompt) for question in survey.questions_of(rule.of)]
    people = [
        [form.numbers[key] for key in keys]
        for form in forms
        if all(key in form.numbers for key in keys)
    ]
    count, missing = len(people), len(forms) - len(people)
    top = [all(value >= rule.top_from for value in values) for values in people]
    top_share = share_estimate(sum(top), count, missing, survey.reporting)
    bottom_to = rule.bottom_to
    if bottom_to is None:
        return ResultValue(rule.id, top_share, _standing(rule, top_share))
    bottom = [any(value <= bottom_to for value in values) for values in people]
    net = [Fraction(high - low) for high, low in zip(top, bottom, strict=True)]
    estimate = mean_estimate(net, missing, survey.reporting)
    parts = (
        Part("top", top_share),
        Part("bottom", share_estimate(sum(bottom), count, missing, survey.reporting)),
    )
    return ResultValue(rule.id, estimate, _standing(rule, estimate), parts=parts)


def _zones(survey: Survey, rule: ZoneRule, forms: Sequence[FilledForm]) -> ResultValue:
    keys = [question.key(rule.prompt) for question in survey.questions_of(rule.of)]
    means = [person_mean(form, keys) for form in forms]
    estimate = _estimate(survey, means)
    bounds = [zone.at_least for zone in survey.zones if zone.at_least is not None]
    places = [sum(mean >= bound for bound in bounds) for mean in means if mean is not None]
    parts = tuple(
        Part(
            zone.id,
            share_estimate(
                places.count(number), len(places), len(forms) - len(places), survey.reporting
            ),
        )
        for number, zone in enumerate(survey.zones)
    )
    return ResultValue(rule.id, estimate, _standing(rule, estimate), parts=parts)


def _kano(survey: Survey, rule: KanoRule, forms: Sequence[FilledForm]) -> ResultValue:
    found = []
    for question in survey.questions_of(rule.of):
        keys = question.key(rule.functional), question.key(rule.dysfunctional)
        pairs = [
            (int(form.numbers[keys[0]]), int(form.numbers[keys[1]]))
            for form in forms
            if all(key in form.numbers for key in keys)
        ]
        found.append(
            feature(
                question.id,
                pairs,
                missing=len(forms) - len(pairs),
                table=rule.table,
                shown_from=survey.reporting.shown_from,
                claims_from=survey.reporting.claims_from,
            )
        )
    answered = max((one.count for one in found), default=0)
    return ResultValue(rule.id, Estimate(answered, len(forms) - answered), features=tuple(found))


def _bands(survey: Survey, rule: BandRule, forms: Sequence[FilledForm]) -> ResultValue:
    keys = [
        survey.question[part.question].key(survey.question[part.question].prompts[0])
        for part in rule.parts
    ]
    points = [
        [
            Fraction(part.points(Fraction(form.numbers[key]))) if key in form.numbers else None
            for part, key in zip(rule.parts, keys, strict=True)
        ]
        for form in forms
    ]
    estimate = _estimate(
        survey,
        (half_mean([one for one in given if one is not None], len(keys)) for given in points),
    )
    parts = tuple(
        Part(part.question, _estimate(survey, (given[place] for given in points)))
        for place, part in enumerate(rule.parts)
    )
    return ResultValue(rule.id, estimate, _standing(rule, estimate), parts=parts)


def _trends(survey: Survey, rule: TrendRule, forms: Sequence[FilledForm]) -> ResultValue:
    trends = tuple(
        trend(
            question,
            (
                (form.answered_on, Fraction(form.numbers[key]))
                for form in forms
                if form.answered_on and key in form.numbers
            ),
            periods=survey.reporting.claims_from,
        )
        for question in survey.questions_of(rule.of)
        for key in (question.key(question.prompts[0]),)
    )
    counted, short, value = balance(trends)
    # Nothing was drawn by lot here: the value is what it is, its interval a point. Of fewer than
    # half of the numbers nothing is claimed.
    bound = value if 2 * counted >= counted + short else None
    estimate = Estimate(counted, short, value, bound, bound)
    return ResultValue(rule.id, estimate, _standing(rule, estimate), trends=trends)
