from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from crmplan.documents import layout
from crmplan.documents.blocks import (
    Block,
    Chart,
    Heading,
    Paragraph,
    Series,
    TableOfContents,
)
from crmplan.documents.layout import measure_pages, office_program, render_with_pages, to_pdf
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.errors import LayoutError

from .samples import LANGUAGES, every_block, paragraphs, settings_for

needs_office = pytest.mark.skipif(
    office_program() is None, reason="LibreOffice (soffice) is not installed on this machine"
)
THREE_PAGES: tuple[Block, ...] = (
    TableOfContents(),
    Heading(1, "One", "one", page_break_before=True),
    Paragraph("text"),
    Heading(1, "Two", "part.two", page_break_before=True),
)


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


@needs_office
def test_contents_show_the_page_of_each_heading() -> None:
    document = render_with_pages(THREE_PAGES, settings=settings_for("fa"))

    assert paragraphs(document, "TOC1") == ["۱\tOne\t۲", "۲\tTwo\t۳"]


@needs_office
def test_the_second_pass_changes_no_page() -> None:
    first = render_document(every_block("en"), settings=settings_for())
    pages = measure_pages(first)

    second = render_document(every_block("en"), settings=settings_for(), pages=pages)

    assert measure_pages(second) == pages


@needs_office
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_is_laid_out(language: Language) -> None:
    pages = page_texts(
        to_pdf(render_document(every_block(language), settings=settings_for(language)))
    )

    assert len(pages) >= 7
    assert all(text.strip() for text in pages), "a page is empty"


@needs_office
def test_the_digits_of_a_persian_chart_keep_their_order() -> None:
    # LibreOffice 7.4 draws 1.2 for 2.1 when the paragraph of a chart is right-to-left.
    chart = Chart("bar", ("بُعد",), (Series("امتیاز", (2.1,)),), minimum=0, maximum=5, step=5)

    text = "".join(page_texts(to_pdf(render_document((chart,), settings=settings_for("fa")))))

    assert "۲٫۱" in text
    assert "1.2" not in text


def test_without_an_office_the_contents_stand_without_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout.shutil, "which", lambda _: None)

    document = render_with_pages(THREE_PAGES, settings=settings_for())

    assert paragraphs(document, "TOC1") == ["1\tOne", "2\tTwo"]
    with pytest.raises(LayoutError, match="not installed"):
        measure_pages(document)


def fake_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that stands for LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(layout, "office_program", lambda: str(program))


def test_an_office_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, "sleep 60 & wait", monkeypatch)

    with pytest.raises(LayoutError, match="longer than"):
        to_pdf(b"", timeout_seconds=0.3)


def test_an_office_that_makes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_office(tmp_path, "exit 0", monkeypatch)

    with pytest.raises(LayoutError, match="no PDF"):
        to_pdf(b"")
