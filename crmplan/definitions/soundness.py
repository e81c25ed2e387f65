"""Check that the numbers and names of a framework can mean what they say.

A framework with such a fault can be read and scored, so only ``crmplan framework check`` looks
for them: a target above the scale, a rule that can never speak, an audience that nobody asks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from crmplan.assessment.engagement import LanguageCode
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from crmplan.assessment.framework import Framework
    from crmplan.definitions.yaml_source import Path_, YamlFile
    from crmplan.planning.initiatives import Catalogue

_SHARES = ("minimum_coverage", "contested_agreement", "largely", "fully")
_ABOVE_ZERO = ("contested_spread", "coefficient_from", "perception_gap")


def check_soundness(
    framework: Framework, catalogue: Catalogue | None, whole: YamlFile, initiatives: YamlFile
) -> Iterator[Problem]:
    """Find numbers outside their range, things that nobody uses, and numbers used twice.

    Args:
        framework: the framework, validated.
        catalogue: its initiatives, or None if it has none.
        whole: the composite file of the framework, for places.
        initiatives: the composite file of the initiatives.
    """
    yield from _languages(framework, whole)
    yield from _levels(framework, whole)
    yield from _scoring(framework, whole)
    yield from _unused(framework, whole)
    yield from _named_twice(framework, catalogue, whole, initiatives)
    for index, initiative in enumerate(catalogue.initiatives if catalogue else ()):
        for end, level in (("from", initiative.level.from_), ("to", initiative.level.to)):
            path = ("initiatives", index, "level", end)
            yield from _off_the_scale(framework, initiatives, path, level)


def spoken(languages: Iterable[str]) -> tuple[str, ...]:
    """Keep the languages that crmplan speaks; the others are told as faults."""
    return tuple(one for one in languages if one in get_args(LanguageCode))


def _languages(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    known = get_args(LanguageCode)
    place = whole.place(("languages",))
    for index, language in enumerate(framework.languages):
        if language not in known:
            message = f'"{language}": crmplan speaks {", ".join(known)}'
            yield Problem(whole.place(("languages", index)), "DEF-CHOICE", message)
    if "en" not in framework.languages:
        yield Problem(place, "DEF-CHOICE", '"en" is missing: the files of the folder are English')


def _levels(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    for path, level in _named_levels(framework):
        yield from _off_the_scale(framework, whole, path, level)


def _named_levels(framework: Framework) -> Iterator[tuple[Path_, int | Fraction]]:
    """Give every level that a framework names, with its path."""
    for index, profile in enumerate(framework.profiles):
        yield ("profiles", index, "default"), profile.default
        for name, target in profile.dimensions.items():
            yield ("profiles", index, "dimensions", name), target
    for index, dimension in enumerate(framework.dimensions):
        for level in dimension.levels:
            yield ("dimensions", index, "levels", level), level
    if framework.scoring.confirmed_from > framework.scale.lowest:
        yield ("scoring", "confirmed_from"), framework.scoring.confirmed_from
    if framework.scoring.trend:
        yield ("scoring", "trend", "cap"), framework.scoring.trend.cap


def _off_the_scale(
    framework: Framework, file: YamlFile, path: Path_, level: int | Fraction
) -> Iterator[Problem]:
    scale = framework.scale
    if not scale.lowest <= level <= scale.highest:
        message = f"{level} is outside the scale from {scale.lowest} to {scale.highest}"
        yield Problem(file.place(path), "DEF-LEVEL", message)


def _scoring(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    policy = framework.scoring
    for name in _SHARES:
        if not 0 <= getattr(policy, name) <= 1:
            message = f"{name} is a share: from 0 to 1"
            yield Problem(whole.place(("scoring", name)), "DEF-RANGE", message)
    for name in _ABOVE_ZERO:
        if getattr(policy, name) < 1:
            message = f"{name} is a whole number from 1"
            yield Problem(whole.place(("scoring", name)), "DEF-RANGE", message)
    if policy.largely > policy.fully:
        message = "largely must not be more than fully"
        yield Problem(whole.place(("scoring", "largely")), "DEF-RANGE", message)
    if policy.trend and policy.trend.periods < 1:
        path = ("scoring", "trend", "periods")
        yield Problem(whole.place(path), "DEF-RANGE", "periods is a whole number from 1")
    layers = framework.layers
    for name in ("intention", "reality") if layers else ():
        if getattr(layers, name) < 0:
            message = f"the weight of {name} must not be below 0"
            yield Problem(whole.place(("layers", name)), "DEF-RANGE", message)


def _unused(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    asked = {one for item in framework.items.values() for one in item.audience}
    for index, audience in enumerate(framework.audiences):
        if audience.id not in asked:
            message = f'no item asks the audience "{audience.id}"'
            hint = "give it to an item, or take it out"
            yield Problem(whole.place(("audiences", index)), "DEF-UNUSED", message, hint)
    filled = {dimension.group for dimension in framework.dimensions}
    for index, group in enumerate(framework.groups):
        if group.id not in filled:
            message = f'no dimension belongs to the group "{group.id}"'
            hint = "give it to a dimension, or take it out"
            yield Problem(whole.place(("groups", index)), "DEF-UNUSED", message, hint)


def _named_twice(
    framework: Framework, catalogue: Catalogue | None, whole: YamlFile, initiatives: YamlFile
) -> Iterator[Problem]:
    """Find numbers and codes that stand in pictures and tables and name two things."""
    numbers = [str(dimension.number) for dimension in framework.dimensions]
    yield from _twice(whole, "dimensions", "number", numbers)
    yield from _twice(whole, "rules", "code", [rule.code for rule in framework.rules])
    codes = [initiative.code for initiative in catalogue.initiatives] if catalogue else []
    yield from _twice(initiatives, "initiatives", "code", codes)


def _twice(file: YamlFile, part: str, name: str, words: Sequence[str]) -> Iterator[Problem]:
    last = {word: index for index, word in enumerate(words)}
    for word, count in Counter(words).items():
        if count > 1:
            place = file.place((part, last[word], name))
            message = f'"{word}" is the {name} of {count} {part}'
            yield Problem(place, "DEF-DUPLICATE-ID", message)
