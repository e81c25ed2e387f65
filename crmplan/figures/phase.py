"""One phase in detail: a box per task with its dates, float and links to other phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.chunks import halves
from crmplan.figures.columns import Gaps
from crmplan.figures.figure import is_readable
from crmplan.figures.graph_marks import draw_edges
from crmplan.figures.layout import Arrangement, Extent, Layout, Spacing, arrange, lay_out
from crmplan.figures.palette import PANEL, lane_colour
from crmplan.figures.phase_legend import draw_phase_legend, phase_legend
from crmplan.figures.svg import Canvas
from crmplan.figures.task_box import BoxSize, TaskBox, box_size, draw_task_box

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure
    from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
    from crmplan.figures.style import FigureStyle

# 640 units stand for 16 cm, so 8.5 units are 6 points; 880 units are 22 cm.
_WIDTH = 640.0
_HEIGHT = 880.0

_WIDEST_BOX = 196.0
_NARROWEST_BOX = 108.0
_HEADER = 34.0
_PADDING = 14.0
_LEGEND_GAP = 12.0
_ARROW = 7.0
_SPACING = Spacing(
    gaps=Gaps(between_boxes=14.0, between_bends=8.0, beside_box=10.0),
    port_step=14.0,
    channel_top=9.0,
    channel_bottom=16.0,
    track_step=6.0,
    lane_padding=_PADDING,
    lane_gap=0.0,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """The tasks of one figure and what stands around them."""

    boxes: tuple[TaskBox, ...]
    edges: tuple[GraphEdge, ...]
    title: str
    colour: str


def draw_phase(
    nodes: Sequence[GraphNode],
    edges: Sequence[GraphEdge],
    lane: Lane,
    *,
    labels: GraphLabels,
    style: FigureStyle,
    colour: str | None = None,
) -> tuple[Figure, ...]:
    """Draw the tasks of one phase with their dates and links.

    Links to tasks outside the figure are small code tags above and below a box.

    Args:
        nodes: the tasks of the whole plan, so that tags know their codes.
        edges: links of the whole plan; those that touch no task of the phase are left out.
        lane: the phase.
        labels: words of the legend.
        style: language.
        colour: of the phase, as in the overview; None takes the first one.

    Returns:
        One figure, or several where one would print with less than 6 points on 16 cm by 22 cm;
        none if the phase has no tasks.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    mine = tuple(node for node in nodes if node.lane == lane.id)
    if not mine:
        return ()
    drawing = _Drawing(nodes, edges, lane, labels, style, colour or lane_colour(0))
    parts = drawing.readable_parts(mine)
    return tuple(
        drawing.draw(part, number, len(parts)) for number, part in enumerate(parts, start=1)
    )


class _Drawing:
    """What all figures of one phase have in common."""

    def __init__(
        self,
        nodes: Sequence[GraphNode],
        edges: Sequence[GraphEdge],
        lane: Lane,
        labels: GraphLabels,
        style: FigureStyle,
        colour: str,
    ) -> None:
        self.code = {node.id: node.code for node in nodes}
        self.edges = tuple({(edge.source, edge.target): edge for edge in edges}.values())
        self.lane, self.labels, self.style, self.colour = lane, labels, style, colour

    def readable_parts(self, nodes: tuple[GraphNode, ...]) -> tuple[tuple[GraphNode, ...], ...]:
        """Cut the phase in two until each part is readable; one task is never cut."""
        if len(nodes) == 1 or is_readable(self.draw(nodes, 1, 2)):
            return (nodes,)
        first, second = halves(nodes, self._inner_edges(nodes))
        return self.readable_parts(first) + self.readable_parts(second)

    def draw(self, nodes: tuple[GraphNode, ...], number: int, count: int) -> Figure:
        """Draw one figure of several."""
        title = self.lane.title
        if count > 1:
            title = f"{title} ({self.style.digits(f'{number}/{count}')})"
        edges = self._inner_edges(nodes)
        part = _Part(self._boxes(nodes), edges, title, self.colour)
        return _draw_part(part, self.labels, self.style)

    def _inner_edges(self, nodes: Sequence[GraphNode]) -> tuple[GraphEdge, ...]:
        ids = {node.id for node in nodes}
        return tuple(edge for edge in self.edges if edge.source in ids and edge.target in ids)

    def _boxes(self, nodes: Sequence[GraphNode]) -> tuple[TaskBox, ...]:
        ids = {node.id for node in nodes}
        before: dict[str, list[str]] = {node.id: [] for node in nodes}
        after: dict[str, list[str]] = {node.id: [] for node in nodes}
        for edge in self.edges:
            if edge.target in ids and edge.source not in ids:
                before[edge.target].append(self.code[edge.source])
            if edge.source in ids and edge.target not in ids:
                after[edge.source].append(self.code[edge.target])
        return tuple(TaskBox(n, tuple(before[n.id]), tuple(after[n.id])) for n in nodes)


