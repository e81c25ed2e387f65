"""The layered layout: tasks in lanes and rows, links as right-angled lines.

No link passes through a box: verticals have their own places in each row, horizontals run in the
channels between rows. Made in two steps, because the sizes of boxes may depend on the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.channels import assign_tracks
from crmplan.figures.columns import Gaps, Measures, place_columns, row_widths
from crmplan.figures.layering import assign_rows
from crmplan.figures.layers import Layers, build_layers
from crmplan.figures.ordering import Rows, order_rows
from crmplan.figures.ports import port_offsets
from crmplan.figures.separation import separate_ends

if TYPE_CHECKING:
    from crmplan.figures.channels import Channel
    from crmplan.figures.columns import Span
    from crmplan.figures.layers import Bundle
    from crmplan.figures.svg import Point

Edge = tuple[str, str]

# Moving one port can make another pair meet; after three turns what is left is rare and harmless.
_SEPARATIONS = 3


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who stands in which row, in which order."""

    ids: tuple[str, ...]
    layers: Layers
    rows: Rows


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a box reaches above and below the middle line of its row."""

    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Spacing:
    """Free room, in px.

    Attributes:
        gaps: between neighbours in a row.
        port_step: between two ports on one box edge.
        channel_top: between boxes and the first track below them.
        channel_bottom: between the last track and the boxes; holds the arrow head.
        track_step: between two tracks.
        lane_padding: at both sides inside a lane.
        lane_gap: between lanes.
    """

    gaps: Gaps
    port_step: float
    channel_top: float
    channel_bottom: float
    track_step: float
    lane_padding: float
    lane_gap: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is; x in reading direction, from 0, y downwards, from 0.

    Attributes:
        centres: the point of each task on the middle line of its row.
        routes: corner points of each edge, from the box above to the box below.
        bundles: edges of one bundle may share parts of their routes.
        lanes: start and end of each lane.
        width: of all lanes.
        height: from the top of the highest box to the bottom of the lowest.
    """

    centres: Mapping[str, Point]
    routes: Mapping[Edge, tuple[Point, ...]]
    bundles: Mapping[Edge, Bundle]
    lanes: tuple[Span, ...]
    width: float
    height: float


