"""The smallest pieces of WordprocessingML, as strings: runs, paragraphs, fields, bookmarks.

Strings are joined and parsed once per document; building tables through an object model is
three orders of magnitude slower on long tables (notes/documents.md §7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from crmplan.documents.text import Piece, quoted, scrub, split_islands, with_marks

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
W = f"{{{NAMESPACES['w']}}}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. ``rtl`` None is a document without direction marks.

    Bold, italic and size are always written for both scripts: Word and LibreOffice otherwise
    apply them to the Latin letters only.
    """

    rtl: bool | None = None
    style: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = ""

    def properties(self) -> str:
        """The ``w:rPr`` element, or nothing."""
        inner = f'<w:rStyle w:val="{self.style}"/>' if self.style else ""
        inner += "<w:b/><w:bCs/>" if self.bold else ""
        inner += "<w:i/><w:iCs/>" if self.italic else ""
        inner += f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        if self.rtl is not None:
            inner += "<w:rtl/>" if self.rtl else '<w:rtl w:val="0"/><w:lang w:val="en-US"/>'
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def runs(text: object, look: Look) -> str:
    """Runs that show the text as typed; Latin islands of a right-to-left text get their own."""
    clean = scrub(text)
    pieces = [Piece(clean, False)] if look.rtl is None else with_marks(split_islands(clean))
    return "".join(_run(piece, look) for piece in pieces)


def _run(piece: Piece, look: Look) -> str:
    own = replace(look, rtl=not piece.ltr) if look.rtl is not None else look
    return f"<w:r>{own.properties()}{_text_elements(piece.text)}</w:r>"


def _text_elements(text: str) -> str:
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    lines = text.split("\n")
    return "<w:br/>".join("<w:tab/>".join(_words(part) for part in x.split("\t")) for x in lines)


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; ``properties`` in schema order, after the style."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner += properties
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{content}</w:p>"


def field(instruction: str, cached: str, look: Look) -> str:
    """A live field that shows ``cached`` until Word computes it again.

    The instruction is ours; text of users never goes into it.
    """
    marks = replace(look, rtl=True) if look.rtl is not None else look
    properties = marks.properties()

    def mark(kind: str) -> str:
        return f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + runs(cached, look) + mark("end")


def bookmark(name: str, identifier: int, content: str) -> str:
    """Content between the two ends of a bookmark."""
    start = f'<w:bookmarkStart w:id="{identifier}" w:name={quoted(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{identifier}"/>'


def jump(anchor: str, content: str) -> str:
    """Runs that lead to a bookmark of the document when clicked."""
    return f'<w:hyperlink w:anchor={quoted(anchor)} w:history="1">{content}</w:hyperlink>'
