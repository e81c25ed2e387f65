"""From blocks to the bytes of a .docx: one way for our base and for a firm's own template."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from lxml import etree

from crmplan.documents.attachments import DocumentAttachments
from crmplan.documents.base import base_template
from crmplan.documents.bidi import flow_right_to_left, mark_right_to_left, pair_scripts
from crmplan.documents.binding import bind_client
from crmplan.documents.blocks import Block, Cover
from crmplan.documents.body import Flow, write_blocks
from crmplan.documents.carrying import Carrier
from crmplan.documents.completion import Completed, complete
from crmplan.documents.confinement import fill_confined
from crmplan.documents.edits import Earlier, named_styles, with_annex
from crmplan.documents.filling import Filling, fill_template
from crmplan.documents.fonts import embed_fonts
from crmplan.documents.package import pack, unpack
from crmplan.documents.page_setup import PageSetup
from crmplan.documents.parts import FIGURES, named_blocks
from crmplan.documents.placing import Placement, place_blocks
from crmplan.documents.references import References, resolve
from crmplan.documents.settings import DocumentSettings
from crmplan.documents.splicing import splice, with_styles
from crmplan.documents.template_model import printed_settings
from crmplan.documents.text import scrub
from crmplan.documents.typography import typography
from crmplan.documents.wordml import NAMESPACES, W
from crmplan.documents.writing import Writer

NO_PAGES: Mapping[str, int] = MappingProxyType({})


def render_document(
    blocks: Sequence[Block],
    *,
    settings: DocumentSettings,
    template: bytes | None = None,
    pages: Mapping[str, int] = NO_PAGES,
    earlier: Earlier | None = None,
) -> bytes:
    """A Word document of the blocks.

    Args:
        blocks: the content in reading order.
        settings: everything that is not content.
        template: a firm's own .docx with tags, or None for our base.
        pages: page of each bookmark as :func:`crmplan.documents.layout.measure_pages` gives it;
            contents have no page numbers without.
        earlier: an earlier version, whose edited regions are kept: in their sections, or in an
            annex where the section is gone.

    Returns:
        The same bytes for the same arguments, on every run.

    Raises:
        DocumentError: see :mod:`crmplan.errors`; each situation has its class.
    """
    document = _filled(blocks, settings, template)
    placements = place_blocks(document, blocks)
    if earlier is not None:
        placements = with_annex(placements, earlier, settings.labels.kept)
    completed = complete(document, settings.language, own_base=template is None)
    bind_client(document, settings.client)
    embed_fonts(document, typography(settings.language))
    flow = Flow(PageSetup(_section_of(placements)))
    placed = tuple(block for one in placements for block in one.blocks)
    references = resolve(
        placed, settings, numbered_headings=completed.numbered_headings, whole=blocks
    )
    writer = _writer(references, settings, document, completed, flow.setup, pages)
    if earlier is not None:
        writer.kept = _carrier(earlier, document, writer).kept
    texts = _slot_texts(placements, writer, flow)
    texts = {name: with_styles(text, completed.style_ids) for name, text in texts.items()}
    if writer.type.rtl:
        _turn_right_to_left(document)
    _set_properties(document, settings)
    return _packed(document, texts, rtl=writer.type.rtl)


def _filled(
    blocks: Sequence[Block], settings: DocumentSettings, template: bytes | None
) -> Document:
    """The template with its tags filled: a firm's in a process of its own, our base here."""
    digits = settings.digits("0123456789")
    names = dict.fromkeys((*named_blocks(blocks), *FIGURES))
    filling = Filling(printed_settings(settings), tuple(names), digits)
    if template is not None:
        return fill_confined(template, filling)
    return fill_template(_own_base(blocks, settings), filling)


def _own_base(blocks: Sequence[Block], settings: DocumentSettings) -> bytes:
    cover = any(isinstance(block, Cover) for block in blocks)
    return base_template(settings.language, cover=cover, page_of=settings.labels.page_of)


def _section_of(placements: Sequence[Placement]) -> etree._Element:
    """The section properties that govern the text: the next ones after its last place."""
    last = next(one.element for one in reversed(placements) if not one.is_there)
    for following in last.itersiblings():
        if following.tag == f"{W}sectPr":
            return following
        if (section := following.find(f"{W}pPr/{W}sectPr")) is not None:
            return section
    return etree.Element(f"{W}sectPr")


