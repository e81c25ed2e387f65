"""What every block writer shares: look, references, page and counters of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from crmplan.documents.blocks import CrossReference, FormField, Inline, Span, Text
from crmplan.documents.colours import text_paint
from crmplan.documents.controls import control_xml
from crmplan.documents.references import References, Target, is_address
from crmplan.documents.settings import DocumentSettings
from crmplan.documents.text import quoted
from crmplan.documents.typography import Typography
from crmplan.documents.wordml import Look, bookmark, jump, paragraph, runs
from crmplan.documents.wordml import field as live_field

TWIPS_PER_CM = 567
NUMBER_STYLE = "NumberField"


class Attachments(Protocol):
    """What is kept beside the text; parts and addresses answer with a relationship id."""

    def chart(self, chart: bytes, workbook: bytes) -> str:
        """Keep a chart with its workbook."""

    def picture(self, png: bytes) -> str:
        """Keep a picture; the same picture is kept once."""

    def media(self, content: bytes, extension: str) -> str:
        """Keep a picture of any kind that Word takes."""

    def address(self, link: str) -> str:
        """Keep a web or mail address."""

    def numbered_list(self) -> int:
        """Begin a list at 1 again; answers with its numbering id."""


@dataclass(slots=True)
class Writer:
    """Turns texts into runs and paragraphs and counts what must be unique.

    ``width`` and ``height`` are those of the text on the current page, in twips. ``pages`` holds
    the page of each bookmark where a layout pass has measured it. ``unnumbered`` is the
    numbering that takes a heading's number away, 0 where headings have none. ``kept`` gives what
    stands in a region of an earlier version, by the region's key.
    """

    settings: DocumentSettings
    type: Typography
    references: References
    attachments: Attachments
    pages: Mapping[str, int]
    width: int
    height: int
    unnumbered: int = 0
    next_id: int = 1
    kept: Callable[[str], str | None] | None = None
    look: Look = field(init=False)

    def __post_init__(self) -> None:
        self.look = Look(rtl=True if self.type.rtl else None)

    def identifier(self) -> int:
        """A number used nowhere else in the document."""
        self.next_id += 1
        return self.next_id - 1

    def runs(self, text: Text, look: Look | None = None) -> str:
        """The runs of a text with its spans and references."""
        base = look or self.look
        if isinstance(text, str):
            return runs(text, base) if text else ""
        return "".join(self._inline(part, base) for part in text)

    def paragraph(
        self, text: Text, style: str, *, properties: str = "", look: Look | None = None
    ) -> str:
        """A paragraph in a style."""
        return paragraph(self.runs(text, look), style, properties)

    def number(self, digits: str) -> str:
        """A number that the engine counted, in the document's digits."""
        return self.settings.digits(digits)

    def decimal(self, digits: str) -> str:
        """A number such as "2.1" that the engine writes, as the language does."""
        return self.number(digits.replace(".", "٫") if self.type.rtl else digits)

    def field(self, instruction: str, cached: str) -> str:
        """A live field whose digits have the document's shapes."""
        return live_field(instruction, cached, replace(self.look, style=NUMBER_STYLE))

    def marked(self, target: Target | None, content: str) -> str:
        """Content with the bookmark of its target."""
        return bookmark(target.name, self.identifier(), content) if target else content

    def caption(self, target: Target | None) -> str:
        """The caption paragraph of a figure or table, or nothing."""
        if target is None:
            return ""
        labels = self.settings.labels
        word, sequence = (
            (labels.figure, "Figure") if target.kind == "figure" else (labels.table, "Table")
        )
        label = self.runs(f"{word}\u00a0") + self.field(f"SEQ {sequence} \\* ARABIC", target.number)
        words = self.runs(self.type.caption_separator + target.text, replace(self.look))
        # Said here as well as in the style: a firm's own style may let captions stand alone.
        return paragraph(self.marked(target, label) + words, "Caption", "<w:keepNext/>")

    def _inline(self, part: Inline, base: Look) -> str:
        if isinstance(part, CrossReference):
            return self._reference(part)
        if isinstance(part, FormField):
            return control_xml(part, base, (self.identifier(), self.identifier()))
        look = replace(
            base,
            bold=base.bold or part.bold,
            italic=part.italic and self.type.tag.startswith("en"),
            colour=text_paint(part.colour) if part.colour else base.colour,
        )
        content = self._linked(part, look) if part.link else runs(part.text, look)
        if part.bookmark:
            name = self.references.by_bookmark[part.bookmark].name
            return bookmark(name, self.identifier(), content)
        return content

    def _linked(self, part: Span, look: Look) -> str:
        link = part.link or ""
        content = runs(part.text, replace(look, style="Hyperlink"))
        if is_address(link):
            relation = self.attachments.address(link)
            return f'<w:hyperlink r:id={quoted(relation)} w:history="1">{content}</w:hyperlink>'
        target = self.references.by_bookmark[link]
        if target.kind == "absent":
            return runs(part.text, look)
        return jump(target.name, content)

    def _reference(self, part: CrossReference) -> str:
        target = self.references.by_bookmark[part.bookmark]
        if target.kind == "absent":
            return self.runs(target.text)
        if part.show == "page":
            page = self.pages.get(target.name)
            return self.field(f"PAGEREF {target.name} \\h", self.number(str(page or "–")))
        if part.show == "label" and target.number:
            by_number = "\\r " if target.kind == "heading" else ""
            return self.field(f"REF {target.name} {by_number}\\h", target.label)
        if target.kind == "heading":
            return self.field(f"REF {target.name} \\h", target.text)
        return jump(target.name, self.runs(target.text))
