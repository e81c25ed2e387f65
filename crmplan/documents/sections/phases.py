"""One section a phase: criteria, gate, tasks with dates and floats, risks, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Callout,
    CalloutPair,
    Cell,
    Heading,
    Paragraph,
    Span,
    Table,
)
from crmplan.documents.sections.dependencies import phase_figures
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.tracing import linked, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words
    from crmplan.planning.phases import Phase
    from crmplan.planning.scheduling import ScheduledTask


def phases(words: Words) -> tuple[Block, ...]:
    """All phases that have tasks."""
    blocks: list[Block] = []
    for phase in words.report.definitions.phase_model.phases:
        tasks = words.report.plan.schedule.of_phase(phase.id)
        if tasks:
            blocks += _phase(words, phase, tasks)
    return tuple(blocks)


def _phase(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> Iterator[Block]:
    title = words("phase.title", number=words.locale.whole(phase.number), phase=phase.title)
    yield Heading(1, title, bookmark=f"phase.{phase.id}", page_break_before=True)
    yield Paragraph(phase.purpose, style="lead")
    yield Paragraph(_dates(words, phase, tasks))
    yield Paragraph(_figure_says(words, phase, tasks))
    yield CalloutPair(
        Callout(_lines(phase.entry), title=words("phase.entry")),
        Callout(_lines(phase.exit), title=words("phase.exit"), tone="success"),
    )
    yield from _gates(words, tasks)
    yield _tasks_say(words, phase, tasks)
    yield _tasks(words, phase, tasks)
    yield from _deliverables(words, phase, tasks)
    yield from _risks(words, phase)
    yield from phase_figures(words, phase.id)


def _figure_says(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> Text:
    return words.referring(
        "phase.figure_says",
        f"dependencies.{phase.id}.1",
        critical=words.locale.whole(sum(one.is_critical for one in tasks)),
        tasks=words.locale.whole(len(tasks)),
        start=words.locale.date(words.report.plan.schedule.start),
    )


def _lines(items: Sequence[str]) -> str:
    return "\n".join(f"• {item}" for item in items)


def _dates(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> str:
    effort = words.report.plan.workplan.effort_of(phase.id)
    return words(
        "phase.dates",
        count=len(tasks),
        start=words.locale.date(min(one.start for one in tasks)),
        finish=words.locale.date(max(one.finish for one in tasks)),
        low=words.locale.whole(effort.low),
        high=words.locale.whole(effort.high),
        initiatives=words.locale.whole(sum(one.task.kind == "initiative" for one in tasks)),
    )


def _tasks_say(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> Block:
    freest = max(tasks, key=lambda one: one.times.total_float)
    return says(
        words,
        "tasks",
        f"tasks.{phase.id}",
        count=sum(one.is_critical for one in tasks),
        total=words.locale.whole(len(tasks)),
        task=words.coded(freest.task.id),
        days=words("working_days", count=freest.times.total_float),
    )


def _tasks(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> Block:
    names = ("code", "task", "lead", "when", "days", "float", "effort")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(_task_row(words, one) for one in tasks),
        widths=(1.3, 6, 3, 2, 1, 1.2, 1.5),
        alignments=("start", "start", "start", "start", "end", "end", "end"),
        caption=words("phase.tasks_caption", phase=phase.title),
        bookmark=f"tasks.{phase.id}",
    )


def _task_row(words: Words, one: ScheduledTask) -> tuple[str | Cell, ...]:
    name = words.task(one.task.id)
    if one.task.kind == "covered":
        covering = words.join(
            words.report.plan.workplan.task[by].code for by in one.task.covered_by
        )
        name = words("parenthesis", text=name, extra=words("phase.covered", initiatives=covering))
    slack = words.locale.days(one.times.total_float)
    return (
        Cell((_task_code(one),), bold=one.is_critical),
        name,
        words.role(one.task.lead),
        words.dates(one.start, one.finish),
        words.locale.whole(one.task.duration_days),
        Cell(slack, bold=one.is_critical, fill="level-0" if one.is_critical else None),
        words.effort(one.task.effort),
    )


def _task_code(one: ScheduledTask) -> Span:
    """Lead from a task to its card, or to what it waits for."""
    to = f"initiative.{one.task.id}" if one.task.kind == "initiative" else place("l", one.task.id)
    return Span(one.task.code, link=to, bookmark=place("t", one.task.id))


def _deliverables(words: Words, phase: Phase, tasks: Sequence[ScheduledTask]) -> Iterator[Block]:
    definitions = words.report.definitions
    rows: list[tuple[str, str]] = []
    for one in tasks:
        if one.task.kind == "initiative":
            deliverables = definitions.catalogue.by_id[one.task.id].deliverables
            handed = words("semicolon").join(deliverables)
        elif one.task.kind == "covered":
            continue
        else:
            handed = definitions.phase_model.activity[one.task.id].deliverable
        rows.append((one.task.code, handed))
    if rows:
        yield says(words, "deliverables", f"deliverables.{phase.id}", count=len(rows))
        yield Table(
            header=(words("columns.code"), words("columns.deliverables")),
            rows=tuple(rows),
            widths=(1.5, 14),
            caption=words("phase.deliverables"),
            bookmark=f"deliverables.{phase.id}",
            dense=True,
        )


def _risks(words: Words, phase: Phase) -> Iterator[Block]:
    if phase.risks:
        yield _risks_say(words, phase)
        yield Table(
            header=(words("columns.code"), words("columns.risk"), words("columns.answer")),
            rows=tuple(
                (
                    (Span(code, link=f"phase.{phase.id}", bookmark=place("r", code)),),
                    one.risk,
                    one.answer,
                )
                for code, one in zip(_risk_codes(phase), phase.risks, strict=True)
            ),
            widths=(1.5, 6.5, 7),
            caption=words("phase.risks_caption", phase=phase.title),
            bookmark=f"risks.{phase.id}",
        )


def _risks_say(words: Words, phase: Phase) -> Block:
    """Name the risks by their codes, which lead to the table."""
    said = words.referring("says.risks", f"risks.{phase.id}", count=len(phase.risks))
    codes = linked(words, ((code, place("r", code)) for code in _risk_codes(phase)))
    text = said if isinstance(said, tuple) else (Span(said),)
    return Paragraph((*text, Span(words.flow(("", ""))), *codes), keep_with_next=True)


def _risk_codes(phase: Phase) -> tuple[str, ...]:
    return tuple(f"R-{phase.number}.{number}" for number in range(1, len(phase.risks) + 1))


def _gates(words: Words, tasks: Sequence[ScheduledTask]) -> Iterator[Block]:
    for one in tasks:
        if one.task.kind == "gate":
            activity = words.report.definitions.phase_model.activity[one.task.id]
            yield Callout(
                words(
                    "phase.gate",
                    date=words.locale.date(one.finish),
                    title=activity.title,
                    reason=activity.reason,
                ),
                title=words("columns.gate"),
                tone="warning",
            )
