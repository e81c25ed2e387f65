"""Where the blocks go in a filled template: the body as a whole, or parts one by one.

A heading that the firm wrote itself is part of the sequence too: contents and numbers count it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from crmplan.documents.blocks import Block, Cover, Heading, TableOfContents
from crmplan.documents.filling import block_name
from crmplan.documents.parts import named_blocks
from crmplan.documents.splicing import SLOT_URI
from crmplan.documents.wordml import W
from crmplan.errors import TemplateTagError

_ELEMENT = f"{W}element"
_BLOCK = "block."


@dataclass(frozen=True, slots=True)
class Placement:
    """Blocks and the element of the template that they take the place of.

    Attributes:
        is_there: the element is a heading of the firm's own; it stays.
    """

    element: etree._Element
    blocks: tuple[Block, ...]
    is_there: bool = False


def place_blocks(document: Document, blocks: Sequence[Block]) -> tuple[Placement, ...]:
    """Give each marked place its blocks, in the order of the document.

    A figure that is placed twice keeps its bookmark in the first place.

    Raises:
        TemplateTagError: if the text has no place, or a place is not a paragraph of its own.
    """
    _refuse_elsewhere(document)
    body = document.element.body
    levels = _heading_levels(document)
    slots = _slots(body)
    names = [name for _, name in slots]
    if "body" not in names and not any(name.startswith(_BLOCK) for name in names):
        raise TemplateTagError("it has no paragraph {{p body }} of its own for the text")
    slot_names = dict(slots)
    taken: set[str] = set()
    found = []
    for element in body:
        if (name := slot_names.get(element)) is not None:
            given = _blocks_of(name, names, blocks)
            found.append(Placement(element, tuple(_marked_once(given, taken))))
            taken |= {bookmark for block in given if (bookmark := _bookmark(block))}
        elif (level := levels.get(_style(element))) and (text := _text(element).strip()):
            found.append(Placement(element, (Heading(level, text),), is_there=True))
    return tuple(found)


def _refuse_elsewhere(document: Document) -> None:
    for relation in document.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER, RT.FOOTNOTES):
            root = etree.fromstring(relation.target_part.blob)
            for element in _marked(root):
                raise _misplaced(element.get(_ELEMENT, ""))


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    found = root.iter(f"{W}customXml")
    return (element for element in found if element.get(f"{W}uri") == SLOT_URI)


def _misplaced(name: str) -> TemplateTagError:
    tag = f"block('{name.removeprefix(_BLOCK)}')" if name.startswith(_BLOCK) else name
    return TemplateTagError(
        f"{{{{p {tag} }}}} must stand once, alone, in the text and outside tables"
    )


def _slots(body: etree._Element) -> list[tuple[etree._Element, str]]:
    """The marked places of the body in their order."""
    slots: list[tuple[etree._Element, str]] = []
    for element in _marked(body):
        name = element.get(_ELEMENT, "")
        again = not name.startswith(_BLOCK) and any(name == other for _, other in slots)
        if element.getparent() is not body or again:
            raise _misplaced(name)
        slots.append((element, name))
    return slots


def _blocks_of(name: str, names: Sequence[str], blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a place; contents and cover go to their own places if there are any."""
    if name == "cover":
        return [block for block in blocks if isinstance(block, Cover)]
    if name == "contents":
        return [block for block in blocks if isinstance(block, TableOfContents)]
    if name == "body":
        apart = (Cover, TableOfContents) if "contents" in names else (Cover,)
        return [block for block in blocks if not isinstance(block, apart)]
    return named_blocks(blocks).get(block_name(name.removeprefix(_BLOCK)), ())


def _marked_once(blocks: Sequence[Block], taken: set[str]) -> Iterator[Block]:
    """The blocks without the bookmarks that stand in the document already."""
    for block in blocks:
        if _bookmark(block) in taken:
            yield replace(block, bookmark=None)  # type: ignore[arg-type]
        else:
            yield block


def _bookmark(block: Block) -> str | None:
    found: str | None = getattr(block, "bookmark", None)
    return found


def _heading_levels(document: Document) -> Mapping[str, int]:
    """The ids of the heading styles of the template with their levels."""
    levels = {}
    for style in document.styles.element.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        title = "" if name is None else (name.get(f"{W}val") or "").casefold()
        if title.startswith("heading ") and title[8:] in ("1", "2", "3", "4"):
            levels[style.get(f"{W}styleId", "")] = int(title[8:])
    return levels


def _style(element: etree._Element) -> str:
    style = element.find(f"{W}pPr/{W}pStyle") if element.tag == f"{W}p" else None
    return "" if style is None else style.get(f"{W}val", "")


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
