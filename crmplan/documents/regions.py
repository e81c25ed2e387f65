"""Marked regions: the prose of each section, which a consultant may rewrite in Word.

A region is a content control whose tag tells the section and what the program wrote there, as
digests. LibreOffice 7.4 drops tags when it saves, and repeats the text of a control around
paragraphs unless it is one for building blocks, whose gallery it keeps: the gallery says the same
as the tag. A bookmark says it once more, for those who remove the control. What stands in a region
now, against the digest of what the program wrote, tells whether somebody has edited it. Only words
count: somebody who makes a word bold edits nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Heading,
    NumberedList,
    Paragraph,
    Part,
    Region,
    RegionEnd,
)
from crmplan.documents.text import quoted
from crmplan.documents.wordml import NAMESPACES, W

TAG = re.compile(r"keep:([0-9a-f]{10}):([0-9a-f]{10})")
BOOKMARK = re.compile(r"keep_([0-9a-f]{10})_([0-9a-f]{10})")
_LENGTH = 10
_LONGEST_TITLE = 60
_PROSE = (Paragraph, BulletList, NumberedList)
_SPACE = re.compile(r"[\s\u00a0\u200e\u200f]+")
_FIRST = re.compile(r"<w:p>(?:<w:pPr>.*?</w:pPr>)?", re.DOTALL)


def with_regions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a region around all prose that stands together.

    A region is named by its part, its heading and its place below it, never by its words.
    """
    out: list[Block] = []
    run: list[Block] = []
    names = _Names()
    for block in (*blocks, None):
        if isinstance(block, _PROSE):
            run.append(block)
            continue
        out += _marked(run, names)
        run = []
        if block is not None:
            names.enter(block)
            out.append(block)
    return tuple(out)


def key_of(name: str) -> str:
    """What a tag holds of the name of a region."""
    return hashlib.sha256(name.encode()).hexdigest()[:_LENGTH]


def digest_of(elements: Iterable[etree._Element]) -> str:
    """What a tag holds of the words that the program wrote."""
    return key_of("\n".join(words_of(elements)))


NOTHING = key_of("")


def words_of(elements: Iterable[etree._Element]) -> Iterator[str]:
    """The words of each paragraph; results of fields are none, since Word renews them."""
    for element in elements:
        for paragraph in element.iter(f"{W}p"):
            yield _SPACE.sub(" ", "".join(_typed(paragraph))).strip()


def region_xml(region: Region, generated: str, *, kept: str | None, identifier: int) -> str:
    """The content control of a region.

    Args:
        region: the region.
        generated: what the program writes there.
        kept: what somebody wrote there in an earlier version; None if nobody did.
        identifier: a number used nowhere else in the document.
    """
    key, digest = region.key, digest_of(parsed(generated))
    text = (generated if kept is None else kept) or "<w:p></w:p>"
    content = _bookmarked(text, f"keep_{key}_{digest}", identifier)
    title = quoted(region.title[:_LONGEST_TITLE])
    tag = f"keep:{key}:{digest}"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={title}/><w:tag w:val="{tag}"/>'
        f'<w:id w:val="{identifier}"/><w:docPartObj><w:docPartGallery w:val="{tag}"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def parsed(text: str) -> list[etree._Element]:
    """The elements of our own text."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return list(etree.fromstring(f"<w:body {declared}>{text}</w:body>"))


class _Names:
    """Names the regions: stable as long as the headings of a document are."""

    def __init__(self) -> None:
        self._part = self._heading = self.title = ""
        self._taken: dict[str, int] = {}

    def enter(self, block: Block) -> None:
        """Note where the next region stands."""
        if isinstance(block, Part):
            self._part, self._heading, self.title = block.name, "", block.name
        elif isinstance(block, Heading):
            self._heading, self.title = block.bookmark or block.text, block.text

    def following(self) -> str:
        """Name the next region."""
        place = f"{self._part}/{self._heading}"
        self._taken[place] = self._taken.get(place, 0) + 1
        return f"{place}/{self._taken[place]}"


def _marked(run: Sequence[Block], names: _Names) -> Iterator[Block]:
    """A region; small print below a figure alone makes none."""
    if all(isinstance(block, Paragraph) and block.style == "note" for block in run):
        yield from run
        return
    yield Region(names.title, key_of(names.following()))
    yield from run
    yield RegionEnd()


def _typed(paragraph: etree._Element) -> Iterator[str]:
    depth = 0
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}fldChar", f"{W}drawing"):
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
        elif depth or next(element.iterancestors(f"{W}fldSimple"), None) is not None:
            continue
        elif element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag == f"{W}drawing":
            yield "\ufffc"
        else:
            yield " "


def _bookmarked(content: str, name: str, identifier: int) -> str:
    """The paragraphs with a bookmark from the beginning of the first to the end of the last."""
    start = f'<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>'
    end = f'<w:bookmarkEnd w:id="{identifier}"/>'
    first, last = _FIRST.search(content), content.rfind("</w:p>")
    if first is None or not content.startswith("<w:p>") or not content.endswith("</w:p>"):
        return f"{start}{content}{end}"
    return f"{content[: first.end()]}{start}{content[first.end() : last]}{end}{content[last:]}"
