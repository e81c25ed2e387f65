"""What became of the parts of a framework in a new version.

A migration belongs to the version that it leads to. Each step says what becomes of one thing that
the version before had: a new id, several new ids, nothing, or another scale. Versions have three
numbers: the first rises when ids or levels change their meaning, so that answers must be carried
over; the second when something is added or weighed anew; the third when only words change.
Method: docs/method/versions.md.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from crmplan.assessment.definition import Definition, Id, Note, Version

if TYPE_CHECKING:
    from collections.abc import Iterable

Part = Literal["item", "dimension", "profile"]


class _OfOnePart(Definition):
    """A step about exactly one item, dimension or target profile."""

    item: Id | None = None
    dimension: Id | None = None
    profile: Id | None = None

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if sum(one is not None for one in (self.item, self.dimension, self.profile)) != 1:
            raise ValueError("a step names one item, dimension or profile")
        return self

    @property
    def part(self) -> Part:
        """The kind of thing that the step is about."""
        if self.item is not None:
            return "item"
        return "dimension" if self.dimension is not None else "profile"

    @property
    def old(self) -> str:
        """The id that the thing had."""
        return self.item or self.dimension or self.profile or ""


class Rename(_OfOnePart):
    """The same thing has another id; items follow their dimension unless they say otherwise."""

    kind: Literal["rename"]
    to: Id


class Split(_OfOnePart):
    """One item became several that each take its answers; so for a dimension and its target."""

    kind: Literal["split"]
    to: tuple[Id, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _can_be_split(self) -> Self:
        if self.profile is not None:
            raise ValueError("a target profile is renamed or dropped, not split")
        return self


class Drop(_OfOnePart):
    """The thing is gone, for this reason; its answers stay in the report of the upgrade."""

    kind: Literal["drop"]
    reason: Note

    @model_validator(mode="after")
    def _can_be_dropped(self) -> Self:
        if self.profile is not None:
            raise ValueError("rename a target profile to the one that takes its place")
        return self


class Rescale(Definition):
    """Every level of the old scale becomes one of the new scale; higher ones never lower ones."""

    kind: Literal["rescale"]
    levels: dict[int, int] = Field(min_length=2)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        old = sorted(self.levels)
        if old != list(range(old[0], old[-1] + 1)):
            raise ValueError("levels name every level of the old scale, without gaps")
        if any(self.levels[low] > self.levels[high] for low, high in pairwise(old)):
            raise ValueError("a higher level must not become a lower one")
        return self

    def level(self, level: Fraction) -> Fraction:
        """Carry a level over; between two levels linearly, outside the old scale to its end."""
        low, high = min(self.levels), max(self.levels)
        level = min(max(level, Fraction(low)), Fraction(high))
        below = min(level.numerator // level.denominator, high - 1)
        share = level - below
        return self.levels[below] + share * (self.levels[below + 1] - self.levels[below])


class OneLayer(Definition):
    """Plan and practice are no longer asked apart: the answers of one layer become the answers."""

    kind: Literal["one-layer"]
    take: Literal["intention", "reality"]


Step = Annotated[Rename | Split | Drop | Rescale | OneLayer, Field(discriminator="kind")]


class Migration(Definition):
    """All that changed on the way to a version, seen from the version before it.

    Attributes:
        to: the version that the steps lead to.
    """

    to: Version
    steps: tuple[Step, ...] = ()


Numbers = tuple[int, int, int]


def version_numbers(version: str) -> Numbers:
    """Split a version such as ``1.10.2`` into numbers that can be compared."""
    first, second, third = (int(part) for part in version.split("."))
    return first, second, third


def is_same_major(one: str, other: str) -> bool:
    """Tell whether answers given with one version can be scored with the other as they are."""
    return one.partition(".")[0] == other.partition(".")[0]


def migrations_between(
    migrations: Iterable[Migration], *, before: str, after: str
) -> tuple[Migration, ...]:
    """Choose the migrations that lead from one version to another, in their order."""
    begin, end = version_numbers(before), version_numbers(after)
    chosen = [one for one in migrations if begin < version_numbers(one.to) <= end]
    return tuple(sorted(chosen, key=lambda one: version_numbers(one.to)))
