from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from crmplan.documents.blocks import (
    BulletList,
    Chart,
    CrossReference,
    Heading,
    Paragraph,
    Series,
    Table,
    TableOfContents,
)
from crmplan.documents.check import check_document
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.errors import TemplateTagError, UnsafeTemplateError

from .samples import (
    LANGUAGES,
    W,
    every_block,
    firm_template,
    main_part,
    paragraphs,
    settings_for,
    text_of,
    with_part,
)

RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{{}}</w:body></w:document>'


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_firms_template_takes_every_block_without_findings(language: Language) -> None:
    document = render_document(
        every_block(language), settings=settings_for(language), template=firm_template()
    )

    assert check_document(document) == ()


def test_tags_are_filled_in_text_header_and_rows() -> None:
    template = firm_template("{{ client|upper }} {% if level > 2 %}high{% endif %}", "{{p body }}")
    values = {"level": 3}

    document = render_document((), settings=settings_for(values=values), template=template)

    assert text_of(next(main_part(document).iter(f"{W}p"))) == "ACME & SONS <LTD> high"
    header = etree.fromstring(unpack(document)["word/header1.xml"])
    assert text_of(header) == "Acme & Sons <Ltd>"


def test_contents_go_to_their_own_place() -> None:
    blocks = (TableOfContents(), Heading(1, "One"))
    with_place = firm_template("{{p contents }}", "Preface", "{{p body }}")
    without = firm_template("Preface", "{{p body }}")

    def order(template: bytes) -> list[str]:
        root = main_part(render_document(blocks, settings=settings_for(), template=template))
        return [text for p in root.iter(f"{W}p") if (text := text_of(p))]

    assert order(with_place) == ["Contents", "One", "Preface", "One"]
    assert order(without) == ["Preface", "Contents", "One", "One"]


def test_the_firms_styles_win_and_missing_ones_come_from_ours() -> None:
    given = unpack(firm_template())["word/styles.xml"]
    blocks = (Heading(1, "One"), Table(("a",), (("b",),)))

    document = render_document(blocks, settings=settings_for(), template=firm_template())

    def styles(data: bytes) -> dict[str, bytes]:
        found = etree.fromstring(data).iterfind(f"{W}style")
        return {s.get(f"{W}styleId", ""): etree.tostring(s, method="c14n") for s in found}

    before, after = styles(given), styles(unpack(document)["word/styles.xml"])
    assert after["Heading1"] == before["Heading1"]
    assert {"CRMTable", "TableText"} <= set(after) - set(before)


def test_style_ids_of_another_word_are_followed() -> None:
    german = firm_template("{{p body }}")
    styles = unpack(german)["word/styles.xml"].decode()
    german = with_part(german, "word/styles.xml", styles.replace('"Heading1"', '"berschrift1"'))

    document = render_document((Heading(1, "Eins"),), settings=settings_for(), template=german)

    assert paragraphs(document, "berschrift1") == ["Eins"]


def test_headings_without_numbers_are_referred_to_by_their_words() -> None:
    blocks = (Paragraph((CrossReference("m"),)), Heading(1, "Method", "m"))
    template = firm_template("{{p body }}")

    document = render_document(blocks, settings=settings_for(), template=template)

    assert text_of(next(main_part(document).iter(f"{W}p"))) == "Method"


def test_a_right_to_left_document_turns_the_firms_text_too() -> None:
    template = firm_template("متن شرکت با CRM", "{{p body }}")

    document = render_document(
        (BulletList(("یک",)),), settings=settings_for("fa"), template=template
    )

    first = next(main_part(document).iter(f"{W}p"))
    marks = [run.find(f"{W}rPr/{W}rtl").get(f"{W}val") for run in first.iter(f"{W}r")]
    assert marks == [None, "0"]
    normal = etree.fromstring(unpack(document)["word/styles.xml"]).find(
        f"{W}style[@{W}styleId='Normal']/{W}pPr/{W}bidi"
    )
    assert normal is not None


