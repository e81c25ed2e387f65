"""One answer for several frameworks: what was said for an item counts for its equal elsewhere.

Only over links that say ``equal``; only what can be said exactly on the other scale; and never in
place of an answer that the person gave to the item itself. Links are followed once.
Method and worked example: docs/method/crosswalk.md, section "Shared answers".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from crmplan.assessment.crosswalk import Crosswalk, carried_level
from crmplan.assessment.engagement import Engagement
from crmplan.assessment.framework import Framework
from crmplan.assessment.ratings import level_said
from crmplan.assessment.responses import (
    Assessment,
    Decision,
    Evidence,
    Layer,
    Response,
    SharedAnswer,
)

_Layers = Mapping[Layer, Response]


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """Another framework of the engagement, and the links from it to the one that is scored."""

    framework: Framework
    crosswalk: Crosswalk

    def equals(self, framework: Framework) -> tuple[tuple[str, str], ...]:
        """Pair items there with the items here that ask the same.

        A link to an item that the version in use does not have leads nowhere and is left out.
        """
        return tuple(
            (link.from_, link.to)
            for link in self.crosswalk.links
            if link.relation == "equal"
            and link.from_ in self.framework.items
            and link.to in framework.items
        )


def with_shared_answers(
    engagement: Engagement, framework: Framework, sources: Sequence[AnswerSource]
) -> Assessment:
    """Take out what concerns one framework, with the answers that others share with it.

    A person's own answer to an item wins; of several shared ones the first counts, in the order
    of ``sources`` and of their links. Evidence goes with its item. A decision goes along if nobody
    answered the item itself, and none was made about it here.

    Args:
        engagement: everything stored about the client.
        framework: the framework that is scored.
        sources: other frameworks of the engagement, in its order.
    """
    own = engagement.assessment(framework.id)
    responses, shared = list(own.responses), []
    for source in sources:
        for found, answers in _shared(engagement, framework, source, responses):
            shared.append(found)
            responses += answers
    return own.model_copy(
        update={
            "responses": tuple(responses),
            "evidence": (*own.evidence, *_evidence(engagement, framework, sources)),
            "decisions": (*own.decisions, *_decisions(engagement, framework, sources, own)),
            "shared": tuple(shared),
        }
    )


def _shared(
    engagement: Engagement, framework: Framework, source: AnswerSource, given: Sequence[Response]
) -> Iterator[tuple[SharedAnswer, tuple[Response, ...]]]:
    taken = {(one.respondent, one.item) for one in given}
    theirs: defaultdict[str, dict[str, dict[Layer, Response]]] = defaultdict(dict)
    for one in engagement.responses:
        if one.framework == source.framework.id:
            theirs[one.item].setdefault(one.respondent, {})[one.layer] = one
    for origin, item in source.equals(framework):
        for person, layers in theirs[origin].items():
            answers = _carried(source.framework, framework, item, layers)
            if answers and (person, item) not in taken:
                taken.add((person, item))
                there = source.framework.id
                yield (
                    SharedAnswer(respondent=person, item=item, framework=there, origin=origin),
                    answers,
                )


def _carried(
    begin: Framework, framework: Framework, item: str, layers: _Layers
) -> tuple[Response, ...]:
    """Say an answer in the terms of another framework; empty if that is not possible exactly."""
    said = _as_asked(begin, framework.asks_for_layers(item), layers)
    answers = []
    for one in said:
        here = level_said(begin, one)
        level = None if here is None else carried_level(here, begin, framework)
        if level is not None and level.denominator != 1:
            return ()
        changes: dict[str, object] = {
            "framework": framework.id,
            "item": item,
            "level": _whole(level),
            "ratings": {},
        }
        answers.append(one.model_copy(update=changes))
    return tuple(answers)


def _as_asked(begin: Framework, in_layers: bool, layers: _Layers) -> tuple[Response, ...]:
    """Give plan and practice if both ask for them, or else one answer; half an answer is none."""
    overall = (layers["overall"],) if "overall" in layers else ()
    if not {"intention", "reality"} <= layers.keys():
        return overall
    plan, practice = layers["intention"], layers["reality"]
    if in_layers:
        return plan, practice
    weights = begin.layers
    if plan.state != practice.state or weights is None:
        return overall
    if plan.level is None or practice.level is None:
        return (plan.model_copy(update={"layer": "overall"}),)
    level = weights.intention * plan.level + weights.reality * practice.level
    if level.denominator != 1:
        return ()
    return (practice.model_copy(update={"layer": "overall", "level": int(level)}),)


def _whole(level: Fraction | None) -> int | None:
    return None if level is None else int(level)


def _evidence(
    engagement: Engagement, framework: Framework, sources: Sequence[AnswerSource]
) -> Iterator[Evidence]:
    """Give the evidence of equal items; what supports 5/3 supports the whole level below it."""
    for source in sources:
        for origin, item in source.equals(framework):
            for one in engagement.evidence:
                if (one.framework, one.item) != (source.framework.id, origin):
                    continue
                level = one.supports
                if level is not None:
                    exact = carried_level(level, source.framework, framework)
                    level = exact.numerator // exact.denominator
                changes = {"framework": framework.id, "item": item, "supports": level}
                yield one.model_copy(update=changes)


def _decisions(
    engagement: Engagement,
    framework: Framework,
    sources: Sequence[AnswerSource],
    own: Assessment,
) -> Iterator[Decision]:
    settled = {one.item for one in own.decisions} | {one.item for one in own.responses}
    for source in sources:
        made = {one.item: one for one in engagement.assessment(source.framework.id).decisions}
        for origin, item in source.equals(framework):
            if item in settled or origin not in made:
                continue
            level = made[origin].level
            exact = None if level is None else carried_level(level, source.framework, framework)
            if exact is None or exact.denominator == 1:
                settled.add(item)
                changes = {"framework": framework.id, "item": item, "level": _whole(exact)}
                yield made[origin].model_copy(update=changes)
