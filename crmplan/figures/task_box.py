"""The box of one task: earliest dates on top, code and name, latest dates below.

Source: the activity-on-node box of the precedence diagram; Fondahl (1961), A non-computer approach
to the critical path method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.figures.graph_marks import diamond
from crmplan.figures.palette import (
    CRITICAL,
    CRITICAL_TINT,
    GATE,
    HAIRLINE,
    INK,
    INK_SOFT,
    PANEL_EDGE,
    PAPER,
    blend,
)
from crmplan.figures.text import width, wrap

if TYPE_CHECKING:
    from crmplan.figures.graph import GraphNode
    from crmplan.figures.style import FigureStyle
    from crmplan.figures.svg import Anchor, Canvas, Point

FIELD_FONT = 8.6
FIELD_HEIGHT = 14.0

_NAME_FONT = 9.6
_NAME_LINE = 12.4
_NAME_PADDING = 4.0
_SIDE = 6.0
_MOST_LINES = 3
_CODE_GAP = 5.0
_DIAMOND = 4.0
_TAG_FONT = 8.6
_TAG_LINE = 11.5
_TAG_PADDING = 2.5
_TAG_SIGN = 9.0
_FIELD_GAP = 7.0


@dataclass(frozen=True, slots=True)
class TaskBox:
    """A task and the codes of its neighbours outside the figure."""

    node: GraphNode
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxSize:
    """The size that all boxes of a figure share, and how their text breaks in it."""

    width: float
    name_lines: int
    style: FigureStyle

    @property
    def core_height(self) -> float:
        """Height of the box without tags."""
        return 2 * FIELD_HEIGHT + self.name_lines * _NAME_LINE + 2 * _NAME_PADDING

    def above(self, box: TaskBox) -> float:
        """From the middle of the box to the top of its tag, or of the box."""
        return self.core_height / 2 + self.tag_height(box.before)

    def below(self, box: TaskBox) -> float:
        """From the middle of the box to the bottom of its tag, or of the box."""
        return self.core_height / 2 + self.tag_height(box.after)

    def tag_lines(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The codes of a tag in lines; none if there are no codes."""
        if not codes:
            return ()
        room = self.width - 2 * _SIDE - _TAG_SIGN - 8
        return wrap("  ".join(codes), room, _TAG_FONT, self.style)

    def tag_height(self, codes: Sequence[str]) -> float:
        """Height of a tag with these codes; 0 without any."""
        lines = len(self.tag_lines(codes))
        return lines * _TAG_LINE + 2 * _TAG_PADDING if lines else 0.0


def box_size(boxes: Sequence[TaskBox], wished: float, style: FigureStyle) -> BoxSize:
    """A size near the wished width in which dates and the longest name have room."""
    needed = max((_fields_width(box.node, style) for box in boxes), default=0.0)
    wide = max(wished, needed)
    lines = max((len(_name_lines(box.node, wide, style)) for box in boxes), default=1)
    return BoxSize(wide, lines, style)


def draw_task_box(canvas: Canvas, box: TaskBox, centre: Point, size: BoxSize, colour: str) -> None:
    """Draw a box around its middle, with tags above and below."""
    node = box.node
    x, y = centre[0] - size.width / 2, centre[1] - size.core_height / 2
    kind = "task critical" if node.is_critical else "task"
    with canvas.group(f"{node.code} {node.name}", class_=kind, data_id=node.id):
        top = y - size.tag_height(box.before)
        _draw_tag(canvas, box.before, (x, top), size, colour, is_above=True)
        _draw_tag(canvas, box.after, (x, y + size.core_height), size, colour, is_above=False)
        draw_frame(canvas, node, (x, y), size, colour)
        _draw_fields(canvas, node, (x, y), size)
        _draw_name(canvas, node, (x, y + FIELD_HEIGHT + _NAME_PADDING), size)


def draw_frame(canvas: Canvas, node: GraphNode, corner: Point, size: BoxSize, colour: str) -> None:
    """Draw outline and inner lines; milestones have cut corners and a double line."""
    x, y = corner
    wide, high = size.width, size.core_height
    stroke = CRITICAL if node.is_critical else GATE if node.is_milestone else colour
    band = CRITICAL_TINT if node.is_critical else blend(PAPER, colour, 0.06)
    outline = _cut_corners(x, y, wide, high, 7 if node.is_milestone else 2)
    canvas.polygon(outline, fill=band)
    canvas.rect(x, y + FIELD_HEIGHT, wide, high - 2 * FIELD_HEIGHT, fill=PAPER)
    for line in (y + FIELD_HEIGHT, y + high - FIELD_HEIGHT):
        canvas.line([(x, line), (x + wide, line)], stroke=HAIRLINE, stroke_width=0.8)
    thickness = 2.4 if node.is_critical else 1.2
    canvas.polygon(outline, fill="none", stroke=stroke, stroke_width=thickness)


