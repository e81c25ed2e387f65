"""The contents and lists of captions: live fields that are filled when the document is opened.

Nothing is marked for update: both ways to ask Word for it raise a warning on opening.
"""

from __future__ import annotations

from collections.abc import Sequence

from crmplan.documents.blocks import ListOfCaptions, TableOfContents
from crmplan.documents.references import Target
from crmplan.documents.wordml import jump, paragraph
from crmplan.documents.writing import Writer

_TAB = "<w:r><w:tab/></w:r>"


def contents_xml(block: TableOfContents, writer: Writer) -> str:
    """The heading "Contents" and a line for each heading down to the given level."""
    headings = writer.references.of_kind("heading")
    targets = [target for target in headings if target.level <= block.levels]
    lines = [(f"TOC{target.level}", _entry(target, writer)) for target in targets]
    instruction = f'TOC \\o "1-{block.levels}" \\h \\z \\u'
    properties = "<w:pageBreakBefore/>" if block.page_break_before else ""
    title = writer.settings.labels.contents
    heading = writer.paragraph(title, "TOCHeading", properties=properties)
    return _list(heading, instruction, lines)


def captions_xml(block: ListOfCaptions, writer: Writer) -> str:
    """A line for each figure or table."""
    labels = writer.settings.labels
    title, sequence = (
        (labels.figures, "Figure") if block.kind == "figure" else (labels.tables, "Table")
    )
    targets = writer.references.of_kind(block.kind)
    lines = [("TableofFigures", _caption_entry(target, writer)) for target in targets]
    heading = writer.paragraph(title, "ListHeading")
    return _list(heading, f'TOC \\h \\z \\c "{sequence}"', lines)


def _entry(target: Target, writer: Writer) -> str:
    number = writer.runs(target.number) + _TAB if target.number else ""
    return jump(target.name, number + writer.runs(target.text) + _page(target, writer))


def _caption_entry(target: Target, writer: Writer) -> str:
    words = f"{target.label}{writer.type.caption_separator}{target.text}"
    return jump(target.name, writer.runs(words) + _page(target, writer))


def _page(target: Target, writer: Writer) -> str:
    """The leader and page number, or nothing before the pages are measured."""
    if (page := writer.pages.get(target.name)) is None:
        return ""
    return _TAB + writer.field(f"PAGEREF {target.name} \\h", writer.number(str(page)))


def _list(heading: str, instruction: str, lines: Sequence[tuple[str, str]]) -> str:
    if not lines:
        return ""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f' {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    out = [heading]
    for position, (style, content) in enumerate(lines):
        opening = begin if position == 0 else ""
        closing = end if position == len(lines) - 1 else ""
        out.append(paragraph(opening + content + closing, style))
    return "".join(out)