def test_charts_of_the_firm_are_not_overwritten() -> None:
    chart = Chart("bar", ("a",), (Series("s", (1,)),))
    document = render_document((chart,), settings=settings_for(), template=firm_template())

    assert "word/charts/crmplan_chart1.xml" in unpack(document)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ nobody }}", "nobody"),
        ("{{ title.__class__ }}", "not allowed"),
        ("{{ title.upper() }}", "not allowed"),
        ("{{ title * 99999 }}", "not allowed"),
        ("{% for x in values %}", "end of template"),
        ("{{ cycler.__init__.__globals__ }}", "not allowed"),
        ("{{ cycler }}", "cycler"),
    ],
)
def test_a_tag_that_cannot_be_filled_is_an_error(line: str, reason: str) -> None:
    with pytest.raises(TemplateTagError, match=reason):
        render_document((), settings=settings_for(), template=firm_template(line, "{{p body }}"))


@pytest.mark.parametrize("lines", [("no body",), ("{{p body }}", "{{p body }}"), ("x {{ body }}",)])
def test_the_body_stands_once_in_a_paragraph_of_its_own(lines: tuple[str, ...]) -> None:
    with pytest.raises(TemplateTagError):
        render_document((), settings=settings_for(), template=firm_template(*lines))


def relation(kind: str, target: str, mode: str = "External") -> str:
    """A relationships part with one relationship."""
    one = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return RELS.format(one)


def field(*pieces: str) -> str:
    """A main part with one field whose instruction is cut into runs."""
    codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return BODY.format(f"<w:p>{begin}{codes}</w:p>")


DANGERS = {
    "macros": ("word/vbaProject.bin", "x"),
    "a control": ("word/activeX/activeX1.xml", "<x/>"),
    "a remote template": (
        "word/_rels/settings.xml.rels",
        relation("attachedTemplate", "http://x/y.dotm"),
    ),
    "a remote picture": ("word/_rels/document.xml.rels", relation("image", "https://x/pixel.png")),
    "a script link": ("word/_rels/document.xml.rels", relation("hyperlink", "file:///etc/passwd")),
    "an embedded object": (
        "word/_rels/document.xml.rels",
        relation("oleObject", "x.bin", "Internal"),
    ),
    "another format": ("word/_rels/document.xml.rels", relation("aFChunk", "x.html", "Internal")),
    "a command field": ("word/document.xml", field("DD", "EAUTO c:\\x")),
    "a loading field": ("word/document.xml", field(" INCLUDETEXT x")),
    "an entity": ("word/document.xml", "<!DOCTYPE x [<!ENTITY y 'z'>]><x/>"),
    "a way out": ("../evil.xml", "<x/>"),
    "broken XML": ("word/document.xml", "<x>"),
}


@pytest.mark.parametrize("danger", DANGERS)
def test_a_dangerous_template_is_refused_with_its_place(danger: str) -> None:
    name, data = DANGERS[danger]
    template = with_part(firm_template(), name, data)

    with pytest.raises(UnsafeTemplateError) as caught:
        render_document((), settings=settings_for(), template=template)

    assert caught.value.place == name


def test_a_document_with_macros_is_refused() -> None:
    types = unpack(firm_template())["[Content_Types].xml"].decode()
    loud = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    with pytest.raises(UnsafeTemplateError, match="macros"):
        render_document(
            (),
            settings=settings_for(),
            template=with_part(firm_template(), "[Content_Types].xml", loud),
        )


def test_a_package_that_unpacks_to_much_more_is_refused() -> None:
    bomb = with_part(firm_template(), "word/media/zero.xml", "0" * 30_000_000)

    with pytest.raises(UnsafeTemplateError, match="unpacks"):
        render_document((), settings=settings_for(), template=bomb)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeTemplateError, match=r"no \.docx"):
        render_document((), settings=settings_for(), template=data)


def test_a_zip_without_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.xml", "<x/>")

    with pytest.raises(UnsafeTemplateError):
        render_document((), settings=settings_for(), template=out.getvalue())