def _cut_corners(x: float, y: float, wide: float, high: float, cut: float) -> list[Point]:
    return [
        (x + cut, y),
        (x + wide - cut, y),
        (x + wide, y + cut),
        (x + wide, y + high - cut),
        (x + wide - cut, y + high),
        (x + cut, y + high),
        (x, y + high - cut),
        (x, y + cut),
    ]


def _draw_fields(canvas: Canvas, node: GraphNode, corner: Point, size: BoxSize) -> None:
    top = (node.early_start, node.duration, node.early_finish)
    bottom = (node.late_start, node.slack, node.late_finish)
    draw_field_row(canvas, top, corner, size.width, bold_middle=False)
    low = (corner[0], corner[1] + size.core_height - FIELD_HEIGHT)
    draw_field_row(canvas, bottom, low, size.width, bold_middle=node.is_critical)


def draw_field_row(
    canvas: Canvas,
    fields: tuple[str, str, str],
    corner: Point,
    wide: float,
    *,
    bold_middle: bool,
) -> None:
    """Three texts: at the start, in the middle, at the end."""
    x, y = corner
    baseline = y + FIELD_HEIGHT / 2 + FIELD_FONT * 0.36
    start, middle, end = fields
    places: tuple[tuple[float, str, Anchor, bool], ...] = (
        (x + _SIDE, start, "start", False),
        (x + wide / 2, middle, "middle", bold_middle),
        (x + wide - _SIDE, end, "end", False),
    )
    for place, text, anchor, bold in places:
        canvas.text(place, baseline, text, size=FIELD_FONT, anchor=anchor, bold=bold, fill=INK_SOFT)


def _draw_name(canvas: Canvas, node: GraphNode, corner: Point, size: BoxSize) -> None:
    x, y = corner[0] + _SIDE, corner[1]
    lines = _name_lines(node, size.width, size.style)
    y += (size.name_lines - len(lines)) * _NAME_LINE / 2 + _NAME_FONT
    if node.is_milestone:
        sign = CRITICAL if node.is_critical else GATE
        canvas.polygon(diamond((x + _DIAMOND, y - _NAME_FONT * 0.36), _DIAMOND), fill=sign)
    code_start = x + (2 * _DIAMOND + 3 if node.is_milestone else 0)
    code_colour = CRITICAL if node.is_critical else INK
    canvas.text(code_start, y, node.code, size=_NAME_FONT, bold=True, fill=code_colour)
    for number, line in enumerate(lines):
        indent = _code_width(node, size.style) if number == 0 else 0
        baseline = y + number * _NAME_LINE
        canvas.text(x + indent, baseline, line, size=_NAME_FONT, bold=node.is_critical, prose=True)


def _draw_tag(
    canvas: Canvas,
    codes: Sequence[str],
    corner: Point,
    size: BoxSize,
    colour: str,
    *,
    is_above: bool,
) -> None:
    lines = size.tag_lines(codes)
    if not lines:
        return
    x, y = corner
    high = size.tag_height(codes)
    edge = blend(PAPER, colour, 0.45)
    canvas.rect(
        x + 5, y, size.width - 10, high, rx=2, fill=PANEL_EDGE, stroke=edge, stroke_width=0.8
    )
    draw_tag_sign(canvas, (x + _SIDE + 4, y + high / 2), is_above=is_above)
    for number, line in enumerate(lines):
        baseline = y + _TAG_PADDING + _TAG_LINE * (number + 0.5) + _TAG_FONT * 0.36
        canvas.text(x + _SIDE + 4 + _TAG_SIGN, baseline, line, size=_TAG_FONT, fill=INK_SOFT)


def draw_tag_sign(canvas: Canvas, start: Point, *, is_above: bool) -> None:
    """A small triangle: links come in from above, or go out below."""
    x, y = start
    canvas.polygon([(x, y - 2.5), (x + 6, y - 2.5), (x + 3, y + 2.5)], fill=INK_SOFT)
    bar = y - 4.5 if is_above else y + 4.0
    canvas.line([(x, bar), (x + 6, bar)], stroke=INK_SOFT, stroke_width=1)


def _name_lines(node: GraphNode, wide: float, style: FigureStyle) -> tuple[str, ...]:
    return wrap(
        node.name,
        wide - 2 * _SIDE,
        _NAME_FONT,
        style,
        bold=node.is_critical,
        max_lines=_MOST_LINES,
        first_indent=_code_width(node, style),
    )


def _code_width(node: GraphNode, style: FigureStyle) -> float:
    sign = 2 * _DIAMOND + 3 if node.is_milestone else 0
    return sign + width(node.code, _NAME_FONT, style, bold=True) + _CODE_GAP


def _fields_width(node: GraphNode, style: FigureStyle) -> float:
    """Width that both rows of fields need with the middle one in the middle."""
    rows = (
        (node.early_start, node.duration, node.early_finish),
        (node.late_start, node.slack, node.late_finish),
    )
    return max(_row_width(row, style) for row in rows)


def _row_width(row: tuple[str, str, str], style: FigureStyle) -> float:
    start, middle, end = (width(text, FIELD_FONT, style, bold=True) for text in row)
    return 2 * (_SIDE + max(start, end) + _FIELD_GAP) + middle
