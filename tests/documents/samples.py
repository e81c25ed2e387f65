"""Documents for the tests: one of every block, small ones, and a firm's own template."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime

from docx import Document
from lxml import etree

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Chart,
    Cover,
    CrossReference,
    Gantt,
    GanttRow,
    Heading,
    KeyFigure,
    KeyFigures,
    Landscape,
    ListOfCaptions,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
    Portrait,
    Quadrant,
    Series,
    Span,
    SwotGrid,
    Table,
    TableOfContents,
)
from crmplan.documents.package import unpack
from crmplan.documents.settings import DocumentSettings, Labels, Language, as_typed

LANGUAGES: tuple[Language, ...] = ("en", "fa", "zh")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS: Mapping[Language, str] = {
    "en": "Customer data (CRM-2) come first.",
    "fa": "نخست دادهٔ مشتری (CRM-2) در Salesforce Cloud (Pro) اصلاح شود.",
    "zh": "首先整頓客戶資料(CRM-2)。",
}
_LABELS: Mapping[Language, Labels] = {
    "en": Labels(),
    "fa": Labels("شکل", "جدول", "فهرست مطالب", page_of="صفحهٔ {page} از {pages}"),
    "zh": Labels("圖", "表", "目錄", page_of="第 {page} 頁,共 {pages} 頁"),
}


def persian_digits(text: str) -> str:
    """The text with ۰ to ۹ for 0 to 9."""
    return text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def settings_for(language: Language = "en", **changes: object) -> DocumentSettings:
    """Settings with every running text filled."""
    digits: Callable[[str], str] = persian_digits if language == "fa" else as_typed
    values: dict[str, object] = {
        "language": language,
        "title": WORDS[language],
        "created": datetime(2026, 11, 21),  # noqa: DTZ001
        "client": "Acme & Sons <Ltd>",
        "author": "Example Advisory",
        "date": "21 November 2026",
        "labels": _LABELS[language],
        "digits": digits,
        "header": WORDS[language],
        "footer": "Example Advisory",
    }
    return DocumentSettings(**{**values, **changes})  # type: ignore[arg-type]


def png(width: int = 4, height: int = 2) -> bytes:
    """A grey picture."""
    rows = (b"\0" + b"\x80" * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def every_block(language: Language) -> tuple[Block, ...]:
    """One of every block kind and every chart kind."""
    text = WORDS[language]
    two = (Series(text, (2.1, None), "current"), Series("B", (4.0, 3.5), "target"))
    charts = tuple(
        Chart(kind, (text, "b"), two, caption=f"{text} {kind}", maximum=5, step=1)
        for kind in ("radar", "bar", "column", "line", "stacked_bar", "stacked_column")
    )
    quadrant = Quadrant(text, (text,))
    rows = tuple((text, Cell("2.1", fill=f"level-{n}"), Cell("x", bold=True)) for n in range(6))
    return (
        Cover(text, text, "Client", "today", "Author", "1.0", "secret"),
        TableOfContents(),
        ListOfCaptions("figure"),
        ListOfCaptions("table"),
        Heading(1, text, "start", numbered=False, page_break_before=True),
        Paragraph(text, "lead"),
        KeyFigures(
            (KeyFigure("2.2", text, "of 5"), KeyFigure("EUR 1,250,000", "b", colour="target"))
        ),
        *(Callout(text, text, tone) for tone in ("info", "success", "warning", "danger")),
        BulletList((text, text)),
        BulletList((text,), level=1),
        NumberedList((text, text)),
        NumberedList((text,)),
        Heading(1, text),
        Heading(2, text, "method.scores"),
        Heading(3, text),
        Heading(4, text),
        Paragraph(_with_references(text)),
        Paragraph(text, "quote"),
        Paragraph(text, "note"),
        *charts,
        Table(
            (text, "n", Cell("c", align="end")),
            rows,
            (3, 1, 1),
            caption=text,
            bookmark="t",
            note=text,
        ),
        Table((Cell(text, span=2),), (("a", "b"),)),
        Picture(png(), 40, text, "a grey bar", "picture"),
        SwotGrid(quadrant, quadrant, quadrant, Quadrant(text, ()), caption=text),
        PageBreak(),
        Landscape(),
        _gantt(text),
        Portrait(),
        Paragraph(text, bookmark="end"),
    )


def _with_references(text: str) -> tuple[Span | CrossReference, ...]:
    return (
        Span(text, bold=True, colour="negative"),
        Span(" web", link="https://example.org/?a=1&b=2"),
        Span(" start", italic=True, link="start"),
        CrossReference("method.scores"),
        CrossReference("method.scores", "text"),
        CrossReference("method.scores", "page"),
        CrossReference("start"),
        CrossReference("t"),
        CrossReference("t", "text"),
        CrossReference("picture"),
        CrossReference("end"),
    )


def _gantt(text: str) -> Gantt:
    rows = (
        GanttRow(text, 0, 3, "phase"),
        GanttRow(text, 0, 1, "critical", "40%"),
        GanttRow(text, 1, 2),
        GanttRow(text, None, 3, "milestone"),
        GanttRow(text),
    )
    legend = (("normal", text), ("critical", "b"), ("milestone", "c"), ("phase", "d"))
    groups = (("Jan", 2), ("Feb", 2))
    return Gantt(("1", "2", "3", "4"), rows, groups, text, legend=legend, caption=text)


def main_part(document: bytes) -> etree._Element:
    """The root of the main part of a document."""
    return etree.fromstring(unpack(document)["word/document.xml"])


def text_of(element: etree._Element) -> str:
    """The text of an element as a reader sees it: tabs and breaks are what they are."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    wanted = element.iter(f"{W}t", *(tag for tag in signs))
    return "".join(signs.get(e.tag, e.text or "") for e in wanted if e.getparent().tag == f"{W}r")


def paragraphs(document: bytes, style: str) -> list[str]:
    """The texts of the paragraphs in a style."""
    found = main_part(document).iter(f"{W}p")
    return [text_of(p) for p in found if p.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


def firm_template(*lines: str, header: str = "{{ client }}") -> bytes:
    """A template as a firm may make it in Word: python-docx's default with tags."""
    document = Document()
    for line in lines or ("{{ title }}", "{{p contents }}", "{{p body }}", "Terms of {{ author }}"):
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].add_run(header)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(package: bytes, name: str, data: str) -> bytes:
    """A package with one part added or replaced."""
    parts = {**unpack(package), name: data.encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()
