"""Contradictions and weak foundations that the scores show.

Each finding names the rule, the things it speaks of and the numbers that made it speak; the words
stand in the rule. Rules that look at the plan (``postpone``, ``hold``) are told here as well,
because a consultant discusses them in the same session. Method: docs/method/consistency.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment import consistency_rules as rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that spoke.

    Attributes:
        rule_id: the rule.
        subjects: dimensions or items it speaks of; the first is what must change.
        numbers: the numbers that made it speak, by name.
    """

    rule_id: str
    subjects: tuple[str, ...]
    numbers: Mapping[str, Fraction]


def find_inconsistencies(
    framework: Framework,
    scorecard: Scorecard,
    targets: Mapping[str, Fraction],
    *,
    wanted: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Ask every rule of the framework; the order is that of the rules, then of the framework.

    A rule stays silent about dimensions without a score, and about an initiative nobody wants.

    Args:
        framework: its rules and links.
        scorecard: the scores.
        targets: level to reach, for every dimension.
        wanted: initiatives that the gaps ask for.
    """
    reading = _Reading(framework, scorecard, targets, wanted)
    return tuple(
        Finding(rule.id, subjects, numbers)
        for rule in framework.rules
        for subjects, numbers in reading.ask(rule)
    )


_Spoken = tuple[tuple[str, ...], dict[str, Fraction]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The scores as the rules look at them."""

    framework: Framework
    scorecard: Scorecard
    targets: Mapping[str, Fraction]
    wanted: Collection[str]

    def ask(self, rule: rules.ConsistencyRule) -> Iterator[_Spoken]:
        match rule.when:
            case rules.EdgeDifference():
                yield from self._edge_differences(rule.when)
            case rules.Levels():
                yield from self._levels(rule.when)
            case rules.TargetAbove():
                yield from self._target_above(rule.when)
            case rules.Trend():
                yield from self._without_trend(rule.when)
            case rules.AboveMean():
                yield from self._above_mean(rule.when)
            case rules.Unconfirmed():
                yield from self._unconfirmed(rule.when)
            case rules.LayerDifference():
                yield from self._layer_differences(rule.when)
            case rules.AspectLevel():
                yield from self._aspect_level(rule.when)

    def _score(self, dimension_id: str) -> Fraction | None:
        return self.scorecard.dimensions[dimension_id].score

    def _edge_differences(self, when: rules.EdgeDifference) -> Iterator[_Spoken]:
        for link in self.framework.dependencies:
            lower, upper = self._score(link.from_), self._score(link.to)
            if link.strength != when.strength or lower is None or upper is None:
                continue
            if upper - lower >= when.at_least:
                yield (link.from_, link.to), {"from": lower, "to": upper}

    def _levels(self, when: rules.Levels) -> Iterator[_Spoken]:
        if when.chosen is not None and when.chosen not in self.wanted:
            return
        true = [one for one in (*when.all, *when.any) if self._holds(one)]
        if not all(self._holds(one) for one in when.all) or (when.any and not true):
            return
        yield (
            tuple(one.dimension for one in true),
            {one.dimension: self._score(one.dimension) or Fraction(0) for one in true},
        )

    def _holds(self, condition: rules.LevelCondition) -> bool:
        level = self._score(condition.dimension)
        if level is None:
            return False
        if condition.at_least is not None and level < condition.at_least:
            return False
        return condition.at_most is None or level <= condition.at_most

    def _target_above(self, when: rules.TargetAbove) -> Iterator[_Spoken]:
        target = self.targets[when.dimension]
        if self._score(when.dimension) is not None and target > when.above:
            yield (when.dimension,), {"target": target}

    def _without_trend(self, when: rules.Trend) -> Iterator[_Spoken]:
        for dimension in self.framework.dimensions:
            node = self.scorecard.dimensions[dimension.id]
            claimed = node.capped_from
            if dimension.group == when.group and claimed is not None and claimed >= when.at_least:
                yield (
                    (dimension.id,),
                    {"claimed": claimed, "counted": node.score or Fraction(0)},
                )

    def _above_mean(self, when: rules.AboveMean) -> Iterator[_Spoken]:
        others = [level for one in when.of if (level := self._score(one)) is not None]
        if not others:
            return
        mean = sum(others, Fraction(0)) / len(others)
        for dimension_id in when.dimensions:
            level = self._score(dimension_id)
            if level is not None and level - mean >= when.at_least:
                yield (dimension_id,), {"result": level, "mean": mean}

    def _unconfirmed(self, when: rules.Unconfirmed) -> Iterator[_Spoken]:
        items = tuple(
            item.item_id
            for item in self.scorecard.items.values()
            if item.value is not None and item.value >= when.at_least and not item.is_confirmed
        )
        if items:
            yield items, {"items": Fraction(len(items))}

    def _layer_differences(self, when: rules.LayerDifference) -> Iterator[_Spoken]:
        for node in self.scorecard.dimensions.values():
            if node.score is None or node.intention is None or node.reality is None:
                continue
            if node.intention - node.reality >= when.at_least:
                yield (node.id,), {"intention": node.intention, "reality": node.reality}

    def _aspect_level(self, when: rules.AspectLevel) -> Iterator[_Spoken]:
        found = {
            item_id: item.value
            for item_id, item in self.scorecard.items.items()
            if when.aspect in self.framework.items[item_id].aspects and item.value is not None
        }
        if found and max(found.values()) <= when.at_most:
            yield tuple(found), found
