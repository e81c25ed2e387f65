"""All faults of a firm's template, each with the place where the firm finds it in Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from crmplan.documents.base import base_part
from crmplan.documents.inspection import find_dangers
from crmplan.documents.template_model import template_schema
from crmplan.documents.template_tags import TagReader
from crmplan.documents.wordml import W

UNSAFE, TAG, PLACE, STYLE, NOTE = "unsafe", "tag", "place", "style", "note"
_HEADERS = {RT.HEADER: "header", RT.FOOTER: "footer", RT.FOOTNOTES: "footnote"}
_BODY = re.compile(r"\{\{p\s+(body|block\()")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a template.

    Attributes:
        kind: ``unsafe``, ``tag``, ``place``, ``style``, or ``note`` for what hinders nothing.
        place: the paragraph, table or header with the beginning of its text, or the part.
    """

    kind: str
    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        first = f"{self.place}: {self.message}"
        return f"{first}\n    {self.hint}" if self.hint else first


def check_opened(template: bytes, blocks: tuple[str, ...]) -> tuple[Fault, ...]:
    """Look a template through; run in the process of :mod:`crmplan.documents.confinement`.

    Args:
        template: the file.
        blocks: the names that ``block()`` may have in any document.
    """
    dangers = find_dangers(template)
    if dangers:
        return tuple(Fault(UNSAFE, one.place, one.reason) for one in dangers)
    document = docx.Document(io.BytesIO(template))
    return (*_tag_faults(document, blocks), *_style_faults(document), *_missing_styles(document))


def _tag_faults(document: Document, blocks: tuple[str, ...]) -> Iterator[Fault]:
    schema = template_schema()
    has_place = False
    for part, root in _parts(document):
        reader, place = TagReader(schema, blocks), part
        for place, text, is_top in _paragraphs(part, root):
            has_place = has_place or bool(is_top and _BODY.search(text))
            for remark in reader.read(text, may_hold_slots=is_top):
                yield Fault(TAG, place, remark.message, remark.hint)
        for keyword, tag in reader.unclosed():
            yield Fault(TAG, part, f"{tag} does not end", f"add {{%p end{keyword} %}}")
    if not has_place:
        hint = "add a paragraph {{p body }}, or paragraphs such as {{p block('summary') }}"
        yield Fault(PLACE, "the template", "it has no place for the text of the document", hint)


def _parts(document: Document) -> Iterator[tuple[str, etree._Element]]:
    yield "body", document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in _HEADERS:
            yield _HEADERS[relation.reltype], etree.fromstring(relation.target_part.blob)


def _paragraphs(part: str, root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Each paragraph with tags: its place, its text, and whether blocks can stand there."""
    paragraph_number = table_number = 0
    tables: dict[etree._Element, int] = {}
    for paragraph in root.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        if table is None:
            paragraph_number += 1
            where = f"paragraph {paragraph_number}"
        else:
            if table not in tables:
                table_number += 1
                tables[table] = table_number
            where = _cell(paragraph, tables[table])
        if "{" in text or "}" in text:
            within = where if part == "body" else f"{part}, {where}"
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            yield f"{within} “{shown}”", text, part == "body" and paragraph.getparent() is root


def _cell(paragraph: etree._Element, table_number: int) -> str:
    cell = next(paragraph.iterancestors(f"{W}tc"))
    row = cell.getparent()
    if row is None or (table := row.getparent()) is None:
        return f"table {table_number}"
    row_number = 1 + table.findall(f"{W}tr").index(row)
    return f"table {table_number}, row {row_number}, cell {1 + row.findall(f'{W}tc').index(cell)}"


def _style_faults(document: Document) -> Iterator[Fault]:
    """Styles of ours that are there, but of another kind: nothing could take their look."""
    theirs = {(name.casefold(), kind) for name, kind in _styles(document.styles.element)}
    for name, wanted in _our_styles():
        others = [kind for known, kind in theirs if known == name.casefold()]
        if others and wanted not in others:
            message = f"it is a {others[0]} style; the documents need a {wanted} style"
            yield Fault(STYLE, f"style “{name}”", message, "rename yours")


def _missing_styles(document: Document) -> Iterator[Fault]:
    theirs = {name.casefold() for name, _ in _styles(document.styles.element)}
    if missing := [name for name, _ in _our_styles() if name.casefold() not in theirs]:
        message = f"ours are added where these are missing: {', '.join(missing)}"
        yield Fault(NOTE, "styles", message)


def _our_styles() -> Iterator[tuple[str, str]]:
    return _styles(etree.fromstring(base_part("en", "word/styles.xml")))


def _styles(root: etree._Element) -> Iterator[tuple[str, str]]:
    for style in root.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            yield name.get(f"{W}val") or "", style.get(f"{W}type", "paragraph")
