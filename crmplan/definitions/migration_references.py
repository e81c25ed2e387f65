"""Check that the steps of migrations lead to what the present version of a framework has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crmplan.assessment import migration as steps
from crmplan.assessment.migration import Migration, version_numbers
from crmplan.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.migration import Part, Step
    from crmplan.definitions.yaml_source import YamlFile

_WithFile = tuple[Migration, "YamlFile"]


def check_migrations(framework: Framework, read: Sequence[_WithFile]) -> Iterator[Problem]:
    """Find steps that lead nowhere, and migrations to versions that cannot need them.

    Args:
        framework: the present version, validated.
        read: the migrations with their files, for places.
    """
    for migration, file in read:
        yield from _of_version(framework, migration, file)
        yield from _twice(migration, file)
    in_order = sorted(read, key=lambda pair: version_numbers(pair[0].to))
    for number, (migration, file) in enumerate(in_order):
        later = [one for one, _ in in_order[number + 1 :]]
        yield from _leading_nowhere(framework, migration, file, later)


def _of_version(framework: Framework, migration: Migration, file: YamlFile) -> Iterator[Problem]:
    name = file.name.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name != migration.to:
        message = f'leads to {migration.to}, but the file is called "{name}.yaml"'
        yield Problem(file.place(("to",)), "DEF-NAME", message, f'call it "{migration.to}.yaml"')
    if version_numbers(migration.to) > version_numbers(framework.version):
        message = f"leads to {migration.to}, but the framework is on {framework.version}"
        yield Problem(file.place(("to",)), "DEF-MIGRATION", message, "raise its version")
    if migration.steps and version_numbers(migration.to)[1:] != (0, 0):
        message = f"{migration.to} keeps the meaning of ids and levels, so it can have no steps"
        hint = f"make it version {version_numbers(migration.to)[0] + 1}.0.0"
        yield Problem(file.place(("steps",)), "DEF-MIGRATION", message, hint)


def _twice(migration: Migration, file: YamlFile) -> Iterator[Problem]:
    """Find things that two steps are about, and new ids that two old ones would share."""
    about = [_about(step) for step in migration.steps]
    last = {one: index for index, one in enumerate(about)}
    for one, count in Counter(about).items():
        if count > 1:
            message = f"{count} steps are about {' '.join(one)}"
            yield Problem(file.place(("steps", last[one])), "DEF-MIGRATION", message)
    new = [
        (step.part, one)
        for step in migration.steps
        for one in _new_ids(step)
        if isinstance(step, steps.Rename | steps.Split) and step.part != "profile"
    ]
    for (part, name), count in Counter(new).items():
        if count > 1:
            message = f'{count} steps lead to the {part} "{name}": answers would meet there'
            yield Problem(file.place(("steps",)), "DEF-MIGRATION", message)


def _about(step: Step) -> tuple[str, ...]:
    if isinstance(step, steps.Rename | steps.Split | steps.Drop):
        return step.part, step.old
    return (step.kind,)


def _new_ids(step: Step) -> tuple[str, ...]:
    if isinstance(step, steps.Rename):
        return (step.to,)
    return step.to if isinstance(step, steps.Split) else ()


def _leading_nowhere(
    framework: Framework, migration: Migration, file: YamlFile, later: Sequence[Migration]
) -> Iterator[Problem]:
    known: Mapping[Part, Collection[str]] = {
        "item": framework.items,
        "dimension": framework.dimension,
        "profile": [profile.id for profile in framework.profiles],
    }
    for index, step in enumerate(migration.steps):
        if isinstance(step, steps.Rename | steps.Split):
            for name in _new_ids(step):
                if name not in known[step.part] and not _goes_on(step.part, name, later):
                    meant = closest(name, known[step.part])
                    hint = f'did you mean "{meant}"?' if meant else None
                    message = f'"{name}" is no {step.part} of {framework.id} {framework.version}'
                    place = file.place(("steps", index, "to"))
                    yield Problem(place, "DEF-UNKNOWN-ID", message, hint)
        elif isinstance(step, steps.Rescale) and not _rescaled_later(later):
            yield from _off_the_scale(framework, step, file, index)


def _goes_on(part: Part, name: str, later: Sequence[Migration]) -> bool:
    """Tell whether a later version has a step about a thing, or about its dimension."""
    about = {_about(step) for migration in later for step in migration.steps}
    dimension = name.partition(".")[0]
    return (part, name) in about or (part == "item" and ("dimension", dimension) in about)


def _rescaled_later(later: Sequence[Migration]) -> bool:
    return any(isinstance(step, steps.Rescale) for one in later for step in one.steps)


def _off_the_scale(
    framework: Framework, step: steps.Rescale, file: YamlFile, index: int
) -> Iterator[Problem]:
    scale = framework.scale
    for old, new in step.levels.items():
        if not scale.lowest <= new <= scale.highest:
            place = file.place(("steps", index, "levels", old))
            yield Problem(place, "DEF-LEVEL", f"the scale has no level {new}")