def _draw_part(part: _Part, labels: GraphLabels, style: FigureStyle) -> Figure:
    layout, size = _best_layout(part, style)
    legend = phase_legend([box.node for box in part.boxes], part.boxes, labels, style, _WIDTH)
    panel = _HEADER + layout.height + _PADDING
    canvas = Canvas(max(layout.width, _WIDTH), panel + _LEGEND_GAP + legend.height, style)
    canvas.rect(0, 0, canvas.width, panel, rx=4, fill=PANEL)
    canvas.rect(0, 0, canvas.width, 3, fill=part.colour)
    canvas.text(_PADDING, 22, part.title, size=12.5, bold=True, prose=True)
    critical = {(edge.source, edge.target) for edge in part.edges if edge.is_critical}
    draw_edges(canvas, layout, critical, origin=(0, _HEADER), arrow=_ARROW)
    for box in part.boxes:
        x, y = layout.centres[box.node.id]
        draw_task_box(canvas, box, (x, y + _HEADER), size, part.colour)
    draw_phase_legend(canvas, legend, (0, panel + _LEGEND_GAP), part.colour)
    return canvas.finish(
        title=f"{labels.title}: {part.title}", description=_description(part, labels)
    )


def _best_layout(part: _Part, style: FigureStyle) -> tuple[Layout, BoxSize]:
    """Boxes as wide as possible, as long as the figure stays on the page."""
    tries = []
    for capacity in (3, 4, 5):
        layout, size = _lay_out(part, capacity, style)
        scale = min(1.0, _WIDTH / layout.width, (_HEIGHT - 110) / layout.height)
        tries.append((scale, layout, size))
        if scale == 1.0:
            break
    best = max(tries, key=lambda one: one[0])
    return best[1], best[2]


def _lay_out(part: _Part, capacity: int, style: FigureStyle) -> tuple[Layout, BoxSize]:
    nodes = [box.node for box in part.boxes]
    arrangement = arrange(
        [node.id for node in nodes],
        [(edge.source, edge.target) for edge in part.edges],
        {node.id: 0 for node in nodes},
        capacity=capacity,
        urgent=[(edge.source, edge.target) for edge in part.edges if edge.is_critical],
    )
    size = box_size(part.boxes, _box_width(arrangement), style)
    extents: Mapping[str, Extent] = {
        box.node.id: Extent(size.above(box), size.below(box)) for box in part.boxes
    }
    layout = lay_out(
        arrangement, extents, lane_count=1, box_width=size.width, spacing=_SPACING, width=_WIDTH
    )
    return layout, size


def _box_width(arrangement: Arrangement) -> float:
    """The width that fills the fullest row, within limits."""
    gaps = _SPACING.gaps
    widths = []
    for row in arrangement.rows:
        boxes = sum(arrangement.layers.is_task(element) for element in row)
        bends = len(row) - boxes
        free = _WIDTH - 2 * _PADDING - bends * (gaps.beside_box + gaps.between_bends)
        free -= gaps.between_boxes * max(boxes - 1, 0)
        widths.append(free / max(boxes, 1))
    return min(max(min(widths), _NARROWEST_BOX), _WIDEST_BOX)


def _description(part: _Part, labels: GraphLabels) -> str:
    tasks = "; ".join(f"{box.node.code} {box.node.name}" for box in part.boxes)
    critical = ", ".join(box.node.code for box in part.boxes if box.node.is_critical)
    return f"{tasks}. {labels.critical}: {critical}" if critical else tasks
