"""Check that the parts of a survey template refer to one another rightly."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Steps
from crmplan.assessment.survey_rules import (
    KANO_ANSWERS,
    BandRule,
    DifferenceRule,
    KanoRule,
    ResultRule,
    TrendRule,
    ZoneRule,
)
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.assessment.survey import Survey, SurveyQuestion
    from crmplan.definitions.yaml_source import Path_, YamlFile

TAKEN = ("form", "group", "answered-on")
"""Columns of a table of replies that are no answers."""


def check_survey(survey: Survey, whole: YamlFile) -> tuple[Problem, ...]:
    """Find repeated and unknown ids, zones out of order, and rules that fit no answer."""
    problems = [*_repeated(survey, whole), *_unknown_scales(survey, whole)]
    problems += _unknown_prompts(survey, whole)
    if problems:
        return tuple(problems)
    return (*_shared_keys(survey, whole), *_zones(survey, whole), *_results(survey, whole))


def _repeated(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    parts = (survey.scales, survey.prompts, survey.zones, survey.sections, survey.results)
    ids = [survey.id, *(one.id for part in parts for one in part)]
    ids += [question.id for section in survey.sections for question in section.questions]
    for element_id, count in Counter(ids).items():
        if count > 1:
            message = f'"{element_id}" is the id of {count} elements'
            yield Problem(whole.place(()), "DEF-DUPLICATE-ID", message)


def _unknown_scales(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    for index, prompt in enumerate(survey.prompts):
        place: Path_ = ("prompts", index, "scale")
        yield from _unknown(whole, place, [prompt.scale], survey.scale, "scale")


def _unknown_prompts(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    for index, section in enumerate(survey.sections):
        for number, question in enumerate(section.questions):
            place: Path_ = ("sections", index, "questions", number, "prompts")
            yield from _unknown(whole, place, question.prompts, survey.prompt, "prompt")


def _unknown(
    whole: YamlFile, place: Path_, used: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    names = list(known)
    for one in used:
        if one not in names:
            message = f'"{one}" is no {kind} of this survey'
            yield Problem(whole.place(place), "DEF-UNKNOWN-ID", message, did_you_mean(one, names))


def _shared_keys(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    """Find answers that would stand in the same column."""
    keys = [
        question.key(prompt) for question in survey.question.values() for prompt in question.prompts
    ]
    for key, count in Counter([*keys, *TAKEN]).items():
        if count > 1:
            message = f'"{key}" is the column of {count} answers'
            yield Problem(whole.place(("sections",)), "DEF-DUPLICATE-ID", message)


def _zones(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    if not survey.zones:
        return
    first, *others = survey.zones
    bounds = [one.at_least for one in others if one.at_least is not None]
    in_order = bounds == sorted(set(bounds)) and len(bounds) == len(others)
    if first.at_least is not None or not in_order:
        message = "the first zone has no at_least, each other one has, above the one before"
        yield Problem(whole.place(("zones",)), "DEF-VALUE", message)


def _results(survey: Survey, whole: YamlFile) -> Iterator[Problem]:
    known = [*survey.question, *(section.id for section in survey.sections)]
    for index, rule in enumerate(survey.results):
        place: Path_ = ("results", index)
        used = _used(rule)
        unknown = list(_unknown(whole, (*place, "of"), used, known, "question"))
        yield from unknown
        if unknown:
            continue
        for question in survey.questions_of(used):
            yield from _without(survey, whole, place, rule, question)
        if rule.measure and isinstance(rule, DifferenceRule | KanoRule | TrendRule):
            message = f'a result by the rule "{rule.rule}" gives no value to a measure'
            yield Problem(whole.place((*place, "measure")), "DEF-VALUE", message)
        if isinstance(rule, ZoneRule) and not survey.zones:
            yield Problem(whole.place(place), "DEF-MISSING-FIELD", '"zones" is missing')


def _used(rule: ResultRule) -> tuple[str, ...]:
    if isinstance(rule, BandRule):
        return tuple(part.question for part in rule.parts)
    found: tuple[str, ...] = rule.of  # type: ignore[attr-defined]
    return found


def _without(
    survey: Survey, whole: YamlFile, place: Path_, rule: ResultRule, question: SurveyQuestion
) -> Iterator[Problem]:
    """Find answers that the rule needs and a question does not have."""
    for prompt_id in _prompts(rule, question):
        if prompt_id not in question.prompts:
            message = f'"{question.id}" is not asked as "{prompt_id}"'
            yield Problem(whole.place(place), "DEF-UNKNOWN-ID", message)
            continue
        scale = survey.scale[survey.prompt[prompt_id].scale]
        if scale.kind == "comment":
            message = f'"{question.id}" is answered in words: nothing can be computed of it'
            yield Problem(whole.place(place), "DEF-VALUE", message)
        elif isinstance(rule, KanoRule) and not _is_kano(scale):
            message = f'"{scale.id}" has not the steps 1 to {KANO_ANSWERS}, as the table needs'
            yield Problem(whole.place(place), "DEF-VALUE", message)


def _prompts(rule: ResultRule, question: SurveyQuestion) -> tuple[str, ...]:
    if isinstance(rule, KanoRule):
        return (rule.functional, rule.dysfunctional)
    if isinstance(rule, DifferenceRule):
        return (rule.prompt, rule.minus)
    if isinstance(rule, BandRule | TrendRule):
        return question.prompts[:1]
    return (rule.prompt,)  # type: ignore[attr-defined]


def _is_kano(scale: object) -> bool:
    return isinstance(scale, Steps) and (scale.lowest, scale.highest) == (1, KANO_ANSWERS)
