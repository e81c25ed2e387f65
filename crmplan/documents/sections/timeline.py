"""The plan at a glance: a Gantt table by months, and the phases with dates and effort."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Gantt,
    GanttRow,
    Heading,
    Landscape,
    Paragraph,
    Portrait,
)
from crmplan.documents.sections.saying import says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.documents.blocks import BarStyle
    from crmplan.documents.words import Words
    from crmplan.planning.scheduling import ScheduledTask

GANTT = "gantt"
MOST_COLUMNS = 36
LONGEST_MONTH = 32


def glance(words: Words) -> tuple[Block, ...]:
    """One row a phase, an initiative and a gate; one column a month."""
    return (
        Heading(1, words("glance.title")),
        Paragraph(words.referring("glance.lead", GANTT), style="lead"),
        Landscape(),
        _gantt_says(words),
        _gantt(words),
        Portrait(),
    )


def _gantt_says(words: Words) -> Block:
    schedule = words.report.plan.schedule
    phases = words.report.definitions.phase_model.phases
    spans = {
        phase.id: (min(one.start for one in tasks), max(one.finish for one in tasks))
        for phase in phases
        if (tasks := schedule.of_phase(phase.id))
    }
    longest = max(spans, key=lambda one: spans[one][1] - spans[one][0])
    start, finish = map(words.locale.date, spans[longest])
    return says(words, "gantt", GANTT, phase=words.phase(longest), start=start, finish=finish)


def months(words: Words, *, most: int) -> list[date]:
    """List the first days of the months of the plan; every second one if there are too many."""
    plan = words.report.plan.schedule
    found = [words.locale.month_start(plan.start)]
    while True:
        following = words.locale.month_start(found[-1] + timedelta(days=LONGEST_MONTH))
        if following > plan.finish:
            break
        found.append(following)
    step = -(-len(found) // most)
    return found[::step]


def _gantt(words: Words) -> Block:
    columns = months(words, most=MOST_COLUMNS)
    schedule = words.report.plan.schedule
    rows: list[GanttRow] = []
    for phase in words.report.definitions.phase_model.phases:
        tasks = schedule.of_phase(phase.id)
        if not tasks:
            continue
        rows.append(_phase_row(columns, phase.title, tasks))
        shown = [one for one in tasks if one.task.kind in ("initiative", "gate")]
        shown.sort(key=lambda one: (one.start, one.finish, one.task.code))
        rows += [_task_row(words, columns, one) for one in shown]
    return Gantt(
        columns=tuple(_month_label(words, month) for month in columns),
        groups=_years(words, columns),
        rows=tuple(rows),
        label_header=words("glance.row"),
        label_share=0.34,
        legend=tuple(
            (style, words(f"glance.{style}"))
            for style in ("phase", "normal", "critical", "milestone")
        ),
        caption=words("glance.caption"),
        bookmark=GANTT,
    )


def _column(months: Sequence[date], day: date) -> int:
    return max(0, sum(month <= day for month in months) - 1)


def _phase_row(months: Sequence[date], title: str, tasks: Sequence[ScheduledTask]) -> GanttRow:
    start, finish = min(one.start for one in tasks), max(one.finish for one in tasks)
    return GanttRow(title, _column(months, start), _column(months, finish), "phase")


def _task_row(words: Words, months: Sequence[date], one: ScheduledTask) -> GanttRow:
    end = _column(months, one.finish)
    if one.task.kind == "gate":
        return GanttRow(words.coded(one.task.id), end, end, "milestone")
    style: BarStyle = "critical" if one.is_critical else "normal"
    return GanttRow(words.coded(one.task.id), _column(months, one.start), end, style)


def _month_label(words: Words, month: date) -> str:
    """Write the number of the month; the year stands in the row above."""
    return words.locale.short_date(month)[5:7]


def _years(words: Words, months: Sequence[date]) -> tuple[tuple[str, int], ...]:
    years: list[tuple[str, int]] = []
    for month in months:
        year = words.locale.short_date(month)[:4]
        if years and years[-1][0] == year:
            years[-1] = (year, years[-1][1] + 1)
        else:
            years.append((year, 1))
    return tuple(years)
