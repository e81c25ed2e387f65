"""Dependency graphs: an overview in phase lanes, one figure a phase, and the critical path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, CrossReference, Heading, Paragraph, Picture, Span, Table
from crmplan.figures.overview import draw_overview
from crmplan.figures.palette import lane_colour
from crmplan.figures.phase import draw_phase
from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
from crmplan.figures.raster import raster
from crmplan.figures.style import FigureStyle

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.figures.figure import Figure
    from crmplan.planning.scheduling import ScheduledTask

WIDTH_CM = 16.0
HEIGHT_CM = 18.6
OVERVIEW = "dependencies"


def network(words: Words) -> tuple[Block, ...]:
    """The overview and the table of the critical path."""
    plan = words.report.plan
    figure = draw_overview(
        nodes(words), edges(words), lanes(words), labels=_labels(words), style=style(words)
    )
    says = words(
        "network.says",
        tasks=words.locale.whole(len(plan.workplan.tasks)),
        links=words.locale.whole(len(plan.workplan.links)),
        critical=words.locale.whole(len(plan.schedule.critical)),
        days=words("working_days", count=plan.schedule.length_days),
    )
    return (
        Heading(1, words("network.title"), page_break_before=True),
        Paragraph(words("network.lead")),
        _picture(words, figure, words("network.caption"), OVERVIEW, says),
        Paragraph((CrossReference(OVERVIEW), Span(f" – {says}"))),
        Heading(2, words("network.critical_title")),
        Paragraph(words("network.critical_lead")),
        _critical(words),
    )


def phase_figures(words: Words, phase_id: str) -> tuple[Block, ...]:
    """The figure of a phase, or its parts if it is too large for one page."""
    lane = next(one for one in lanes(words) if one.id == phase_id)
    figures = draw_phase(
        nodes(words),
        edges(words),
        lane,
        labels=_labels(words),
        style=style(words),
        colour=lane_colour(lanes(words).index(lane)),
    )
    caption = words("phase.figure_caption", phase=words.phase(phase_id))
    return tuple(
        _picture(
            words,
            figure,
            caption if len(figures) == 1 else _part(words, caption, number, len(figures)),
            f"dependencies.{phase_id}.{number}",
            caption,
        )
        for number, figure in enumerate(figures, start=1)
    )


def _part(words: Words, caption: str, number: int, parts: int) -> str:
    return words(
        "phase.figure_part",
        caption=caption,
        part=words.locale.whole(number),
        parts=words.locale.whole(parts),
    )


def _picture(words: Words, figure: Figure, caption: str, bookmark: str, alt: str) -> Block:
    """Print as wide as the page, or narrower so that the height fits."""
    width = min(WIDTH_CM, HEIGHT_CM * figure.width / figure.height)
    return Picture(
        png=raster(figure, width_cm=width), width_cm=width, caption=caption, alt=alt, bookmark=bookmark
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
    whole, times = words.locale.whole, one.times
    return GraphNode(
        id=one.task.id,
        code=one.task.code,
        name=words.task(one.task.id),
        lane=one.task.phase,
        is_critical=one.is_critical,
        is_milestone=one.task.kind == "gate",
        early_start=whole(times.early_start),
        duration=whole(one.task.duration_days),
        early_finish=whole(times.early_finish),
        late_start=whole(times.late_start),
        slack=whole(times.total_float),
        late_finish=whole(times.late_finish),
    )


def edges(words: Words) -> tuple[GraphEdge, ...]:
    """All links; a link is critical if it drives a critical task out of another."""
    scheduled = words.report.plan.schedule.by_id
    return tuple(
        GraphEdge(
            link.before,
            link.after,
            scheduled[link.before].is_critical
            and scheduled[link.after].is_critical
            and link.before in scheduled[link.after].times.driven_by,
        )
        for link in words.report.plan.workplan.links
    )


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


def _critical(words: Words) -> Block:
    names = ("code", "task", "phase", "lead", "start", "finish", "days")
    phases = words.report.definitions.phase_model.phase
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                one.task.code,
                words.task(one.task.id),
                phases[one.task.phase].short,
                words.role(one.task.lead),
                words.locale.short_date(one.start),
                words.locale.short_date(one.finish),
                words.locale.whole(one.task.duration_days),
            )
            for one in words.report.plan.schedule.critical
        ),
        widths=(1.3, 4.6, 2.5, 2.7, 2.1, 2.1, 1.1),
        alignments=("start", "start", "start", "start", "end", "end", "end"),
        caption=words("network.critical_caption"),
        bookmark="critical-path",
    )
