"""Blocks to look at: charts, pictures, time plans, the SWOT grid, key figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from crmplan.documents.text_blocks import WORD_MAX_COLUMNS, Text
from crmplan.errors import BlockError

ChartKind: TypeAlias = Literal["radar", "bar", "column", "line", "stacked_bar", "stacked_column"]
BarStyle: TypeAlias = Literal["normal", "critical", "milestone", "phase"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or colour of a chart; ``None`` where a category has no value."""

    name: str
    values: tuple[float | None, ...]
    colour: str = "accent1"


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart that stays editable in Word.

    ``minimum``, ``maximum`` and ``step`` scale the value axis; ``None`` lets Word choose.
    ``number_format`` is an Excel format; Persian charts write it with Persian digits. An empty
    ``alt`` is written from the numbers; ``height_cm`` ``None`` fits the number of categories.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str = ""
    bookmark: str | None = None
    alt: str = ""
    minimum: float | None = 0
    maximum: float | None = None
    step: float | None = None
    number_format: str = "0.0"
    value_labels: bool = True
    width_cm: float | None = None
    height_cm: float | None = None

    def __post_init__(self) -> None:
        if not self.categories or not self.series:
            raise BlockError("Chart", "it needs at least one category and one series")
        for series in self.series:
            if len(series.values) != len(self.categories):
                reason = f"{len(series.values)} values for {len(self.categories)} categories"
                raise BlockError("Chart", f"series {series.name}: {reason}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture; ``width_cm`` is cut down to the page, the height follows."""

    png: bytes
    width_cm: float
    caption: str = ""
    alt: str = ""
    bookmark: str | None = None


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One line of a Gantt table: a bar from column ``start`` to ``end``, both counted from 0.

    No ``start`` is a line without a bar; a milestone stands in ``end`` (or ``start``).
    """

    label: Text
    start: int | None = None
    end: int | None = None
    style: BarStyle = "normal"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """A time plan as a table: one column per week or month, mirrored in right-to-left documents.

    ``groups`` is an upper header row of (label, number of columns); ``columns`` may be empty
    strings where there is no room. ``legend`` explains the bar styles below the table.
    """

    columns: tuple[str, ...]
    rows: tuple[GanttRow, ...]
    groups: tuple[tuple[str, int], ...] = ()
    label_header: str = ""
    label_share: float = 0.28
    legend: tuple[tuple[BarStyle, str], ...] = ()
    caption: str = ""
    bookmark: str | None = None
    alt: str = ""

    def __post_init__(self) -> None:
        count = len(self.columns)
        if not 1 <= count < WORD_MAX_COLUMNS:
            raise BlockError("Gantt", f"Word takes 1 to 62 time columns, not {count}")
        if self.groups and sum(span for _, span in self.groups) != count:
            raise BlockError("Gantt", f"the groups do not cover the {count} columns")
        for row in self.rows:
            first = row.end if row.start is None else row.start
            last = row.start if row.end is None else row.end
            if first is not None and last is not None and not 0 <= first <= last < count:
                raise BlockError("Gantt", f"a bar from {first} to {last} in {count} columns")


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One field of a SWOT grid; ``empty`` is printed when there is no item."""

    title: str
    items: tuple[Text, ...]
    empty: str = "–"


@dataclass(frozen=True, slots=True)
class SwotGrid:
    """Strengths and weaknesses above, opportunities and threats below."""

    strengths: Quadrant
    weaknesses: Quadrant
    opportunities: Quadrant
    threats: Quadrant
    caption: str = ""
    bookmark: str | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What there is to know about one thing, below its heading: text, facts, and a small table.

    ``facts`` are pairs of label and value, two pairs a line; ``long_facts`` take a line each.
    ``title`` names the card for readers who cannot see it. The columns of the small table stand
    in ``header``; the first is the widest.
    """

    title: str
    text: Text
    facts: tuple[tuple[str, Text], ...] = ()
    long_facts: tuple[tuple[str, Text], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise BlockError("Card", f"{len(row)} cells for {len(self.header)} columns")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A big number with its label and an optional second line."""

    value: str
    label: str
    note: str = ""
    colour: str = "accent1"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of two to five big numbers."""

    figures: tuple[KeyFigure, ...]
