from __future__ import annotations

import pytest
from figure_plans import CHINESE, ENGLISH, NAMES, PERSIAN
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.figures import FigureStyle
from crmplan.figures.fonts import missing_characters
from crmplan.figures.text import isolated, width, wrap

STYLES = [ENGLISH, PERSIAN, CHINESE]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab cd,。（）客戶 مشتری‌", max_size=40), st.integers(40, 200))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, limit: int) -> None:
    lines = wrap(text, limit, 10, CHINESE)

    assert all(width(line, 10, CHINESE) <= limit for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.integers(30, 120))
def test_chinese_lines_never_start_with_a_closing_sign(limit: int) -> None:
    lines = wrap(NAMES["zh"], limit, 10, CHINESE)

    assert not any(line[0] in "，。、：？）" for line in lines)


def test_english_breaks_between_words() -> None:
    assert wrap("steering committee", 60, 10, ENGLISH) == ("steering", "committee")


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six", 40, 10, ENGLISH, max_lines=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_persian_letters_are_joined() -> None:
    joined, apart = "مشتری", "\u200c".join("مشتری")

    assert width(joined, 10, PERSIAN) < 0.9 * width(apart, 10, PERSIAN)


def test_zero_width_non_joiners_are_kept() -> None:
    assert wrap("برنامه‌ریزی", 500, 10, PERSIAN) == ("برنامه‌ریزی",)


def test_bold_is_measured_as_bold() -> None:
    assert width("Planning", 10, ENGLISH, bold=True) > width("Planning", 10, ENGLISH)


@pytest.mark.parametrize(
    ("text", "start"),
    [("مشتری CRM", "\u2067"), ("CRM چیست؟", "\u2067"), ("+۲٫۴", "\u2066"), ("A101", "\u2066")],
)
def test_persian_figures_isolate_every_text(text: str, start: str) -> None:
    assert isolated(text, PERSIAN) == f"{start}{text}\u2069"


def test_the_rest_of_a_persian_sentence_stays_right_to_left() -> None:
    assert isolated("۲٫۰)", PERSIAN, prose=True).startswith("\u2067")


def test_a_persian_name_in_an_english_figure_is_isolated() -> None:
    assert isolated("علی", ENGLISH) == "\u2067علی\u2069"
    assert isolated("Ali", ENGLISH) == "Ali"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.language)
def test_all_letters_of_all_languages_have_a_glyph(style: FigureStyle) -> None:
    for text in (*NAMES.values(), "繁體中文 简体中文 ۰۱۲۳۴۵۶۷۸۹ ٫٪ ≥ → ✓ …–—“”"):
        assert missing_characters(text, style.families) == ""


def test_a_character_without_glyph_is_named() -> None:
    assert missing_characters("a𠮷b𠮷", ENGLISH.families) == "𠮷"
