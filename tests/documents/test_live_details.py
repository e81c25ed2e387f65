"""What lives on in Word: the client's name, theme colours, fonts, captions, and no text boxes."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from crmplan.documents.blocks import Chart, Cover, CrossReference, Paragraph, Series, Table
from crmplan.documents.check import check_document
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language

from .samples import LANGUAGES, W, every_block, firm_template, main_part, settings_for, text_of

CUSTOM = "docProps/custom.xml"


def codes(part: bytes) -> list[str]:
    """The instructions of the fields of a part."""
    return [one.text.strip() for one in etree.fromstring(part).iter(f"{W}instrText")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clients_name_is_kept_once_and_shown_by_fields(language: Language) -> None:
    client = "Acme & Søns <Ltd>"
    settings = settings_for(language, client=client, header=f"{client} · Report")

    document = render_document((Cover("Report", client=client),), settings=settings)

    parts = unpack(document)
    (kept,) = etree.fromstring(parts[CUSTOM])
    assert (kept.get("name"), kept[0].text) == ("Client", client)
    assert "DOCPROPERTY Client" in codes(parts["word/document.xml"])
    assert codes(parts["word/header1.xml"]) == ["DOCPROPERTY Client"]
    header = text_of(etree.fromstring(parts["word/header1.xml"])).replace("\u200f", "")
    assert header == f"{client} · Report"
    assert check_document(document) == ()


def test_the_name_in_a_firms_template_is_live_too() -> None:
    template = firm_template("{{ client.name }}", "{{p body }}", header="{{ client.name }}")

    parts = unpack(render_document((), settings=settings_for(), template=template))

    assert codes(parts["word/document.xml"]) == codes(parts["word/header1.xml"])
    assert codes(parts["word/header1.xml"]) == ["DOCPROPERTY Client"]


@pytest.mark.parametrize("client", ["", "two\nlines", "x" * 300])
def test_a_name_that_no_property_takes_is_text(client: str) -> None:
    settings = settings_for(client=client, header="")

    document = render_document((Cover("Report", client=client),), settings=settings)

    assert CUSTOM not in unpack(document)
    assert codes(unpack(document)["word/document.xml"]) == []


def test_charts_and_tables_take_their_colours_from_the_theme() -> None:
    chart = Chart("bar", ("a",), (Series("s", (1,), "current"), Series("t", (2,), "target")))

    parts = unpack(render_document((chart, Table(("a",), (("b",),))), settings=settings_for()))

    drawn = parts["word/charts/crmplan_chart1.xml"].decode()
    assert {"accent1", "accent2"} <= set(re.findall(r'schemeClr val="(\w+)"', drawn))
    style = etree.fromstring(parts["word/styles.xml"]).find(f"{W}style[@{W}styleId='CRMTable']")
    assert style is not None
    assert b"themeColor" in etree.tostring(style)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_in_text_boxes(language: Language) -> None:
    document = render_document(every_block(language), settings=settings_for(language))

    assert not re.search(rb"txbx|textbox", unpack(document)["word/document.xml"])


def test_captions_and_references_hold_the_values_that_word_will_count() -> None:
    tables = [Table(("a",), (("b",),), caption=str(n), bookmark=f"t{n}") for n in range(1, 4)]
    blocks = (Paragraph((CrossReference("t3"), CrossReference("t2"))), *tables)

    root = main_part(render_document(blocks, settings=settings_for("fa")))

    first, *rest = (text_of(p).replace("\u200f", "") for p in root.iter(f"{W}p") if text_of(p))
    assert first == "جدول\u00a0۳جدول\u00a0۲"
    assert [text for text in rest if text.startswith("جدول")] == [
        f"جدول\u00a0{digit}.\u2002{n}" for n, digit in enumerate("۱۲۳", 1)
    ]
