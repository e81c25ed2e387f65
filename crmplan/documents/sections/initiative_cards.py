"""One card an initiative: purpose, facts, deliverables, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Card, Heading, Paragraph, Span
from crmplan.documents.sections.tracing import linked, place, traced_gap
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.blocks import Text
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
        Heading(1, words("initiatives.title"), bookmark="initiatives"),
        Paragraph(words("initiatives.lead"), style="lead"),
    ]
    for one in initiatives:
        blocks += _card(words, one)
    return tuple(blocks)


def _card(words: Words, one: ScheduledTask) -> Iterator[Block]:
    definition = words.report.definitions.catalogue.by_id[one.task.id]
    title = f"{definition.code} · {definition.title}"
    yield Heading(3, title, bookmark=_bookmark(definition.id), numbered=False)
    yield Card(
        title,
        definition.purpose,
        facts=tuple(_facts(words, one, definition)),
        long_facts=(
            (words("columns.deliverables"), words("semicolon").join(definition.deliverables)),
        ),
        header=(words("columns.kpis"), words("columns.baseline"), words("columns.target")),
        rows=tuple((kpi, "", "") for kpi in definition.kpis),
    )


def _bookmark(initiative_id: str) -> str:
    return f"initiative.{initiative_id}"


def _facts(words: Words, one: ScheduledTask, definition: Initiative) -> Iterator[tuple[str, Text]]:
    """Say when, how much, who, after what, and how much it may slip."""
    start, finish = words.locale.date(one.start), words.locale.date(one.finish)
    low, high = words.locale.whole(one.task.effort.low), words.locale.whole(one.task.effort.high)
    slack = words("working_days", count=one.times.total_float)
    in_phase = Span(words.phase(definition.phase), link=place("t", definition.id))
    yield words("columns.phase"), (in_phase,)
    yield words("columns.when"), words("from_to", start=start, finish=finish)
    dimension = words.dimension(definition.dimension)
    yield (
        words("columns.dimension"),
        traced_gap(words, definition.dimension, dimension, to="g"),
    )
    yield words("columns.effort"), words("person_days", low=low, high=high)
    yield words("columns.lead"), words.role(definition.lead)
    yield words("columns.support"), words.join(map(words.role, definition.support)) or NO_VALUE
    yield words("columns.needs"), _needs(words, definition)
    yield words("columns.float"), words("initiatives.no_float") if one.is_critical else slack


def _needs(words: Words, definition: Initiative) -> Text:
    """Name what it waits for by codes that lead to the cards."""
    catalogue = words.report.definitions.catalogue.by_id
    needs = [need for need in definition.needs if need in words.report.plan.selection.ids]
    if not needs:
        return NO_VALUE
    return linked(words, ((catalogue[need].code, _bookmark(need)) for need in needs))
