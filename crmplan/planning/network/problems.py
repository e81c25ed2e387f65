"""What is wrong with links, constraints and calendars: all of it at once, each with its place.

The place is the record as ``crmplan record remove`` names it, or the part of a definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.errors import DependencyCycleError
from crmplan.planning.network.links import NO_LATER, read_lag, tie_text
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import (
        CalendarException,
        PlanLink,
        ProjectRisk,
        TaskConstraint,
        TaskEstimate,
        TaskProgress,
    )
    from crmplan.planning.workplan import Link, LinkReason

_PLACES: Mapping[LinkReason, str] = {
    "activity": "activities/{after}: after",
    "prerequisite": "initiatives/{after}: requires",
    "covers": "initiatives/{before}: covers",
    "phase": "initiatives/{after}: phase",
    "gate": "initiatives/{before}: holds_gate",
    "rule": "rules/{by}",
    "record": "link {before} {after} {kind}",
}


def place_of(link: Link) -> str:
    """Name the record or the part of a definition that a link comes from."""
    return _PLACES[link.reason].format(
        before=link.before, after=link.after, by=link.by, kind=link.kind
    )


def link_text(link: Link) -> str:
    """Write a link between its tasks, such as ``a –SS+2d→ b``."""
    return f"{link.before} –{tie_text(link)}→ {link.after}"


def refuse_circles(links: Iterable[Link]) -> None:
    """Refuse links by which tasks wait for one another.

    Raises:
        DependencyCycleError: naming the tasks of the shortest circle and the links between them.
    """
    for circle in circles(links):
        tasks = (*(link.before for link in circle), circle[0].before)
        raise DependencyCycleError(tasks, circle_text(circle), _sources(circle))


def find_circles(links: Iterable[Link]) -> Iterator[Problem]:
    """Find the shortest circle of each group of tasks that wait for one another."""
    for circle in circles(links):
        entered = next((one for one in circle if one.reason == "record"), circle[0])
        yield Problem(
            Location(place_of(entered)),
            "PLAN-CYCLE",
            f"tasks wait for one another in a circle: {circle_text(circle)}",
            f"take out one of: {', '.join(_sources(circle))}",
        )


def circle_text(circle: Sequence[Link]) -> str:
    """Write the links of a circle one behind the other, such as ``a –FS→ b –SS+2d→ a``."""
    first, *others = circle
    return " ".join(
        [link_text(first), *(link_text(one).removeprefix(one.before + " ") for one in others)]
    )


def _sources(circle: Iterable[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(place_of, circle)))


def circles(links: Iterable[Link]) -> Iterator[tuple[Link, ...]]:
    """Give the shortest circle of each group of tasks that wait for one another."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for link in links:
        if not graph.has_edge(link.before, link.after):
            graph.add_edge(link.before, link.after, link=link)
    alone = set(nx.nodes_with_selfloops(graph))
    groups = [one for one in nx.strongly_connected_components(graph) if len(one) > 1 or one & alone]
    for group in sorted(groups, key=min):
        inside = graph.subgraph(group)
        first = min((_shortest_through(inside, one) for one in sorted(group)), key=len)
        pairs = zip(first, (*first[1:], first[0]), strict=True)
        yield tuple(graph.edges[pair]["link"] for pair in pairs)


def _shortest_through(graph: nx.DiGraph[str], task: str) -> list[str]:
    ways = (nx.shortest_path(graph, then, task) for then in sorted(graph.successors(task)))
    way = min(ways, key=len)
    return [task, *way[:-1]]


def find_problems(
    known: Iterable[str],
    roles: Iterable[str],
    *,
    starts_on: date,
    links: Iterable[PlanLink] = (),
    constraints: Iterable[TaskConstraint] = (),
    estimates: Iterable[TaskEstimate] = (),
    exceptions: Iterable[CalendarException] = (),
    progress: Iterable[TaskProgress] = (),
    risks: Iterable[ProjectRisk] = (),
) -> Iterator[Problem]:
    """Find what is wrong with the records of a plan, one by one; circles come on top.

    Args:
        known: ids of initiatives and activities, in the plan or not.
        roles: ids of roles.
        starts_on: the first day of the plan.
        links: those that the project manager added.
        constraints: dates that bind.
        estimates: durations.
        exceptions: days on which more or less is worked.
        progress: reports on work that began.
        risks: what may delay tasks.
    """
    tasks, people = set(known), set(roles)
    for link in links:
        place = f"link {link.before} {link.after} {link.kind}"
        yield from _unknown(place, (link.before, link.after), tasks, "initiative or activity")
        yield from _link_problems(place, link)
    for one in constraints:
        place = f"constraint {one.task} {one.kind}"
        yield from _unknown(place, (one.task,), tasks, "initiative or activity")
        if one.kind in NO_LATER and one.on and one.on < starts_on:
            yield Problem(
                Location(place),
                "PLAN-PAST",
                f"{one.on} lies before the first day of the plan, {starts_on}",
                f"name a later day, or: crmplan record remove FILE {place}",
            )
    for estimate in estimates:
        place = f"estimate {estimate.task}"
        yield from _unknown(place, (estimate.task,), tasks, "initiative or activity")
    for report in progress:
        place = f"progress {report.task}"
        yield from _unknown(place, (report.task,), tasks, "initiative or activity")
    for risk in risks:
        yield from _unknown(f"risk {risk.id}", risk.tasks, tasks, "initiative or activity")
    for exception in exceptions:
        place = f"day-off {exception.scope} {exception.subject} {exception.first}"
        if exception.scope == "role":
            yield from _unknown(place, (exception.subject,), people, "role")
        elif exception.scope == "task":
            yield from _unknown(place, (exception.subject,), tasks, "initiative or activity")


def _link_problems(place: str, link: PlanLink) -> Iterator[Problem]:
    if link.before == link.after:
        yield Problem(
            Location(place),
            "PLAN-SELF-LINK",
            f"{link.before} waits for itself",
            f"crmplan record remove FILE {place}",
        )
    if link.at_most is None:
        return
    least, most = read_lag(link.lag), read_lag(link.at_most)
    if least.unit == most.unit and most.number < least.number:
        yield Problem(
            Location(place),
            "PLAN-AT-MOST",
            f"the longest time {link.at_most} is shorter than the lag {link.lag}",
            "name a longer time, or a shorter lag",
        )


def _unknown(place: str, named: Iterable[str], known: set[str], kind: str) -> Iterator[Problem]:
    for one in named:
        if one not in known:
            hint = did_you_mean(one, known) or f"take it out: crmplan record remove FILE {place}"
            yield Problem(Location(place), "PLAN-UNKNOWN-ID", f'there is no {kind} "{one}"', hint)
