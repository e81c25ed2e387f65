"""Carries what a consultant wrote in an earlier version into the new one.

Words, their look, lists, tables, links and pictures come along. Notes and comments become words in
brackets at their place. What cannot stand in another document (charts, drawings of shapes) is left
out; the earlier file is kept beside the new one.
"""

from __future__ import annotations

import copy
import itertools
import posixpath
from collections.abc import Iterable, Mapping
from typing import Protocol

from lxml import etree

from crmplan.documents.edits import Earlier, style_names
from crmplan.documents.references import is_address
from crmplan.documents.wordml import NAMESPACES, W

R = f"{{{NAMESPACES['r']}}}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BLIP = f"{{{NAMESPACES['a']}}}blip"
_DOC_PROPERTIES = f"{{{NAMESPACES['wp']}}}docPr"
_KNOWN = tuple(f"{{{uri}}}" for uri in NAMESPACES.values())
_DROPPED = (
    "bookmarkStart",
    "bookmarkEnd",
    "proofErr",
    "permStart",
    "permEnd",
    "lastRenderedPageBreak",
    "commentRangeStart",
    "commentRangeEnd",
    "sectPr",
    "object",
    "pict",
)
_UNWRAPPED = ("sdt", "smartTag", "customXml")
_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_XML = "{http://www.w3.org/XML/1998/namespace}space"


class Receiver(Protocol):
    """The new document, as far as carried text needs it."""

    def media(self, content: bytes, extension: str) -> str:
        """Keep a picture; answers with its relationship."""

    def address(self, link: str) -> str:
        """Keep a web or mail address; answers with its relationship."""

    def numbered_list(self) -> int:
        """Begin a list at 1 again; answers with its numbering."""


