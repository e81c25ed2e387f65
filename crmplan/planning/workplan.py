"""The work of the project: standing activities and chosen initiatives, with what waits for what.

Where an initiative carries out standing activities, the activities stay in the plan as points in
time without effort of their own, so that no work is counted twice and everything that waited for
them still does. Method and worked example: docs/method/work-plan.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import networkx as nx

from crmplan.errors import PlanningError
from crmplan.planning.network.links import NO_LAG, leads_to_finish, read_lag
from crmplan.planning.network.problems import refuse_circles
from crmplan.planning.sizing import NO_EFFORT, EffortRange, Sizing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from crmplan.assessment.plan_records import LagCalendar, LinkKind, TaskConstraint
    from crmplan.planning.initiatives import Catalogue, Initiative
    from crmplan.planning.phases import Activity, PhaseModel
    from crmplan.planning.selection import Selection
    from crmplan.planning.ties import Tie

TaskKind = Literal["activity", "initiative", "covered", "gate"]
LinkReason = Literal["activity", "prerequisite", "covers", "phase", "gate", "rule", "record"]
DAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the plan; its words stand in the catalogue or in the phase model.

    Attributes:
        kind: ``covered`` is an activity that initiatives carry out; ``gate`` a decision.
        duration_days: working days; 0 for a point in time.
        range_days: the shortest and the longest duration; None if it is certain.
        covered_by: the initiatives that carry a covered activity out.
    """

    id: str
    code: str
    kind: TaskKind
    phase: str
    effort: EffortRange
    duration_days: int
    lead: str
    support: tuple[str, ...]
    covered_by: tuple[str, ...] = ()
    range_days: tuple[int, int] | None = None

    @property
    def is_milestone(self) -> bool:
        """Tell whether the task is a point in time."""
        return self.duration_days == 0


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """``after`` waits for ``before``; usually it starts when ``before`` is finished.

    Attributes:
        reason: where the link comes from; ``record`` is one that the project manager added.
        by: the rule behind it, if any.
        kind: which ends it ties, such as FS: the finish of ``before`` and the start of ``after``.
        lag: time between the two ends, as ``network.links.read_lag`` reads it.
        at_most: longest time between the two ends; None for any.
        lag_calendar: whose working days lag and longest time count.
    """

    before: str
    after: str
    reason: LinkReason
    by: str | None = None
    kind: LinkKind = "FS"
    lag: str = NO_LAG
    at_most: str | None = None
    lag_calendar: LagCalendar = "plan"

    @property
    def is_plain(self) -> bool:
        """Tell whether ``after`` may start at any time after the end of ``before``."""
        return self.kind == "FS" and read_lag(self.lag).number == 0 and self.at_most is None