def arrange(
    ids: Sequence[str],
    edges: Collection[Edge],
    lane_of: Mapping[str, int],
    *,
    capacity: int,
    urgent: Collection[Edge] = (),
    patience: float = 0.0,
) -> Arrangement:
    """Put tasks into rows and order the rows.

    Args:
        ids: of the tasks, each once.
        edges: pairs of ids, each once.
        lane_of: position of the lane of each task, from 0.
        capacity: tasks of one lane in one row.
        urgent: edges of the critical path; they come first and stay straight.
        patience: see `assign_rows`.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    urgent_tasks = {one for edge in urgent for one in edge}
    rows = assign_rows(
        ids, edges, lane_of, capacity=capacity, urgent=urgent_tasks, patience=patience
    )
    layers = build_layers(ids, edges, rows, lane_of, urgent=urgent)
    return Arrangement(tuple(ids), layers, order_rows(layers))


def needed_width(
    arrangement: Arrangement, lane_count: int, box_width: float, spacing: Spacing
) -> float:
    """The width of all lanes when each is just wide enough."""
    needs = _lane_needs(arrangement, lane_count, box_width, spacing)
    return sum(needs) + spacing.lane_gap * (lane_count - 1)


def lay_out(
    arrangement: Arrangement,
    extents: Mapping[str, Extent],
    *,
    lane_count: int,
    box_width: float,
    spacing: Spacing,
    width: float,
) -> Layout:
    """Give every task a place and every edge a route.

    Args:
        arrangement: rows.
        extents: height of each task's box.
        lane_count: lanes side by side; a lane may be empty.
        box_width: the same for all.
        spacing: free room.
        width: lanes are widened to fill it; where it is too small the layout is wider.
    """
    layers, rows = arrangement.layers, arrangement.rows
    lanes = _lane_spans(_lane_needs(arrangement, lane_count, box_width, spacing), spacing, width)
    inner = {
        number: (start + spacing.lane_padding, end - spacing.lane_padding)
        for number, (start, end) in enumerate(lanes)
    }
    ports = port_offsets(layers, rows, box_width=box_width, step=spacing.port_step)
    x = place_columns(layers, rows, ports, inner, Measures(box_width, spacing.gaps))
    ends = [
        (x[link.upper] + top, x[link.lower] + bottom)
        for link, (top, bottom) in zip(layers.links, ports, strict=True)
    ]
    channels = assign_tracks(layers, ends)
    for _ in range(_SEPARATIONS):
        ends = separate_ends(layers, ends, channels, spacing.port_step / 2)
        channels = assign_tracks(layers, ends)
    heights = _Heights(arrangement, extents, channels, spacing)
    return Layout(
        centres={
            one: (x[number], heights.middle[layers.row_of[number]])
            for number, one in enumerate(arrangement.ids)
        },
        routes={
            edge: _route(edge, [(layers.links[n].bundle, ends[n]) for n in path], heights)
            for edge, path in layers.paths.items()
        },
        bundles={edge: layers.links[path[0]].bundle for edge, path in layers.paths.items()},
        lanes=lanes,
        width=lanes[-1][1] if lanes else 0.0,
        height=heights.total,
    )


def _lane_needs(
    arrangement: Arrangement, lane_count: int, box_width: float, spacing: Spacing
) -> list[float]:
    widths = row_widths(arrangement.layers, arrangement.rows, Measures(box_width, spacing.gaps))
    return [widths.get(lane, box_width) + 2 * spacing.lane_padding for lane in range(lane_count)]


def _lane_spans(needs: Sequence[float], spacing: Spacing, width: float) -> tuple[Span, ...]:
    """Lanes of equal width where that is possible; crowded ones take more."""
    room = max(width - spacing.lane_gap * (len(needs) - 1), sum(needs))
    widths = dict(enumerate(needs))
    flexible = set(widths)
    while flexible:
        fixed = sum(need for lane, need in widths.items() if lane not in flexible)
        share = (room - fixed) / len(flexible)
        crowded = {lane for lane in flexible if needs[lane] > share}
        if not crowded:
            widths |= dict.fromkeys(flexible, share)
            break
        flexible -= crowded
    spans, start = [], 0.0
    for lane in range(len(needs)):
        spans.append((start, start + widths[lane]))
        start += widths[lane] + spacing.lane_gap
    return tuple(spans)


class _Heights:
    """The y of rows and tracks."""

    def __init__(
        self,
        arrangement: Arrangement,
        extents: Mapping[str, Extent],
        channels: Sequence[Channel],
        spacing: Spacing,
    ) -> None:
        self.extents, self.channels, self.spacing = extents, channels, spacing
        self.row_of = dict(zip(arrangement.ids, arrangement.layers.row_of, strict=False))
        rows = range(arrangement.layers.row_count)
        above = [max(self._of(row, "above"), default=0.0) for row in rows]
        below = [max(self._of(row, "below"), default=0.0) for row in rows]
        self.middle: list[float] = []
        self.first_track: list[float] = []
        y = 0.0
        for row in rows:
            self.middle.append(y + above[row])
            y += above[row] + below[row]
            self.first_track.append(y + spacing.channel_top)
            if row < len(channels):
                tracks = max(channels[row].track_count, 1)
                y += spacing.channel_top + spacing.channel_bottom
                y += (tracks - 1) * spacing.track_step
        self.total = y

    def _of(self, row: int, side: str) -> list[float]:
        return [getattr(self.extents[one], side) for one, r in self.row_of.items() if r == row]

    def track(self, row: int, bundle: Bundle) -> float:
        return self.first_track[row] + self.channels[row].track_of[bundle] * self.spacing.track_step


def _route(
    edge: Edge, pieces: Sequence[tuple[Bundle, tuple[float, float]]], heights: _Heights
) -> tuple[Point, ...]:
    source, target = edge
    row = heights.row_of[source]
    points = [(pieces[0][1][0], heights.middle[row] + heights.extents[source].below)]
    for number, (bundle, (top, bottom)) in enumerate(pieces):
        if top != bottom:
            y = heights.track(row + number, bundle)
            points += [(top, y), (bottom, y)]
    end = heights.middle[heights.row_of[target]] - heights.extents[target].above
    return (*points, (pieces[-1][1][1], end))
