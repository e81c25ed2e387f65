"""What a firm's template lacks is added from our base; what it has wins.

Styles are matched by their name, as Word does: in a German Word the id of "heading 1" is
``berschrift1``. Numbering is matched by the name of its definition.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.parts.numbering import NumberingPart
from lxml import etree

from crmplan.documents.attachments import next_number
from crmplan.documents.base import base_part
from crmplan.documents.settings import Language
from crmplan.documents.wordml import W

_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_VAL = f"{W}val"
_LISTS = ("list bullet", "list bullet 2", "list number")
_OUR_NUMBERED_LIST = "3"
_OUR_UNNUMBERED = "4"
_REFERRING = {f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next", f"{W}link"}


@dataclass(frozen=True, slots=True)
class Completed:
    """How our style and numbering ids are called in the template."""

    style_ids: Mapping[str, str]
    numbering: etree._Element
    numbered_list: int
    unnumbered: int

    @property
    def numbered_headings(self) -> bool:
        """Whether the template numbers its headings."""
        return self.unnumbered > 0


def complete(document: Document, language: Language, *, own_base: bool) -> Completed:
    """Add missing numbering and styles to a template; our own base has everything."""
    numbering = _numbering(document)
    styles = document.styles.element
    if own_base:
        return Completed({}, numbering, int(_OUR_NUMBERED_LIST), int(_OUR_UNNUMBERED))
    _drop_old_styles(document)
    numbers = _add_numbering(numbering, _base(language, "word/numbering.xml"))
    ids = _add_styles(styles, _base(language, "word/styles.xml"), numbers)
    _rename_level_styles(numbering, ids)
    heading = _by_name(styles)[("paragraph", "heading 1")]
    number = heading.find(f"{W}pPr/{W}numPr/{W}numId")
    numbered = number is not None and number.get(_VAL) != "0"
    unnumbered = int(numbers[_OUR_UNNUMBERED]) if numbered else 0
    return Completed(ids, numbering, int(numbers[_OUR_NUMBERED_LIST]), unnumbered)


def _drop_old_styles(document: Document) -> None:
    """Drop the second copy of the styles that Word 2010 wrote: it would contradict the first."""
    relations = document.part.rels
    for key in [key for key, r in relations.items() if r.reltype == _OLD_STYLES]:
        del relations[key]


def rename_styles(root: etree._Element, ids: Mapping[str, str]) -> None:
    """Point references to our styles at the styles of the template."""
    if all(ours == theirs for ours, theirs in ids.items()):
        return
    for element in root.iter(*_REFERRING):
        given = element.get(_VAL, "")
        element.set(_VAL, ids.get(given, given))


def _base(language: Language, part: str) -> etree._Element:
    return etree.fromstring(base_part(language, part))


def _numbering(document: Document) -> etree._Element:
    try:
        part = document.part.part_related_by(RT.NUMBERING)
    except KeyError:
        empty = etree.tostring(etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]}))
        name = PackURI("/word/numbering.xml")
        part = NumberingPart.load(name, _NUMBERING_TYPE, empty, document.part.package)
        document.part.relate_to(part, RT.NUMBERING)
    element: etree._Element = part.element  # type: ignore[attr-defined]
    return element


def _add_numbering(theirs: etree._Element, ours: etree._Element) -> dict[str, str]:
    """Append our definitions under free ids; answers with our numbering ids → theirs."""
    taken = [int(a.get(f"{W}abstractNumId", "0")) for a in theirs.iterfind(f"{W}abstractNum")]
    offset = max(taken, default=-1) + 1
    definitions = theirs.findall(f"{W}abstractNum")
    position = theirs.index(definitions[-1]) + 1 if definitions else 0
    for definition in ours.iterfind(f"{W}abstractNum"):
        added = copy.deepcopy(definition)
        added.set(f"{W}abstractNumId", str(int(added.get(f"{W}abstractNumId", "0")) + offset))
        theirs.insert(position, added)
        position += 1
    numbers: dict[str, str] = {}
    last = theirs.findall(f"{W}num")
    position = theirs.index(last[-1]) + 1 if last else position
    for number in ours.iterfind(f"{W}num"):
        added = copy.deepcopy(number)
        identifier = str(next_number(theirs))
        numbers[number.get(f"{W}numId", "")] = identifier
        added.set(f"{W}numId", identifier)
        for link in added.iterfind(f"{W}abstractNumId"):
            link.set(_VAL, str(int(link.get(_VAL, "0")) + offset))
        theirs.insert(position, added)
        position += 1
    return numbers


def _add_styles(
    theirs: etree._Element, ours: etree._Element, numbers: Mapping[str, str]
) -> dict[str, str]:
    """Append the styles that the template lacks; answers with our style ids → theirs."""
    known = _by_name(theirs)
    taken = {style.get(f"{W}styleId", "") for style in known.values()}
    ids: dict[str, str] = {}
    added = []
    for key, style in _by_name(ours).items():
        own = style.get(f"{W}styleId", "")
        if key in known:
            ids[own] = known[key].get(f"{W}styleId", "")
            if key[1] in _LISTS:
                _give_list_numbering(known[key], style, numbers)
            continue
        ids[own] = own if own not in taken else f"Crmplan{own}"
        added.append(_appended(theirs, style, ids[own], known, numbers))
    for style in added:
        rename_styles(style, ids)
    return ids


def _appended(
    theirs: etree._Element,
    style: etree._Element,
    identifier: str,
    known: Mapping[tuple[str, str], etree._Element],
    numbers: Mapping[str, str],
) -> etree._Element:
    copied = copy.deepcopy(style)
    copied.set(f"{W}styleId", identifier)
    kind = copied.get(f"{W}type")
    if any(kind == other and s.get(f"{W}default") == "1" for (other, _), s in known.items()):
        copied.attrib.pop(f"{W}default", "")
    for number in copied.iter(f"{W}numId"):
        number.set(_VAL, numbers.get(number.get(_VAL, ""), number.get(_VAL, "")))
    theirs.append(copied)
    return copied


def _give_list_numbering(
    theirs: etree._Element, ours: etree._Element, numbers: Mapping[str, str]
) -> None:
    """A list style without bullets or numbers gets ours: its items would look like text."""
    if theirs.find(f"{W}pPr/{W}numPr") is not None:
        return
    properties = theirs.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        before = theirs.find(f"{W}rPr")
        theirs.append(properties) if before is None else before.addprevious(properties)
    numbering = copy.deepcopy(ours.find(f"{W}pPr/{W}numPr"))
    if numbering is None:
        return
    for number in numbering.iter(f"{W}numId"):
        number.set(_VAL, numbers[number.get(_VAL, "")])
    first = {f"{W}{n}" for n in ("keepNext", "keepLines", "pageBreakBefore", "framePr")}
    first.add(f"{W}widowControl")
    properties.insert(sum(child.tag in first for child in properties), numbering)


def _rename_level_styles(numbering: etree._Element, ids: Mapping[str, str]) -> None:
    """Our heading numbers belong to our heading styles only where those were added."""
    for definition in numbering.iterfind(f"{W}abstractNum"):
        name = definition.find(f"{W}name")
        if name is not None and (name.get(_VAL) or "").startswith("crmplan-"):
            for style in list(definition.iter(f"{W}pStyle")):
                parent = style.getparent()
                if parent is not None and not _is_ours(style.get(_VAL, ""), ids):
                    parent.remove(style)


def _is_ours(identifier: str, ids: Mapping[str, str]) -> bool:
    return ids.get(identifier) == identifier and identifier.startswith("Crmplan")


def _by_name(styles: etree._Element) -> dict[tuple[str, str], etree._Element]:
    found = {}
    for style in styles.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            key = (style.get(f"{W}type", "paragraph"), (name.get(_VAL) or "").casefold())
            found[key] = style
    return found
