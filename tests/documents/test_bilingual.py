"""A document in two languages: the second follows as a full part, with a look of its own."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
import pytest
from lxml import etree

from crmplan.documents.bilingual import make_bilingual
from crmplan.documents.check import check_document
from crmplan.documents.joining import join
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.documents.typography import typography
from crmplan.errors import DocumentError
from crmplan.workspace import report_on, sample_engagement

from .samples import W, every_block, firm_template, main_part, paragraphs, settings_for, text_of

PAIRS: tuple[tuple[Language, Language], ...] = (("en", "fa"), ("en", "zh"), ("fa", "en"))
SDK = shutil.which("ooxml-validator")


def joined(first: Language, second: Language, template: bytes | None = None) -> bytes:
    """Every block in two languages, in one file."""
    one, other = (
        render_document(every_block(each), settings=settings_for(each), template=template)
        for each in (first, second)
    )
    return join(one, other, look=typography(second), page="9")


@pytest.fixture(scope="module")
def english_and_persian() -> bytes:
    """Every block, first in English, then in Persian."""
    return joined("en", "fa")


@pytest.fixture(scope="module")
def sample() -> bytes:
    """Gaps and SWOT of the sample client, first in English, then in Persian."""
    engagement = sample_engagement("en")
    languages: tuple[Language, ...] = ("en", "fa")
    reports = {one: report_on(engagement, language=one) for one in languages}
    return make_bilingual(reports, "gap-and-swot", calendar="gregorian").content


@pytest.mark.parametrize("template", [None, firm_template()], ids=["ours", "firm"])
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_validators_find_nothing(
    first: Language, second: Language, template: bytes | None, tmp_path: Path
) -> None:
    document = joined(first, second, template)

    assert check_document(document) == ()
    if SDK:
        path = tmp_path / "document.docx"
        path.write_bytes(document)
        ran = subprocess.run((SDK, str(path)), capture_output=True, text=True, check=False)
        assert '"ok":true' in ran.stdout.replace(" ", ""), ran.stdout


def test_the_same_input_gives_the_same_bytes(english_and_persian: bytes) -> None:
    assert joined("en", "fa") == english_and_persian


def test_each_language_has_its_direction_and_running_texts(english_and_persian: bytes) -> None:
    sections = list(main_part(english_and_persian).iter(f"{W}sectPr"))
    half = len(sections) // 2

    assert [one.find(f"{W}bidi") is not None for one in sections] == [False] * half + [True] * half
    footers = [one.find(f"{W}footerReference") for one in (sections[0], sections[half])]
    assert None not in footers
    parts = unpack(english_and_persian)
    assert "صفحهٔ" in parts["word/second_footer1.xml"].decode()
    assert "Page" in parts["word/footer1.xml"].decode()


def test_the_second_language_keeps_its_fonts_and_sizes(english_and_persian: bytes) -> None:
    parts = unpack(english_and_persian)
    styles = etree.fromstring(parts["word/styles.xml"])
    normal = styles.find(f"{W}style[@{W}styleId='Normal-fa']")
    assert normal is not None

    fonts, size = normal.find(f"{W}rPr/{W}rFonts"), normal.find(f"{W}rPr/{W}szCs")
    assert fonts is not None
    assert fonts.get(f"{W}cs") == "Vazirmatn"
    assert size is not None
    # Half points: Persian is set in 10.5, English in 10.
    assert size.get(f"{W}val") == "21"
    assert any(name.endswith(".odttf") for name in parts)


def test_names_and_numbers_stand_once(english_and_persian: bytes) -> None:
    body = main_part(english_and_persian)
    names = Counter(one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart"))
    ids = Counter(one.get(f"{W}id") for one in body.iter(f"{W}bookmarkStart"))

    assert max(names.values()) == max(ids.values()) == 1
    anchors = {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= set(names)
    # Each language counts its figures from 1.
    codes = [(one.text or "").split() for one in body.iter(f"{W}instrText")]
    assert {code[1] for code in codes if code[0] == "SEQ"} == {
        "Figure",
        "Table",
        "Figure_fa",
        "Table_fa",
    }


def test_live_contents_list_the_first_language_and_lead_to_the_second(sample: bytes) -> None:
    body = main_part(sample)
    live = [one.text for one in body.iter(f"{W}instrText") if "TOC" in (one.text or "")]

    assert live == [' TOC \\o "1-2" \\h \\z \\u \\b crmplan_first ']
    assert paragraphs(sample, "TOC1-fa")[0].startswith("شکاف‌ها و SWOT")
    assert len(paragraphs(sample, "TOC1-fa")) == len(paragraphs(sample, "TOC1")) + 1


def test_titles_and_main_headings_are_said_in_both_languages(sample: bytes) -> None:
    lines = [text_of(one) for one in main_part(sample).iter(f"{W}p")]

    title = lines.index("Gaps and SWOT")
    assert lines[title + 1] == "شکاف‌ها و SWOT"
    summary = lines.index("Summary")
    assert lines[summary + 1] == "خلاصه"
    assert lines[lines.index("Summary", summary + 1) - 1] == "خلاصه"
    assert check_document(sample) == ()


def test_a_template_with_footnotes_is_refused() -> None:
    firm = docx.Document(io.BytesIO(render_document(every_block("fa"), settings=settings_for())))
    run = firm.paragraphs[0].add_run()
    etree.SubElement(run._r, f"{W}footnoteReference", {f"{W}id": "2"})
    out = io.BytesIO()
    firm.save(out)

    with pytest.raises(DocumentError, match="footnotes"):
        join(out.getvalue(), out.getvalue(), look=typography("fa"))
