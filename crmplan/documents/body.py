"""Blocks in reading order, written as one string of WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutPair,
    Card,
    Chart,
    Cover,
    Gantt,
    Heading,
    KeyFigures,
    Landscape,
    ListOfCaptions,
    NumberedList,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Portrait,
    Region,
    RegionEnd,
    SwotGrid,
    Table,
    TableOfContents,
    Text,
)
from crmplan.documents.contents import captions_xml, contents_xml
from crmplan.documents.drawings import chart_xml, picture_xml
from crmplan.documents.gantt import gantt_xml
from crmplan.documents.page_setup import PageSetup
from crmplan.documents.panels import (
    PAGE_BREAK,
    callout_xml,
    card_xml,
    cover_xml,
    key_figures_xml,
    pair_xml,
    swot_xml,
)
from crmplan.documents.references import Target
from crmplan.documents.regions import region_xml
from crmplan.documents.tables import table_xml
from crmplan.documents.wordml import paragraph
from crmplan.documents.writing import Writer

_PARAGRAPHS = {"body": "", "lead": "Lead", "note": "Note", "quote": "Quote"}


@dataclass(slots=True)
class Flow:
    """The orientation of the page that is being written, and how many sections were closed."""

    setup: PageSetup
    landscape: bool = False
    closed: int = 0

    def turn(self, landscape: bool, writer: Writer) -> str:
        """End the section if the page turns."""
        if landscape == self.landscape:
            return ""
        ending = self.setup.closing_paragraph(landscape=self.landscape, first=self.closed == 0)
        self.landscape, self.closed = landscape, self.closed + 1
        writer.width, writer.height = self.setup.text_size(landscape=landscape)
        return ending


def write_blocks(blocks: Sequence[Block], writer: Writer, flow: Flow, *, first: int = 0) -> str:
    """The blocks that stand together; ``first`` is the position of the first in the document."""
    targets = writer.references.by_position
    out: list[str] = []
    region, begin = None, 0
    for position, block in enumerate(blocks, first):
        if isinstance(block, Region):
            region, begin = block, len(out)
        elif isinstance(block, RegionEnd) and region is not None:
            out[begin:] = [_region(region, "".join(out[begin:]), writer)]
            region = None
        else:
            out.append(_write(block, targets.get(position), writer, flow))
    return "".join(out)


def _region(region: Region, generated: str, writer: Writer) -> str:
    kept = writer.kept(region.key) if writer.kept else None
    return region_xml(region, generated, kept=kept, identifier=writer.identifier())


def _write(block: Block, target: Target | None, writer: Writer, flow: Flow) -> str:
    match block:
        case Heading():
            return _heading(block, target, writer)
        case Paragraph():
            return _paragraph(block, target, writer)
        case BulletList():
            return _items(block.items, "ListBullet2" if block.level else "ListBullet", "", writer)
        case NumberedList():
            return _numbered(block, writer)
        case Table():
            return table_xml(block, target, writer)
        case Landscape() | Portrait():
            return flow.turn(isinstance(block, Landscape), writer)
        case Cover():
            return cover_xml(block, writer)
        case Part():
            return ""
        case _:
            return _write_figure(block, target, writer)


def _write_figure(block: Block, target: Target | None, writer: Writer) -> str:
    match block:
        case Chart():
            return chart_xml(block, target, writer)
        case Picture():
            return picture_xml(block, target, writer)
        case Gantt():
            return gantt_xml(block, target, writer)
        case SwotGrid():
            return swot_xml(block, target, writer)
        case Callout() | CalloutPair() | Card() | KeyFigures():
            return _write_panel(block, writer)
        case TableOfContents():
            return contents_xml(block, writer)
        case ListOfCaptions():
            return captions_xml(block, writer)
        case PageBreak():
            return PAGE_BREAK
        case _:
            raise TypeError(f"not a block: {block!r}")


def _write_panel(block: Callout | CalloutPair | Card | KeyFigures, writer: Writer) -> str:
    match block:
        case Callout():
            return callout_xml(block, writer)
        case CalloutPair():
            return pair_xml(block, writer)
        case Card():
            return card_xml(block, writer)
        case KeyFigures():
            return key_figures_xml(block, writer)


def _heading(heading: Heading, target: Target | None, writer: Writer) -> str:
    properties = "<w:pageBreakBefore/>" if heading.page_break_before else ""
    if not heading.numbered and writer.unnumbered:
        level = heading.level - 1
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{writer.unnumbered}"/>'
        properties += '</w:numPr><w:ind w:left="0" w:firstLine="0"/>'
    content = writer.marked(target, writer.runs(heading.text))
    return paragraph(content, f"Heading{heading.level}", properties)


def _paragraph(block: Paragraph, target: Target | None, writer: Writer) -> str:
    properties = "<w:keepNext/>" if block.keep_with_next else ""
    content = writer.marked(target, writer.runs(block.text))
    return paragraph(content, _PARAGRAPHS[block.style], properties)


def _numbered(block: NumberedList, writer: Writer) -> str:
    number = writer.attachments.numbered_list()
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return _items(block.items, "ListNumber", properties, writer)


def _items(items: Sequence[Text], style: str, properties: str, writer: Writer) -> str:
    """List items; the last one keeps the distance of a paragraph to what follows."""
    spread = [writer.paragraph(item, style, properties=properties) for item in items[:-1]]
    for item in items[-1:]:
        last = properties + '<w:spacing w:after="140"/>'
        spread.append(writer.paragraph(item, style, properties=last))
    return "".join(spread)