def _writer(
    references: References,
    settings: DocumentSettings,
    document: Document,
    completed: Completed,
    setup: PageSetup,
    pages: Mapping[str, int],
) -> Writer:
    width, height = setup.text_size(landscape=False)
    attachments = DocumentAttachments(document, completed.numbering, completed.numbered_list)
    return Writer(
        settings=settings,
        type=typography(settings.language),
        references=references,
        attachments=attachments,
        pages=pages,
        width=width,
        height=height,
        unnumbered=completed.unnumbered,
        next_id=_first_free_id(document.element.body),
    )


def _first_free_id(body: etree._Element) -> int:
    """An id above those of the template's bookmarks and drawings."""
    marks = body.iter(f"{W}bookmarkStart", f"{{{NAMESPACES['wp']}}}docPr")
    taken = (element.get(f"{W}id") or element.get("id") or "0" for element in marks)
    return max((int(value) for value in taken if value.isdigit()), default=0) + 1


def _carrier(earlier: Earlier, document: Document, writer: Writer) -> Carrier:
    targets = (target.name for target in writer.references.by_position.values())
    styles = {name: identifier for identifier, name in named_styles(document.styles.element)}
    return Carrier(
        earlier,
        writer.attachments,
        styles=styles,
        targets=frozenset(targets),
        # Far above what the writer counts, so that neither needs the other.
        first_id=1_000_000,
    )


def _slot_texts(placements: Sequence[Placement], writer: Writer, flow: Flow) -> dict[str, str]:
    """The text of each place, under a name that its element is given."""
    texts: dict[str, str] = {}
    position = 0
    for number, one in enumerate(placements):
        if one.is_there:
            _mark_heading(one.element, writer, position)
        else:
            name = f"place{number}"
            one.element.set(f"{W}element", name)
            texts[name] = write_blocks(one.blocks, writer, flow, first=position)
            texts[name] += _closing(flow, one.element.getnext())
        position += len(one.blocks)
    last = placements[-1].element.getparent()
    section = None if last is None else last.find(f"{W}sectPr")
    if flow.closed and section is not None and section is flow.setup.section:
        section.getparent().replace(  # type: ignore[union-attr]
            section, flow.setup.element(landscape=flow.landscape, first=False)
        )
    return texts


def _mark_heading(heading: etree._Element, writer: Writer, position: int) -> None:
    """Give a heading of the firm's own the bookmark that the contents lead to."""
    target = writer.references.by_position[position]
    identifier = str(writer.identifier())
    begin = etree.Element(f"{W}bookmarkStart", {f"{W}id": identifier, f"{W}name": target.name})
    properties = heading.find(f"{W}pPr")
    heading.insert(0 if properties is None else 1, begin)
    heading.append(etree.Element(f"{W}bookmarkEnd", {f"{W}id": identifier}))


def _closing(flow: Flow, following: etree._Element | None) -> str:
    """End a landscape section before what the template says after a place."""
    if not flow.landscape or following is None or following.tag == f"{W}sectPr":
        return ""
    ending = flow.setup.closing_paragraph(landscape=True, first=flow.closed == 0)
    flow.landscape, flow.closed = False, flow.closed + 1
    return ending


def _turn_right_to_left(document: Document) -> None:
    styles = document.styles.element
    flow_right_to_left(styles)
    pair_scripts(styles)
    for relation in document.part.rels.values():
        if relation.reltype not in (RT.HEADER, RT.FOOTER, RT.FOOTNOTES, RT.ENDNOTES):
            continue
        part = relation.target_part
        if isinstance(part, XmlPart):
            mark_right_to_left(part.element)
            pair_scripts(part.element)


def _packed(document: Document, texts: Mapping[str, str], *, rtl: bool) -> bytes:
    out = io.BytesIO()
    document.save(out)
    parts = unpack(out.getvalue())
    main = document.part.partname.membername
    return pack({**parts, main: splice(parts[main], texts, rtl=rtl)})


def _set_properties(document: Document, settings: DocumentSettings) -> None:
    properties = document.core_properties
    properties.title = scrub(settings.title)[:255]
    properties.subject = scrub(settings.subject)[:255]
    properties.author = scrub(settings.author)[:255]
    properties.last_modified_by = scrub(settings.author)[:255]
    properties.language = typography(settings.language).tag
    properties.revision = 1
    stamp = _naive_utc(settings.created)
    properties.created = stamp
    properties.modified = stamp


def _naive_utc(moment: datetime) -> datetime:
    """The moment as python-docx writes it: UTC without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
