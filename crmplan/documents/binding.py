"""The client's name, kept once in the file: who changes the property changes it everywhere.

Each place of the name is a live field that shows the property "Client" of the document. A content
control bound to a data part would be changed in the text itself, but LibreOffice 7.4 repeats the
words of such a control when it saves a right-to-left document.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from crmplan.documents.text import scrub
from crmplan.documents.wordml import NAMESPACES, Look, W, field

PROPERTY = "Client"
INSTRUCTION = f"DOCPROPERTY {PROPERTY}"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
# The id that Microsoft gave to properties that users make.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_LONGEST = 255
_SEPARATOR = " · "


def bind_client(document: Document, client: str) -> None:
    """Keep the client's name as a property, and let the template's places of it show it."""
    name = scrub(client)
    if not can_be_kept(client):
        return
    _keep(document, name)
    for root in _roots(document):
        for run in list(root.iter(f"{W}r")):
            _bind(run, name)


def can_be_kept(client: str) -> bool:
    """Whether a name fits into a property: one line, not longer than Word takes."""
    name = scrub(client)
    return bool(name.strip()) and len(name) <= _LONGEST and not {"\n", "\t"} & set(name)


def client_field(name: str, look: Look) -> str:
    """The runs of a live field that shows the client's name."""
    return field(INSTRUCTION, name, look)


def _keep(document: Document, name: str) -> None:
    package = document.part.package
    known = [rel for rel in package.rels.values() if rel.reltype == RT.CUSTOM_PROPERTIES]
    if known:
        part, root = known[0].target_part, etree.fromstring(known[0].target_part.blob)
    else:
        root = etree.fromstring(f'<Properties xmlns="{_CUSTOM[1:-1]}"/>')
        part = Part(PackURI("/docProps/custom.xml"), _TYPE, b"", package)
        package.relate_to(part, RT.CUSTOM_PROPERTIES)
    for old in [one for one in root if one.get("name") == PROPERTY]:
        root.remove(old)
    number = max((int(one.get("pid", "1")) for one in root), default=1) + 1
    given = {"fmtid": _FORMAT, "pid": str(number), "name": PROPERTY}
    etree.SubElement(etree.SubElement(root, f"{_CUSTOM}property", given), _VALUE).text = name
    part._blob = etree.tostring(  # noqa: SLF001  python-docx has no other way to change a part
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _roots(document: Document) -> Iterator[etree._Element]:
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER) and isinstance(relation.target_part, XmlPart):
            yield relation.target_part.element


def _bind(run: etree._Element, name: str) -> None:
    """Bind a run that shows the name alone, or before the separator of our running text."""
    texts = run.findall(f"{W}t")
    text = (texts[0].text or "") if len(texts) == 1 else ""
    parent = run.getparent()
    is_name = text == name or text.startswith(name + _SEPARATOR)
    if not is_name or parent is None or parent.tag != f"{W}p":
        return
    properties, position = run.find(f"{W}rPr"), parent.index(run)
    if rest := text[len(name) :]:
        texts[0].text = rest
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        parent.remove(run)
    declared = f'<w:p xmlns:w="{NAMESPACES["w"]}">{client_field(name, Look())}</w:p>'
    for offset, one in enumerate(list(etree.fromstring(declared))):
        if properties is not None:
            one.insert(0, etree.fromstring(etree.tostring(properties)))
        parent.insert(position + offset, one)
