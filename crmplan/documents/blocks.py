"""What a document can contain, as values: headings, text, tables, charts and the page itself.

Content code builds a sequence of blocks; it never sees XML, a style id or a page. Texts are
plain: nothing in them is markup, so what a user typed appears as typed. A newline in a text is a
line break. Colours are roles of :mod:`crmplan.documents.colours` ("current", "target",
"level-2" …) or six hexadecimal digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from crmplan.documents.figure_blocks import (
    BarStyle,
    Card,
    Chart,
    ChartKind,
    Gantt,
    GanttRow,
    KeyFigure,
    KeyFigures,
    Picture,
    Quadrant,
    Series,
    SwotGrid,
)
from crmplan.documents.text_blocks import (
    Align,
    BulletList,
    Callout,
    CalloutPair,
    Cell,
    CrossReference,
    FormField,
    Heading,
    Inline,
    NumberedList,
    Paragraph,
    ParagraphStyle,
    Span,
    Table,
    Text,
    Tone,
    columns_of,
)

__all__ = [
    "Align",
    "BarStyle",
    "Block",
    "BulletList",
    "Callout",
    "CalloutPair",
    "Card",
    "Cell",
    "Chart",
    "ChartKind",
    "Cover",
    "CrossReference",
    "FormField",
    "Gantt",
    "GanttRow",
    "Heading",
    "Inline",
    "KeyFigure",
    "KeyFigures",
    "Landscape",
    "ListOfCaptions",
    "NumberedList",
    "PageBreak",
    "Paragraph",
    "ParagraphStyle",
    "Part",
    "Picture",
    "Portrait",
    "Quadrant",
    "Region",
    "RegionEnd",
    "Series",
    "Span",
    "SwotGrid",
    "Table",
    "TableOfContents",
    "Text",
    "Tone",
    "columns_of",
]


@dataclass(frozen=True, slots=True)
class Part:
    """What follows is the part of this name, until the next one; a firm's template places it."""

    name: str


@dataclass(frozen=True, slots=True)
class Region:
    """What follows, until RegionEnd, may be rewritten in Word and is kept by its key."""

    title: str
    key: str


@dataclass(frozen=True, slots=True)
class RegionEnd:
    """The region ends."""


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
    page_break_before: bool = False


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
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | Callout
    | CalloutPair
    | Card
    | Table
    | Chart
    | Picture
    | Gantt
    | SwotGrid
    | KeyFigures
    | Part
    | Region
    | RegionEnd
    | PageBreak
    | Landscape
    | Portrait
    | TableOfContents
    | ListOfCaptions
    | Cover
)
