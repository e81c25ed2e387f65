"""Check that consistency rules can speak, and that what they promise is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment import consistency_rules as rules
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.framework import Framework, Scale
    from crmplan.definitions.yaml_source import Path_, YamlFile

_Fault = tuple["Path_", str]


def check_rules_can_speak(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    """Find rules that no answers can make speak, that always speak, or that promise too much.

    Args:
        framework: the framework, validated.
        whole: the composite file of the framework, for places.
    """
    for index, rule in enumerate(framework.rules):
        for path, message in (*_of_condition(framework, rule.when), *_of_cap(framework, rule)):
            place = whole.place(("rules", index, *path))
            yield Problem(place, "DEF-RULE", f'"{rule.id}" {message}')


def _of_condition(framework: Framework, when: rules.Condition) -> Iterator[_Fault]:
    scale = framework.scale
    steps = scale.highest - scale.lowest
    match when:
        case rules.Levels():
            yield from _of_levels(scale, when)
        case rules.TargetAbove() if when.above >= scale.highest:
            yield ("when", "above"), f"never speaks: no target is above {when.above}"
        case rules.Trend() | rules.Unconfirmed() if when.at_least > scale.highest:
            yield ("when", "at_least"), f"never speaks: the scale ends at {scale.highest}"
        case rules.AspectLevel() if when.at_most < scale.lowest:
            yield ("when", "at_most"), f"never speaks: the scale begins at {scale.lowest}"
        case rules.EdgeDifference() | rules.AboveMean() | rules.LayerDifference() if (
            when.at_least > steps
        ):
            yield ("when", "at_least"), f"never speaks: two levels differ by {steps} at most"
        case rules.LayerDifference() if framework.layers is None:
            yield ("when", "kind"), "never speaks: the framework has no layers"
        case rules.EdgeDifference():
            if when.strength not in {link.strength for link in framework.dependencies}:
                yield ("when", "strength"), f"never speaks: no dependency is {when.strength}"


def _of_levels(scale: Scale, when: rules.Levels) -> Iterator[_Fault]:
    if not (when.all or when.any or when.chosen):
        yield ("when",), "always speaks: it has no condition"
    for name, conditions in (("all", when.all), ("any", when.any)):
        for index, one in enumerate(conditions):
            low = scale.lowest if one.at_least is None else one.at_least
            high = scale.highest if one.at_most is None else one.at_most
            if one.at_least is None and one.at_most is None:
                yield ("when", name, index), f'asks nothing of "{one.dimension}"'
            elif low > min(high, scale.highest) or high < scale.lowest:
                yield ("when", name, index), f"never speaks: no level lies from {low} to {high}"


def _of_cap(framework: Framework, rule: rules.ConsistencyRule) -> Iterator[_Fault]:
    """Find caps that are told and not done: the work is done by ``scoring.trend``."""
    if not isinstance(rule.effect, rules.Cap):
        return
    trend = framework.scoring.trend
    if trend is None:
        yield ("effect",), "tells of a cap, but scoring.trend sets none"
    elif trend.cap != rule.effect.level:
        level = rule.effect.level
        yield (
            ("effect", "level"),
            f"tells of a cap at {level}, but scoring.trend.cap is {trend.cap}",
        )
    elif isinstance(rule.when, rules.Trend) and rule.when.periods != trend.periods:
        message = f"asks for {rule.when.periods} periods, scoring.trend for {trend.periods}"
        yield ("when", "periods"), message
