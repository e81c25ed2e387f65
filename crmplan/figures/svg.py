"""A canvas that writes SVG and mirrors itself for right-to-left languages."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape as escape_markup
from typing import TYPE_CHECKING, Literal

from crmplan.figures.figure import Figure
from crmplan.figures.palette import INK, PAPER
from crmplan.figures.text import isolated

if TYPE_CHECKING:
    from crmplan.figures.style import FigureStyle

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

_OPPOSITE: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


class Canvas:
    """Collects shapes in reading coordinates: x grows from the side where a line starts.

    In Persian the canvas turns x around when it writes, so that drawings are made once. Only
    presentation attributes are used: the rasteriser knows no CSS variables.
    """

    def __init__(self, width: float, height: float, style: FigureStyle) -> None:
        self.width = width
        self.height = height
        self.style = style
        self._parts: list[str] = []
        self._smallest = math.inf

    def rect(self, x: float, y: float, width: float, height: float, **look: str | float) -> None:
        """Add a rectangle; `look` holds SVG attributes with `_` for `-`."""
        left = self.width - x - width if self.style.is_rtl else x
        self._parts.append(
            f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            f"{_attributes(look)}/>"
        )

    def polygon(self, points: Sequence[Point], **look: str | float) -> None:
        """Add a closed shape."""
        pairs = " ".join(f"{_n(self._x(x))},{_n(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{pairs}"{_attributes(look)}/>')

    def circle(self, centre: Point, radius: float, **look: str | float) -> None:
        """Add a circle."""
        x, y = centre
        self._parts.append(
            f'<circle cx="{_n(self._x(x))}" cy="{_n(y)}" r="{_n(radius)}"{_attributes(look)}/>'
        )

    def line(self, points: Sequence[Point], *, radius: float = 0, **look: str | float) -> None:
        """Add an open line through the points, its corners rounded."""
        self.lines([points], radius=radius, **look)

    def lines(
        self, lines: Sequence[Sequence[Point]], *, radius: float = 0, **look: str | float
    ) -> None:
        """Add several lines as one shape, so that what they share is painted once."""
        path = "".join(self._path(points, radius) for points in lines)
        self._parts.append(f'<path d="{path}" fill="none"{_attributes(look)}/>')

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float,
        anchor: Anchor = "start",
        bold: bool = False,
        fill: str = INK,
        prose: bool = False,
    ) -> None:
        """Add one line of text.

        Args:
            x: where the anchor is.
            baseline: y of the foot of the letters.
            text: the line; nothing is drawn for an empty one.
            size: of the letters.
            anchor: in reading direction.
            bold: the weight.
            fill: the colour.
            prose: the line is part of a sentence and runs in the direction of the language, even
                if it holds only digits and signs.
        """
        if not text:
            return
        self._smallest = min(self._smallest, size)
        side = _OPPOSITE[anchor] if self.style.is_rtl else anchor
        look: dict[str, str | float] = {}
        if side != "start":
            look["text_anchor"] = side
        if bold:
            look["font_weight"] = 700
        self._parts.append(
            f'<text x="{_n(self._x(x))}" y="{_n(baseline)}" font-size="{_n(size)}" fill="{fill}"'
            f"{_attributes(look)}>{_escape(isolated(text, self.style, prose=prose))}</text>"
        )

    @contextmanager
    def group(self, title: str = "", **look: str | float) -> Iterator[None]:
        """Put what is added inside into a group with a title that browsers show."""
        self._parts.append(f"<g{_attributes(look)}>")
        if title:
            self._parts.append(f"<title>{_escape(isolated(title, self.style))}</title>")
        yield
        self._parts.append("</g>")

    def finish(self, *, title: str, description: str) -> Figure:
        """Close the drawing.

        Args:
            title: a few words, read out first.
            description: what the drawing says, for those who cannot see it.
        """
        body = "".join(self._parts)
        # Several figures share one page, so their ids must differ; a hash is the same every run.
        uid = "f" + hashlib.sha256((title + body).encode()).hexdigest()[:10]
        width, height = math.ceil(self.width), math.ceil(self.height)
        smallest = 0.0 if self._smallest == math.inf else self._smallest
        svg = _head(uid, width, height, self.style) + _words(uid, title, description)
        svg += f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{body}</svg>'
        return Figure(svg, width, height, smallest, title, description)

    def _x(self, x: float) -> float:
        return self.width - x if self.style.is_rtl else x

    def _path(self, points: Sequence[Point], radius: float) -> str:
        turned = [(self._x(x), y) for x, y in points]
        commands = [f"M{_pair(turned[0])}"]
        for before, corner, after in zip(turned, turned[1:], turned[2:], strict=False):
            reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
            entry, leaving = _towards(corner, before, reach), _towards(corner, after, reach)
            commands.append(f"L{_pair(entry)}Q{_pair(corner)} {_pair(leaving)}")
        return "".join([*commands, f"L{_pair(turned[-1])}"])


def _head(uid: str, width: int, height: int, style: FigureStyle) -> str:
    # The page around may be right to left, which would turn text-anchor around once more.
    families = ", ".join(f"'{family}'" for family in style.families)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="{uid}-t {uid}-d" '
        f'direction="ltr" style="direction:ltr" xml:lang="{style.language}" '
        f'font-family="{families}, sans-serif">'
    )


def _words(uid: str, title: str, description: str) -> str:
    return (
        f'<title id="{uid}-t">{_escape(title)}</title>'
        f'<desc id="{uid}-d">{_escape(description)}</desc>'
    )


def _escape(text: str) -> str:
    """Text that is safe in XML: control characters, which no parser accepts, become spaces."""
    return escape_markup("".join(c if c.isprintable() or ord(c) > 0x9F else " " for c in text))


def _attributes(look: Mapping[str, str | float]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"' for name, value in look.items()
    )


def _value(value: str | float) -> str:
    return _escape(value) if isinstance(value, str) else _n(value)


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end)
    if not length:
        return start
    share = distance / length
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _pair(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
