"""The one-page summary of the roadmap: how many, from when to when, at what effort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Heading,
    KeyFigure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Table,
    Text,
)
from crmplan.documents.sections.choice import LEFT_OUT
from crmplan.documents.sections.saying import says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.scheduling import ScheduledTask

FIRST = 4
PHASES = "phase-table"


def roadmap_summary(words: Words) -> tuple[Block, ...]:
    """The answer first, then the decisions that are asked for."""
    beyond = words.report.plan.schedule.beyond_announced
    note = (
        (Callout(words("summary.holidays", year=words.locale.digits(str(beyond)))),)
        if beyond and words.locale.calendar == "gregorian"
        else ()
    )
    return (
        Heading(1, words("summary.title")),
        Paragraph(_lead(words), style="lead"),
        _figures(words),
        BulletList(tuple(_messages(words))),
        Heading(2, words("summary.gates_title"), numbered=False),
        NumberedList(tuple(_decisions(words))),
        _phases_say(words),
        _phases(words),
        *note,
    )


def _lead(words: Words) -> str:
    report, locale = words.report, words.locale
    overall = report.findings.scorecard.overall
    values = {
        "client": report.assessment.organisation.name,
        "start": locale.date(report.plan.schedule.start),
        "finish": locale.date(report.plan.schedule.finish),
        "low": locale.whole(report.plan.workplan.effort.low),
        "high": locale.whole(report.plan.workplan.effort.high),
    }
    count = len(report.plan.selection.chosen)
    if overall.score is None:
        return words("summary.lead_unscored", count=count, **values)
    return words("summary.lead", count=count, score=locale.number(overall.score), **values)


def _figures(words: Words) -> Block:
    plan, locale = words.report.plan, words.locale
    effort = plan.workplan.effort
    considered = len(plan.selection.chosen) + len(plan.selection.left_out)
    return KeyFigures(
        (
            KeyFigure(
                locale.whole(len(plan.selection.chosen)),
                words("figures.initiatives"),
                words("figures.initiatives_note", total=locale.whole(considered)),
            ),
            KeyFigure(
                locale.whole(effort.middle),
                words("figures.effort"),
                words(
                    "figures.effort_note",
                    low=locale.whole(effort.low),
                    high=locale.whole(effort.high),
                ),
            ),
            KeyFigure(
                locale.whole(plan.schedule.length_days),
                words("figures.length"),
                words(
                    "figures.length_note",
                    start=locale.short_date(plan.schedule.start),
                    finish=locale.short_date(plan.schedule.finish),
                ),
            ),
            KeyFigure(
                locale.whole(len(plan.schedule.gates)),
                words("figures.gates"),
                words("figures.gates_note"),
            ),
        )
    )


def _messages(words: Words) -> Iterator[Text]:
    plan, locale = words.report.plan, words.locale
    first = words.report.definitions.phase_model.phases[0]
    begun = [one for one in plan.schedule.of_phase(first.id) if one.task.kind == "initiative"][
        :FIRST
    ]
    if begun:
        yield words(
            "summary.first",
            phase=first.title,
            initiatives=words.join(words.coded(one.task.id) for one in begun),
        )
    longest = max(plan.schedule.critical, key=lambda one: one.task.duration_days)
    yield words(
        "summary.critical",
        count=len(plan.schedule.critical),
        total=locale.whole(len(plan.workplan.tasks)),
        task=words.coded(longest.task.id),
        days=words("working_days", count=longest.task.duration_days),
    )
    if left_out := len(plan.selection.left_out):
        yield words.referring("summary.left_out", LEFT_OUT, count=left_out)


def _decisions(words: Words) -> Iterator[Text]:
    plan = words.report.plan
    yield words("summary.decide_scope", count=len(plan.selection.chosen))
    first = words.report.definitions.phase_model.phases[0].id
    leads = dict.fromkeys(
        one.task.lead for one in plan.schedule.of_phase(first) if not one.task.is_milestone
    )
    yield words("summary.decide_people", roles=words.join(map(words.role, leads)))
    yield words.referring("summary.decide_gates", PHASES)


def _phases_say(words: Words) -> Block:
    plan = words.report.plan
    phases = [one.id for one in words.report.definitions.phase_model.phases]
    largest = max(phases, key=lambda one: plan.workplan.effort_of(one).middle)
    effort = words.effort(plan.workplan.effort_of(largest))
    return says(words, "phases", PHASES, phase=words.phase(largest), effort=effort)


def _phases(words: Words) -> Block:
    """The five phases on a line each, with the gates that close them."""
    plan = words.report.plan
    rows = []
    for phase in words.report.definitions.phase_model.phases:
        if tasks := plan.schedule.of_phase(phase.id):
            gates = [one for one in tasks if one.task.kind == "gate"]
            rows.append(
                (
                    phase.title,
                    words.locale.short_date(min(one.start for one in tasks)),
                    words.locale.short_date(max(one.finish for one in tasks)),
                    words.effort(plan.workplan.effort_of(phase.id)),
                    "\n".join(_gate(words, one) for one in gates),
                )
            )
    names = ("phase", "start", "finish", "effort", "gate")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(4, 2, 2, 2, 6),
        alignments=("start", "start", "start", "end", "start"),
        caption=words("summary.phase_caption"),
        bookmark=PHASES,
    )


def _gate(words: Words, one: ScheduledTask) -> str:
    return words(
        "summary.gate", date=words.locale.short_date(one.finish), gate=words.coded(one.task.id)
    )
