"""Blocks of words: headings, paragraphs, lists, messages, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from crmplan.errors import BlockError

Align: TypeAlias = Literal["start", "center", "end"]
Tone: TypeAlias = Literal["info", "success", "warning", "danger"]
ParagraphStyle: TypeAlias = Literal["body", "lead", "note", "quote"]
WORD_MAX_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with its own look.

    ``link`` is the bookmark of a block or span, or an address that begins with http:, https: or
    mailto:. ``bookmark`` makes the piece itself a place to lead to.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    link: str | None = None
    bookmark: str | None = None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A live reference: "Figure 3", "Table 2" or a heading's number.

    ``show`` "text" gives the heading's words instead of its number, "page" the page (known only
    after a layout pass). A heading without number is always shown by its words.
    """

    bookmark: str
    show: Literal["label", "text", "page"] = "label"


@dataclass(frozen=True, slots=True)
class FormField:
    """A place to fill in: a list to choose from, or room for text.

    Attributes:
        tag: names the control for the program that reads the form back, at most 64 characters.
        bookmark: the same for programs that drop tags when they save; a name that Word accepts.
        title: what the control is called when it is touched.
        prompt: what stands in it while it is empty.
        text: what was filled in already.
        choices: value and shown text of each entry of the list; empty for free text.
    """

    tag: str
    bookmark: str
    title: str
    prompt: str
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()


Inline: TypeAlias = Span | CrossReference | FormField
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
class CalloutPair:
    """Two messages side by side that are to be compared, such as today and next."""

    first: Callout
    second: Callout


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

    ``widths`` are shares of the text width, one per column; a column is made wider where a word
    would not fit. ``alignments`` one per column or empty for all "start". ``note`` is small print
    below, ``alt`` describes the table to a reader who cannot see it (the caption is its title).
    ``dense`` is for long lists of short values: smaller text, narrow margins.
    """

    header: tuple[Text | Cell, ...]
    rows: tuple[tuple[Text | Cell, ...], ...]
    widths: tuple[float, ...] = ()
    alignments: tuple[Align, ...] = ()
    caption: str = ""
    bookmark: str | None = None
    alt: str = ""
    note: str = ""
    dense: bool = False

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


def columns_of(row: tuple[Text | Cell, ...]) -> int:
    """The number of columns that a row fills."""
    return sum(cell.span if isinstance(cell, Cell) else 1 for cell in row)
