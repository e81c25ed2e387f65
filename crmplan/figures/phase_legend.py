"""The key of a phase figure: an empty box with the names of its fields, and the signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.graph import GraphNode
from crmplan.figures.graph_marks import CRITICAL_WIDTH, NORMAL_WIDTH, diamond
from crmplan.figures.legend import ROW_HEIGHT, LegendItem, draw_legend, legend_rows
from crmplan.figures.palette import CRITICAL, GATE, LINE, PANEL_EDGE
from crmplan.figures.task_box import (
    BoxSize,
    TaskBox,
    box_size,
    draw_tag_sign,
    draw_task_box,
)

if TYPE_CHECKING:
    from crmplan.figures.graph import GraphLabels
    from crmplan.figures.style import FigureStyle
    from crmplan.figures.svg import Canvas, Point

_KEY_WIDTH = 190.0
_BETWEEN = 24.0


@dataclass(frozen=True, slots=True)
class PhaseLegend:
    """A measured legend."""

    key: TaskBox
    key_size: BoxSize
    rows: tuple[tuple[LegendItem, ...], ...]

    @property
    def height(self) -> float:
        """Of key and signs, which stand side by side."""
        return max(self.key_size.core_height + 2, ROW_HEIGHT * len(self.rows))


def phase_legend(
    nodes: Sequence[GraphNode],
    boxes: Sequence[TaskBox],
    labels: GraphLabels,
    style: FigureStyle,
    limit: float,
) -> PhaseLegend:
    """Measure the legend for those signs that the figure shows."""
    key = TaskBox(_key_node(labels))
    size = box_size([key], _KEY_WIDTH, style)
    items = [LegendItem(labels.dependency, 26, _link_sign)]
    if any(node.is_critical for node in nodes):
        items.insert(0, LegendItem(labels.critical, 26, _critical_sign))
    if any(node.is_milestone for node in nodes):
        items.append(LegendItem(labels.milestone, 10, _milestone_sign))
    if any(box.before or box.after for box in boxes):
        items.append(LegendItem(labels.other_phase, 30, _tag_sign))
    rows = legend_rows(items, limit - size.width - _BETWEEN, style)
    return PhaseLegend(key, size, rows)


def draw_phase_legend(canvas: Canvas, legend: PhaseLegend, origin: Point, colour: str) -> None:
    """Draw the key at the start and the signs beside it."""
    x, y = origin
    size = legend.key_size
    middle = y + size.core_height / 2 + 1
    draw_task_box(canvas, legend.key, (x + size.width / 2 + 2, middle), size, colour)
    start = middle - ROW_HEIGHT * len(legend.rows) / 2
    draw_legend(canvas, legend.rows, (x + size.width + _BETWEEN, start))


def _key_node(labels: GraphLabels) -> GraphNode:
    return GraphNode(
        id="",
        code=labels.code,
        name=labels.name,
        lane="",
        early_start=labels.early_start,
        duration=labels.duration,
        early_finish=labels.early_finish,
        late_start=labels.late_start,
        slack=labels.slack,
        late_finish=labels.late_finish,
    )


def _critical_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.line([(x, y), (x + 26, y)], stroke=CRITICAL, stroke_width=CRITICAL_WIDTH)


def _link_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.line([(x, y), (x + 26, y)], stroke=LINE, stroke_width=NORMAL_WIDTH)


def _milestone_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.polygon(diamond((x + 5, y), 5), fill=GATE)


def _tag_sign(canvas: Canvas, start: Point) -> None:
    x, y = start
    canvas.rect(x, y - 7, 30, 14, rx=3, fill=PANEL_EDGE)
    draw_tag_sign(canvas, (x + 4, y), is_above=True)
    draw_tag_sign(canvas, (x + 19, y), is_above=False)
