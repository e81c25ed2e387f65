"""From needs to initiatives, tasks and dimensions, and what has no answer.

Method and worked example: docs/method/requirements.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from crmplan.assessment.client_records import Obligation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmplan.assessment.client_records import Requirement
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel
    from crmplan.planning.workplan import WorkPlan

OBLIGATIONS: tuple[Obligation, ...] = get_args(Obligation)
"""The most binding first."""


@dataclass(frozen=True, slots=True)
class TracedRequirement:
    """A need with what answers it.

    Attributes:
        dimensions: those it names, and those of its initiatives.
        initiatives: those it names that are in the plan.
        tasks: what is done for it, in the order of the plan: its initiatives, the activities that
            these carry out, and the tasks that it names.
        outside_plan: initiatives and tasks that it names and the plan does not hold.
    """

    requirement: Requirement
    dimensions: tuple[str, ...]
    initiatives: tuple[str, ...]
    tasks: tuple[str, ...]
    outside_plan: tuple[str, ...]

    @property
    def is_alive(self) -> bool:
        """Tell whether the need stands: neither met already nor dropped."""
        return self.requirement.state in ("open", "agreed")


@dataclass(frozen=True, slots=True)
class RequirementGroup:
    """Needs of one obligation about one entity."""

    obligation: Obligation
    entity: str
    needs: tuple[TracedRequirement, ...]


@dataclass(frozen=True, slots=True)
class RequirementTrace:
    """The register, traced.

    Attributes:
        groups: by obligation, then by entity: known ones in their order, others behind.
        unanswered: ids of living "must" needs for which nothing in the plan is done.
        without_need: initiatives of the plan that no need names, met or not; empty without needs.
        unknown: ids that needs name and that exist nowhere.
    """

    groups: tuple[RequirementGroup, ...]
    unanswered: tuple[str, ...]
    without_need: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def needs(self) -> tuple[TracedRequirement, ...]:
        """All needs in the order of the groups."""
        return tuple(one for group in self.groups for one in group.needs)


def trace_requirements(
    requirements: Sequence[Requirement],
    *,
    catalogue: Catalogue,
    model: PhaseModel,
    workplan: WorkPlan,
    dimensions: Iterable[str],
    entities: Sequence[str] = (),
) -> RequirementTrace:
    """Trace a register of requirements.

    Args:
        requirements: the register, in any order; dropped ones are traced, but find nothing.
        catalogue: the initiatives that there are.
        model: the standing activities that there are.
        workplan: the plan.
        dimensions: ids of the dimensions that there are.
        entities: the order of the entities in a group of equal obligation; others stand behind.
    """
    traced = [_traced(one, catalogue, workplan) for one in requirements]
    known = {*dimensions, *catalogue.by_id, *model.activity}
    answered = {name for one in requirements if one.state != "dropped" for name in one.initiatives}
    chosen = [task.id for task in workplan.tasks if task.kind == "initiative"]
    return RequirementTrace(
        groups=tuple(_groups(traced, entities)),
        unanswered=tuple(
            one.requirement.id
            for one in traced
            if one.is_alive and one.requirement.obligation == "must" and not one.tasks
        ),
        without_need=tuple(name for name in chosen if name not in answered) if traced else (),
        unknown=tuple(dict.fromkeys(_unknown(requirements, known))),
    )


def _unknown(requirements: Iterable[Requirement], known: set[str]) -> Iterator[str]:
    for one in requirements:
        for name in (*one.dimensions, *one.initiatives, *one.tasks):
            if name not in known:
                yield name


def _traced(
    requirement: Requirement, catalogue: Catalogue, workplan: WorkPlan
) -> TracedRequirement:
    initiatives = tuple(name for name in requirement.initiatives if name in workplan.task)
    done = {*initiatives, *requirement.tasks}
    done |= {name for one in initiatives for name in catalogue.by_id[one].covers}
    named = (*requirement.initiatives, *requirement.tasks)
    of_initiatives = (catalogue.by_id[one].dimension for one in initiatives)
    return TracedRequirement(
        requirement,
        dimensions=tuple(dict.fromkeys((*requirement.dimensions, *of_initiatives))),
        initiatives=initiatives,
        tasks=tuple(task.id for task in workplan.tasks if task.id in done),
        outside_plan=tuple(dict.fromkeys(name for name in named if name not in workplan.task)),
    )


def _groups(
    traced: Iterable[TracedRequirement], entities: Sequence[str]
) -> Iterator[RequirementGroup]:
    def place(one: TracedRequirement) -> tuple[int, int, str]:
        need = one.requirement
        known = entities.index(need.entity) if need.entity in entities else len(entities)
        return OBLIGATIONS.index(need.obligation), known, need.entity

    # Sorting keeps the order of entry inside a group.
    for (obligation, _, entity), needs in groupby(sorted(traced, key=place), key=place):
        yield RequirementGroup(OBLIGATIONS[obligation], entity, tuple(needs))
