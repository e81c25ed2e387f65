"""Why a plan cannot be scheduled: the smallest set of links, roles and tasks that contradict.

Parts are left out as long as what is left still cannot hold; in the end every part is needed, so
that loosening any one of them resolves this contradiction. Source: Chinneck & Dravnieks (1991),
Locating minimal infeasible constraint sets in linear programs (deletion filter).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmplan.planning.resources.problem import Capacity, Follows, ResourceProblem

PartKind = Literal["role", "demand", "window", "least", "most"]


@dataclass(frozen=True, slots=True)
class Part:
    """What can be left out of a problem.

    Attributes:
        kind: a role's limit, what a task needs of its roles, a task's latest finish, or the least
            or longest distance of a link.
        name: the role or task; for a link, its place in the problem.
    """

    kind: PartKind
    name: str | int


def binding_subset(
    problem: ResourceProblem, cannot_hold: Callable[[ResourceProblem], bool]
) -> tuple[Part, ...]:
    """Leave out what is not needed for a contradiction.

    Args:
        problem: has no schedule.
        cannot_hold: tells whether a part of it certainly has none either.
    """
    kept = list(_parts(problem))
    size = len(kept)
    while size:
        size = size // 2 if size > 1 else 0
        _leave_out(problem, kept, max(1, size), cannot_hold)
    return tuple(kept)


def _leave_out(
    problem: ResourceProblem,
    kept: list[Part],
    size: int,
    cannot_hold: Callable[[ResourceProblem], bool],
) -> None:
    """Leave out as many as possible, some at once, in one pass."""
    place = 0
    while place < len(kept):
        fewer = kept[:place] + kept[place + size :]
        if cannot_hold(only(problem, fewer)):
            kept[:] = fewer
        else:
            place += size


def _parts(problem: ResourceProblem) -> list[Part]:
    parts = [Part("role", role) for role in problem.capacities]
    parts += [Part("window", task) for task in problem.latest]
    parts += [Part("demand", task) for task in problem.ids if problem.needs(task)]
    for place, link in enumerate(problem.follows):
        if link.lag_days is not None:
            parts.append(Part("least", place))
        if link.at_most_days is not None:
            parts.append(Part("most", place))
    return parts


def only(problem: ResourceProblem, parts: Sequence[Part]) -> ResourceProblem:
    """Keep of a problem its tasks and some parts."""
    chosen = set(parts)
    capacities: dict[str, Capacity] = {
        role: units for role, units in problem.capacities.items() if Part("role", role) in chosen
    }
    return replace(
        problem,
        capacities=capacities,
        demands={
            task: {role: units for role, units in needs.items() if role in capacities}
            for task, needs in problem.demands.items()
            if Part("demand", task) in chosen
        },
        latest={
            task: day for task, day in problem.latest.items() if Part("window", task) in chosen
        },
        follows=tuple(
            replace(
                link,
                lag_days=link.lag_days if Part("least", place) in chosen else None,
                at_most_days=link.at_most_days if Part("most", place) in chosen else None,
            )
            for place, link in enumerate(problem.follows)
        ),
    )


def in_words(problem: ResourceProblem, parts: Sequence[Part]) -> tuple[str, ...]:
    """Say each part in a sentence, with its names and numbers."""
    return tuple(_sentence(problem, part) for part in parts)


def _sentence(problem: ResourceProblem, part: Part) -> str:
    if isinstance(part.name, int):
        return _of_link(problem, problem.follows[part.name], part.kind)
    if part.kind == "role":
        capacity = problem.capacities[part.name]
        units = f"{capacity}" if isinstance(capacity, int) else f"{min(capacity)}-{max(capacity)}"
        return f"role {part.name} has {units} at once"
    task = problem.names.get(part.name, part.name)
    if part.kind == "window":
        return f"task {task} finishes by day {problem.latest[part.name]}"
    needs = ", ".join(f"{units} of {role}" for role, units in problem.needs(part.name).items())
    return f"task {task} needs {needs} for {_days(problem.durations[part.name])}"


def _of_link(problem: ResourceProblem, link: Follows, kind: PartKind) -> str:
    ends = {"F": "the finish", "S": "the start"}
    before, after = (problem.names.get(one, one) for one in (link.before, link.after))
    begin = f"{ends[link.kind[0]]} of {before}"
    end = f"{ends[link.kind[1]]} of {after}"
    days = link.at_most_days if kind == "most" else link.lag_days
    word = "at most" if kind == "most" else "at least"
    return f"{end} is {word} {_days(days or 0)} after {begin}"


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
