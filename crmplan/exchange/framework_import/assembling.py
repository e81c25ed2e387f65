"""From a draft to a framework of crmplan: ids, one scale, and what the source does not say."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from crmplan.assessment.framework import (
    Audience,
    Concept,
    Dimension,
    Framework,
    Group,
    Item,
    ScoringPolicy,
    TargetProfile,
)
from crmplan.assessment.swot_rules import SwotRules
from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.answer_scale import AnswerScale, fit_scale
from crmplan.exchange.framework_import.element_ids import Ids
from crmplan.exchange.framework_import.foreign_text import sentence, shortened
from crmplan.exchange.framework_import.scale_steps import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.exchange.framework_import.draft import (
        DimensionDraft,
        FrameworkDraft,
        ItemDraft,
    )
    from crmplan.exchange.framework_import.foreign_file import Notes

MOST_ITEMS = 5_000
AUDIENCE = "respondents"
ASK_FOR = "Whatever shows that the answer holds"
OURS = (
    "Not from the source, and to be adapted: who is asked, what to ask to see where the source "
    "names nothing, the aspect of each question, thresholds of scoring, and targets."
)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A framework, the id of each thing of its source by key, and its scale."""

    framework: Framework
    ids: Mapping[str, str]
    scale: AnswerScale


@dataclass(frozen=True, slots=True)
class _Work:
    """What all elements are made with."""

    ids: Ids
    groups: Mapping[str, str]
    scale: AnswerScale
    keys: dict[str, str]


def assemble(draft: FrameworkDraft, framework_id: str, notes: Notes) -> Assembled:
    """Make a framework.

    Args:
        draft: what the source says.
        framework_id: the id that the framework gets.
        notes: takes up the answers that do not lie on the scale.

    Raises:
        ExchangeError: if there is no question with graded answers, or there are too many.
    """
    _check_size(draft)
    scale = fit_scale(item.answers for item in draft.items)
    if not scale.is_exact:
        _note_rounding(draft, scale, notes)
    work = _work(draft, scale)
    dimensions = tuple(
        _dimension(one, number, work) for number, one in enumerate(draft.dimensions, start=1)
    )
    framework = Framework(
        id=framework_id,
        version=draft.version,
        title=draft.title,
        summary=draft.summary,
        interpretation=f"{sentence(draft.interpretation)} {OURS}",
        licence=draft.licence,
        sources=draft.sources,
        languages=("en",),
        scale=scale_of(draft, scale),
        scoring=_scoring(scale),
        swot=SwotRules(strength_from=_upper(scale), weakness_gap=_step(scale)),
        audiences=(Audience(id=AUDIENCE, title="Respondents"),),
        groups=tuple(Group(id=group, title=title) for title, group in work.groups.items()),
        profiles=_profiles(draft, work),
        dimensions=_with_levels(dimensions, draft, scale),
        concepts=_concepts(draft, work),
    )
    return Assembled(framework, work.keys, scale)


def _work(draft: FrameworkDraft, scale: AnswerScale) -> _Work:
    ids = Ids()
    titles = dict.fromkeys(one.group for one in draft.dimensions if one.group)
    return _Work(ids, {title: ids.new(title, kind="group") for title in titles}, scale, {})


def _check_size(draft: FrameworkDraft) -> None:
    if not draft.items:
        raise ExchangeError(
            f"{draft.title}: no question with graded answers was found",
            hint="a question needs at least two answers that differ in value",
        )
    number = max(len(draft.items), len(draft.initiatives))
    if number > MOST_ITEMS:
        raise ExchangeError(
            f"{draft.title}: {number:,} questions or initiatives",
            hint=f"at most {MOST_ITEMS:,} are imported",
        )


