"""Stored replies as numbers that can be computed with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Amount, Comment, Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from crmplan.assessment.client_records import SurveyReply
    from crmplan.assessment.survey import Survey
    from crmplan.assessment.survey_estimates import Number

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?\Z")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form.

    Attributes:
        numbers: the answers that are numbers, by key; whole ones as int, which is faster.
        comments: the answers in words, by key.
        misfits: answers that the survey does not ask for, or that lie off their scale.
    """

    group: str
    answered_on: date | None
    numbers: Mapping[str, Number]
    comments: Mapping[str, str]
    misfits: int


def filled_forms(survey: Survey, replies: Iterable[SurveyReply]) -> list[FilledForm]:
    """Read stored replies; a number that many wrote is read once."""
    read: dict[tuple[str, str], Number | None] = {}
    return [_filled_form(survey, reply, read) for reply in replies]


def _filled_form(
    survey: Survey, reply: SurveyReply, read: dict[tuple[str, str], Number | None]
) -> FilledForm:
    numbers: dict[str, Number] = {}
    comments: dict[str, str] = {}
    for key, written in reply.answers.items():
        asked = survey.asked.get(key)
        if asked is None:
            continue
        if isinstance(asked.scale, Comment):
            comments[key] = written
            continue
        known = (asked.scale.id, written)
        if known not in read:
            exact = number_on(asked.scale, written)
            read[known] = _plainest(exact)
        if (number := read[known]) is not None:
            numbers[key] = number
    misfits = len(reply.answers) - len(numbers) - len(comments)
    return FilledForm(reply.group, reply.answered_on, numbers, comments, misfits)


def _plainest(exact: Fraction | None) -> Number | None:
    """Give a whole number as int."""
    return exact.numerator if exact is not None and exact.denominator == 1 else exact


def number_on(scale: Steps | Amount, written: str) -> Fraction | None:
    """Read a number, with ASCII digits, that lies on a scale; None if it does not."""
    if not _NUMBER.match(written):
        return None
    number = Fraction(written)
    if isinstance(scale, Steps) and number.denominator != 1:
        return None
    is_low = scale.lowest is not None and number < scale.lowest
    is_high = scale.highest is not None and number > scale.highest
    return None if is_low or is_high else number


def person_mean(form: FilledForm, keys: Sequence[str]) -> Number | None:
    """Average a person's answers; None if fewer than half of them were given."""
    return half_mean([form.numbers[key] for key in keys if key in form.numbers], len(keys))


def half_mean(values: Sequence[Number], asked: int) -> Number | None:
    """Average what was given; None if that is less than half of what was asked for, or nothing."""
    if not values or 2 * len(values) < asked:
        return None
    return values[0] if len(values) == 1 else Fraction(sum(values)) / len(values)


def open_groups(forms: Iterable[FilledForm], *, shown_from: int) -> tuple[list[str], list[str]]:
    """Tell which groups are large enough to be shown, and which are not.

    Where the hidden forms together are too few, the smallest shown group is hidden as well: else
    they could be found by taking all groups off the total.

    Returns:
        Shown and hidden groups by name; forms without a group belong to neither, but are counted
        among the hidden.
    """
    sizes = Counter(form.group for form in forms)
    unnamed = sizes.pop("", 0)
    hidden = [group for group, size in sizes.items() if size < shown_from]
    shown = sorted(sizes.keys() - set(hidden), key=lambda group: (-sizes[group], group))
    while shown and 0 < unnamed + sum(sizes[group] for group in hidden) < shown_from:
        hidden.append(shown.pop())
    return sorted(shown), sorted(hidden)
