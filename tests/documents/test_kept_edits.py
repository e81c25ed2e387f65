"""What a consultant writes in Word survives the next version of the document."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from lxml import etree

from crmplan.documents.blocks import (
    Block,
    BulletList,
    CrossReference,
    Heading,
    Landscape,
    NumberedList,
    Paragraph,
    Part,
    Span,
    Table,
)
from crmplan.documents.check import check_document
from crmplan.documents.edits import Outcome, outcome, read_earlier
from crmplan.documents.layout import office_program
from crmplan.documents.regions import with_regions
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.errors import UnsafeTemplateError

from .samples import LANGUAGES, W, firm_template, main_part, png, settings_for, text_of, with_part

FIRST: tuple[Block, ...] = (
    Part("summary"),
    Heading(1, "Summary", "summary"),
    Paragraph("The score is 2.1."),
    NumberedList(("One", "Two")),
    Table(("a",), (("b",),), caption="Scores", bookmark="scores"),
    Part("gaps"),
    Heading(1, "Gaps", "gaps"),
    Paragraph((Span("See "), CrossReference("scores"), Span(" for the gaps."))),
    BulletList(("Alpha", "Beta")),
)
NEXT: tuple[Block, ...] = (
    *FIRST[:2],
    Paragraph("The score is 2.4."),
    *FIRST[3:],
)


def made(
    blocks: tuple[Block, ...], earlier: bytes | None = None, language: Language = "en"
) -> bytes:
    """A document of the blocks, which keeps the edits of an earlier one."""
    return render_document(
        with_regions(blocks),
        settings=settings_for(language),
        earlier=None if earlier is None else read_earlier(earlier),
    )


def edited(document: bytes, change: Callable[[docx.document.Document], None]) -> bytes:
    """The document as somebody saves it after a change."""
    opened = docx.Document(io.BytesIO(document))
    change(opened)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def replaced(document: bytes, old: str, new: str) -> bytes:
    """The document with a text typed over."""
    return with_part(document, "word/document.xml", _main(document).replace(old, new))


def _main(document: bytes) -> str:
    return etree.tostring(main_part(document), encoding="unicode")


def texts(document: bytes) -> list[str]:
    """What the paragraphs of a document say."""
    return [text for p in main_part(document).iter(f"{W}p") if (text := text_of(p))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_edited_in_a_document_as_it_was_made(language: Language) -> None:
    document = made(FIRST, language=language)

    earlier = read_earlier(document)
    assert len(earlier.regions) == 2
    assert earlier.edited == {}
    assert check_document(document) == ()
    assert made(FIRST, document, language) == document


def test_an_edited_text_stays_and_others_are_written_anew() -> None:
    earlier = replaced(made(FIRST), "Beta", "Beta, as agreed with the board")

    document = made(NEXT, earlier)

    assert "Beta, as agreed with the board" in texts(document)
    assert "The score is 2.4." in texts(document)
    assert check_document(document) == ()
    assert outcome(read_earlier(earlier), document) == Outcome(("Gaps",), (), ())


def test_a_kept_text_stays_kept_from_version_to_version() -> None:
    first = made(NEXT, replaced(made(FIRST), "Beta", "Our own view"))

    again = made(NEXT, first)

    assert "Our own view" in texts(again)


def test_it_is_told_where_the_program_would_write_something_else_by_now() -> None:
    earlier = replaced(made(FIRST), "Two", "Two and a half")

    document = made(NEXT, earlier)

    assert "The score is 2.1." in texts(document)
    assert outcome(read_earlier(earlier), document).renewed == ("Summary",)


def test_the_text_of_a_section_that_is_gone_stands_in_an_annex() -> None:
    earlier = replaced(made(FIRST), "Beta", "Our own view")

    document = made(NEXT[:5], earlier)

    assert texts(document)[-4:] == [
        "Gaps",
        "See Table\u00a01 for the gaps.",
        "Alpha",
        "Our own view",
    ]
    assert "Texts of an earlier version" in texts(document)
    assert outcome(read_earlier(earlier), document) == Outcome((), (), ("Gaps",))
    assert "Our own view" in texts(made(NEXT[:5], document))
    assert check_document(document) == ()


def test_an_annexed_text_returns_to_its_section() -> None:
    annexed = made(NEXT[:5], replaced(made(FIRST), "Beta", "Our own view"))

    document = made(NEXT, annexed)

    assert "Our own view" in texts(document)
    assert "Texts of an earlier version" not in texts(document)


def test_a_template_that_leaves_a_part_out_loses_no_text_of_it() -> None:
    earlier = replaced(made(FIRST), "Beta", "Our own view")

    document = render_document(
        with_regions(NEXT),
        settings=settings_for(),
        template=firm_template("{{p block('summary') }}", "Terms"),
        earlier=read_earlier(earlier),
    )

    assert "Our own view" in texts(document)
    assert check_document(document) == ()


def test_an_annex_after_landscape_pages_is_upright() -> None:
    earlier = replaced(made(FIRST), "Beta", "Our own view")

    document = made((*NEXT[:5], Landscape(), Table(("a",), (("b",),))), earlier)

    turned = [one.get(f"{W}orient") for one in main_part(document).iter(f"{W}pgSz")]
    assert turned == ["portrait", "landscape", "portrait"]


def test_a_text_that_was_emptied_stays_empty() -> None:
    earlier = edited(made(FIRST), _empty_gaps)

    document = made(NEXT, earlier)

    assert "Alpha" not in texts(document)
    assert outcome(read_earlier(earlier), document).kept == ("Gaps",)


def _empty_gaps(document: docx.document.Document) -> None:
    control = list(document.element.body.iter(f"{W}sdtContent"))[-1]
    for paragraph in list(control):
        control.remove(paragraph)


def test_pictures_tables_links_and_looks_come_along() -> None:
    earlier = edited(made(FIRST), _enrich)

    document = made(NEXT, earlier)

    opened = docx.Document(io.BytesIO(document))
    control = list(opened.element.body.iter(f"{W}sdtContent"))[-1]
    assert "Bold words" in "".join(
        run.text for run in control.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None
    )
    (blip,) = (e for e in control.iter() if e.tag.endswith("}blip"))
    relation = next(value for name, value in blip.items() if name.endswith("}embed"))
    assert opened.part.rels[relation].target_part.blob == png()
    assert [text_of(cell) for cell in control.iter(f"{W}tc")] == ["left", "right"]
    assert "Item of mine" in [
        text_of(p)
        for p in control.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle[@{W}val='ListBullet']") is not None
    ]
    assert check_document(document) == ()


def _enrich(document: docx.document.Document) -> None:
    """Type, draw and paste into the last region as Word would."""
    bold, bullet, drawn = (document.add_paragraph() for _ in range(3))
    bold.add_run("Bold words").bold = True
    bullet.add_run("Item of mine")
    bullet.style = document.styles["List Bullet"]
    drawn.add_run().add_picture(io.BytesIO(png()), width=Cm(2))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    last = list(document.element.body.iter(f"{W}sdtContent"))[-1]
    for element in (bold._p, bullet._p, drawn._p, table._tbl):
        last.append(element)
    last.append(document.add_paragraph("End")._p)


def test_a_text_without_its_control_is_found_by_its_bookmark() -> None:
    earlier = edited(made(FIRST), _without_controls)
    earlier = replaced(earlier, "Beta", "Our own view")

    assert "Our own view" in texts(made(NEXT, earlier))


def _without_controls(document: docx.document.Document) -> None:
    for control in list(document.element.body.iter(f"{W}sdt")):
        parent, position = control.getparent(), control.getparent().index(control)
        parent[position : position + 1] = list(control.find(f"{W}sdtContent"))


def test_references_to_what_is_gone_become_words() -> None:
    earlier = replaced(made(FIRST), "Beta", "Our own view")
    without_table = (*NEXT[:4], *NEXT[5:7], BulletList(("Alpha",)))

    document = made(without_table, earlier)

    assert "See Table\u00a01 for the gaps." in texts(document)
    codes = [one.text for one in main_part(document).iter(f"{W}instrText")]
    assert not any("REF" in (code or "") for code in codes)


@pytest.mark.skipif(office_program() is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_libreoffice_saved_is_read_as_well(language: Language, tmp_path: Path) -> None:
    document = made(FIRST, language=language)
    unchanged = _saved_again(document, tmp_path)
    changed = _saved_again(replaced(document, "Beta", "Our own view"), tmp_path)

    assert read_earlier(unchanged).edited == {}
    assert "Our own view" in [
        text.replace("\u200f", "") for text in texts(made(NEXT, changed, language))
    ]
    assert texts(unchanged) != []


def _saved_again(document: bytes, folder: Path) -> bytes:
    """The document as LibreOffice writes it."""
    office = office_program()
    assert office
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "document.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = (office, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder))
    subprocess.run(
        (*command, str(folder / "in" / "document.docx")), check=True, capture_output=True
    )
    return (folder / "document.docx").read_bytes()


def test_an_earlier_file_that_could_do_harm_is_refused() -> None:
    with pytest.raises(UnsafeTemplateError):
        read_earlier(with_part(made(FIRST), "word/vbaProject.bin", "x"))


def test_a_document_without_marks_has_nothing_to_keep() -> None:
    assert read_earlier(firm_template("Text")).regions == {}
