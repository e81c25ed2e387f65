"""One card an initiative: purpose, facts, deliverables, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.initiatives import Initiative
    from crmplan.planning.scheduling import ScheduledTask


def initiative_cards(words: Words) -> tuple[Block, ...]:
    """All chosen initiatives, by their start."""
    initiatives = [one for one in words.report.plan.schedule.tasks if one.task.kind == "initiative"]
    initiatives.sort(key=lambda one: (one.times.early_start, one.task.code))
    if not initiatives:
        return ()
    blocks: list[Block] = [
        Heading(1, words("initiatives.title"), bookmark="initiatives", page_break_before=True),
        Paragraph(words("initiatives.lead"), style="lead"),
    ]
    for one in initiatives:
        blocks += _card(words, one)
    return tuple(blocks)


def _card(words: Words, one: ScheduledTask) -> Iterator[Block]:
    definition = words.report.definitions.catalogue.by_id[one.task.id]
    yield Heading(
        2,
        f"{definition.code} · {definition.title}",
        bookmark=f"initiative.{definition.id}",
        numbered=False,
    )
    yield Paragraph(_facts(words, one, definition), style="note", keep_with_next=True)
    yield Paragraph(definition.purpose)
    yield Paragraph(words.flow(_sentences(words, one, definition)))
    yield Paragraph(words("initiatives.deliverables"), keep_with_next=True)
    yield BulletList(definition.deliverables)
    yield Table(
        header=(words("columns.kpis"), words("columns.baseline"), words("columns.target")),
        rows=tuple((kpi, "", "") for kpi in definition.kpis),
        widths=(9, 3, 3),
        caption=words("initiatives.kpis_caption", code=definition.code),
    )


def _facts(words: Words, one: ScheduledTask, definition: Initiative) -> str:
    return words(
        "initiatives.facts",
        code=definition.code,
        dimension=words.dimension(definition.dimension),
        phase=words.phase(definition.phase),
        start=words.locale.date(one.start),
        finish=words.locale.date(one.finish),
        low=words.locale.whole(one.task.effort.low),
        high=words.locale.whole(one.task.effort.high),
    )


def _sentences(words: Words, one: ScheduledTask, definition: Initiative) -> Iterator[str]:
    lead = words.role(definition.lead)
    if definition.support:
        support = words.join(words.role(role) for role in definition.support)
        yield words("initiatives.lead_role", lead=lead, support=support)
    else:
        yield words("initiatives.lead_only", lead=lead)
    needs = [need for need in definition.requires if need in words.report.plan.selection.ids]
    if needs:
        yield words("initiatives.needs", initiatives=words.join(map(words.initiative, needs)))
    if one.is_critical:
        yield words("initiatives.no_float")
    else:
        yield words("initiatives.float", days=words("working_days", count=one.times.total_float))
