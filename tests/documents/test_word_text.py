from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.documents.blocks import Heading, Paragraph, Table
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.documents.text import scrub, split_islands, with_marks

from .samples import LANGUAGES, W, firm_template, main_part, settings_for, text_of

TRICKY = ("&", "<b>", "{{ 7*7 }}", "{% if %}", "{_{", "\x00", "\x07", "\x0b", "\u202e", "\u2066")
TRICKY += (
    "\ufffe",
    "\ud800",
    "😀",
    "سلام",
    "۱۲۳",
    "客戶",
    "]]>",
    "\t",
    "\n",
    "\r\n",
    "CRM (Pro)",
    "\u200c",
)
typed = st.lists(st.one_of(st.sampled_from(TRICKY), st.text(max_size=8)), max_size=6).map("".join)


@given(typed)
def test_what_is_scrubbed_holds_no_control_characters(text: str) -> None:
    clean = scrub(text)

    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n" for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(typed)
def test_splitting_loses_nothing(text: str) -> None:
    clean = scrub(text)

    assert "".join(piece.text for piece in split_islands(clean)) == clean


def test_a_latin_island_takes_only_brackets_that_it_opened() -> None:
    pieces = split_islands("بازدید از Salesforce Cloud (Pro) و (ISO 9001) است")

    assert [piece.text for piece in pieces if piece.ltr] == ["Salesforce Cloud (Pro)", "ISO 9001"]


@pytest.mark.parametrize(
    ("text", "after_the_island"),
    [("پرونده MD-07، ۱۴ بهمن", "، ۱۴ بهمن"), ("D2-3، D6-1", "، "), ("D7-3 (۸۵ روز)", " (۸۵ روز)")],
)
def test_what_follows_a_latin_island_is_told_its_direction(
    text: str, after_the_island: str
) -> None:
    pieces = with_marks(split_islands(text))

    assert f"\u200f{after_the_island}" in [piece.text for piece in pieces]


def test_a_number_alone_follows_the_paragraph() -> None:
    assert [piece.ltr for piece in split_islands("بودجه 1,250 است")] == [False]


def without_marks(text: str) -> str:
    """The text without right-to-left marks: the engine adds some, and people type some."""
    return text.replace("\u200f", "")


@settings(max_examples=25, deadline=None)
@given(text=typed, language=st.sampled_from(LANGUAGES))
def test_typed_text_appears_as_typed(text: str, language: Language) -> None:
    blocks = (Paragraph(text), Heading(1, text), Table((text,), ((text,),)))

    root = main_part(render_document(blocks, settings=settings_for(language)))

    found = [without_marks(text_of(p)) for p in root.iter(f"{W}p")]
    # A numbered heading has its number from the list, not in its text.
    assert found[:4] == [without_marks(scrub(text))] * 4


@settings(max_examples=15, deadline=None)
@given(text=typed)
def test_settings_appear_as_typed_in_a_firms_template(text: str) -> None:
    template = firm_template("{{ title }}", "{{p body }}")

    document = render_document((), settings=settings_for("fa", title=text), template=template)

    first = next(main_part(document).iter(f"{W}p"))
    assert without_marks(text_of(first)) == without_marks(scrub(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_line_ends_and_tabs_stay_what_they_are(language: Language) -> None:
    document = render_document((Paragraph("a\r\nb\tc"),), settings=settings_for(language))

    assert text_of(next(main_part(document).iter(f"{W}p"))) == "a\nb\tc"
