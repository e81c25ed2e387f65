"""A PDF that can be read aloud: tagged, in its language, with an outline and its fonts."""

from __future__ import annotations

import ctypes

import pypdfium2
import pytest

from crmplan.documents.layout import office_program, to_pdf, to_read_aloud
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.errors import LayoutError

from .samples import LANGUAGES, every_block, settings_for

TAGS = {"en": "en-GB", "fa": "fa-IR", "zh": "zh-TW"}
raw = pypdfium2.raw


def fonts(document: pypdfium2.PdfDocument) -> dict[str, bool]:
    """The fonts of the texts on the first pages, and whether each is in the file."""
    found = {}
    for page in document:
        for text in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(text.raw)
            name = ctypes.create_string_buffer(100)
            raw.FPDFFont_GetBaseFontName(font, name, 100)
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


@pytest.mark.skipif(office_program() is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_has_tags_language_outline_and_fonts(language: Language) -> None:
    word = render_document(every_block(language), settings=settings_for(language))

    pdf = to_read_aloud(to_pdf(word), language)

    document = pypdfium2.PdfDocument(pdf)
    length = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    spoken = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(
        document.raw, ctypes.cast(spoken, ctypes.POINTER(ctypes.c_ushort)), length
    )
    assert spoken.raw.decode("utf-16-le").rstrip("\0") == TAGS[language]
    assert raw.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_dict()["Title"] == settings_for(language).title
    assert [one.get_title() for one in document.get_toc()]
    embedded = fonts(document)
    assert embedded
    assert all(embedded.values())
    assert any("Vazirmatn" in name for name in embedded) is (language == "fa")
    document.close()


@pytest.mark.parametrize(
    "pdf", [b"", b"/Type/Catalog endobj /Lang(en-US)", b"/Type/Catalog/Lang(en)"]
)
def test_a_pdf_whose_language_cannot_be_said_is_told(pdf: bytes) -> None:
    with pytest.raises(LayoutError, match="language"):
        to_read_aloud(pdf, "fa")


def test_the_language_is_said_in_the_catalogue_alone() -> None:
    pdf = b"/Lang(en-US) /Type/Catalog /Lang(en-US) endobj /Lang(en-US)"

    assert (
        to_read_aloud(pdf, "fa") == b"/Lang(en-US) /Type/Catalog /Lang(fa-IR) endobj /Lang(en-US)"
    )
