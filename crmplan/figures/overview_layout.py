"""How large the chips of an overview can be, so that it fits on its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmplan.figures.columns import Gaps
from crmplan.figures.layout import (
    Arrangement,
    Extent,
    Layout,
    Spacing,
    arrange,
    lay_out,
    needed_width,
)
from crmplan.figures.text import width

if TYPE_CHECKING:
    from crmplan.figures.graph import GraphEdge, GraphNode, Lane
    from crmplan.figures.style import FigureStyle

# 640 units stand for 16 cm, so 8.5 units are 6 points; 840 units are 21 cm.
CANVAS_WIDTH = 640.0
CANVAS_HEIGHT = 840.0
MARGIN = 2.0


@dataclass(frozen=True, slots=True)
class ChipSize:
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
        """Height of a chip."""
        return self.font * self.chip


# From the most comfortable to the smallest that still prints with 6 points.
_SIZES = (
    ChipSize(12.0, 1.8, 1.7),
    ChipSize(11.0, 1.4, 1.65),
    ChipSize(10.5, 1.2, 1.6),
    ChipSize(10.0, 1.0, 1.55),
    ChipSize(9.5, 0.85, 1.45),
    ChipSize(9.0, 0.7, 1.4),
    ChipSize(8.8, 0.6, 1.35),
    ChipSize(8.6, 0.45, 1.3),
)
_MOST_AIR = 1.6
# Tasks wait a little for their phase: fewer links side by side than with 0, shorter than with 1.
_PATIENCE = 0.4


@dataclass(frozen=True, slots=True)
class OverviewPlan:
    """What an overview shows."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    lanes: tuple[Lane, ...]
    style: FigureStyle

    @property
    def lane_of(self) -> dict[str, int]:
        """Position of the lane of each task."""
        position = {lane.id: number for number, lane in enumerate(self.lanes)}
        return {node.id: position[node.lane] for node in self.nodes}

    @property
    def links(self) -> dict[tuple[str, str], bool]:
        """Pairs of ids, and whether they are critical."""
        return {(edge.source, edge.target): edge.is_critical for edge in self.edges}

    @property
    def critical(self) -> frozenset[tuple[str, str]]:
        """Pairs on the critical path."""
        return frozenset(pair for pair, is_critical in self.links.items() if is_critical)

    def chip_width(self, size: ChipSize) -> float:
        """One width for all chips, for the longest code."""
        widths = (width(n.code, size.font, self.style, bold=True) for n in self.nodes)
        return max(widths, default=0.0) + size.font * 1.3


def best_layout(plan: OverviewPlan, height: float) -> tuple[ChipSize, Layout]:
    """The largest letters that fit; if none do, what comes nearest."""
    tries = []
    for capacity in _capacities(len(plan.lanes)):
        arrangement = _arrange(plan, capacity)
        for size in _SIZES:
            if size != _SIZES[-1] and not _can_fit(plan, arrangement, size, height):
                continue
            layout = _lay_out(plan, arrangement, size)
            room = CANVAS_WIDTH - 2 * MARGIN
            shrunk = min(1.0, (room + 0.1) / layout.width, height / layout.height)
            tries.append((shrunk == 1.0, size.font * shrunk, size, layout, arrangement))
            if shrunk == 1.0:
                break
    fits, _, size, layout, arrangement = max(tries, key=lambda one: one[:2])
    return _aired(plan, arrangement, size, layout, height) if fits else (size, layout)


def _aired(
    plan: OverviewPlan, arrangement: Arrangement, size: ChipSize, layout: Layout, height: float
) -> tuple[ChipSize, Layout]:
    """Spread the rows over the height that is left; heights grow linearly with the air."""
    tried = _lay_out(plan, arrangement, replace(size, air=size.air + 0.1))
    growth = (tried.height - layout.height) / 0.1
    if growth <= 0:
        return size, layout
    air = min(size.air + (height - layout.height) / growth, max(size.air, _MOST_AIR))
    roomy = replace(size, air=air)
    final = _lay_out(plan, arrangement, roomy)
    return (roomy, final) if final.height <= height + 1 else (size, layout)


def _can_fit(plan: OverviewPlan, arrangement: Arrangement, size: ChipSize, height: float) -> bool:
    """Whether rows without side-by-side links would fit; a quick look before the real layout."""
    rows, spacing = arrangement.layers.row_count, _spacing(size)
    channel = spacing.channel_top + spacing.channel_bottom
    wide = needed_width(arrangement, len(plan.lanes), plan.chip_width(size), spacing)
    is_low = rows * size.chip_height + (rows - 1) * channel <= height
    return is_low and wide <= CANVAS_WIDTH - 2 * MARGIN


def _arrange(plan: OverviewPlan, capacity: int) -> Arrangement:
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


def _lay_out(plan: OverviewPlan, arrangement: Arrangement, size: ChipSize) -> Layout:
    half = size.chip_height / 2
    return lay_out(
        arrangement,
        {node.id: Extent(half, half) for node in plan.nodes},
        lane_count=len(plan.lanes),
        box_width=plan.chip_width(size),
        spacing=_spacing(size),
        width=CANVAS_WIDTH - 2 * MARGIN,
    )


def _spacing(size: ChipSize) -> Spacing:
    return Spacing(
        gaps=Gaps(between_boxes=8.0, between_bends=5.0, beside_box=6.0),
        port_step=6.0,
        channel_top=4.0 * size.air,
        channel_bottom=3.0 * size.air + size.arrow,
        track_step=0.9 + 2.6 * min(size.air, 1.5),
        lane_padding=8.0,
        lane_gap=5.0,
    )
