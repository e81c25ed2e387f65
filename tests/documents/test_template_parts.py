"""A firm's template that places the parts of a document one by one, in its own order and words."""

from __future__ import annotations

import io

import docx
import pytest

from crmplan.documents.blocks import (
    Block,
    CrossReference,
    Heading,
    Landscape,
    Paragraph,
    Part,
    Portrait,
    Table,
    TableOfContents,
)
from crmplan.documents.check import check_document
from crmplan.documents.confinement import check_confined
from crmplan.documents.firm_template import new_template
from crmplan.documents.making import compose, documents_for
from crmplan.documents.parts import FIGURES, named_blocks, part_names
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.documents.template_model import TemplateModel
from crmplan.errors import TemplateTagError
from crmplan.report import Report
from crmplan.workspace import report_on, sample_engagement

from .samples import LANGUAGES, W, firm_template, main_part, paragraphs, settings_for, text_of

TWO_PARTS: tuple[Block, ...] = (
    TableOfContents(),
    Part("first"),
    Heading(1, "First"),
    Paragraph((CrossReference("second"),)),
    Table(("a",), (("b",),), caption="Scores", bookmark="scores"),
    Part("second"),
    Heading(1, "Second", "second"),
    Paragraph((CrossReference("scores"),)),
)


def texts(document: bytes) -> list[str]:
    """What the paragraphs of a document say."""
    return [text for p in main_part(document).iter(f"{W}p") if (text := text_of(p))]


def placed(*lines: str, blocks: tuple[Block, ...] = TWO_PARTS) -> bytes:
    """A document of a firm's template with these paragraphs."""
    return render_document(blocks, settings=settings_for(), template=firm_template(*lines))


def test_a_template_orders_the_parts_and_writes_between_them() -> None:
    document = placed("{{p block('second') }}", "Between", "{{p block('first') }}")

    shown = [text for text in texts(document) if text in ("First", "Second", "Between")]
    assert shown == ["Second", "Between", "First", "Second"]
    assert check_document(document) == ()


def test_what_a_template_leaves_out_is_referred_to_by_its_words() -> None:
    document = placed("{{p block('second') }}")

    # The table stands in the first part, which this template does not place.
    assert texts(document) == ["Second", "Scores"]
    assert not list(main_part(document).iter(f"{W}instrText"))


def test_underscores_and_hyphens_are_one_and_word_quotes_are_taken() -> None:
    document = placed("{{p block(‘sec_ond’) }}", blocks=(Part("sec-ond"), Paragraph("Here")))

    assert texts(document) == ["Here"]


def test_a_figure_that_stands_twice_is_referred_to_in_its_first_place() -> None:
    document = placed("{{p block('scores') }}", "{{p block('first') }}", "{{p block('second') }}")

    names = [one.get(f"{W}name") for one in main_part(document).iter(f"{W}bookmarkStart")]
    assert names.count("scores") == 1
    assert [t for t in texts(document) if t.startswith("Table")][-1] == "Table\u00a01"
    assert check_document(document) == ()


def test_a_part_on_landscape_pages_closes_its_section() -> None:
    blocks = (Part("wide"), Landscape(), Paragraph("Wide"), Part("rest"), Portrait())

    document = placed("{{p block('wide') }}", "Terms", blocks=blocks)

    turned = [one.get(f"{W}orient") for one in main_part(document).iter(f"{W}pgSz")]
    assert turned[-2:] == ["landscape", "portrait"]


def test_headings_that_the_firm_wrote_stand_in_the_contents() -> None:
    firm = docx.Document()
    firm.add_paragraph("{{p contents }}")
    firm.add_heading("Foreword of {{ client.name }}", 1)
    firm.add_paragraph("{{p body }}")
    out = io.BytesIO()
    firm.save(out)

    document = render_document(TWO_PARTS, settings=settings_for(), template=out.getvalue())

    name = settings_for().client
    assert paragraphs(document, "TOC1") == [f"Foreword of {name}", "First", "Second"]
    assert check_document(document) == ()


def test_a_block_that_no_document_has_is_refused_with_a_hint() -> None:
    with pytest.raises(TemplateTagError, match=r"secnd.*did you mean .second"):
        placed("{{p body }}", "{{p block('secnd') }}")


def test_a_figure_that_this_client_does_not_have_leaves_no_trace() -> None:
    assert texts(placed("{{p block('second') }}", "{{p block('gantt') }}"))[0] == "Second"


@pytest.mark.parametrize("header", ["{{p body }}", "{{p block('first') }}"])
def test_blocks_cannot_stand_in_a_header(header: str) -> None:
    template = firm_template("{{p body }}", header=header)

    with pytest.raises(TemplateTagError, match="outside tables"):
        render_document(TWO_PARTS, settings=settings_for(), template=template)


def part_names_of_all(report: Report) -> tuple[str, ...]:
    """The names of the parts of all documents."""
    names = documents_for(report.engagement)
    composed = (compose(report, name, "en", "gregorian") for name in names)
    return tuple(one for blocks, _ in composed for one in part_names(blocks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_to_begin_with_makes_the_same_documents(language: Language) -> None:
    sample = sample_engagement(language)
    report = report_on(sample, language=language)
    template = new_template(language, report)

    assert check_confined(template, FIGURES + part_names_of_all(report)) == ()
    for name in documents_for(sample) if language == "fa" else ("gap-and-swot",):
        blocks, settings = compose(report, name, language, "gregorian")
        ours = render_document(blocks, settings=settings)
        theirs = render_document(blocks, settings=settings, template=template)
        assert texts(theirs) == texts(ours)
        assert check_document(theirs) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_tags_print_keeps_to_the_published_schema(language: Language) -> None:
    report = report_on(sample_engagement(language), language=language)

    for name in documents_for(report.engagement):
        _, settings = compose(report, name, language, "gregorian")
        model = TemplateModel.model_validate(settings.values)
        assert model.document == name
        assert len(model.dimensions) == 10
        assert model.gaps[0].rank in ("1", "۱")


def test_the_names_of_figures_are_those_of_the_documents() -> None:
    report = report_on(sample_engagement("en"))
    found = set()
    for name in documents_for(report.engagement):
        blocks, _ = compose(report, name, "en", "gregorian")
        # Working papers name their tables by the definitions that were used.
        if name != "working-papers":
            found |= {one for one in named_blocks(blocks) if "." not in one}
            found -= set(part_names(blocks))
        assert len(part_names(blocks)) == len(set(part_names(blocks)))

    assert found <= set(FIGURES)


def test_lists_repeat_rows_and_paragraphs() -> None:
    template = firm_template(
        "{%p for g in gaps %}", "{{ g }} {{ g.gap }}", "{%p endfor %}", "{{p body }}"
    )
    gaps = ({"name": "Data & <care>", "gap": "1.5"}, {"name": "{{ 7*7 }}", "gap": "0.5"})

    document = render_document((), settings=settings_for(values={"gaps": gaps}), template=template)

    assert texts(document) == ["Data & <care> 1.5", "{{ 7*7 }} 0.5"]


def test_the_parts_of_a_thing_are_no_methods() -> None:
    template = firm_template("{{ client.format }}", "{{p body }}")

    with pytest.raises(TemplateTagError, match="format"):
        render_document((), settings=settings_for(), template=template)
