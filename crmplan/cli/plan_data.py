"""The plan as ``crmplan plan --json`` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.sections.workload import role_loads

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.planning.resources.levelling import LevelledSchedule


def plan_data(words: Words, *, with_alternatives: bool) -> dict[str, object]:
    """Everything about the plan; alternatives take longer and are given when asked for."""
    report, plan = words.report, words.report.plan
    data: dict[str, object] = {
        "selection": plan.selection,
        "budget": plan.budget,
        "waits": plan.levelled.waits if plan.levelled else {},
        "levelling": _levelling(plan.levelled) if plan.levelled else None,
        "load": role_loads(words),
        "tasks": plan.schedule.tasks,
        "links": plan.workplan.links,
        "constraints": plan.workplan.constraints,
        "missed": plan.schedule.missed,
        "worst_chain": [one.task.id for one in plan.schedule.worst_chain],
        "near_critical": [one.task.id for one in plan.schedule.near_critical()],
        "idle": plan.workplan.idle,
    }
    return {**data, "alternatives": report.alternatives} if with_alternatives else data


def _levelling(levelled: LevelledSchedule) -> dict[str, object]:
    answer = levelled.answer
    return {
        "starts": answer.starts,
        "makespan": answer.makespan,
        "lower_bound": answer.lower_bound,
        "gap": answer.gap,
        "is_proved": answer.is_proved,
        "engine": answer.engine,
        "seed": answer.seed,
        "schedules": answer.schedules,
        "delay_days": levelled.delay_days,
        "unlimited_roles": levelled.unlimited_roles,
        "idle_roles": levelled.idle_roles,
    }
