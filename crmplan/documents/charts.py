"""Native charts: a chart part and the small workbook behind "Edit data".

Source of the structure: ISO/IEC 29500-1, part 21.2 (DrawingML charts). Right-to-left charts are
mirrored by the order of the axes; their digits are ASCII, drawn by a font with Persian digits.
Labels have a number format with the Persian numeral shape, which brings the Persian decimal
separator in LibreOffice; Word takes the separator of the system. Such numbers keep their order
only in a left-to-right paragraph: see the style "Figure".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from crmplan.documents.blocks import Chart, Series
from crmplan.documents.colours import ink_on, paint, theme_name
from crmplan.documents.package import pack
from crmplan.documents.settings import as_typed
from crmplan.documents.sources import fill_chart, read_source
from crmplan.documents.text import scrub
from crmplan.documents.typography import Typography

_WORKBOOK = {
    "[Content_Types].xml": "charts/workbook_content_types.xml",
    "_rels/.rels": "charts/workbook_package.rels.xml",
    "xl/workbook.xml": "charts/workbook.xml",
    "xl/_rels/workbook.xml.rels": "charts/workbook.rels.xml",
}
_SHAPES: dict[str, Literal["radar", "line", "bar", "col"]] = {
    "radar": "radar",
    "line": "line",
    "bar": "bar",
    "stacked_bar": "bar",
    "column": "col",
    "stacked_column": "col",
}

# Of Excel's number formats: numeral shape 3 (Persian) of the language 0429 (Persian).
_PERSIAN_NUMERALS = "[$-3000429]"


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A series with its place in the sheet and its paint.

    From the second one on lines are dashed; the labels of the first line stand below it, those
    of the others above (``side``).
    """

    index: int
    name: str
    values: tuple[float | None, ...]
    column: str
    name_reference: str
    reference: str
    theme: str | None
    paint: str
    ink: str | None
    dashed: bool
    side: Literal["t", "b"]


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart with everything the XML needs and nothing to decide."""

    shape: Literal["radar", "line", "bar", "col"]
    stacked: bool
    categories: tuple[str, ...]
    category_reference: str
    series: tuple[DrawnSeries, ...]
    minimum: float | None
    maximum: float | None
    step: float | None
    format: str
    axis_format: str
    labels: bool
    gap: int
    type: Typography


def chart_parts(chart: Chart, type_: Typography) -> tuple[bytes, bytes]:
    """The chart part and its workbook; the chart expects the workbook as rId1."""
    drawn = _drawn(chart, type_)
    sheet = fill_chart("sheet.xml.j2", chart=drawn).encode()
    parts = {part: read_source(source).encode() for part, source in _WORKBOOK.items()}
    workbook = pack({**parts, "xl/worksheets/sheet1.xml": sheet})
    return fill_chart("chart.xml.j2", chart=drawn).encode(), workbook


def chart_height_cm(chart: Chart) -> float:
    """The height asked for, or one that gives every category room."""
    if chart.height_cm is not None:
        return chart.height_cm
    if _SHAPES[chart.kind] != "bar":
        return 9.5 if chart.kind == "radar" else 7.5
    bars = 1 if chart.kind == "stacked_bar" else len(chart.series)
    return min(20.0, 1.1 + len(chart.categories) * (0.2 + 0.28 * bars))


def spoken(chart: Chart, number: Callable[[str], str] = as_typed) -> str:
    """The chart as words, for readers who cannot see it: every number, after the caption.

    ``number`` writes "2.1" as the language does.
    """
    rows = []
    for position, category in enumerate(chart.categories):
        values = ((s.name, s.values[position]) for s in chart.series)
        told = ", ".join(
            f"{name} {number(f'{value:g}')}" for name, value in values if value is not None
        )
        rows.append(f"{category}: {told or '–'}")
    return "; ".join(([chart.caption] if chart.caption else []) + rows)


def _drawn(chart: Chart, type_: Typography) -> DrawnChart:
    last = len(chart.categories) + 1
    return DrawnChart(
        shape=_SHAPES[chart.kind],
        stacked=chart.kind.startswith("stacked"),
        categories=tuple(scrub(category) for category in chart.categories),
        category_reference=f"Sheet1!$A$2:$A${last}",
        series=tuple(
            _drawn_series(i, s, last, len(chart.series)) for i, s in enumerate(chart.series)
        ),
        minimum=chart.minimum,
        maximum=chart.maximum,
        step=chart.step,
        format=(_PERSIAN_NUMERALS if type_.rtl else "") + scrub(chart.number_format),
        axis_format="General",
        labels=chart.value_labels,
        gap=55 if len(chart.series) > 1 and not chart.kind.startswith("stacked") else 70,
        type=type_,
    )


def _drawn_series(index: int, series: Series, last: int, count: int) -> DrawnSeries:
    column = _column(index + 1)
    return DrawnSeries(
        index=index,
        name=scrub(series.name),
        values=series.values,
        column=column,
        name_reference=f"Sheet1!${column}$1",
        reference=f"Sheet1!${column}$2:${column}${last}",
        theme=theme_name(series.colour),
        paint=paint(series.colour),
        ink=ink_on(paint(series.colour)),
        dashed=index > 0,
        side="b" if index == 0 and count > 1 else "t",
    )


def _column(position: int) -> str:
    """The letters of a sheet column counted from 0: A to Z, then AA."""
    letters = ""
    while position >= 0:
        letters = chr(65 + position % 26) + letters
        position = position // 26 - 1
    return letters
