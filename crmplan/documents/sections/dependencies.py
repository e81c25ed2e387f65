"""Dependency graphs: an overview in phase lanes, one figure a phase, and the critical path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from crmplan.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Span,
    Table,
)
from crmplan.documents.network_findings import Findings
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.tracing import place
from crmplan.figures.figure import is_readable, printed_width_cm
from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
from crmplan.figures.overview import draw_overview
from crmplan.figures.palette import lane_colour
from crmplan.figures.phase import draw_phase
from crmplan.figures.raster import raster
from crmplan.figures.style import FigureStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.figures.figure import Figure
    from crmplan.planning.scheduling import ScheduledTask

OVERVIEW = "dependencies"


def network(words: Words) -> tuple[Block, ...]:
    """The overview and the table of the critical path."""
    plan = words.report.plan
    figure, caption = overview(words)
    says = words.referring(
        "network.says",
        OVERVIEW,
        tasks=words.locale.whole(len(plan.workplan.tasks)),
        links=words.locale.whole(len(plan.workplan.links)),
        critical=words.locale.whole(len(plan.schedule.critical)),
        days=words("working_days", count=plan.schedule.length_days),
    )
    return (
        Heading(1, words("network.title"), page_break_before=True),
        Paragraph(words("network.lead"), style="lead"),
        Paragraph(says),
        Heading(2, words("network.critical_title")),
        Paragraph(words("network.critical_lead"), keep_with_next=True),
        _critical_says(words),
        _critical(words),
        *_findings(words),
        _picture(figure, caption, OVERVIEW, figure.description),
    )


def _findings(words: Words) -> Iterator[Block]:
    """Say which dates are missed, by which chain, and what is nearly critical."""
    found = Findings(words)
    for line in (*found.missed(), *found.negative(), *found.near()):
        yield Paragraph(line)


def overview(words: Words) -> tuple[Figure, str]:
    """Draw all tasks, or as many as can be read on one page.

    Links that follow from others are not drawn. Left out first are activities that initiatives
    carry out, then all standing activities but the gates; what waited for them then waits for what
    they waited for.
    """
    kinds = ("initiative", "gate", "activity", "covered")
    for count in (4, 3, 2):
        shown = {one.id for one in words.report.plan.workplan.tasks if one.kind in kinds[:count]}
        figure = draw_overview(
            [node for node in nodes(words) if node.id in shown],
            _edges_between(words, shown),
            lanes(words),
            labels=_labels(words),
            style=style(words),
        )
        if is_readable(figure):
            break
    caption = words(("network.caption_main", "network.caption_own", "network.caption")[count - 2])
    return figure, caption


def _edges_between(words: Words, shown: set[str]) -> list[GraphEdge]:
    """Give the links of the shown tasks that do not follow from others.

    A hidden task passes its links on to its neighbours.
    """
    graph = words.report.plan.workplan.graph.copy()
    for hidden in [one for one in graph if one not in shown]:
        pairs = [(a, b) for a in graph.predecessors(hidden) for b in graph.successors(hidden)]
        graph.add_edges_from(pairs)
        graph.remove_node(hidden)
    reduced = nx.transitive_reduction(graph)
    return [_edge(words, before, after) for before, after in sorted(reduced.edges)]


def phase_drawings(words: Words, phase_id: str) -> tuple[Figure, ...]:
    """Draw a phase, in parts if it is too large for one page."""
    lane = next(one for one in lanes(words) if one.id == phase_id)
    return draw_phase(
        nodes(words),
        edges(words),
        lane,
        labels=_labels(words),
        style=style(words),
        colour=lane_colour(lanes(words).index(lane)),
    )


def phase_figures(words: Words, phase_id: str) -> Iterator[Block]:
    """The figure of a phase, or its parts, each with its caption."""
    figures = phase_drawings(words, phase_id)
    caption = words("phase.figure_caption", phase=words.phase(phase_id))
    for number, figure in enumerate(figures, start=1):
        bookmark = f"{OVERVIEW}.{phase_id}.{number}"
        if number > 1:
            yield says(words, "part", bookmark)
        yield _picture(
            figure,
            caption if len(figures) == 1 else _part(words, caption, number, len(figures)),
            bookmark,
            figure.description,
        )


def _part(words: Words, caption: str, number: int, parts: int) -> str:
    return words(
        "phase.figure_part",
        caption=caption,
        part=words.locale.whole(number),
        parts=words.locale.whole(parts),
    )


def _picture(figure: Figure, caption: str, bookmark: str, alt: str) -> Block:
    """Print as wide as the page, or narrower so that the height fits."""
    width = printed_width_cm(figure)
    return Picture(
        png=raster(figure, width_cm=width),
        width_cm=width,
        caption=caption,
        alt=alt,
        bookmark=bookmark,
    )


def style(words: Words) -> FigureStyle:
    """The look of figures in the language of the document."""
    return FigureStyle(words.locale.language, words.locale.digits)


def lanes(words: Words) -> tuple[Lane, ...]:
    """The phases, in order."""
    return tuple(
        Lane(phase.id, phase.short) for phase in words.report.definitions.phase_model.phases
    )


def nodes(words: Words) -> tuple[GraphNode, ...]:
    """All tasks with dates and floats, as text."""
    return tuple(_node(words, one) for one in words.report.plan.schedule.tasks)


def _node(words: Words, one: ScheduledTask) -> GraphNode:
    whole, days, times = words.locale.whole, words.locale.days, one.times
    return GraphNode(
        id=one.task.id,
        code=one.task.code,
        name=words.task(one.task.id),
        lane=one.task.phase,
        is_critical=one.is_critical,
        is_milestone=one.task.kind == "gate",
        early_start=days(times.early_start),
        duration=whole(one.task.duration_days),
        early_finish=days(times.early_finish),
        late_start=days(times.late_start),
        slack=days(times.total_float),
        late_finish=days(times.late_finish),
    )


def edges(words: Words) -> tuple[GraphEdge, ...]:
    """All links; a link is critical if it drives a critical task out of another."""
    links = words.report.plan.workplan.links
    return tuple(_edge(words, link.before, link.after) for link in links)


def _edge(words: Words, before: str, after: str) -> GraphEdge:
    first, then = (words.report.plan.schedule.by_id[one] for one in (before, after))
    follows = before in then.times.driven_by
    return GraphEdge(before, after, first.is_critical and then.is_critical and follows)


def _labels(words: Words) -> GraphLabels:
    names = (
        "title",
        "critical",
        "dependency",
        "milestone",
        "other_phase",
        "code",
        "name",
        "early_start",
        "duration",
        "early_finish",
        "late_start",
        "slack",
        "late_finish",
    )
    return GraphLabels(**{name: words(f"graph.{name}") for name in names})


def _critical_says(words: Words) -> Block:
    critical = words.report.plan.schedule.critical
    longest = max(critical, key=lambda one: one.task.duration_days)
    return says(
        words,
        "critical",
        "critical-path",
        count=len(critical),
        task=words.coded(longest.task.id),
        days=words("working_days", count=longest.task.duration_days),
    )


def _critical(words: Words) -> Block:
    names = ("code", "task", "phase", "lead", "when", "days")
    phases = words.report.definitions.phase_model.phase
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                (Span(one.task.code, link=place("t", one.task.id)),),
                words.task(one.task.id),
                phases[one.task.phase].short,
                words.role(one.task.lead),
                words.dates(one.start, one.finish),
                words.locale.whole(one.task.duration_days),
            )
            for one in words.report.plan.schedule.critical
        ),
        widths=(1.3, 5.6, 2.6, 3, 2, 1.2),
        alignments=("start", "start", "start", "start", "start", "end"),
        caption=words("network.critical_caption"),
        bookmark="critical-path",
    )
