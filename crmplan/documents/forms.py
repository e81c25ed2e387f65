"""A document becomes a form: locked outside its fields, and with marks that say what it is.

The marks are custom properties of the file. Word and LibreOffice keep them when they save, unlike
parts that they do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crmplan.documents.package import pack, unpack
from crmplan.documents.text import escaped, quoted

PROPERTY = "crmplan."
# Word shows and keeps 255 characters of a property.
_LONGEST = 250
_CUSTOM = "docProps/custom.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# No password: it guides and no more.
_LOCK = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
_AFTER_LOCK = "<w:defaultTabStop"


def as_form(document: bytes, marks: Iterable[tuple[str, str]]) -> bytes:
    """Lock a document of our own base outside its fields, and mark it.

    Args:
        document: a .docx file that :func:`crmplan.documents.rendering.render_document` made.
        marks: keys and values; keys that come several times are numbered.
    """
    parts = unpack(document)
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(_AFTER_LOCK, _LOCK + _AFTER_LOCK, 1).encode()
    parts[_CUSTOM] = _properties(marks)
    parts["[Content_Types].xml"] = _before_end(
        parts["[Content_Types].xml"],
        "</Types>",
        f'<Override PartName="/{_CUSTOM}" ContentType="{_TYPE}"/>',
    )
    parts["_rels/.rels"] = _before_end(
        parts["_rels/.rels"],
        "</Relationships>",
        f'<Relationship Id="rIdMarks" Type="{_OFFICE}/relationships/custom-properties"'
        f' Target="{_CUSTOM}"/>',
    )
    return pack(parts)


def _before_end(part: bytes, end: str, addition: str) -> bytes:
    text = part.decode()
    place = text.rindex(end)
    return (text[:place] + addition + text[place:]).encode()


def _properties(marks: Iterable[tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<property fmtid="{_FMTID}" pid="{number}" name={quoted(PROPERTY + name)}>'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(_joined(marks), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{entries}</Properties>"
    ).encode()


def _joined(marks: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give each mark a name of its own; items, which have no blanks, share properties."""
    items: list[str] = []
    for key, value in marks:
        if key == "item":
            items.append(value)
        else:
            yield key, value
    line, number = "", 0
    for item in items:
        if line and len(line) + len(item) + 1 > _LONGEST:
            number += 1
            yield f"items.{number:03d}", line
            line = ""
        line = f"{line} {item}".strip()
    if line:
        yield f"items.{number + 1:03d}", line
