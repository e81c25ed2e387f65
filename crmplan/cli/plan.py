"""``crmplan plan``."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, cast

import click

from crmplan.cli.options import (
    budget_option,
    capacity_option,
    engagement_argument,
    framework_option,
    json_option,
    language_option,
)
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.cli.results import language_of, report_in, words_of
from crmplan.definitions.library import load_whole
from crmplan.documents.network_findings import Findings
from crmplan.documents.sections.stages import notes, spans, summary, task_name, title_of
from crmplan.planning.plan_inputs import WhatIf
from crmplan.planning.stages import staged
from crmplan.report import require_scores

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import RoleCapacity
    from crmplan.documents.words import Words
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.budgeting import BudgetChoice
    from crmplan.planning.phase_overlay import PhaseOverlay
    from crmplan.planning.resources.levelling import LevelledSchedule
    from crmplan.planning.stages import StagedPlan
    from crmplan.report import Report

OVERLAY = "phase-overlay"


@click.command("plan", help="Show chosen initiatives, dates, floats and the critical path.")
@engagement_argument
@framework_option
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of the plan, as 2026-10-05; the engagement's without.",
)
@budget_option
@capacity_option
@click.option("--tasks", "show_tasks", is_flag=True, help="Show all tasks, not only initiatives.")
@click.option(
    "--phases",
    "overlay_id",
    metavar="ID",
    help="Show the tasks in the stages of a phase overlay, such as springer-2006.",
)
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    start: datetime | None,
    budgets: tuple[int, ...],
    capacities: tuple[RoleCapacity, ...],
    show_tasks: bool,
    overlay_id: str | None,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show the plan.

    Example: crmplan plan client.crmplan --start 2026-10-05 --tasks
    """
    report = report_in(
        file,
        framework_id,
        language,
        what_if=WhatIf(
            starts_on=start.date() if start else None, budgets=budgets, capacities=capacities
        ),
    )
    require_scores(report)
    if not report.definitions.catalogue.initiatives:
        planning = report.definitions.planning_framework.id
        tell(f"{planning} has no initiatives: the plan holds the activities of the phases only")
    plan = report.plan
    stages = _staged(report, overlay_id) if overlay_id else None
    if as_json:
        links = plan.workplan.links
        write_json(
            "plan",
            {
                "selection": plan.selection,
                "budget": plan.budget,
                "waits": plan.levelled.waits if plan.levelled else {},
                "levelling": plan.levelled.answer if plan.levelled else None,
                "tasks": plan.schedule.tasks,
                "links": links,
                "stages": _stage_ids(stages) if stages else [],
                "constraints": plan.workplan.constraints,
                "missed": plan.schedule.missed,
                "worst_chain": [one.task.id for one in plan.schedule.worst_chain],
                "near_critical": [one.task.id for one in plan.schedule.near_critical()],
                "idle": plan.workplan.idle,
            },
        )
        return
    if stages:
        _show_stages(words_of(report, OVERLAY), stages)
        return
    _show(words_of(report, "implementation-roadmap"), show_tasks=show_tasks)


def _staged(report: Report, overlay_id: str) -> StagedPlan:
    overlay = cast("PhaseOverlay", load_whole(overlay_id, OVERLAY, language_of(report)))
    return staged(overlay, report.plan.schedule)


def _stage_ids(plan: StagedPlan) -> list[dict[str, object]]:
    return [
        {
            "stage": one.stage.id,
            "start": one.start,
            "finish": one.finish,
            "tasks": [task.scheduled.task.id for task in one.tasks],
        }
        for one in plan.stages
    ]


def _show_stages(words: Words, plan: StagedPlan) -> None:
    names = ("stage", "task", "phase", "start", "finish")
    phases = words.report.definitions.phase_model.phase
    rows = [
        (
            title_of(words, stage) if first else "",
            task_name(words, one),
            phases[one.scheduled.task.phase].short,
            words.locale.short_date(one.scheduled.start),
            words.locale.short_date(one.scheduled.finish),
        )
        for stage in plan.stages
        for first, one in zip(chain([True], repeat(False)), stage.tasks, strict=False)
    ]
    say(summary(words, plan))
    for sentence in spans(words, plan):
        say(sentence)
    say()
    write_table(tuple(words(f"columns.{name}") for name in names), rows)
    say()
    say(notes(words, plan))


def _show(words: Words, *, show_tasks: bool) -> None:
    plan, locale = words.report.plan, words.locale
    kinds = (
        ("initiative", "gate") if not show_tasks else ("initiative", "gate", "activity", "covered")
    )
    rows = [
        (
            one.task.code,
            words.task(one.task.id),
            words.report.definitions.phase_model.phase[one.task.phase].short,
            words.role(one.task.lead),
            locale.short_date(one.start),
            locale.short_date(one.finish),
            locale.whole(one.task.duration_days),
            locale.days(one.times.total_float),
            words.effort(one.task.effort),
        )
        for phase in words.report.definitions.phase_model.phases
        for one in plan.schedule.of_phase(phase.id)
        if one.task.kind in kinds
    ]
    names = ("code", "task", "phase", "lead", "start", "finish", "days", "float", "effort")
    write_table(tuple(words(f"columns.{name}") for name in names), rows, numbers=5)
    say()
    say(
        words(
            "network.summary",
            tasks=locale.whole(len(plan.workplan.tasks)),
            links=locale.whole(len(plan.workplan.links)),
            critical=locale.whole(len(plan.schedule.critical)),
            days=words("working_days", count=plan.schedule.length_days),
        )
    )
    say(" → ".join(one.task.code for one in plan.schedule.critical))
    _show_findings(words)
    if plan.levelled:
        _show_waits(words, plan.levelled)
    if plan.budget:
        _show_budget(words, plan.budget)


def _show_findings(words: Words) -> None:
    """Say what misses its date and why, what is nearly critical, and what has no effect."""
    found = Findings(words)
    for line in (*found.missed(), *found.negative(), *found.near(), *found.beyond()):
        say(line)
    for line in found.idle():
        say(line)


def _show_waits(words: Words, levelled: LevelledSchedule) -> None:
    """Say how much longer limited roles make the plan, and who waits for whom."""
    answer, whole = levelled.answer, words.locale.whole
    say(
        words(
            "capacity.delay",
            days=words("working_days", count=levelled.delay_days),
            bound=whole(answer.lower_bound),
        )
    )
    for task, waits in levelled.waits.items():
        for wait in waits:
            say(
                words(
                    "capacity.wait",
                    task=words.coded(task),
                    days=words("days", count=wait.days),
                    role=words.role(wait.role),
                    behind=words.join(map(words.coded, wait.behind)),
                )
            )


def _show_budget(words: Words, budget: BudgetChoice) -> None:
    """Say what the budgets paid for, what did not fit, and what would leave first."""
    report, whole = words.report, words.locale.whole
    spent = words.join(map(whole, budget.cost_days))
    over = [one.id for one in report.plan.selection.left_out if one.kind == "over-budget"]
    say(words("budget.spent", days=spent, count=len(budget.ids)))
    say(words("budget.proved" if budget.is_proved else "budget.not_proved"))
    if over:
        say(words("budget.over", initiatives=words.join(map(words.initiative, over))))
