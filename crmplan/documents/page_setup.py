"""Page setup: portrait and landscape sections cut out of the template's own."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from lxml import etree

from crmplan.documents.wordml import W

_FIRST_ONLY = (f"{W}headerReference", f"{W}footerReference", f"{W}titlePg")


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The section of the template that the body stands in."""

    section: etree._Element

    def text_size(self, *, landscape: bool) -> tuple[int, int]:
        """Width and height of the text in twips."""
        width, height = self._paper(landscape)
        margins = self.section.find(f"{W}pgMar")
        sides = _length(margins, "left") + _length(margins, "right")
        ends = _length(margins, "top") + _length(margins, "bottom")
        return width - sides - _length(margins, "gutter", 0), height - ends

    def element(self, *, landscape: bool, first: bool) -> etree._Element:
        """Section properties; only the first section says its headers, later ones inherit."""
        section = copy.deepcopy(self.section)
        if not first:
            for child in [c for c in section if c.tag in _FIRST_ONLY]:
                section.remove(child)
        size = section.find(f"{W}pgSz")
        if size is not None:
            width, height = self._paper(landscape)
            size.set(f"{W}w", str(width))
            size.set(f"{W}h", str(height))
            size.set(f"{W}orient", "landscape" if landscape else "portrait")
        return section

    def closing_paragraph(self, *, landscape: bool, first: bool) -> str:
        """The paragraph that ends a section of this kind."""
        section = etree.tostring(self.element(landscape=landscape, first=first), encoding="unicode")
        return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{section}</w:pPr></w:p>'

    def _paper(self, landscape: bool) -> tuple[int, int]:
        size = self.section.find(f"{W}pgSz")
        short, long = sorted((_length(size, "w", 11906), _length(size, "h", 16838)))
        return (long, short) if landscape else (short, long)


def _length(element: etree._Element | None, name: str, default: int = 1417) -> int:
    """A length in twips; margins may be negative, which means "exactly"."""
    value = None if element is None else element.get(W + name)
    return default if value is None else abs(round(float(value)))


def fold_section_ends(body: etree._Element) -> None:
    """Let the paragraph before a section end carry it: an empty one could fill a page alone."""
    for section in list(body.iterfind(f"{W}p/{W}pPr/{W}sectPr")):
        ending = section.getparent().getparent()  # type: ignore[union-attr]
        before = ending.getprevious() if ending is not None else None
        if ending is None or before is None or before.tag != f"{W}p" or len(ending) != 1:
            continue
        properties = before.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            before.insert(0, properties)
        if properties.find(f"{W}sectPr") is None:
            properties.append(section)
            body.remove(ending)
