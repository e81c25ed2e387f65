"""A firm's own Word template: a file to begin with, and a check of what the firm made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmplan.data_files import data_folder
from crmplan.documents.base import base_template
from crmplan.documents.confinement import check_confined
from crmplan.documents.making import DOCUMENTS, compose, documents_for
from crmplan.documents.package import pack, unpack
from crmplan.documents.parts import FIGURES, named_blocks, part_names
from crmplan.documents.rendering import render_document
from crmplan.documents.template_check import NOTE, TAG, Fault
from crmplan.documents.wordml import Look, paragraph, runs
from crmplan.errors import DocumentError, TemplateTagError
from crmplan.localisation.locale import Calendar, LanguageCode
from crmplan.localisation.messages import Messages, catalogue
from crmplan.report import Report

MAIN = "word/document.xml"
_BODY = "<w:p><w:r><w:t>{{p body }}</w:t></w:r></w:p>"
_CELL = '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
_COLUMNS: Mapping[str, int] = {"dimension": 4536, "score": 1512, "target": 1512, "gap": 1512}
_TAGS: Mapping[str, str] = {"dimension": "{{ g.name }}"}


def short_template(language: LanguageCode) -> bytes:
    """Give our own base as a .docx with one place for the whole text."""
    words = catalogue("common", language, data_folder("templates") / "prose")
    page_of = words("labels.page_of", page="{page}", pages="{pages}")
    return base_template(language, cover=True, page_of=page_of)


def new_template(language: LanguageCode, report: Report) -> bytes:
    """Give our own base as a .docx with a tag for every part of every document.

    Args:
        language: gives direction, fonts, running texts and the words of the examples.
        report: any report, whose documents name their parts.
    """
    words = catalogue("template", language, data_folder("templates") / "prose")
    parts = unpack(short_template(language))
    text = "".join((*_all_documents(language, report), *_examples(words)))
    main = parts[MAIN].decode()
    return pack({**parts, MAIN: main.replace(_BODY, text).encode()})


def check_template(
    template: bytes, report: Report, language: LanguageCode, calendar: Calendar
) -> tuple[Fault, ...]:
    """Read a template, then try it with every document of a report.

    Returns:
        What hinders its use, each with its place, and notes that hinder nothing.
    """
    composed = {
        name: compose(report, name, language, calendar) for name in documents_for(report.engagement)
    }
    names = {one: None for blocks, _ in composed.values() for one in named_blocks(blocks)}
    try:
        faults = check_confined(template, tuple({**names, **dict.fromkeys(FIGURES)}))
    except DocumentError as error:
        return (Fault("unsafe", "the file", error.message),)
    if any(fault.kind != NOTE for fault in faults):
        return faults
    for name, (blocks, settings) in composed.items():
        try:
            render_document(blocks, settings=settings, template=template)
        except TemplateTagError as error:
            return (Fault(TAG, error.place or name, error.reason), *faults)
        except DocumentError as error:
            return (Fault(TAG, name, error.message), *faults)
    return faults


def _all_documents(language: LanguageCode, report: Report) -> Iterator[str]:
    """A condition for each document, around its parts; around all of it where there is none yet."""
    made = documents_for(report.engagement)
    for name in DOCUMENTS:
        parts: tuple[str, ...] = ()
        if name in made:
            parts = part_names(compose(report, name, language, "gregorian")[0])
        yield _plain(f'{{%p if document == "{name}" %}}')
        for one in parts:
            yield _plain("{{p contents }}" if one == "contents" else f"{{{{p block('{one}') }}}}")
        if not parts:
            yield _plain("{{p body }}")
        yield _plain("{%p endif %}")


def _examples(words: Messages) -> Iterator[str]:
    """Tags to copy, below a condition that no document meets."""
    tags = {name: f"{{{{ {name} }}}}" for name in ("score", "highest", "level", "author")}
    yield _plain('{%p if document == "example" %}')
    yield _plain(words("examples"), "Note")
    yield _plain(words("own_heading"), "Heading1")
    yield _plain(words("sentence", {**tags, "client": "{{ client.name }}"}), "Lead")
    yield _plain("{{p block('maturity_radar') }}")
    yield _plain("{%p if author %}")
    yield _plain(words("if_author", tags))
    yield _plain("{%p endif %}")
    yield _plain("{%p if gaps %}")
    yield _plain(words("gaps"), "Heading2")
    yield _gap_table(words)
    yield _plain("{%p endif %}")
    yield _plain("{%p endif %}")


def _gap_table(words: Messages) -> str:
    rows = (
        _row({name: words(name) for name in _COLUMNS}, "TableHead"),
        _row({"dimension": "{%tr for g in gaps %}"}, "TableText"),
        _row({name: _TAGS.get(name, f"{{{{ g.{name} }}}}") for name in _COLUMNS}, "TableText"),
        _row({"dimension": "{%tr endfor %}"}, "TableText"),
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS.values())
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="CRMTable"/><w:tblW w:w="9072" w:type="dxa"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(texts: Mapping[str, str], style: str) -> str:
    cells = (
        _CELL.format(width=width, content=_plain(texts.get(name, ""), style))
        for name, width in _COLUMNS.items()
    )
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _plain(text: str, style: str = "") -> str:
    return paragraph(runs(text, Look()) if text else "", style)
