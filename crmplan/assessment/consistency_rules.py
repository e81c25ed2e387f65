"""The vocabulary of consistency rules: when a rule speaks and what it asks of the plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from crmplan.assessment.definition import Definition, Element, Id, Source, Text


class LevelCondition(Definition):
    """A dimension's score lies at or above, or at or below, a level."""

    dimension: Id
    at_least: int | None = None
    at_most: int | None = None


class EdgeDifference(Definition):
    """A dimension is several levels above one that it rests on."""

    kind: Literal["edge-difference"]
    strength: Literal["strong", "moderate"]
    at_least: int


class Levels(Definition):
    """All, or any, of some dimensions lie where the conditions say.

    Attributes:
        chosen: speak only if the gaps ask for this initiative.
    """

    kind: Literal["levels"]
    all: tuple[LevelCondition, ...] = ()
    any: tuple[LevelCondition, ...] = ()
    chosen: Id | None = None


class TargetAbove(Definition):
    """The target of a dimension is above a level."""

    kind: Literal["target"]
    dimension: Id
    above: int


class Trend(Definition):
    """A dimension of a group scores high without a series of periods."""

    kind: Literal["trend"]
    group: Id
    at_least: int
    periods: int


class AboveMean(Definition):
    """A dimension lies several levels above the mean of others."""

    kind: Literal["above-mean"]
    dimensions: tuple[Id, ...]
    of: tuple[Id, ...]
    at_least: int


class Unconfirmed(Definition):
    """An answer at or above a level has no evidence."""

    kind: Literal["unconfirmed"]
    at_least: int


class LayerDifference(Definition):
    """A dimension's plans are several levels above its practice."""

    kind: Literal["layers"]
    at_least: int


class AspectLevel(Definition):
    """Every answered item of an aspect lies at or below a level."""

    kind: Literal["aspect"]
    aspect: str
    at_most: int


Condition = Annotated[
    EdgeDifference
    | Levels
    | TargetAbove
    | Trend
    | AboveMean
    | Unconfirmed
    | LayerDifference
    | AspectLevel,
    Field(discriminator="kind"),
]


class NoEffect(Definition):
    """The finding is told; the plan stays as it is."""

    kind: Literal["none"]


class RaisePriority(Definition):
    """The dimension that others rest on is worked on first."""

    kind: Literal["raise-priority"]
    of: Literal["from"]


class Hold(Definition):
    """An initiative waits for an activity."""

    kind: Literal["hold"]
    initiative: Id
    until: Id


class Postpone(Definition):
    """An initiative is left for a later cycle."""

    kind: Literal["postpone"]
    initiative: Id


class Cap(Definition):
    """The score counts no higher than a level."""

    kind: Literal["cap"]
    level: int


class RequireFirst(Definition):
    """Some initiatives are chosen and come before all others."""

    kind: Literal["require-first"]
    initiatives: tuple[Id, ...]


class Prefer(Definition):
    """Some initiatives are chosen, because they turn plans into practice."""

    kind: Literal["prefer"]
    initiatives: tuple[Id, ...]


class RequireBefore(Definition):
    """One initiative is chosen, and before some others."""

    kind: Literal["require-before"]
    initiative: Id
    before: tuple[Id, ...]


Effect = Annotated[
    NoEffect | RaisePriority | Hold | Postpone | Cap | RequireFirst | Prefer | RequireBefore,
    Field(discriminator="kind"),
]


class ConsistencyRule(Element):
    """A contradiction or a weak foundation that scores can show, and what follows from it."""

    code: str
    title: Text
    message: Text
    advice: Text
    severity: Literal["warning", "advice"]
    when: Condition
    effect: Effect
    source: Source

    @property
    def names_initiatives(self) -> bool:
        """Tell whether the rule cannot be obeyed without certain initiatives."""
        names = ("initiative", "initiatives", "chosen")
        return any(getattr(one, name, None) for one in (self.when, self.effect) for name in names)
