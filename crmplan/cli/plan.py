"""``crmplan plan``."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, cast

import click

from crmplan.cli.levelling import solver_options, watched
from crmplan.cli.options import (
    DAY,
    budget_option,
    capacity_option,
    engagement_argument,
    framework_option,
    json_option,
    language_option,
)
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.cli.plan_data import plan_data
from crmplan.cli.plan_tables import (
    show_alternatives,
    show_budget,
    show_conflicts,
    show_levelling,
    show_load,
)
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
    from crmplan.planning.phase_overlay import PhaseOverlay
    from crmplan.planning.resources.engines import EngineName
    from crmplan.planning.stages import StagedPlan
    from crmplan.report import Report

OVERLAY = "phase-overlay"


@click.command("plan", help="Show chosen initiatives, dates, floats and the critical path.")
@engagement_argument
@framework_option
@click.option(
    "--start",
    type=DAY,
    help="First day of the plan, as 2026-10-05; the engagement's without.",
)
@click.option(
    "--status",
    type=DAY,
    help="Plan again from the day after this one, with the progress up to it.",
)
@budget_option
@capacity_option
@solver_options
@click.option("--tasks", "show_tasks", is_flag=True, help="Show all tasks, not only initiatives.")
@click.option(
    "--phases",
    "overlay_id",
    metavar="ID",
    help="Show the tasks in the stages of a phase overlay, such as springer-2006.",
)
@click.option(
    "--alternatives",
    is_flag=True,
    help="Show cheaper and faster sets, what one more level costs, and why the budget chose so.",
)
@click.option("--load", "show_roles", is_flag=True, help="Show how busy each role is over time.")
@language_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    start: datetime | None,
    status: datetime | None,
    budgets: tuple[int, ...],
    capacities: tuple[RoleCapacity, ...],
    solver: EngineName,
    seconds: float | None,
    seed: int,
    show_tasks: bool,
    overlay_id: str | None,
    alternatives: bool,
    show_roles: bool,
    language: LanguageCode | None,
    as_json: bool,
) -> None:
    """Show the plan.

    Example: crmplan plan client.crmplan --start 2026-10-05 --tasks
    """
    what_if = WhatIf(
        starts_on=start.date() if start else None,
        status_on=status.date() if status else None,
        budgets=budgets,
        capacities=capacities,
    )
    with watched(solver, seconds=seconds, seed=seed) as found_by:
        report = report_in(file, framework_id, language, what_if=what_if, solver=found_by)
    require_scores(report)
    if not report.definitions.catalogue.initiatives:
        planning = report.definitions.planning_framework.id
        tell(f"{planning} has no initiatives: the plan holds the activities of the phases only")
    words = words_of(report, "implementation-roadmap")
    stages = _staged(report, overlay_id) if overlay_id else None
    if as_json:
        data = plan_data(words, with_alternatives=alternatives)
        write_json("plan", {**data, "stages": _stage_ids(stages) if stages else []})
        return
    if stages:
        _show_stages(words_of(report, OVERLAY), stages)
        return
    _show(words, show_tasks=show_tasks)
    if alternatives:
        show_alternatives(words)
    if show_roles:
        show_load(words)


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
        show_levelling(words, plan.levelled)
    show_conflicts(words)
    if plan.budget:
        show_budget(words, plan.budget)


def _show_findings(words: Words) -> None:
    """Say what misses its date and why, what is nearly critical, and what has no effect."""
    found = Findings(words)
    for line in (*found.missed(), *found.negative(), *found.near(), *found.beyond()):
        say(line)
    for line in found.idle():
        say(line)
