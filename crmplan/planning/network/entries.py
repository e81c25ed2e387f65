"""What the project manager entered about links, dates, durations and days off, put into a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from crmplan.errors import PlanProblemsError
from crmplan.planning.network.problems import find_circles, find_problems, place_of
from crmplan.planning.workplan import Link, WorkPlan

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskEstimate
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel
    from crmplan.planning.plan_inputs import PlanInputs
    from crmplan.planning.workplan import Task


def with_entries(
    plan: WorkPlan, inputs: PlanInputs, *, catalogue: Catalogue, model: PhaseModel
) -> WorkPlan:
    """Put links, constraints and estimates into a plan.

    Records that name an initiative or activity that is not in the plan have no effect; the plan
    names them in ``idle``.

    Raises:
        PlanProblemsError: if records do not fit; it lists all of them.
    """
    problems = list(
        find_problems(
            (*catalogue.by_id, *model.activity),
            model.role,
            starts_on=inputs.starts_on,
            links=inputs.links,
            constraints=inputs.constraints,
            estimates=inputs.estimates,
            exceptions=inputs.exceptions,
            progress=inputs.progress,
            risks=inputs.risks,
        )
    )
    links = [
        Link(
            before=one.before,
            after=one.after,
            reason="record",
            kind=one.kind,
            lag=one.lag,
            at_most=one.at_most,
            lag_calendar=one.lag_calendar,
        )
        for one in inputs.links
        if one.before != one.after
    ]
    entered = [one for one in links if one.before in plan.task and one.after in plan.task]
    changed = replace(
        plan,
        tasks=tuple(_estimated(plan.tasks, inputs.estimates)),
        links=(*plan.links, *entered),
        constraints=tuple(one for one in inputs.constraints if one.task in plan.task),
        idle=tuple(_idle(plan, links, inputs)),
    )
    problems += find_circles(changed.links)
    if problems:
        raise PlanProblemsError(sorted(problems))
    return changed


def _estimated(tasks: Iterable[Task], estimates: Iterable[TaskEstimate]) -> Iterator[Task]:
    """Take the likely duration of an estimate; a point in time stays one."""
    found = {one.task: one for one in estimates}
    for task in tasks:
        estimate = found.get(task.id)
        if estimate is None or task.kind in ("covered", "gate"):
            yield task
        else:
            bounds = (estimate.shortest, estimate.longest)
            yield replace(task, duration_days=estimate.likely, range_days=bounds)


def _idle(plan: WorkPlan, links: Iterable[Link], inputs: PlanInputs) -> Iterator[str]:
    for link in links:
        if link.before not in plan.task or link.after not in plan.task:
            yield place_of(link)
    for constraint in inputs.constraints:
        if constraint.task not in plan.task:
            yield f"constraint {constraint.task} {constraint.kind}"
    for estimate in inputs.estimates:
        task = plan.task.get(estimate.task)
        if task is None or task.kind in ("covered", "gate"):
            yield f"estimate {estimate.task}"
    for risk in inputs.risks:
        if risk.tasks and not any(one in plan.task for one in risk.tasks):
            yield f"risk {risk.id}"
