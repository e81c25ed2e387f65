"""Contents in a file of two languages: live for the first, fixed lines for the second.

Word writes live contents in the styles of the file's first language. The second keeps its lines as
they are, with live page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from lxml import etree

from crmplan.documents.wordml import W

_LINE = "ContentsLine"


def fields_of_contents(
    root: etree._Element,
) -> list[tuple[etree._Element, etree._Element, etree._Element | None]]:
    """The fields that list headings or captions: run that begins, instruction, run that ends."""
    found: list[list[etree._Element | None]] = []
    open_fields: list[list[etree._Element | None]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append([element, None, None])
        elif kind == "end" and open_fields:
            closed = open_fields.pop()
            closed[2] = element
        elif kind is None and open_fields and (element.text or "").strip().startswith("TOC"):
            open_fields[-1][1] = element
            found.append(open_fields[-1])
    return [(one[0], one[1], one[2]) for one in found]  # type: ignore[misc]


def fix_contents(root: etree._Element, document: Document) -> None:
    """Take the fields away from contents and keep their lines."""
    for begin, code, end in fields_of_contents(root):
        for run in _runs_between(begin, end):
            show_as_line(run, document)
        runs = [one.getparent() for one in (begin, code, end) if one is not None]
        separate = None if runs[1] is None else runs[1].getnext()
        if separate is not None and separate.find(f"{W}fldChar") is not None:
            runs.append(separate)
        for one in runs:
            if one is not None and (line := one.getparent()) is not None:
                line.remove(one)


def _runs_between(begin: etree._Element, end: etree._Element | None) -> Iterator[etree._Element]:
    """The runs of the lines of a field."""
    line: etree._Element | None = paragraph_of(begin)
    last = None if end is None else paragraph_of(end)
    while line is not None:
        yield from line.iter(f"{W}r")
        line = None if line is last else line.getnext()


def show_as_line(run: etree._Element, document: Document) -> None:
    """Show a run of a link like the text around it.

    LibreOffice shows a link in blue unless it stands in a live list or has a style of its own.
    """
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    used = properties.find(f"{W}rStyle")
    if used is None:
        used = etree.Element(f"{W}rStyle", {f"{W}val": ""})
        properties.insert(0, used)
    base = used.get(f"{W}val", "")
    if not base.startswith(_LINE):
        used.set(f"{W}val", _line_style(document, base))


def _line_style(document: Document, base: str) -> str:
    """The character style of lines of contents over another, which is added if it is missing."""
    styles, given = document.styles.element, f"{_LINE}{base}"
    if any(style.get(f"{W}styleId") == given for style in styles.iterfind(f"{W}style")):
        return given
    kind = {f"{W}type": "character", f"{W}customStyle": "1", f"{W}styleId": given}
    style = etree.SubElement(styles, f"{W}style", kind)
    etree.SubElement(style, f"{W}name", {f"{W}val": f"Contents Line {base}".strip()})
    if base:
        etree.SubElement(style, f"{W}basedOn", {f"{W}val": base})
    properties = etree.SubElement(style, f"{W}rPr")
    etree.SubElement(properties, f"{W}color", {f"{W}val": "1E2A35", f"{W}themeColor": "text1"})
    etree.SubElement(properties, f"{W}u", {f"{W}val": "none"})
    return given


def limit_contents(body: etree._Element, name: str, identifier: int) -> None:
    """Let contents list what stands in this body now, under a bookmark of this name."""
    for _, code, _ in fields_of_contents(body):
        code.text = f"{(code.text or '').rstrip()} \\b {name} "
    marks = {f"{W}id": str(identifier)}
    body.insert(0, etree.Element(f"{W}bookmarkStart", {**marks, f"{W}name": name}))
    section = body.find(f"{W}sectPr")
    end = etree.Element(f"{W}bookmarkEnd", marks)
    body.append(end) if section is None else section.addprevious(end)


def paragraph_of(element: etree._Element) -> etree._Element:
    """The paragraph that an element stands in."""
    return next(element.iterancestors(f"{W}p"))
