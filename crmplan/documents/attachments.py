"""Parts beside the text of a document: charts, pictures, addresses, list numbering."""

from __future__ import annotations

import copy
import hashlib

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from crmplan.documents.wordml import W

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_PICTURE_TYPES = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}


class DocumentAttachments:
    """Keeps attachments in a python-docx document, under names that no template uses."""

    def __init__(self, document: Document, numbering: etree._Element, numbered: int) -> None:
        self._part = document.part
        self._numbering = numbering
        self._numbered = numbered
        self._pictures: dict[str, str] = {}
        self._charts = 0

    def chart(self, chart: bytes, workbook: bytes) -> str:
        """Keep a chart with its workbook."""
        self._charts += 1
        package = self._part.package
        name = PackURI(f"/word/embeddings/crmplan_chart{self._charts}.xlsx")
        data = Part(name, _WORKBOOK, workbook, package)
        name = PackURI(f"/word/charts/crmplan_chart{self._charts}.xml")
        drawing = Part(name, _CHART, chart, package)
        drawing.relate_to(data, RT.PACKAGE)
        return self._part.relate_to(drawing, RT.CHART)

    def picture(self, png: bytes) -> str:
        """Keep a picture; the same picture is kept once."""
        return self.media(png, "png")

    def media(self, content: bytes, extension: str) -> str:
        """Keep a picture of any kind that Word takes; the same picture is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._pictures:
            name = PackURI(f"/word/media/crmplan_picture{len(self._pictures) + 1}.{extension}")
            kind = _PICTURE_TYPES.get(extension, f"image/{extension}")
            part = Part(name, kind, content, self._part.package)
            self._pictures[digest] = self._part.relate_to(part, RT.IMAGE)
        return self._pictures[digest]

    def address(self, link: str) -> str:
        """Keep a web or mail address."""
        return self._part.relate_to(link, RT.HYPERLINK, is_external=True)

    def numbered_list(self) -> int:
        """Begin a list at 1 again: a numbering of its own over the same definition."""
        model = self._numbering.find(f"{W}num[@{W}numId='{self._numbered}']")
        assert model is not None, "the numbering of numbered lists was just added"
        number = copy.deepcopy(model)
        identifier = next_number(self._numbering)
        number.set(f"{W}numId", str(identifier))
        override = etree.SubElement(number, f"{W}lvlOverride", {f"{W}ilvl": "0"})
        etree.SubElement(override, f"{W}startOverride", {f"{W}val": "1"})
        last = self._numbering.findall(f"{W}num")[-1]
        last.addnext(number)
        return identifier


def next_number(numbering: etree._Element) -> int:
    """A numbering id that is not taken."""
    taken = (int(num.get(f"{W}numId", "0")) for num in numbering.iterfind(f"{W}num"))
    return max(taken, default=0) + 1
