from __future__ import annotations

import re

import pytest

from crmplan.documents.blocks import (
    Chart,
    CrossReference,
    Heading,
    Paragraph,
    Series,
    Span,
    Table,
    TableOfContents,
)
from crmplan.documents.references import word_name
from crmplan.documents.rendering import render_document
from crmplan.errors import DuplicateBookmarkError, UnknownBookmarkError

from .samples import W, main_part, paragraphs, settings_for, text_of

CHART = Chart("bar", ("a",), (Series("s", (1.0,)),), caption="Scores", bookmark="fig.scores")
TABLE = Table(("a",), (("b",),), caption="Gaps", bookmark="tab.gaps")


def first_text(*blocks: object, language: str = "en") -> str:
    """The text of the first paragraph."""
    document = render_document(blocks, settings=settings_for(language))  # type: ignore[arg-type]
    return text_of(next(main_part(document).iter(f"{W}p")))


def test_captions_are_counted_by_kind_in_reading_order() -> None:
    other = Table(("a",), (("b",),), caption="Costs")

    document = render_document((TABLE, CHART, other), settings=settings_for())

    assert paragraphs(document, "Caption") == [
        "Table\u00a01.\u2002Gaps",
        "Figure\u00a01.\u2002Scores",
        "Table\u00a02.\u2002Costs",
    ]


def test_references_show_label_number_and_words() -> None:
    sentence = Paragraph(
        (
            CrossReference("fig.scores"),
            Span(" | "),
            CrossReference("tab.gaps"),
            Span(" | "),
            CrossReference("method"),
            Span(" | "),
            CrossReference("method", "text"),
            Span(" | "),
            CrossReference("summary"),
        )
    )
    headings = (
        Heading(1, "Summary", "summary", numbered=False),
        Heading(1, "First"),
        Heading(1, "Second"),
        Heading(2, "Method", "method"),
    )

    text = first_text(sentence, *headings, CHART, TABLE)

    assert text == "Figure\u00a01 | Table\u00a01 | 2.1 | Method | Summary"


def test_references_are_in_persian_digits() -> None:
    assert (
        first_text(Paragraph((CrossReference("fig.scores"),)), CHART, language="fa") == "شکل\u00a0۱"
    )


def test_every_missing_bookmark_is_named() -> None:
    blocks = (Paragraph((CrossReference("b"), Span("x", link="a"))),)

    with pytest.raises(UnknownBookmarkError) as caught:
        render_document(blocks, settings=settings_for())

    assert caught.value.bookmarks == ("a", "b")


def test_a_bookmark_is_given_once() -> None:
    with pytest.raises(DuplicateBookmarkError):
        render_document((CHART, CHART), settings=settings_for())


def test_a_script_address_is_no_link_out_of_the_document() -> None:
    with pytest.raises(UnknownBookmarkError):
        render_document(
            (Paragraph((Span("x", link="javascript:alert(1)"),)),), settings=settings_for()
        )


def test_ids_become_names_that_word_takes() -> None:
    names = {word_name(name) for name in ("data.quality", "data-quality", "1", "x" * 50, "شکل")}

    assert len(names) == 5
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)


def test_contents_list_headings_with_measured_pages() -> None:
    blocks = (TableOfContents(), Heading(1, "One", "one"), Heading(2, "Two"), Heading(3, "Three"))

    document = render_document(blocks, settings=settings_for(), pages={"one": 7})

    assert paragraphs(document, "TOC1") == ["1\tOne\t7"]
    assert paragraphs(document, "TOC2") == ["1.1\tTwo"]
    assert paragraphs(document, "TOC3") == []


def test_nothing_asks_word_to_update_fields_on_opening() -> None:
    document = render_document((TableOfContents(), Heading(1, "One")), settings=settings_for())

    assert b"updateFields" not in document
    assert not [e for e in main_part(document).iter() if e.get(f"{W}dirty")]
