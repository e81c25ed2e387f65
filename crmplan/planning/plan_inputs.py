"""What a plan is made with besides gaps and definitions: everything the project manager said.

Stored values come from the engagement; a ``WhatIf`` puts others in their place for one run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.plan_records import (
        BaselineTask,
        CalendarException,
        InitiativeChoice,
        PlanLink,
        ProjectRisk,
        RoleCapacity,
        TaskConstraint,
        TaskEstimate,
        TaskProgress,
    )


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Values that are tried once and not stored; None and empty take the stored ones."""

    starts_on: date | None = None
    status_on: date | None = None
    budgets: tuple[int, ...] = ()
    capacities: tuple[RoleCapacity, ...] = ()


AS_STORED = WhatIf()


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """Everything that dates and limits a plan.

    Attributes:
        starts_on: first day of the plan.
        status_on: the day up to which progress is known; None before the work begins.
        budgets: person-days of each period from the first; empty takes all that answers a gap.
        capacities: how many tasks roles lead at once; a role that is not named has no limit.
    """

    starts_on: date
    status_on: date | None = None
    budgets: tuple[int, ...] = ()
    choices: tuple[InitiativeChoice, ...] = ()
    capacities: tuple[RoleCapacity, ...] = ()
    exceptions: tuple[CalendarException, ...] = ()
    links: tuple[PlanLink, ...] = ()
    constraints: tuple[TaskConstraint, ...] = ()
    estimates: tuple[TaskEstimate, ...] = ()
    progress: tuple[TaskProgress, ...] = ()
    baseline: tuple[BaselineTask, ...] = ()
    risks: tuple[ProjectRisk, ...] = ()


def plan_inputs(
    engagement: Engagement, *, held_on: date, what_if: WhatIf = AS_STORED
) -> PlanInputs:
    """Collect what an engagement says about its plan.

    Args:
        engagement: everything stored about the client.
        held_on: day of the assessment; the plan begins the day after it unless a start is set.
        what_if: what is tried in place of stored values.
    """
    settings = engagement.settings
    stored = PlanInputs(
        starts_on=settings.starts_on or held_on + timedelta(days=1),
        status_on=settings.status_on,
        budgets=_by_period(engagement),
        choices=engagement.initiative_choices,
        capacities=engagement.capacities,
        exceptions=engagement.calendar_exceptions,
        links=engagement.plan_links,
        constraints=engagement.task_constraints,
        estimates=engagement.task_estimates,
        progress=engagement.task_progress,
        baseline=engagement.baseline,
        risks=engagement.risks,
    )
    return replace(
        stored,
        starts_on=what_if.starts_on or stored.starts_on,
        status_on=what_if.status_on or stored.status_on,
        budgets=what_if.budgets or stored.budgets,
        capacities=_with(stored.capacities, what_if.capacities),
    )


def _by_period(engagement: Engagement) -> tuple[int, ...]:
    """Give the budgets in order; a period without one, before others that have, has nothing."""
    days = {one.period: one.person_days for one in engagement.budgets}
    return tuple(days.get(period, 0) for period in range(1, max(days, default=0) + 1))


def _with(
    stored: tuple[RoleCapacity, ...], tried: tuple[RoleCapacity, ...]
) -> tuple[RoleCapacity, ...]:
    others = {one.role for one in tried}
    return (*(one for one in stored if one.role not in others), *tried)
