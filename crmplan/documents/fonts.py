"""Fonts that travel inside the document, obfuscated as Word wants them.

Source: ISO/IEC 29500-4 §9.1 (font obfuscation): the first 32 bytes are combined with the GUID.
The GUIDs come from the file names, so that equal documents stay equal.
"""

from __future__ import annotations

import uuid
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from crmplan.documents.sources import fill_base
from crmplan.documents.typography import Typography
from crmplan.documents.wordml import NAMESPACES, W
from crmplan.errors import FontMissingError

FONT_FOLDER = Path(__file__).resolve().parents[1] / "localisation" / "fonts"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_FONT_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_BEFORE_EMBED = {
    f"{W}{name}"
    for name in (
        "writeProtection",
        "view",
        "zoom",
        "removePersonalInformation",
        "removeDateAndTime",
        "doNotDisplayPageBoundaries",
        "displayBackgroundShape",
        "printPostScriptOverText",
        "printFractionalCharacterWidth",
        "printFormsData",
    )
}


class Face(NamedTuple):
    """One font file and the element that embeds it."""

    family: str
    element: str
    file: str


_FACES = (
    Face("Vazirmatn", "embedRegular", "Vazirmatn-Regular.ttf"),
    Face("Vazirmatn", "embedBold", "Vazirmatn-Bold.ttf"),
    Face("Vazirmatn FD", "embedRegular", "Vazirmatn-FD-Regular.ttf"),
    Face("Vazirmatn FD", "embedBold", "Vazirmatn-FD-Bold.ttf"),
)


def embed_fonts(document: Document, type_: Typography) -> None:
    """Embed the fonts of a right-to-left document; others use what every office has.

    Raises:
        FontMissingError: if a font file is not installed with the program.
    """
    if not type_.rtl:
        return
    table = _font_table(document, type_)
    root = etree.fromstring(table.blob)
    for number, face in enumerate(_FACES, 1):
        _embed(document, table, root, face, number)
    # python-docx has no other way to change a part that it does not parse.
    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
    _switch_on(document)


def _embed(document: Document, table: Part, root: etree._Element, face: Face, number: int) -> None:
    entry = _entry(root, face.family)
    if entry.find(W + face.element) is not None:
        return
    guid, data = _obfuscated(face.file)
    name = PackURI(f"/word/fonts/crmplan_font{number}.odttf")
    relation = table.relate_to(Part(name, _OBFUSCATED, data, document.part.package), _FONT_RELATION)
    embedded = etree.SubElement(entry, W + face.element)
    embedded.set(f"{{{NAMESPACES['r']}}}id", relation)
    embedded.set(f"{W}fontKey", guid)


def _entry(root: etree._Element, family: str) -> etree._Element:
    for entry in root.iterfind(f"{W}font"):
        if entry.get(f"{W}name") == family:
            return entry
    entry = etree.SubElement(root, f"{W}font", {f"{W}name": family})
    for tag, value in (("charset", "B2"), ("family", "swiss"), ("pitch", "variable")):
        etree.SubElement(entry, W + tag, {f"{W}val": value})
    return entry


@cache
def _obfuscated(file: str) -> tuple[str, bytes]:
    path = FONT_FOLDER / file
    if not path.is_file():
        raise FontMissingError(path)
    guid = uuid.uuid5(uuid.NAMESPACE_URL, f"https://crmplan.example/fonts/{file}")
    key = guid.bytes[::-1]
    data = bytearray(path.read_bytes())
    for position in range(32):
        data[position] ^= key[position % 16]
    return f"{{{str(guid).upper()}}}", bytes(data)


def _font_table(document: Document, type_: Typography) -> Part:
    try:
        return document.part.part_related_by(RT.FONT_TABLE)
    except KeyError:
        blob = fill_base("font_table.xml.j2", type=type_).encode()
        name = PackURI("/word/fontTable.xml")
        part = Part(name, _FONT_TABLE_TYPE, blob, document.part.package)
        document.part.relate_to(part, RT.FONT_TABLE)
        return part


def _switch_on(document: Document) -> None:
    settings = document.settings.element
    if settings.find(f"{W}embedTrueTypeFonts") is None:
        before = [child for child in settings if child.tag in _BEFORE_EMBED]
        settings.insert(len(before), etree.Element(f"{W}embedTrueTypeFonts"))
