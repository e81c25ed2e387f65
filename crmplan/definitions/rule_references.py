"""Check that consistency rules speak of things that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from crmplan.assessment import consistency_rules as rules
from crmplan.assessment.framework import Aspect
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmplan.assessment.framework import Framework
    from crmplan.definitions.yaml_source import Path_, YamlFile
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel

_Named = tuple["Path_", str, str]


def check_rules(
    framework: Framework, catalogue: Catalogue | None, whole: YamlFile
) -> Iterator[Problem]:
    """Find dimensions, groups, aspects and initiatives that rules name and nobody has.

    Args:
        framework: the framework, validated.
        catalogue: its initiatives; None, and initiatives are not looked at.
        whole: the composite file of the framework, for places.
    """
    known = {
        "dimension": set(framework.dimension),
        "group": {group.id for group in framework.groups},
        "aspect": set(get_args(Aspect)),
        "initiative": set(catalogue.by_id) if catalogue else None,
    }
    for index, rule in enumerate(framework.rules):
        for path, word, kind in (*_in_condition(rule.when), *_in_effect(rule.effect)):
            words = known[kind]
            if words is not None and word not in words:
                yield Problem(
                    whole.place(("rules", index, *path)),
                    "DEF-UNKNOWN-ID",
                    f'"{word}" is no {kind} of this definition',
                    did_you_mean(word, words),
                )


def check_holds(framework: Framework, model: PhaseModel, whole: YamlFile) -> Iterator[Problem]:
    """Find activities that rules let initiatives wait for and the phase model lacks."""
    for index, rule in enumerate(framework.rules):
        if isinstance(rule.effect, rules.Hold) and rule.effect.until not in model.activity:
            until = rule.effect.until
            yield Problem(
                whole.place(("rules", index, "effect", "until")),
                "DEF-UNKNOWN-ID",
                f'"{until}" is no activity of {model.id}',
                did_you_mean(until, model.activity),
            )


def _in_condition(when: rules.Condition) -> Iterator[_Named]:
    match when:
        case rules.Levels():
            for name, conditions in (("all", when.all), ("any", when.any)):
                for index, one in enumerate(conditions):
                    yield ("when", name, index, "dimension"), one.dimension, "dimension"
            if when.chosen is not None:
                yield ("when", "chosen"), when.chosen, "initiative"
        case rules.TargetAbove():
            yield ("when", "dimension"), when.dimension, "dimension"
        case rules.AboveMean():
            yield from _listed(("when", "dimensions"), when.dimensions, "dimension")
            yield from _listed(("when", "of"), when.of, "dimension")
        case rules.Trend():
            yield ("when", "group"), when.group, "group"
        case rules.AspectLevel():
            yield ("when", "aspect"), when.aspect, "aspect"


def _in_effect(effect: rules.Effect) -> Iterator[_Named]:
    match effect:
        case rules.Hold() | rules.Postpone() | rules.RequireBefore():
            yield ("effect", "initiative"), effect.initiative, "initiative"
        case rules.RequireFirst() | rules.Prefer():
            yield from _listed(("effect", "initiatives"), effect.initiatives, "initiative")
    if isinstance(effect, rules.RequireBefore):
        yield from _listed(("effect", "before"), effect.before, "initiative")


def _listed(path: Path_, words: Sequence[str], kind: str) -> Iterator[_Named]:
    yield from (((*path, index), word, kind) for index, word in enumerate(words))
