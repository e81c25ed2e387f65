"""The requirements register as a specification: what is needed, by obligation, and who answers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from crmplan.documents.sections.shading import group_row
from crmplan.localisation.locale import NO_VALUE
from crmplan.planning.requirement_trace import OBLIGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.requirement_trace import (
        RequirementGroup,
        RequirementTrace,
        TracedRequirement,
    )

COLUMNS = ("id", "need", "contact", "answer", "state")


def requirements(words: Words) -> tuple[Block, ...]:
    """Compose the chapter; nothing without requirements."""
    trace = words.report.register
    if not trace.needs:
        return ()
    return (
        Heading(1, words("title"), page_break_before=True),
        Paragraph(words("lead", count=len(trace.needs)), style="lead"),
        KeyFigures(tuple(_figures(words, trace))),
        *_open_musts(words, trace),
        *_specification(words, trace),
        *_trace_findings(words, trace),
    )


def _figures(words: Words, trace: RequirementTrace) -> Iterator[KeyFigure]:
    for obligation in OBLIGATIONS:
        needs = [one for one in trace.needs if one.requirement.obligation == obligation]
        answered = sum(bool(one.tasks) for one in needs)
        yield KeyFigure(
            words.locale.whole(len(needs)),
            _obligation(words, obligation),
            words("figures.answered", count=answered),
        )


def _obligation(words: Words, obligation: str) -> str:
    return words(f"obligations.{obligation}")


def _open_musts(words: Words, trace: RequirementTrace) -> Iterator[Block]:
    if trace.unanswered:
        yield Callout(
            words("musts.text", count=len(trace.unanswered), ids=words.join(trace.unanswered)),
            title=words("musts.title"),
            tone="danger",
        )


def _specification(words: Words, trace: RequirementTrace) -> Iterator[Block]:
    """A table for each obligation, its rows under the entities they are about."""
    for obligation, groups in groupby(trace.groups, key=lambda group: group.obligation):
        title = words("specification_title", obligation=_obligation(words, obligation))
        yield Heading(2, title)
        yield Paragraph(_meaning(words, obligation), keep_with_next=True)
        yield Table(
            header=tuple(words(f"columns.{name}") for name in COLUMNS),
            rows=tuple(_rows(words, groups)),
            widths=(2, 6, 3.6, 4.6, 1.8),
            caption=words("caption", obligation=_obligation(words, obligation)),
        )


def _meaning(words: Words, obligation: str) -> str:
    guide = words.report.papers.guide
    return guide.obligation[obligation].meaning if guide else words(f"meanings.{obligation}")


def _rows(words: Words, groups: Iterable[RequirementGroup]) -> Iterator[tuple[str | Cell, ...]]:
    for group in groups:
        about = _named(words, group.entity) or words("no_entity")
        yield group_row(about, len(COLUMNS))
        for one in group.needs:
            yield _row(words, one)


def _row(words: Words, one: TracedRequirement) -> tuple[str, ...]:
    need = one.requirement
    contact = (
        _named(words, written)
        for written in (need.channel, need.moment, need.place, need.manner)
        if written
    )
    return (
        need.id,
        f"{need.shortage}\n{words('because', reason=need.reason)}",
        words.join(contact) or NO_VALUE,
        _answer(words, one),
        words(f"states.{need.state}"),
    )


def _answer(words: Words, one: TracedRequirement) -> str:
    lines = [words.coded(name) for name in one.tasks]
    if one.outside_plan:
        lines.append(words("outside_plan", ids=words.join(one.outside_plan)))
    known = {*words.report.definitions.framework.dimension}
    known |= {*words.report.definitions.planning_framework.dimension}
    dimensions = [words.short(name) for name in one.dimensions if name in known]
    if dimensions:
        lines.append(words("dimensions", names=words.join(dimensions)))
    return "\n".join(lines) or words("no_answer")


def _named(words: Words, written: str) -> str:
    """Give the title of an id of the guide; free words as they are."""
    guide = words.report.papers.guide
    return guide.choice[written].title if guide and written in guide.choice else written


def _trace_findings(words: Words, trace: RequirementTrace) -> Iterator[Block]:
    if trace.without_need:
        yield Heading(2, words("without_need.title"))
        yield Paragraph(words("without_need.text", count=len(trace.without_need)))
        yield BulletList(tuple(words.initiative(name) for name in trace.without_need))
    if trace.unknown:
        yield Callout(words("unknown", ids=words.join(trace.unknown)), tone="warning")