class Carrier:
    """Carries regions of one earlier version into one new document.

    ``styles`` gives the ids of the new document's styles by their names in lower case; ``targets``
    are the names of its bookmarks; ``identifier`` gives numbers that are used nowhere else.
    """

    def __init__(
        self,
        earlier: Earlier,
        receiver: Receiver,
        *,
        styles: Mapping[str, str],
        targets: frozenset[str],
        first_id: int,
    ) -> None:
        self._earlier = earlier
        self._receiver = receiver
        self._styles = styles
        self._targets = targets
        self._next = first_id
        self._names = style_names(earlier.parts)
        self._relations = _relations(earlier.parts)
        self._bullets = _bullets(earlier.parts)
        self._notes = {mark: _notes(earlier.parts, mark) for mark in _NOTES}
        self._lists: dict[str, int] = {}

    def kept(self, key: str) -> str | None:
        """The text of a region that somebody edited, for the new document; else None."""
        edit = self._earlier.edited.get(key)
        return None if edit is None else "".join(map(self._carried, edit.elements))

    def _carried(self, element: etree._Element) -> str:
        copied = copy.deepcopy(element)
        copied.tail = None
        self._settle_notes(copied)
        self._settle_relations(copied)
        _flatten_fields(copied, self._targets)
        _drop(copied)
        self._settle_styles(copied)
        self._settle_lists(copied)
        self._number(copied)
        etree.cleanup_namespaces(copied)
        return etree.tostring(copied, encoding="unicode")

    def _settle_notes(self, root: etree._Element) -> None:
        for mark, texts in self._notes.items():
            for reference in list(root.iter(f"{W}{mark}Reference")):
                text = etree.Element(f"{W}t", {_XML: "preserve"})
                text.text = f" [{texts.get(reference.get(f'{W}id', ''), '')}]"
                _replace(reference, (text,))

    def _settle_relations(self, root: etree._Element) -> None:
        for link in list(root.iter(f"{W}hyperlink")):
            target = self._relations.get(link.get(f"{R}id", ""), "")
            if is_address(target):
                link.set(f"{R}id", self._receiver.address(target))
            elif link.get(f"{W}anchor", "") not in self._targets:
                _replace(link, tuple(link))
        for drawing in list(root.iter(f"{W}drawing")):
            if not all(map(self._settle_picture, drawing.iter(_BLIP))) or _refers(drawing):
                _remove(drawing)

    def _settle_picture(self, blip: etree._Element) -> bool:
        """Whether a picture could be carried."""
        target = self._relations.get(blip.get(f"{R}embed", ""), "")
        content = self._earlier.parts.get(posixpath.normpath(f"word/{target}"))
        for child in list(blip):  # its vector twin, which has a relationship of its own
            blip.remove(child)
        if content is None:
            return False
        relation = self._receiver.media(content, target.rpartition(".")[2].lower())
        blip.attrib.clear()
        blip.set(f"{R}embed", relation)
        blip.set("carried", "1")
        return True

    def _settle_styles(self, root: etree._Element) -> None:
        for reference in list(root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")):
            name = self._names.get(reference.get(f"{W}val", ""), "")
            if name in self._styles:
                reference.set(f"{W}val", self._styles[name])
            else:
                _remove(reference)

    def _settle_lists(self, root: etree._Element) -> None:
        """Let lists go on as lists: bullets as our bullets, numbers from 1 again."""
        for numbering in list(root.iter(f"{W}numPr")):
            number = numbering.find(f"{W}numId")
            old = "" if number is None else number.get(f"{W}val", "")
            properties = numbering.getparent()
            if number is None or properties is None or old in self._bullets or old == "0":
                _remove(numbering)
                if properties is not None and old in self._bullets:
                    _set_style(properties, self._styles.get("list bullet", ""))
                continue
            if old not in self._lists:
                self._lists[old] = self._receiver.numbered_list()
            number.set(f"{W}val", str(self._lists[old]))

    def _number(self, root: etree._Element) -> None:
        for element in root.iter(_DOC_PROPERTIES):
            element.set("id", str(self._taken()))
        for change in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"):
            change.set(f"{W}id", str(self._taken()))
        for blip in root.iter(_BLIP):
            blip.attrib.pop("carried", "")

    def _taken(self) -> int:
        self._next += 1
        return self._next - 1


def _relations(parts: Mapping[str, bytes]) -> dict[str, str]:
    data = parts.get("word/_rels/document.xml.rels")
    found = () if data is None else etree.fromstring(data).iter(_RELATIONS)
    return {one.get("Id", ""): one.get("Target", "") for one in found}


def _bullets(parts: Mapping[str, bytes]) -> set[str]:
    """The numberings of the earlier version whose first level is a bullet."""
    if "word/numbering.xml" not in parts:
        return set()
    root = etree.fromstring(parts["word/numbering.xml"])
    formats = {
        one.get(f"{W}abstractNumId", ""): one.find(f"{W}lvl/{W}numFmt")
        for one in root.iterfind(f"{W}abstractNum")
    }
    found = set()
    for number in root.iterfind(f"{W}num"):
        link = number.find(f"{W}abstractNumId")
        kind = formats.get("" if link is None else link.get(f"{W}val", ""))
        if kind is not None and kind.get(f"{W}val") == "bullet":
            found.add(number.get(f"{W}numId", ""))
    return found


def _notes(parts: Mapping[str, bytes], mark: str) -> dict[str, str]:
    """The texts of notes or comments by their ids; a comment with its author."""
    data = parts.get(f"word/{_NOTES[mark]}.xml")
    found = {}
    for note in () if data is None else etree.fromstring(data).iter(f"{W}{mark}"):
        text = "".join(one.text or "" for one in note.iter(f"{W}t")).strip()
        author = note.get(f"{W}author", "")
        found[note.get(f"{W}id", "")] = f"{author}: {text}" if author else text
    return found


def _flatten_fields(root: etree._Element, targets: frozenset[str]) -> None:
    """Leave the results of fields that refer to what the new document does not have."""
    instructions = "".join(one.text or "" for one in root.iter(f"{W}instrText"))
    instructions += "".join(one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple"))
    words = instructions.split()
    wanted = {after for word, after in itertools.pairwise(words) if word[-3:] == "REF"}
    if wanted <= targets:
        return
    for mark in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        _remove(mark)
    for field in list(root.iter(f"{W}fldSimple")):
        _replace(field, tuple(field))


def _drop(root: etree._Element) -> None:
    """Drop what belongs to the earlier file alone, and what only some programs know."""
    for element in list(root.iter(*(f"{W}{name}" for name in _DROPPED))):
        _remove(element)
    for element in list(root.iter(*(f"{W}{name}" for name in _UNWRAPPED))):
        content = element.find(f"{W}sdtContent")
        _replace(element, tuple(element if content is None else content))
    for element in list(root.iter(etree.Element)):
        if not element.tag.startswith(_KNOWN):
            _remove(element)
        for name in [str(name) for name in element.attrib]:
            if (name.startswith("{") and not name.startswith((*_KNOWN, _XML))) or "}rsid" in name:
                del element.attrib[name]


def _refers(drawing: etree._Element) -> bool:
    """Whether a drawing still refers to parts of the earlier file, such as a chart."""
    return any(
        str(name).startswith(R)
        for element in drawing.iter()
        for name in element.attrib
        if element.get("carried") is None
    )


def _set_style(properties: etree._Element, style: str) -> None:
    """Give a paragraph a style, if the new document has it."""
    found = properties.find(f"{W}pStyle")
    if found is None and style:
        properties.insert(0, etree.Element(f"{W}pStyle", {f"{W}val": style}))
    elif found is not None and style:
        found.set(f"{W}val", style)


def _replace(element: etree._Element, others: Iterable[etree._Element]) -> None:
    parent = element.getparent()
    if parent is not None:
        position = parent.index(element)
        parent[position : position + 1] = list(others)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
