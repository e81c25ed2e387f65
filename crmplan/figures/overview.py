"""The whole plan on one page: a column per phase, a chip with the code per task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmplan.figures.columns import Gaps
from crmplan.figures.graph_marks import (
    CRITICAL_WIDTH,
    NORMAL_WIDTH,
    draw_edges,
    hexagon,
)
from crmplan.figures.layout import Arrangement, Extent, Layout, Spacing, arrange, lay_out
from crmplan.figures.legend import ROW_HEIGHT, LegendItem, draw_legend, legend_rows
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
from crmplan.figures.text import width, wrap

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure
    from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
    from crmplan.figures.style import FigureStyle

# 640 units stand for 16 cm, so 8.5 units are 6 points; 840 units are 21 cm.
CANVAS_WIDTH = 640.0
_CANVAS_HEIGHT = 840.0

_MARGIN = 2.0
_TITLE_FONT = 11.0
_TITLE_LINE = 14.0
_BAR = 3.0
_LEGEND_GAP = 10.0


@dataclass(frozen=True, slots=True)
class _Size:
    """Letters of the chips, and how roomy rows are."""

    font: float
    air: float
    chip: float

    @property
    def arrow(self) -> float:
        """Length of an arrow head."""
        return self.font * 0.5

    @property
    def chip_height(self) -> float:
        return self.font * self.chip


# From the most comfortable to the smallest that still prints with 6 points.
_SIZES = (
    _Size(12.0, 1.8, 1.7),
    _Size(11.0, 1.4, 1.65),
    _Size(10.5, 1.2, 1.6),
    _Size(10.0, 1.0, 1.55),
    _Size(9.5, 0.85, 1.45),
    _Size(9.0, 0.7, 1.4),
    _Size(8.8, 0.6, 1.35),
    _Size(8.6, 0.45, 1.3),
)
_MOST_AIR = 1.6
# Tasks wait a little for their phase: fewer links side by side than with 0, shorter than with 1.
_PATIENCE = 0.4


@dataclass(frozen=True, slots=True)
class _Plan:
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    lanes: tuple[Lane, ...]
    style: FigureStyle

    @property
    def lane_of(self) -> dict[str, int]:
        position = {lane.id: number for number, lane in enumerate(self.lanes)}
        return {node.id: position[node.lane] for node in self.nodes}

    @property
    def links(self) -> dict[tuple[str, str], bool]:
        """Pairs of ids, and whether they are critical."""
        return {(edge.source, edge.target): edge.is_critical for edge in self.edges}

    @property
    def critical(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for pair, is_critical in self.links.items() if is_critical)

    def chip_width(self, size: _Size) -> float:
        widths = (width(n.code, size.font, self.style, bold=True) for n in self.nodes)
        return max(widths, default=0.0) + size.font * 1.3


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
        A figure for 16 cm × 21 cm. The letters are as large as the page allows; plans with more
        than about 35 levels get a taller figure whose text prints smaller than 6 points: look at
        `is_readable`.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    plan = _Plan(tuple(nodes), tuple(edges), tuple(lanes), style)
    header = _header_height(plan)
    items = legend_rows(_legend_items(plan, labels), CANVAS_WIDTH - 2 * _MARGIN, style)
    footer = _LEGEND_GAP + ROW_HEIGHT * len(items)
    size, layout = _best_layout(plan, _CANVAS_HEIGHT - header - footer)
    canvas = Canvas(layout.width + 2 * _MARGIN, header + layout.height + footer, style)
    origin = (_MARGIN, header)
    _draw_lanes(canvas, plan, layout, header)
    draw_edges(canvas, layout, plan.critical, origin=origin, arrow=size.arrow)
    for node in plan.nodes:
        x, y = layout.centres[node.id]
        _draw_chip(canvas, node, (x + origin[0], y + origin[1]), plan, size)
    draw_legend(canvas, items, (_MARGIN, header + layout.height + _LEGEND_GAP))
    return canvas.finish(title=labels.title, description=_description(plan, labels))


def _best_layout(plan: _Plan, height: float) -> tuple[_Size, Layout]:
    """The largest letters that fit; if none do, what comes nearest."""
    tries = []
    for capacity in _capacities(len(plan.lanes)):
        arrangement = _arrange(plan, capacity)
        for size in _SIZES:
            layout = _lay_out(plan, arrangement, size)
            room = CANVAS_WIDTH - 2 * _MARGIN
            shrunk = min(1.0, (room + 0.1) / layout.width, height / layout.height)
            tries.append((shrunk == 1.0, size.font * shrunk, size, layout, arrangement))
            if shrunk == 1.0:
                break
    fits, _, size, layout, arrangement = max(tries, key=lambda one: one[:2])
    return _aired(plan, arrangement, size, layout, height) if fits else (size, layout)


def _aired(
    plan: _Plan, arrangement: Arrangement, size: _Size, layout: Layout, height: float
) -> tuple[_Size, Layout]:
    """Spread the rows over the height that is left; heights grow linearly with the air."""
    tried = _lay_out(plan, arrangement, replace(size, air=size.air + 0.1))
    growth = (tried.height - layout.height) / 0.1
    if growth <= 0:
        return size, layout
    air = min(size.air + (height - layout.height) / growth, max(size.air, _MOST_AIR))
    roomy = replace(size, air=air)
    final = _lay_out(plan, arrangement, roomy)
    return (roomy, final) if final.height <= height + 1 else (size, layout)


def _arrange(plan: _Plan, capacity: int) -> Arrangement:
    return arrange(
        [node.id for node in plan.nodes],
        plan.links,
        plan.lane_of,
        capacity=capacity,
        urgent=plan.critical,
        patience=_PATIENCE,
    )


def _capacities(lane_count: int) -> tuple[int, ...]:
    """Chips of one lane side by side, to be tried."""
    widest = max(2, 14 // lane_count)
    return (widest, max(1, widest - 1))


def _lay_out(plan: _Plan, arrangement: Arrangement, size: _Size) -> Layout:
    half = size.chip_height / 2
    return lay_out(
        arrangement,
        {node.id: Extent(half, half) for node in plan.nodes},
        lane_count=len(plan.lanes),
        box_width=plan.chip_width(size),
        spacing=_spacing(size),
        width=CANVAS_WIDTH - 2 * _MARGIN,
    )


def _spacing(size: _Size) -> Spacing:
    return Spacing(
        gaps=Gaps(between_boxes=8.0, between_bends=5.0, beside_box=6.0),
        port_step=6.0,
        channel_top=4.0 * size.air,
        channel_bottom=3.0 * size.air + size.arrow,
        track_step=0.9 + 2.6 * min(size.air, 1.5),
        lane_padding=8.0,
        lane_gap=5.0,
    )


def _header_height(plan: _Plan) -> float:
    lines = max(len(_title_lines(plan, lane, CANVAS_WIDTH)) for lane in plan.lanes)
    return _BAR + 10 + _TITLE_LINE * lines + 6


def _title_lines(plan: _Plan, lane: Lane, room: float) -> tuple[str, ...]:
    limit = room / len(plan.lanes) - 18
    return wrap(lane.title, limit, _TITLE_FONT, plan.style, bold=True, max_lines=3)


def _draw_lanes(canvas: Canvas, plan: _Plan, layout: Layout, header: float) -> None:
    bottom = header + layout.height + 8
    for number, (lane, (start, end)) in enumerate(zip(plan.lanes, layout.lanes, strict=True)):
        x, wide = start + _MARGIN, end - start
        canvas.rect(x, 0, wide, bottom, rx=3, fill=PANEL)
        canvas.rect(x, 0, wide, _BAR, fill=lane_colour(number))
        lines = _title_lines(plan, lane, CANVAS_WIDTH)
        for line_number, line in enumerate(lines):
            baseline = _BAR + 16 + line_number * _TITLE_LINE
            canvas.text(
                x + wide / 2, baseline, line, size=_TITLE_FONT, anchor="middle", bold=True
            )


def _draw_chip(
    canvas: Canvas, node: GraphNode, centre: Point, plan: _Plan, size: _Size
) -> None:
    wide, high = plan.chip_width(size), size.chip_height
    x, y = centre[0] - wide / 2, centre[1] - high / 2
    fill, stroke, ink = _chip_colours(node, plan)
    kind = "task critical" if node.is_critical else "task"
    with canvas.group(f"{node.code} {node.name}", class_=kind, data_id=node.id):
        look = {"fill": fill, "stroke": stroke, "stroke_width": 1.1}
        if node.is_milestone:
            canvas.polygon(hexagon(x - 2, y, wide + 4, high), **look)
        else:
            canvas.rect(x, y, wide, high, rx=3, **look)
        bold = node.is_critical or node.is_milestone
        baseline = centre[1] + size.font * 0.36
        canvas.text(
            centre[0], baseline, node.code, size=size.font, anchor="middle", bold=bold, fill=ink
        )


def _chip_colours(node: GraphNode, plan: _Plan) -> tuple[str, str, str]:
    if node.is_critical:
        return CRITICAL, CRITICAL, PAPER
    if node.is_milestone:
        return GATE, GATE, PAPER
    return PAPER, lane_colour(plan.lane_of[node.id]), INK


def _legend_items(plan: _Plan, labels: GraphLabels) -> list[LegendItem]:
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


def _description(plan: _Plan, labels: GraphLabels) -> str:
    codes = [node.code for node in plan.nodes if node.is_critical]
    return f"{labels.critical}: {', '.join(codes)}" if codes else labels.title
