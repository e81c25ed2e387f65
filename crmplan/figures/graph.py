"""What a dependency graph is drawn from: texts that are already formatted, and links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One task or milestone.

    Attributes:
        id: unique in the plan.
        code: what people call it, at most about seven characters.
        name: any length; long ones are wrapped and cut.
        lane: id of the phase it belongs to.
        is_critical: lies on the critical path.
        is_milestone: a gate or another moment without duration.
        early_start: formatted, as are all that follow; may be empty.
        duration: with or without unit.
        early_finish: the earliest end.
        late_start: the latest start that moves nothing else.
        slack: the total float.
        late_finish: the latest end.
    """

    id: str
    code: str
    name: str
    lane: str
    is_critical: bool = False
    is_milestone: bool = False
    early_start: str = ""
    duration: str = ""
    early_finish: str = ""
    late_start: str = ""
    slack: str = ""
    late_finish: str = ""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """The target waits for the source; both are ids of nodes in the same plan."""

    source: str
    target: str
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A phase: a column of the overview, a figure of its own."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class GraphLabels:
    """The words that figures of a plan use, in the language of the reader."""

    title: str
    critical: str
    dependency: str
    milestone: str
    other_phase: str
    code: str
    name: str
    early_start: str
    duration: str
    early_finish: str
    late_start: str
    slack: str
    late_finish: str