def _note_rounding(draft: FrameworkDraft, scale: AnswerScale, notes: Notes) -> None:
    """Note the answers whose value no level has."""
    span = scale.highest - scale.lowest
    for item in draft.items:
        low = min(one.value for one in item.answers)
        high = max(one.value for one in item.answers)
        for answer in item.answers:
            share = (answer.value - low) / (high - low)
            level = scale.level(item.answers, answer.value)
            if share * span != level - scale.lowest:
                message = f'"{shortened(answer.text, 60)}" is rounded to level {level}'
                notes.add(item.place, "IMPORT-LEVEL", message)


def _dimension(draft: DimensionDraft, number: int, work: _Work) -> Dimension:
    dimension_id = work.ids.new(draft.title, kind="dimension")
    work.keys[draft.key] = dimension_id
    return Dimension(
        id=dimension_id,
        number=number,
        title=draft.title,
        short=shortened(draft.short or draft.title, 40),
        purpose=draft.purpose or draft.title,
        kind="enabler",
        group=work.groups.get(draft.group),
        weight=draft.weight,
        source=draft.source,
        levels={},
        items=tuple(_item(one, dimension_id, work) for one in draft.items),
    )


def _item(draft: ItemDraft, dimension_id: str, work: _Work) -> Item:
    item_id = work.ids.new(draft.name, kind="item", inside=dimension_id)
    work.keys[draft.key] = item_id
    observe: dict[int, str] = {}
    for answer in sorted(draft.answers, key=lambda one: one.value):
        level = work.scale.level(draft.answers, answer.value)
        observe[level] = f"{observe[level]} / {answer.text}" if level in observe else answer.text
    return Item(
        id=item_id,
        topic=draft.topic,
        ask=draft.ask,
        audience=(AUDIENCE,),
        evidence=draft.evidence or (ASK_FOR,),
        aspects=("process",),
        observe={level: text for level, text in observe.items() if text},
        points=draft.points,
        weight=draft.weight,
        source=draft.source,
    )


def _with_levels(
    dimensions: tuple[Dimension, ...], draft: FrameworkDraft, scale: AnswerScale
) -> tuple[Dimension, ...]:
    """Describe every level of every dimension: by its stages, or by the steps of the scale."""
    steps = scale_of(draft, scale).levels
    span = scale.highest - scale.lowest
    made = []
    for dimension, one in zip(dimensions, draft.dimensions, strict=True):
        levels = {}
        for step in steps:
            share = Fraction(step.level - scale.lowest, span)
            stage = one.stages[ceil(share * len(one.stages)) - 1] if one.stages and share else ""
            levels[step.level] = stage or sentence(step.name)
        made.append(dimension.model_copy(update={"levels": levels}))
    return tuple(made)


def _profiles(draft: FrameworkDraft, work: _Work) -> tuple[TargetProfile, ...]:
    scale = work.scale
    given = tuple(
        TargetProfile(
            id=work.ids.new(one.name, kind="profile"),
            title=one.title,
            default=scale.lowest + (one.value - scale.start) / (scale.unit or 1),
        )
        for one in draft.profiles
    )
    highest = TargetProfile(
        id=work.ids.new("highest-level", kind="profile"),
        title="The highest level everywhere",
        default=Fraction(scale.highest),
    )
    return given or (highest,)


def _concepts(draft: FrameworkDraft, work: _Work) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            id=work.ids.new(f"about {one.title}", kind="concept"),
            title=one.title,
            text=one.text,
            dimensions=tuple(work.keys[key] for key in one.dimensions),
            source=one.source,
        )
        for one in draft.concepts
    )


def _scoring(scale: AnswerScale) -> ScoringPolicy:
    """Keep the thresholds at the same share of the scale as on crmplan's own, 0 to 5."""
    apart = max(1, round(Fraction(2, 5) * (scale.highest - scale.lowest)))
    return ScoringPolicy(confirmed_from=_upper(scale), contested_spread=apart, perception_gap=apart)


def _upper(scale: AnswerScale) -> int:
    return scale.lowest + ceil(Fraction(3, 5) * (scale.highest - scale.lowest))


def _step(scale: AnswerScale) -> Fraction:
    return min(Fraction(1), Fraction(scale.highest - scale.lowest, 5))
