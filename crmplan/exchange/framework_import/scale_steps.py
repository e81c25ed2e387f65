"""Names for the levels of an imported scale."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from crmplan.assessment.framework import Scale, ScaleLevel
from crmplan.exchange.framework_import.foreign_text import sentence, shortened

if TYPE_CHECKING:
    from crmplan.exchange.framework_import.answer_scale import AnswerScale
    from crmplan.exchange.framework_import.draft import FrameworkDraft

LONGEST_NAME = 60


def scale_of(draft: FrameworkDraft, scale: AnswerScale) -> Scale:
    """Name the levels: as the source does, by a text all questions share, or by their place."""
    named = _named_by_source(draft, scale)
    shared = _shared_texts(draft, scale)
    levels = []
    for level in range(scale.lowest, scale.highest + 1):
        name, meaning = named.get(level) or _own_name(level, scale, shared.get(level))
        levels.append(
            ScaleLevel(
                id=f"level-{level}",
                level=level,
                name=shortened(name, LONGEST_NAME),
                enabler=sentence(meaning),
                result=sentence(meaning),
            )
        )
    return Scale(levels=tuple(levels))


def _named_by_source(draft: FrameworkDraft, scale: AnswerScale) -> dict[int, tuple[str, str]]:
    if scale.unit is None:
        return {}
    found = {}
    for value, name, meaning in draft.steps:
        level = scale.lowest + (value - scale.start) / scale.unit
        if level.denominator == 1:
            found[int(level)] = (name, meaning or name)
    return found


def _shared_texts(draft: FrameworkDraft, scale: AnswerScale) -> dict[int, set[str]]:
    texts: defaultdict[int, set[str]] = defaultdict(set)
    for item in draft.items:
        for answer in item.answers:
            texts[scale.level(item.answers, answer.value)].add(answer.text)
    return texts


def _own_name(level: int, scale: AnswerScale, texts: set[str] | None) -> tuple[str, str]:
    if texts is None:
        return (
            f"Between {level - 1} and {level + 1}",
            "The source has no answer here; it keeps the distances between its answers",
        )
    if len(texts) == 1 and (text := next(iter(texts))):
        return text, text
    place = f"Step {level - scale.lowest} of {scale.highest - scale.lowest}"
    if level == scale.lowest:
        place = "Lowest answer"
    elif level == scale.highest:
        place = "Highest answer"
    return place, f"{place}; each question says what it means"
