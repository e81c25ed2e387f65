"""What a consultant wrote into the marked regions of an earlier version of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from crmplan.documents.blocks import Block, Heading, Part, Portrait, Region, RegionEnd
from crmplan.documents.inspection import inspect_template
from crmplan.documents.package import unpack
from crmplan.documents.placing import Placement
from crmplan.documents.regions import BOOKMARK, NOTHING, TAG, digest_of
from crmplan.documents.wordml import W

MAIN = "word/document.xml"
_PROSE_STYLES = (
    "normal",
    "lead",
    "quote",
    "note",
    "list bullet",
    "list bullet 2",
    "list number",
    "list paragraph",
    "body text",
    "text body",
    "default paragraph style",
)
_BLOCKS = (f"{W}p", f"{W}tbl")


@dataclass(frozen=True, slots=True)
class Edit:
    """A marked region of an earlier version.

    Attributes:
        key: which region.
        title: the heading it stands below.
        written: digest of what the program wrote there.
        elements: the paragraphs and tables that stand there.
    """

    key: str
    title: str
    written: str
    elements: tuple[etree._Element, ...]

    @property
    def is_edited(self) -> bool:
        """Whether the words are others than the program's."""
        return digest_of(self.elements) != self.written


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version: its parts, and its regions by their keys."""

    parts: Mapping[str, bytes]
    regions: Mapping[str, Edit]

    @property
    def edited(self) -> Mapping[str, Edit]:
        """The regions that somebody edited."""
        return {key: one for key, one in self.regions.items() if one.is_edited}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the edited regions, each by its title.

    Attributes:
        kept: stand in their section.
        renewed: those of ``kept`` for which the program would write something else by now.
        annexed: stand in the annex, because their section is gone.
    """

    kept: tuple[str, ...]
    renewed: tuple[str, ...]
    annexed: tuple[str, ...]


def read_earlier(document: bytes) -> Earlier:
    """Read the regions of a document of ours, whichever program saved it last.

    Raises:
        UnsafeTemplateError: if the file is no document, or holds something that could do harm.
    """
    inspect_template(document)
    parts = unpack(document)
    body = etree.fromstring(parts[MAIN]).find(f"{W}body")
    if body is None:
        return Earlier(parts, {})
    names = style_names(parts)
    regions = {one.key: one for one in _by_bookmark(body, names)}
    regions.update((one.key, one) for one in _by_control(body))
    return Earlier(parts, regions)


def with_annex(
    placements: tuple[Placement, ...], earlier: Earlier, title: str
) -> tuple[Placement, ...]:
    """The placements with an annex for edited regions whose section is not placed."""
    placed = [block for one in placements for block in one.blocks if isinstance(block, Region)]
    keys = {region.key for region in placed}
    orphans = [edit for key, edit in earlier.edited.items() if key not in keys]
    if not orphans:
        return placements
    annex: list[Block] = [Part("kept"), Portrait(), Heading(1, title)]
    for edit in orphans:
        annex += [Heading(2, edit.title), Region(edit.title, edit.key), RegionEnd()]
    last = max(position for position, one in enumerate(placements) if not one.is_there)
    grown = replace(placements[last], blocks=(*placements[last].blocks, *annex))
    return (*placements[:last], grown, *placements[last + 1 :])


def outcome(earlier: Earlier, document: bytes) -> Outcome:
    """Compare the edited regions of an earlier version with the new one."""
    now = read_earlier(document).regions
    found = [(now[key], edit) for key, edit in earlier.edited.items() if key in now]
    kept = [(new, old) for new, old in found if new.written != NOTHING]
    return Outcome(
        tuple(old.title for _, old in kept),
        tuple(old.title for new, old in kept if new.written != old.written),
        tuple(old.title for new, old in found if new.written == NOTHING),
    )


def _by_control(body: etree._Element) -> Iterator[Edit]:
    for control in body.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        said = () if properties is None else properties.iter(f"{W}tag", f"{W}docPartGallery")
        found = next(filter(None, (TAG.fullmatch(e.get(f"{W}val", "")) for e in said)), None)
        content = control.find(f"{W}sdtContent")
        if found is None or content is None:
            continue
        alias = control.find(f"{W}sdtPr/{W}alias")
        title = "" if alias is None else alias.get(f"{W}val", "")
        yield Edit(found[1], title, found[2], tuple(_blocks(content)))


def _by_bookmark(body: etree._Element, names: Mapping[str, str]) -> Iterator[Edit]:
    elements = list(_blocks(body))
    place = {element: position for position, element in enumerate(elements)}
    ends = {one.get(f"{W}id"): _block_of(one, place) for one in body.iter(f"{W}bookmarkEnd")}
    for mark in body.iter(f"{W}bookmarkStart"):
        found = BOOKMARK.fullmatch(mark.get(f"{W}name", ""))
        first, last = _block_of(mark, place), ends.get(mark.get(f"{W}id"))
        if found is None or first is None or last is None:
            continue
        # A paragraph that was typed behind the last one stands outside the bookmark.
        while last + 1 < len(elements) and _is_typed_prose(elements[last + 1], names):
            last += 1
        title = _heading_above(elements[:first], names)
        yield Edit(found[1], title, found[2], tuple(elements[first : last + 1]))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in their order; controls around them do not count."""
    for child in parent:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag == f"{W}sdt" and (content := child.find(f"{W}sdtContent")) is not None:
            yield from _blocks(content)


def _block_of(mark: etree._Element, place: Mapping[etree._Element, int]) -> int | None:
    """The position of the paragraph or table that a mark stands in, or else of the next one."""
    for element in (mark, *mark.iterancestors()):
        if element in place:
            return place[element]
    following = mark.getnext()
    while following is not None and following not in place:
        following = following.getnext()
    return None if following is None else place[following]


def _is_typed_prose(element: etree._Element, names: Mapping[str, str]) -> bool:
    if element.tag != f"{W}p" or element.find(f".//{W}sectPr") is not None:
        return False
    marks = [one.get(f"{W}name", "") for one in element.iter(f"{W}bookmarkStart")]
    if any(BOOKMARK.fullmatch(name) for name in marks):
        return False
    is_empty = not any(True for _ in element.iter(f"{W}t", f"{W}drawing"))
    return not is_empty and _style(element, names) in _PROSE_STYLES


def _heading_above(elements: Iterable[etree._Element], names: Mapping[str, str]) -> str:
    title = ""
    for element in elements:
        if _style(element, names).startswith("heading "):
            title = "".join(text.text or "" for text in element.iter(f"{W}t"))
    return title.replace("\u200f", "")


def _style(element: etree._Element, names: Mapping[str, str]) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return "normal" if style is None else names.get(style.get(f"{W}val", ""), "")


def style_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The names of styles by their ids, in lower case as Word compares them."""
    data = parts.get("word/styles.xml")
    return {} if data is None else dict(named_styles(etree.fromstring(data)))


def named_styles(styles: etree._Element) -> Iterator[tuple[str, str]]:
    """Each style's id with its name in lower case."""
    for style in styles.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            yield style.get(f"{W}styleId", ""), (name.get(f"{W}val") or "").casefold()
