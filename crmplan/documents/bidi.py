"""The last pass over a right-to-left document: every run, table and section says its direction.

Word decides per run which font, size and weight applies; a style cannot carry ``w:rtl`` (it is
not valid there). The pass therefore also covers the text of a firm's own template.
Source: ISO/IEC 29500-1 §17.3.2.30; notes/documents.md §3.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from crmplan.documents.text import Piece, split_islands
from crmplan.documents.wordml import W

_AFTER_RTL = {f"{W}{name}" for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish")}
_PAIRS = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))
_BEFORE_BIDI_VISUAL = {f"{W}{name}" for name in ("tblStyle", "tblpPr", "tblOverlap")}
_AFTER_BIDI = {f"{W}{name}" for name in ("rtlGutter", "docGrid", "printerSettings")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def mark_right_to_left(root: etree._Element) -> None:
    """Mark all runs, tables and sections below an element; explicit marks stay."""
    for run in list(root.iter(f"{W}r")):
        _mark_run(run)
    for properties in root.iter(f"{W}tblPr"):
        _mark_table(properties)
    for section in root.iter(f"{W}sectPr"):
        _mark_section(section)


def pair_scripts(root: etree._Element) -> None:
    """Give bold, italic and size of Latin text to the right-to-left text as well."""
    for properties in root.iter(f"{W}rPr"):
        for latin, other in _PAIRS:
            found = properties.find(W + latin)
            if found is not None and properties.find(W + other) is None:
                twin = copy.deepcopy(found)
                twin.tag = W + other
                found.addnext(twin)


def flow_right_to_left(styles: etree._Element) -> None:
    """Make the default paragraph style right-to-left unless the template says otherwise."""
    for style in styles.iterfind(f"{W}style[@{W}type='paragraph'][@{W}default='1']"):
        properties = style.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            before = style.find(f"{W}rPr")
            style.append(properties) if before is None else before.addprevious(properties)
        if properties.find(f"{W}bidi") is None:
            _insert_bidi(properties)


def _insert_bidi(properties: etree._Element) -> None:
    later = {"adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc"}
    later |= {"mirrorIndents", "suppressOverlap", "textDirection", "textAlignment"}
    later |= {"textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"}
    _insert_before(properties, etree.Element(f"{W}bidi"), {W + name for name in later})


def _mark_run(run: etree._Element) -> None:
    properties = run.find(f"{W}rPr")
    if properties is not None and properties.find(f"{W}rtl") is not None:
        return
    contents = [child for child in run if child.tag != f"{W}rPr"]
    if not any(child.text for child in contents if child.tag == f"{W}t"):
        _set_direction(run, ltr=False)
        return
    for child in contents:
        run.remove(child)
    empty = copy.deepcopy(run)
    last = run
    for position, (content, piece) in enumerate(_pieces(contents)):
        part = copy.deepcopy(empty) if position else run
        part.append(content)
        _set_direction(part, ltr=piece.ltr)
        if position:
            last.addnext(part)
        last = part


def _pieces(contents: Iterable[etree._Element]) -> list[tuple[etree._Element, Piece]]:
    """The contents of a run, each text cut where the direction changes."""
    out = []
    for content in contents:
        if content.tag != f"{W}t":
            out.append((copy.deepcopy(content), Piece("", False)))
            continue
        for piece in split_islands(content.text or ""):
            text = etree.Element(f"{W}t", {_SPACE: "preserve"})
            text.text = piece.text
            out.append((text, piece))
    return out


def _set_direction(run: etree._Element, *, ltr: bool) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    mark = etree.Element(f"{W}rtl", {f"{W}val": "0"} if ltr else {})
    _insert_before(properties, mark, _AFTER_RTL)


def _mark_table(properties: etree._Element) -> None:
    if properties.getparent().tag == f"{W}tbl" and properties.find(f"{W}bidiVisual") is None:  # type: ignore[union-attr]
        before = [child for child in properties if child.tag in _BEFORE_BIDI_VISUAL]
        properties.insert(len(before), etree.Element(f"{W}bidiVisual"))


def _mark_section(section: etree._Element) -> None:
    if section.find(f"{W}bidi") is None:
        _insert_before(section, etree.Element(f"{W}bidi"), _AFTER_BIDI)
    if section.find(f"{W}rtlGutter") is None:
        _insert_before(section, etree.Element(f"{W}rtlGutter"), _AFTER_BIDI - {f"{W}rtlGutter"})


def _insert_before(parent: etree._Element, child: etree._Element, later: set[str]) -> None:
    """Insert a child in schema order: before the first of the elements that come later."""
    following = next((c for c in parent if c.tag in later), None)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)
