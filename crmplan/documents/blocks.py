"""What a document can contain, as values: headings, text, tables, charts and the page itself.

Content code builds a sequence of blocks; it never sees XML, a style id or a page. Texts are
plain: nothing in them is markup, so what a user typed appears as typed. A newline in a text is a
line break. Colours are roles of :mod:`crmplan.documents.colours` ("current", "target",
"level-2" …) or six hexadecimal digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from crmplan.documents.errors import BlockError

Align: TypeAlias = Literal["start", "center", "end"]
Tone: TypeAlias = Literal["info", "success", "warning", "danger"]
ParagraphStyle: TypeAlias = Literal["body", "lead", "note", "quote"]
ChartKind: TypeAlias = Literal[
    "radar", "bar", "column", "line", "stacked_bar", "stacked_column"
]
BarStyle: TypeAlias = Literal["normal", "critical", "milestone", "phase"]
WORD_MAX_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with its own look.

    ``link`` is the bookmark of a block, or an address that begins with http:, https: or mailto:.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A live reference: "Figure 3", "Table 2" or a heading's number.

    ``show`` "text" gives the heading's words instead of its number, "page" the page (known only
    after a layout pass). A heading without number is always shown by its words.
    """

    bookmark: str
    show: Literal["label", "text", "page"] = "label"


Inline: TypeAlias = Span | CrossReference
Text: TypeAlias = str | tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, numbered by the document's multilevel list; level 1 to 4."""

    level: int
    text: str
    bookmark: str | None = None
    numbered: bool = True
    page_break_before: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise BlockError("Heading", f"level {self.level} is not between 1 and 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; "lead" opens a chapter, "note" is small print such as a source."""

    text: Text
    style: ParagraphStyle = "body"
    bookmark: str | None = None
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items behind bullets; ``level`` 0 is the outer one, 1 the inner."""

    items: tuple[Text, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items behind numbers that begin again at 1."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A message that stands out; the title says what the tone means."""

    text: Text
    title: str = ""
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``None`` for align means the column's, for fill no shading."""

    text: Text = ""
    align: Align | None = None
    fill: str | None = None
    span: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated header row; rows never split across pages.

    ``widths`` are shares of the text width, one per column; ``alignments`` one per column or
    empty for all "start". ``note`` is small print below, ``alt`` describes the table to a reader
    who cannot see it (the caption is its title).
    """

    header: tuple[Text | Cell, ...]
    rows: tuple[tuple[Text | Cell, ...], ...]
    widths: tuple[float, ...] = ()
    alignments: tuple[Align, ...] = ()
    caption: str = ""
    bookmark: str | None = None
    alt: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        columns = self.columns
        if not 1 <= columns <= WORD_MAX_COLUMNS:
            raise BlockError("Table", f"Word takes 1 to {WORD_MAX_COLUMNS} columns, not {columns}")
        for name, given in (("widths", self.widths), ("alignments", self.alignments)):
            if given and len(given) != columns:
                raise BlockError("Table", f"{len(given)} {name} for {columns} columns")
        for number, row in enumerate(self.rows, 1):
            if (found := columns_of(row)) != columns:
                raise BlockError("Table", f"row {number} fills {found} of {columns} columns")

    @property
    def columns(self) -> int:
        """The number of columns."""
        return columns_of(self.header)


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
    ``number_format`` is an Excel format. An empty ``alt`` is written from the numbers;
    ``height_cm`` ``None`` fits the number of categories.
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


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """What follows is on landscape pages, until Portrait."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What follows is on portrait pages again."""


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """The contents, filled and live; page numbers appear after a layout pass."""

    levels: int = 2


@dataclass(frozen=True, slots=True)
class ListOfCaptions:
    """A list of the figures or tables with their captions, filled and live."""

    kind: Literal["figure", "table"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page; empty texts leave no trace. A firm's template brings its own."""

    title: str
    subtitle: str = ""
    client: str = ""
    date: str = ""
    author: str = ""
    version: str = ""
    confidentiality: str = ""


Block: TypeAlias = (
    Heading | Paragraph | BulletList | NumberedList | Callout | Table | Chart | Picture | Gantt
    | SwotGrid | KeyFigures | PageBreak | Landscape | Portrait | TableOfContents
    | ListOfCaptions | Cover
)


def columns_of(row: tuple[Text | Cell, ...]) -> int:
    """The number of columns that a row fills."""
    return sum(cell.span if isinstance(cell, Cell) else 1 for cell in row)
