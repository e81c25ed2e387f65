"""What a survey says: every result by its rule, for all people and for each group.

Only sums over people leave this module, and none over fewer people than the survey shows.
Method: docs/method/surveys.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.survey import Amount, Steps
from crmplan.assessment.survey_estimates import Estimate, mean_estimate
from crmplan.assessment.survey_forms import FilledForm, filled_forms, open_groups
from crmplan.assessment.survey_measuring import ResultValue, measure
from crmplan.assessment.survey_rules import BandRule, MeanRule, ShareRule, ZoneRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crmplan.assessment.client_records import SurveyReply
    from crmplan.assessment.survey import Asked, Survey
    from crmplan.assessment.survey_rules import ResultRule


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """All answers to one question as it was asked.

    Attributes:
        key: the answer.
        estimate: its mean; without a value for words.
        numbers: people per step, all steps; empty for amounts and words, or if too few answered.
    """

    key: str
    estimate: Estimate
    numbers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class GroupResults:
    """The results of one group of people."""

    group: str
    forms: int
    results: tuple[ResultValue, ...]


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """Everything that the replies to a survey say.

    Attributes:
        forms: how many replies there are.
        misfits: answers left out because they do not fit the survey as it is now.
        first_on, last_on: days of the first and the last reply; None if none is dated.
        groups: those large enough to be shown.
        hidden_groups: the others.
        comments: answers in words, by key, in order of the alphabet; none if forms are too few.
    """

    survey_id: str
    forms: int
    misfits: int
    first_on: date | None
    last_on: date | None
    results: tuple[ResultValue, ...]
    answers: tuple[AnswerSummary, ...]
    groups: tuple[GroupResults, ...]
    hidden_groups: tuple[str, ...]
    comments: Mapping[str, tuple[str, ...]]

    @property
    def result(self) -> dict[str, ResultValue]:
        """All results by id."""
        return {one.id: one for one in self.results}


@dataclass(frozen=True, slots=True)
class SurveyFinding:
    """A result that is certainly good or bad, with the dimensions it speaks of: for the SWOT."""

    survey_id: str
    result_id: str
    kind: Literal["strength", "weakness"]
    value: Fraction
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class SurveyPaper:
    """A survey with the replies to it; the results are computed when they are first asked for."""

    survey: Survey
    replies: tuple[SurveyReply, ...]

    @cached_property
    def results(self) -> SurveyResults:
        """What the replies say."""
        return survey_results(self.survey, self.replies)

    @cached_property
    def findings(self) -> tuple[SurveyFinding, ...]:
        """What of it is a strength or a weakness."""
        return findings(self.survey, self.results)


def survey_results(survey: Survey, replies: Sequence[SurveyReply]) -> SurveyResults:
    """Compute the results of a survey.

    Args:
        survey: the template.
        replies: replies to this survey; their order changes nothing.
    """
    forms = filled_forms(survey, replies)
    days = [form.answered_on for form in forms if form.answered_on]
    shown, hidden = open_groups(forms, shown_from=survey.reporting.shown_from)
    return SurveyResults(
        survey_id=survey.id,
        forms=len(forms),
        misfits=sum(form.misfits for form in forms),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        results=_results(survey, forms),
        answers=tuple(_summary(survey, asked, forms) for asked in survey.asked.values()),
        groups=tuple(_group(survey, group, forms) for group in shown),
        hidden_groups=tuple(hidden),
        comments=_comments(survey, forms),
    )


def _results(survey: Survey, forms: Sequence[FilledForm]) -> tuple[ResultValue, ...]:
    return tuple(measure(survey, rule, forms) for rule in survey.results)


def _group(survey: Survey, group: str, forms: Sequence[FilledForm]) -> GroupResults:
    members = [form for form in forms if form.group == group]
    return GroupResults(group, len(members), _results(survey, members))


def _summary(survey: Survey, asked: Asked, forms: Sequence[FilledForm]) -> AnswerSummary:
    if not isinstance(asked.scale, Steps | Amount):
        count = sum(asked.key in form.comments for form in forms)
        return AnswerSummary(asked.key, Estimate(count, len(forms) - count), {})
    values = [form.numbers[asked.key] for form in forms if asked.key in form.numbers]
    estimate = mean_estimate(values, len(forms) - len(values), survey.reporting)
    if estimate.value is None or isinstance(asked.scale, Amount):
        return AnswerSummary(asked.key, estimate, {})
    counted = Counter(values)
    return AnswerSummary(
        asked.key, estimate, {step: counted[Fraction(step)] for step in asked.scale.steps}
    )


def _comments(survey: Survey, forms: Sequence[FilledForm]) -> dict[str, tuple[str, ...]]:
    """Collect what people wrote; sorted, so that the order of the forms names nobody."""
    if len(forms) < survey.reporting.shown_from:
        return {}
    keys = [key for key, asked in survey.asked.items() if asked.scale.kind == "comment"]
    return {
        key: tuple(sorted(form.comments[key] for form in forms if key in form.comments))
        for key in keys
    }


def findings(survey: Survey, results: SurveyResults) -> tuple[SurveyFinding, ...]:
    """Give the results that are strengths or weaknesses beyond chance, as the survey bounds them.

    Those that speak of no dimension are left out.
    """
    return tuple(
        SurveyFinding(
            survey_id=survey.id,
            result_id=one.id,
            kind="strength" if one.standing == "strong" else "weakness",
            value=one.estimate.value,
            dimensions=survey.result[one.id].dimensions,
        )
        for one in results.results
        if one.standing in ("strong", "weak")
        and one.estimate.value is not None
        and survey.result[one.id].dimensions
    )


def measure_values(survey: Survey, results: SurveyResults) -> dict[str, Fraction]:
    """Give the values of measures of a strategy map that results are linked to.

    Returns:
        Per measure a number to two decimals: a mean carried from its scale to 0–100, a share in
        percent, for zones the share of the last one minus that of the first. Results that may not
        be shown, and differences, features and trends, give none.
    """
    found = (
        (rule.measure, _hundredths(survey, rule, one))
        for one in results.results
        for rule in (survey.result[one.id],)
        if one.estimate.value is not None
    )
    return {name: value for name, value in found if name and value is not None}


def _hundredths(survey: Survey, rule: ResultRule, result: ResultValue) -> Fraction | None:
    share = _as_share(survey, rule, result)
    return None if share is None else Fraction(round(share * 10_000), 100)


def _as_share(survey: Survey, rule: ResultRule, result: ResultValue) -> Fraction | None:
    value = result.estimate.value or Fraction(0)
    if isinstance(rule, ShareRule):
        return value
    if isinstance(rule, ZoneRule):
        first, last = result.parts[0].estimate.value, result.parts[-1].estimate.value
        return None if first is None or last is None else last - first
    ends = survey.range_of(rule) if isinstance(rule, MeanRule | BandRule) else None
    return (value - ends[0]) / (ends[1] - ends[0]) if ends else None
