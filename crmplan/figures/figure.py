"""A finished drawing, and how small its text becomes on paper."""

from __future__ import annotations

from dataclasses import dataclass

PAGE_WIDTH_CM = 16.0
PAGE_HEIGHT_CM = 22.0
SMALLEST_READABLE_POINTS = 6.0

_POINTS_PER_CM = 72 / 2.54


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG text.

    Attributes:
        svg: one `<svg>` element that can stand in a page or in a file of its own.
        width: of the view box, in its units (px).
        height: of the view box, in px.
        smallest_font: size of the smallest text in it, in px.
        title: the same words as in the `<title>` element.
        description: what the drawing says, in words; the alternative text.
    """

    svg: str
    width: int
    height: int
    smallest_font: float
    title: str
    description: str


def printed_width_cm(
    figure: Figure, *, width_cm: float = PAGE_WIDTH_CM, height_cm: float = PAGE_HEIGHT_CM
) -> float:
    """How wide a figure can be printed so that neither side outgrows the text area."""
    return min(width_cm, height_cm * figure.width / figure.height)


def smallest_text_points(figure: Figure, width_cm: float) -> float:
    """The size of the smallest text in points when the figure is printed this wide."""
    return figure.smallest_font * width_cm * _POINTS_PER_CM / figure.width


def is_readable(figure: Figure) -> bool:
    """Whether every text keeps 6 points or more on a portrait A4 page."""
    points = smallest_text_points(figure, printed_width_cm(figure))
    return points >= SMALLEST_READABLE_POINTS