@dataclass(frozen=True)
class WorkPlan:
    """All tasks, phase after phase, their links, and the dates that bind them.

    Attributes:
        idle: places of records that name a task that is not in the plan, or has no duration.
    """

    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    constraints: tuple[TaskConstraint, ...] = ()
    idle: tuple[str, ...] = ()

    @cached_property
    def task(self) -> dict[str, Task]:
        """Find a task by its id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The tasks and links as a graph."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(task.id for task in self.tasks)
        graph.add_edges_from((link.before, link.after) for link in self.links)
        return graph

    @property
    def effort(self) -> EffortRange:
        """The effort of all tasks together."""
        return sum((task.effort for task in self.tasks), NO_EFFORT)

    def effort_of(self, phase_id: str) -> EffortRange:
        """The effort of one phase."""
        return sum((task.effort for task in self.tasks if task.phase == phase_id), NO_EFFORT)


def expand(
    selection: Selection, catalogue: Catalogue, model: PhaseModel, sizing: Sizing
) -> WorkPlan:
    """Turn a selection into the tasks of all phases.

    Args:
        selection: the chosen initiatives.
        catalogue: what they are.
        model: phases with their standing activities.
        sizing: factors on effort and duration.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
        PlanningError: if an initiative and an activity have the same id.
    """
    chosen = [catalogue.by_id[one.id] for one in selection.chosen]
    if same := {one.id for one in chosen} & set(model.activity):
        raise PlanningError(f"an initiative and an activity share the id {min(same)!r}")
    covered = _covered(chosen)
    tasks = [_activity_task(one, covered.get(one.id, ()), sizing) for one in model.activities]
    tasks += [_initiative_task(one, sizing) for one in chosen]
    order = {phase.id: phase.number for phase in model.phases}
    plan = WorkPlan(
        tuple(sorted(tasks, key=lambda task: order[task.phase])),
        tuple(_unique(_links(selection, chosen, model))),
    )
    refuse_circles(plan.links)
    return plan


def _covered(chosen: list[Initiative]) -> dict[str, tuple[str, ...]]:
    covered: dict[str, tuple[str, ...]] = {}
    for initiative in chosen:
        for activity_id in initiative.covers:
            covered[activity_id] = (*covered.get(activity_id, ()), initiative.id)
    return covered


def _activity_task(activity: Activity, covered_by: tuple[str, ...], sizing: Sizing) -> Task:
    kind: TaskKind = "gate" if activity.gate else "activity"
    if covered_by and not activity.gate:
        kind = "covered"
    return Task(
        id=activity.id,
        code=activity.code,
        kind=kind,
        phase=activity.phase,
        effort=NO_EFFORT if covered_by else sizing.effort_days(*activity.effort_days),
        duration_days=0 if covered_by else sizing.duration_days(*activity.duration_days),
        lead=activity.lead,
        support=activity.support,
        covered_by=covered_by,
        range_days=None if covered_by else sizing.duration_range(*activity.duration_days),
    )


def _initiative_task(initiative: Initiative, sizing: Sizing) -> Task:
    low, high = initiative.duration_weeks
    return Task(
        id=initiative.id,
        code=initiative.code,
        kind="initiative",
        phase=initiative.phase,
        effort=sizing.effort_days(*initiative.effort_days),
        duration_days=sizing.duration_days(low * DAYS_A_WEEK, high * DAYS_A_WEEK),
        lead=initiative.lead,
        support=initiative.support,
        range_days=sizing.duration_range(low * DAYS_A_WEEK, high * DAYS_A_WEEK),
    )


def _links(selection: Selection, chosen: list[Initiative], model: PhaseModel) -> Iterator[Link]:
    ids = {one.id for one in chosen}
    covered = {one for initiative in chosen for one in initiative.covers}
    gates = _gates(model)
    for activity in model.activities:
        yield from (_tied(tie, activity.id, "activity") for tie in _held(activity, covered))
    for initiative in chosen:
        needs = [tie for tie in initiative.requires if tie.before in ids]
        yield from (_tied(tie, initiative.id, "prerequisite") for tie in needs)
        yield from (Link(initiative.id, one, "covers") for one in initiative.covers)
        entries = _entries(initiative, model)
        yield from (_tied(tie, initiative.id, "activity") for tie in entries)
        if entry := gates.get(model.phase[initiative.phase].number - 1):
            yield Link(entry, initiative.id, "phase")
        exit_gate = gates.get(model.phase[initiative.phase].number)
        if exit_gate and initiative.holds_gate and exit_gate not in initiative.covers:
            yield Link(initiative.id, exit_gate, "gate")
    yield from _ordered(selection, chosen)


def _tied(tie: Tie, after: str, reason: LinkReason) -> Link:
    return Link(tie.before, after, reason, kind=tie.kind, lag=tie.lag, at_most=tie.at_most)


def _held(activity: Activity, covered: Collection[str]) -> Iterator[Tie]:
    """Give the ties of an activity; of a covered one only the end is left.

    The longest time to its start is kept by the initiatives that carry it out.
    """
    for tie in activity.after:
        if activity.id in covered and not leads_to_finish(tie.kind):
            yield tie.model_copy(update={"at_most": None})
        else:
            yield tie


def _gates(model: PhaseModel) -> dict[int, str]:
    """Find the gate that ends each phase, by the number of the phase."""
    return {
        model.phase[activity.phase].number: activity.id
        for activity in model.activities
        if activity.gate
    }


def _entries(initiative: Initiative, model: PhaseModel) -> list[Tie]:
    """List what the starts of the first covered activities wait for.

    What lies between two covered activities is left out: it cannot be finished before the
    initiative starts.
    """
    covered = set(initiative.covers)
    graph = nx.DiGraph(
        [(before, activity.id) for activity in model.activities for before in activity.needs]
    )
    later = {below for one in covered if one in graph for below in nx.descendants(graph, one)}
    return [
        tie
        for activity in model.activities
        if activity.id in covered
        for tie in activity.after
        if not leads_to_finish(tie.kind) and tie.before not in covered | later
    ]


def _ordered(selection: Selection, chosen: list[Initiative]) -> Iterator[Link]:
    """Give the links that rules ask for; what an initiative needs stays before it."""
    requires = nx.DiGraph([(need, one.id) for one in chosen for need in one.needs])
    for order in selection.orders:
        needs = nx.ancestors(requires, order.before) if order.before in requires else set()
        if order.after not in needs:
            yield Link(order.before, order.after, "rule", order.rule_id)


def _unique(links: Iterator[Link]) -> list[Link]:
    """Keep the first of the links that tie a pair in the same way."""
    found: dict[tuple[str, ...], Link] = {}
    for link in links:
        tie = (link.kind, link.lag, link.at_most or "")
        found.setdefault((link.before, link.after, *tie), link)
    return list(found.values())
