"""The whole plan on one page: a column per phase, a chip with the code per task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crmplan.figures.graph_marks import (
    CRITICAL_WIDTH,
    NORMAL_WIDTH,
    draw_edges,
    hexagon,
)
from crmplan.figures.legend import ROW_HEIGHT, LegendItem, draw_legend, legend_rows
from crmplan.figures.overview_layout import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    MARGIN,
    ChipSize,
    OverviewPlan,
    best_layout,
)
from crmplan.figures.palette import (
    CRITICAL,
    GATE,
    INK,
    LINE,
    PANEL,
    PAPER,
    lane_colour,
)
from crmplan.figures.svg import Canvas, Point
from crmplan.figures.text import wrap

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure
    from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
    from crmplan.figures.layout import Layout
    from crmplan.figures.style import FigureStyle

_TITLE_FONT = 11.0
_TITLE_LINE = 14.0
_BAR = 3.0
_LEGEND_GAP = 10.0


def draw_overview(
    nodes: Sequence[GraphNode],
    edges: Sequence[GraphEdge],
    lanes: Sequence[Lane],
    *,
    labels: GraphLabels,
    style: FigureStyle,
) -> Figure:
    """Draw all tasks of a plan as chips in phase columns, rows by dependency level.

    Args:
        nodes: the tasks; every lane id is one of the lanes.
        edges: links between these tasks; a link given twice is drawn once.
        lanes: phases in order of time; a lane may be empty, there is at least one.
        labels: words of the legend.
        style: language.

    Returns:
        A figure for 16 cm by 21 cm. The letters are as large as the page allows; plans with more
        than about 35 levels get a taller figure whose text prints smaller than 6 points: look at
        `is_readable`.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    plan = OverviewPlan(tuple(nodes), tuple(edges), tuple(lanes), style)
    header = _header_height(plan)
    items = legend_rows(_legend_items(plan, labels), CANVAS_WIDTH - 2 * MARGIN, style)
    footer = _LEGEND_GAP + ROW_HEIGHT * len(items)
    size, layout = best_layout(plan, CANVAS_HEIGHT - header - footer)
    canvas = Canvas(layout.width + 2 * MARGIN, header + layout.height + footer, style)
    origin = (MARGIN, header)
    _draw_lanes(canvas, plan, layout, header)
    draw_edges(canvas, layout, plan.critical, origin=origin, arrow=size.arrow)
    for node in plan.nodes:
        x, y = layout.centres[node.id]
        _draw_chip(canvas, node, (x + origin[0], y + origin[1]), plan, size)
    draw_legend(canvas, items, (MARGIN, header + layout.height + _LEGEND_GAP))
    return canvas.finish(title=labels.title, description=_description(plan, labels))


def _header_height(plan: OverviewPlan) -> float:
    lines = max(len(_title_lines(plan, lane, CANVAS_WIDTH)) for lane in plan.lanes)
    return _BAR + 10 + _TITLE_LINE * lines + 6


def _title_lines(plan: OverviewPlan, lane: Lane, room: float) -> tuple[str, ...]:
    limit = room / len(plan.lanes) - 18
    return wrap(lane.title, limit, _TITLE_FONT, plan.style, bold=True, max_lines=3)


def _draw_lanes(canvas: Canvas, plan: OverviewPlan, layout: Layout, header: float) -> None:
    bottom = header + layout.height + 8
    for number, (lane, (start, end)) in enumerate(zip(plan.lanes, layout.lanes, strict=True)):
        x, wide = start + MARGIN, end - start
        canvas.rect(x, 0, wide, bottom, rx=3, fill=PANEL)
        canvas.rect(x, 0, wide, _BAR, fill=lane_colour(number))
        lines = _title_lines(plan, lane, CANVAS_WIDTH)
        for line_number, line in enumerate(lines):
            baseline = _BAR + 16 + line_number * _TITLE_LINE
            canvas.text(
                x + wide / 2,
                baseline,
                line,
                size=_TITLE_FONT,
                anchor="middle",
                bold=True,
                prose=True,
            )


def _draw_chip(
    canvas: Canvas, node: GraphNode, centre: Point, plan: OverviewPlan, size: ChipSize
) -> None:
    wide, high = plan.chip_width(size), size.chip_height
    x, y = centre[0] - wide / 2, centre[1] - high / 2
    fill, stroke, ink = _chip_colours(node, plan)
    kind = "task critical" if node.is_critical else "task"
    with canvas.group(f"{node.code} {node.name}", class_=kind, data_id=node.id):
        look: dict[str, str | float] = {"fill": fill, "stroke": stroke, "stroke_width": 1.1}
        if node.is_milestone:
            canvas.polygon(hexagon(x - 2, y, wide + 4, high), **look)
        else:
            canvas.rect(x, y, wide, high, rx=3, **look)
        bold = node.is_critical or node.is_milestone
        baseline = centre[1] + size.font * 0.36
        canvas.text(
            centre[0], baseline, node.code, size=size.font, anchor="middle", bold=bold, fill=ink
        )


def _chip_colours(node: GraphNode, plan: OverviewPlan) -> tuple[str, str, str]:
    if node.is_critical:
        return CRITICAL, CRITICAL, PAPER
    if node.is_milestone:
        return GATE, GATE, PAPER
    return PAPER, lane_colour(plan.lane_of[node.id]), INK


def _legend_items(plan: OverviewPlan, labels: GraphLabels) -> list[LegendItem]:
    items = []
    if any(node.is_critical for node in plan.nodes):
        items.append(LegendItem(labels.critical, 40, _critical_sign))
    if plan.edges:
        items.append(LegendItem(labels.dependency, 24, _link_sign))
    if any(node.is_milestone for node in plan.nodes):
        items.append(LegendItem(labels.milestone, 20, _milestone_sign))
    return items


def _critical_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.line([(x, y), (x + 40, y)], stroke=CRITICAL, stroke_width=CRITICAL_WIDTH)
    canvas.rect(x + 11, y - 5, 18, 10, rx=2.5, fill=CRITICAL)


def _link_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.line([(x, y), (x + 24, y)], stroke=LINE, stroke_width=NORMAL_WIDTH)


def _milestone_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.polygon(hexagon(x, y - 5, 20, 10), fill=GATE)


def _description(plan: OverviewPlan, labels: GraphLabels) -> str:
    codes = [node.code for node in plan.nodes if node.is_critical]
    return f"{labels.critical}: {', '.join(codes)}" if codes else labels.title
