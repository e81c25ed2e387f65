"""Looks into a firm's template before anything reads it, and refuses what could do harm.

Refused: programs (macros, controls, embedded objects), everything that loads from elsewhere
when the document is opened, fields that do so, entity declarations, parts of a kind that no
template needs, and packages that unpack to more than they say. Links that a reader clicks (http,
https, mailto) are allowed.
Not checked: whether the tags can be filled; that is done by filling them.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from crmplan.documents.references import is_address
from crmplan.documents.wordml import W
from crmplan.errors import UnsafeTemplateError

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_XML = 30_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
_SMALL = 1_000_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FORBIDDEN_RELATIONS = (
    "vbaproject",
    "vbadata",
    "attachedtemplate",
    "oleobject",
    "afchunk",
    "subdocument",
    "control",
    "activex",
    "mailmerge",
    "frame",
    "customui",
    "ui/extensibility",
    "keymapcustomizations",
    "attachedtoolbars",
    "recipientdata",
    "webextension",
)
_LOADING_FIELD = re.compile(
    r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|AUTOTEXT)\b"
    r"|^\s*(LINK|IMPORT|INCLUDE|DATABASE|RD|EMBED|CONTROL|GOTOBUTTON|PRINT)\b",
    re.IGNORECASE | re.MULTILINE,
)
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+(?!\\)"?([^"\s]+)', re.IGNORECASE | re.MULTILINE)
_XML = (".xml", ".rels", ".vml", ".svg")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp")
_MEDIA = (*_PICTURES, ".odttf", ".ttf", ".xlsx")
_OFFICE = "urn:schemas-microsoft-com:office:office"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_FORBIDDEN_ELEMENTS = (
    f"{{{_OFFICE}}}OLEObject",
    *(f"{W}{name}" for name in ("altChunk", "subDoc", "control", "mailMerge", "attachedTemplate")),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def inspect_template(data: bytes) -> None:
    """Check a firm's template.

    Raises:
        UnsafeTemplateError: with the part and the reason, at the first finding.
    """
    for danger in find_dangers(data):
        raise danger


def find_dangers(data: bytes) -> tuple[UnsafeTemplateError, ...]:
    """Everything for which a template is refused, in the order of its parts.

    A file that is no package, or one that unpacks to too much, is not looked into any further.
    """
    found: list[UnsafeTemplateError] = []
    try:
        with _opened(data) as archive:
            _check_size(archive)
            for name in sorted(archive.namelist()):
                try:
                    _check_member(archive, name)
                except UnsafeTemplateError as danger:
                    found.append(danger)
            _check_main(archive)
    except UnsafeTemplateError as danger:
        found.append(danger)
    return tuple(found)


def _opened(data: bytes) -> zipfile.ZipFile:
    if len(data) > MAX_BYTES:
        raise UnsafeTemplateError("the file", f"it is larger than {MAX_BYTES:,} bytes")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnsafeTemplateError("the file", "it is no .docx document") from error


def _check_size(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise UnsafeTemplateError("the file", f"it has more than {MAX_MEMBERS} parts")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnsafeTemplateError("the file", f"it unpacks to more than {MAX_UNPACKED:,} bytes")
    seen = set()
    for entry in entries:
        if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
            raise UnsafeTemplateError(entry.filename, f"it unpacks to {entry.file_size:,} bytes")
        if entry.flag_bits & 1:
            raise UnsafeTemplateError(entry.filename, "it is encrypted")
        if entry.filename.casefold() in seen:
            raise UnsafeTemplateError(entry.filename, "it is there twice")
        seen.add(entry.filename.casefold())


def _check_member(archive: zipfile.ZipFile, name: str) -> None:
    lower = name.casefold()
    if lower.startswith(("/", "\\")) or ".." in lower.replace("\\", "/").split("/"):
        raise UnsafeTemplateError(name, "its name leads out of the package")
    if "vbaproject" in lower or "activex" in lower or lower.endswith((".bin", ".exe", ".ole")):
        raise UnsafeTemplateError(name, "macros and embedded objects are not taken")
    if lower.endswith((*_MEDIA, "/")):
        return
    if not lower.endswith(_XML):
        raise UnsafeTemplateError(name, "a part of this kind is not taken")
    if archive.getinfo(name).file_size > MAX_XML:
        raise UnsafeTemplateError(name, f"it holds more than {MAX_XML:,} bytes of XML")
    root = _parse(archive, name)
    if lower.endswith(".rels"):
        _check_relations(name, root)
    elif lower.endswith(".svg"):
        _check_drawing(name, root)
    else:
        _check_elements(name, root)
        _check_fields(name, root)


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    try:
        data = archive.read(name)
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, NotImplementedError) as error:
        raise UnsafeTemplateError(name, f"it cannot be read: {error}") from error
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeTemplateError(name, "it declares a document type or entities")
    return root


def _check_relations(name: str, root: etree._Element) -> None:
    for relation in root:
        kind = (relation.get("Type") or "").casefold()
        kind = kind.split("/relationships/", 1)[-1]
        target = relation.get("Target") or ""
        if any(word in kind for word in _FORBIDDEN_RELATIONS):
            raise UnsafeTemplateError(name, f"{kind} ({target}) is not taken")
        external = relation.get("TargetMode") == "External"
        if external and not (kind == "hyperlink" and is_address(target)):
            raise UnsafeTemplateError(name, f"{kind} is loaded from elsewhere: {target}")


def _check_drawing(name: str, root: etree._Element) -> None:
    """A drawing may not load anything; Word shows no scripts, but others do."""
    for element in root.iter(etree.Element):
        if etree.QName(element).localname.casefold() in ("script", "foreignobject"):
            raise UnsafeTemplateError(name, "a drawing with a script is not taken")
        given = ((str(key), str(value)) for key, value in element.attrib.items())
        links = (value for key, value in given if key.endswith("href"))
        if loaded := next((one for one in links if not one.startswith(("#", "data:image/"))), None):
            raise UnsafeTemplateError(name, f"a drawing that loads {loaded} is not taken")


def _check_elements(name: str, root: etree._Element) -> None:
    for element in root.iter(*_FORBIDDEN_ELEMENTS):
        kind = etree.QName(element).localname
        raise UnsafeTemplateError(name, f"the element {kind} is not taken")
    for image in root.iter(_VML_IMAGE):
        loaded = image.get("src") or image.get(f"{_RELATION}href")
        if loaded:
            raise UnsafeTemplateError(name, f"a picture is loaded from elsewhere: {loaded}")


def _check_fields(name: str, root: etree._Element) -> None:
    # An instruction may be cut into many runs, so the pieces are joined before reading.
    pieces = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}instrText":
            pieces.append(element.text or "")
        else:
            pieces.append("\n" + (element.get(f"{W}instr") or ""))
    instructions = "".join(pieces)
    if found := _LOADING_FIELD.search(instructions):
        raise UnsafeTemplateError(name, f"the field {found.group().strip()} is not taken")
    for address in _LINK_FIELD.findall(instructions):
        if not is_address(address):
            raise UnsafeTemplateError(name, f"a link to {address} is not taken")


def _check_main(archive: zipfile.ZipFile) -> None:
    if "[Content_Types].xml" not in archive.namelist():
        raise UnsafeTemplateError("the file", "it is no .docx document")
    types = _parse(archive, "[Content_Types].xml")
    kinds = [element.get("ContentType") or "" for element in types]
    if loud := next((kind for kind in kinds if "macroenabled" in kind.casefold()), None):
        raise UnsafeTemplateError("[Content_Types].xml", f"it is a document with macros ({loud})")
    if _MAIN not in kinds:
        raise UnsafeTemplateError("[Content_Types].xml", "it is no .docx document")
