"""Two documents become one file: the second follows as a part of its own, on its own pages.

The second keeps its styles, lists, running texts, page direction, figures and numbers; everything
that must be unique in a file is renamed. Its contents become fixed lines with live page numbers,
because Word would write a live list of contents in the styles of the first language.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from crmplan.documents.facing import Facing
from crmplan.documents.fixed_contents import fix_contents, limit_contents
from crmplan.documents.fonts import embed_fonts
from crmplan.documents.package import pack, unpack
from crmplan.documents.page_setup import fold_section_ends
from crmplan.documents.second_styles import SecondLook
from crmplan.documents.typography import Typography
from crmplan.documents.wordml import NAMESPACES, W
from crmplan.errors import DocumentError

FIRST = "crmplan_first"
_R = f"{{{NAMESPACES['r']}}}"
_WP = f"{{{NAMESPACES['wp']}}}"
_MOVED = (RT.CHART, RT.IMAGE, RT.HEADER, RT.FOOTER, RT.HYPERLINK)
_NOTES = tuple(f"{W}{name}Reference" for name in ("footnote", "endnote", "comment"))
_LONGEST = 40
# Above every identifier of a first document; Word takes up to 2,147,483,647.
_SHIFT = 10_000_000
_REFERENCE = re.compile(r"^(\s*(?:PAGEREF|REF)\s+)(\S+)")
_SEQUENCE = re.compile(r"^(\s*SEQ\s+)(\S+)")
_SECTION_END = (
    '<w:p xmlns:w="{w}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
    'w:lineRule="exact"/></w:pPr></w:p>'
)


def join(first: bytes, second: bytes, *, look: Typography, page: str = "") -> bytes:
    """One file of two documents.

    Args:
        first: the document that gives the file its properties and defaults.
        second: the same document in another language.
        look: how the second language is set.
        page: the page where the second begins, as the second writes it; empty before it is known.

    Raises:
        DocumentError: if the second has notes or comments, which a file keeps only once.
    """
    one, other = (docx.Document(io.BytesIO(content)) for content in (first, second))
    roots = (other.element.body, *_running_texts(other))
    _refuse_notes(roots)
    front = Facing(one, other)
    suffix = f"-{look.tag.partition('-')[0]}"
    renamed = SecondLook(one, other, suffix)
    renamed.rename(roots)
    for root in roots:
        _make_unique(root, suffix)
    for root in roots:
        fix_contents(root, one)
    _move_parts(one, other)
    front.say_both(renamed)
    front.enter_second(page, _SHIFT - 2)
    limit_contents(one.element.body, FIRST, _SHIFT - 1)
    _append(one.element.body, other.element.body)
    embed_fonts(one, look)
    out = io.BytesIO()
    one.save(out)
    return pack(unpack(out.getvalue()))


def name_in_second(bookmark: str) -> str:
    """The name that a bookmark of the second document has in the file."""
    if len(bookmark) + 2 <= _LONGEST:
        return f"s_{bookmark}"
    return f"s_{bookmark[:28]}_{hashlib.sha256(bookmark.encode()).hexdigest()[:8]}"


def _running_texts(document: Document) -> Iterator[etree._Element]:
    for relation in document.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER) and isinstance(relation.target_part, XmlPart):
            yield relation.target_part.element


def _refuse_notes(roots: Sequence[etree._Element]) -> None:
    if any(next(root.iter(*_NOTES), None) is not None for root in roots):
        raise DocumentError(
            "the template has footnotes, endnotes or comments, which a file keeps only once",
            hint="take them out of the template, or write two documents without --bilingual",
        )


def _make_unique(root: etree._Element, suffix: str) -> None:
    """Give bookmarks, numbers and counters of the second document names of their own."""
    for mark in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        mark.set(f"{W}id", str(int(mark.get(f"{W}id", "0")) + _SHIFT))
        if name := mark.get(f"{W}name"):
            mark.set(f"{W}name", name_in_second(name))
    for control in root.iterfind(f".//{W}sdtPr/{W}id"):
        control.set(f"{W}val", str((int(control.get(f"{W}val", "0")) + _SHIFT) % 2**31))
    for drawing in root.iter(f"{_WP}docPr"):
        drawing.set("id", str(int(drawing.get("id", "0")) + _SHIFT))
    for link in root.iter(f"{W}hyperlink"):
        if anchor := link.get(f"{W}anchor"):
            link.set(f"{W}anchor", name_in_second(anchor))
    for element in root.iter():
        for own in [one for one in element.attrib if str(one).endswith(("}paraId", "}textId"))]:
            del element.attrib[own]
    counter = re.sub(r"\W", "_", suffix)
    for code in root.iter(f"{W}instrText"):
        text = _REFERENCE.sub(lambda m: m[1] + name_in_second(m[2]), code.text or "")
        code.text = _SEQUENCE.sub(lambda m: f"{m[1]}{m[2]}{counter}", text)


def _move_parts(first: Document, second: Document) -> None:
    """Attach charts, pictures, running texts and addresses to the first document."""
    ids = {}
    for given, relation in second.part.rels.items():
        if relation.is_external:
            ids[given] = first.part.relate_to(relation.target_ref, relation.reltype, True)
        elif relation.reltype in _MOVED:
            _rename_parts(relation.target_part)
            ids[given] = first.part.relate_to(relation.target_part, relation.reltype)
    for element in second.element.body.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(_R) and value in ids:
                element.set(name, ids[value])


def _rename_parts(part: Part) -> None:
    """Give a part, and what it refers to, names that no part of the first document has."""
    folder, _, name = part.partname.rpartition("/")
    if name.startswith("second_"):
        return
    part.partname = PackURI(f"{folder}/second_{name}")
    for relation in part.rels.values():
        if not relation.is_external:
            _rename_parts(relation.target_part)


def _append(body: etree._Element, following: Iterable[etree._Element]) -> None:
    """Put a body after another, in sections of its own."""
    section = body.find(f"{W}sectPr")
    if section is not None:
        ending = etree.fromstring(_SECTION_END.format(w=NAMESPACES["w"]))
        ending[0].append(section)
        body.append(ending)
        fold_section_ends(body)
    for element in list(following):
        body.append(element)
