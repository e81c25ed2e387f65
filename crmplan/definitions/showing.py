"""A definition as an outline that a person reads, and what it holds in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.definitions.kinds import module_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.definitions.library import AnyDefinition


def counts(kind: str, value: AnyDefinition) -> dict[str, int]:
    """Count what a definition holds; what it has none of is left out."""
    return {name: number for name, number in module_of(kind).counts(value).items() if number}


def outline(kind: str, value: AnyDefinition) -> Iterator[tuple[int, str]]:
    """Give the lines of an outline with their depth."""
    yield 0, f"{value.title} ({value.id} {value.version})"
    yield 0, value.summary
    yield from module_of(kind).outline(value)
