"""A definition as an outline that a person reads, and what it holds in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.framework import Framework
from crmplan.definitions.library import load_catalogue
from crmplan.planning.phases import PhaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.swot_rules import FactorLibrary
    from crmplan.definitions.library import AnyDefinition


def counts(value: AnyDefinition) -> dict[str, int]:
    """Count what a definition holds; what it has none of is left out."""
    if isinstance(value, Framework):
        catalogue = load_catalogue(value.id, value.language)
        found = {
            "dimensions": len(value.dimensions),
            "items": len(value.items),
            "dependencies": len(value.dependencies),
            "rules": len(value.rules),
            "initiatives": len(catalogue.initiatives) if catalogue else 0,
        }
    elif isinstance(value, PhaseModel):
        found = {
            "phases": len(value.phases),
            "activities": len(value.activities),
            "roles": len(value.roles),
        }
    else:
        kinds = [factor.kind for factor in value.factors]
        found = {kind: kinds.count(kind) for kind in ("opportunity", "threat")}
    return {name: number for name, number in found.items() if number}


def outline(value: AnyDefinition) -> Iterator[tuple[int, str]]:
    """Give the lines of an outline with their depth."""
    yield 0, f"{value.title} ({value.id} {value.version})"
    yield 0, value.summary
    if isinstance(value, Framework):
        yield from _framework(value)
    elif isinstance(value, PhaseModel):
        yield from _phases(value)
    else:
        yield from _factors(value)


def _framework(framework: Framework) -> Iterator[tuple[int, str]]:
    yield 0, framework.interpretation
    for dimension in framework.dimensions:
        yield 0, ""
        yield 0, f"{dimension.number}. {dimension.title} [{dimension.id}]"
        for item in dimension.items:
            yield 1, f"{item.topic} [{item.id}]"
            yield 2, item.ask


def _phases(model: PhaseModel) -> Iterator[tuple[int, str]]:
    for phase in model.phases:
        yield 0, ""
        yield 0, f"{phase.number}. {phase.title} [{phase.id}]"
        for activity in model.activities:
            if activity.phase == phase.id:
                yield 1, f"{activity.code} {activity.title}"


def _factors(library: FactorLibrary) -> Iterator[tuple[int, str]]:
    for factor in library.factors:
        yield 1, f"{factor.text} [{factor.id}, {factor.kind}, {factor.area}]"
