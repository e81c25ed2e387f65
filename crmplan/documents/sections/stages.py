"""The plan in the stages of another author: dates of the stages, and the tasks in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Heading, Paragraph, Table
from crmplan.documents.sections.shading import group_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.blocks import Cell
    from crmplan.documents.words import Words
    from crmplan.planning.stages import DatedStage, StagedPlan, StagedTask


def stages(words: Words) -> tuple[Block, ...]:
    """One chapter for each overlay that the engagement uses."""
    found = words.report.papers.stages
    return tuple(block for plan in found for block in _chapter(words, plan))


def _chapter(words: Words, plan: StagedPlan) -> Iterator[Block]:
    yield Heading(1, words("heading", overlay=plan.overlay.title), page_break_before=True)
    yield Paragraph(summary(words, plan), style="lead")
    yield _dates(words, plan)
    yield Heading(2, words("tasks_title"))
    yield _tasks(words, plan)
    yield Paragraph(plan.overlay.interpretation, style="note")


def summary(words: Words, plan: StagedPlan) -> str:
    """Say how many stages there are."""
    return words(
        "lead",
        stages=words.locale.whole(len(plan.stages)),
        phases=words.locale.whole(len(words.report.definitions.phase_model.phases)),
    )


def spans(words: Words, plan: StagedPlan) -> Iterator[str]:
    """Say of each stage when it runs."""
    return (
        words(
            "stage_says",
            stage=title_of(words, one),
            start=words.locale.date(one.start),
            finish=words.locale.date(one.finish),
            tasks=words.locale.whole(len(one.tasks)),
        )
        for one in plan.stages
    )


def title_of(words: Words, one: DatedStage) -> str:
    """Name a stage with its number."""
    return words("stage_title", number=words.locale.whole(one.stage.number), title=one.stage.title)


def task_name(words: Words, one: StagedTask) -> str:
    """Name a task with its code; in parentheses if the author does not speak of it."""
    name = words.coded(one.scheduled.task.id)
    return words("added", task=name) if one.is_added else name


def _dates(words: Words, plan: StagedPlan) -> Block:
    names = ("stage", "purpose", "start", "finish", "tasks")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                title_of(words, one),
                one.stage.purpose,
                words.locale.short_date(one.start),
                words.locale.short_date(one.finish),
                words.locale.whole(len(one.tasks)),
            )
            for one in plan.stages
        ),
        widths=(4, 6.6, 2, 2, 1.4),
        alignments=("start", "start", "end", "end", "end"),
        caption=words("summary_caption"),
        bookmark=f"stages.{plan.overlay.id}",
    )


def _tasks(words: Words, plan: StagedPlan) -> Block:
    names = ("task", "phase", "start", "finish")
    phases = words.report.definitions.phase_model.phase
    rows: list[tuple[str | Cell, ...]] = []
    for stage in plan.stages:
        rows.append(group_row(title_of(words, stage), len(names)))
        rows += [
            (
                task_name(words, one),
                phases[one.scheduled.task.phase].short,
                words.locale.short_date(one.scheduled.start),
                words.locale.short_date(one.scheduled.finish),
            )
            for one in stage.tasks
        ]
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(9, 3, 2, 2),
        alignments=("start", "start", "end", "end"),
        caption=words("tasks_caption"),
        bookmark=f"staged-tasks.{plan.overlay.id}",
        note=notes(words, plan),
    )


def notes(words: Words, plan: StagedPlan) -> str:
    """Explain the parentheses, and name the tasks that stand in several stages."""
    said = [words("tasks_note")]
    if plan.shared:
        said.append(words("shared_note", tasks=words.join(map(words.coded, plan.shared))))
    return words.flow(said)
