from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.exchange.answer_cell import Given, NotUnderstood, read_level
from crmplan.exchange.answer_words import known_words, plain
from exchange.forms import LANGUAGES, drcrm, labels

SCALE = drcrm().scale
WORDS = known_words({})
DIGITS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９")


def understood(text: str) -> object:
    return read_level(text, scale=SCALE, words=WORDS)


@pytest.mark.parametrize(
    "text", ["3", "3.0", " 3 ", "۳", "٣", "３", "۳٫۰", "3,0", "+3", "\u200f۳", "３．０", "03"]
)
def test_a_three_is_a_three(text: str) -> None:
    assert understood(text) == Given("scored", 3)


@pytest.mark.parametrize(
    "text", ["n/a", "N/A", "NA", "n.a.", " - ", "—", "نامرتبط", "نا‌مرتبط", "不適用", "Ｎ／Ａ"]
)
def test_not_applicable_has_many_spellings(text: str) -> None:
    assert understood(text) == Given("not-applicable")


@pytest.mark.parametrize(
    "text",
    ["don't know", "Don’t  know", "DONT KNOW", "نمی‌دانم", "نمي دانم", "نمیدانم", "不清楚", "？"],
)
def test_do_not_know_has_many_spellings(text: str) -> None:
    assert understood(text) == Given("unknown")


@pytest.mark.parametrize("text", ["6", "-1", "۷", "100", "9" * 5000, "5.5"])
def test_a_number_off_the_scale_is_a_fault(text: str) -> None:
    assert understood(text) == NotUnderstood("range", text)


@pytest.mark.parametrize("text", ["2.5", "۲٫۵", "2,5", "0.1"])
def test_half_a_level_is_a_fault(text: str) -> None:
    assert understood(text) == NotUnderstood("fraction", text)


@pytest.mark.parametrize(
    "text", ["seven", "3-4", "3 / 4", "TRUE", "½", "3e0", "n/a 3", "2026-03-04", "#N/A", "."]
)
def test_anything_else_is_a_fault(text: str) -> None:
    assert understood(text) == NotUnderstood("word", text)


@pytest.mark.parametrize("text", ["", "  ", "\u200c", "\u200f \n"])
def test_nothing_visible_is_nothing(text: str) -> None:
    assert understood(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_language_are_known_without_the_form(language: str) -> None:
    words = labels(language)

    assert understood(words.not_applicable) == Given("not-applicable")
    assert understood(words.unknown) == Given("unknown")
    assert understood(f"{words.inherited} 4") == Given("inherited", 4)
    assert understood(f"{words.out_of_control}: ۲") == Given("out-of-control", 2)
    assert understood(f"{words.inherited} 9") == NotUnderstood("range", f"{words.inherited} 9")


def test_words_of_one_form_are_known_for_that_form() -> None:
    words = known_words({"Not our business": "not-applicable"})

    assert read_level("not our BUSINESS", scale=SCALE, words=words) == Given("not-applicable")


@given(st.integers(0, 5), st.sampled_from(DIGITS), st.sampled_from(["", ".0", "٫۰", ".00"]))
def test_a_level_in_any_digits_is_that_level(level: int, digits: str, end: str) -> None:
    assert understood(digits[level] + end) == Given("scored", level)


@given(st.text(max_size=50))
def test_any_text_is_an_answer_a_fault_or_nothing(text: str) -> None:
    found = understood(text)

    if isinstance(found, Given) and found.level is not None:
        assert 0 <= found.level <= 5
    assert found is None or isinstance(found, Given | NotUnderstood)
    assert (found is None) == (not plain(text))


@given(st.text(max_size=50))
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.integers(-1000, 1000), st.sampled_from(DIGITS))
def test_a_whole_number_is_a_level_or_off_the_scale(number: int, digits: str) -> None:
    text = str(number).translate(str.maketrans(DIGITS[0], digits))
    wanted = Given("scored", number) if 0 <= number <= 5 else NotUnderstood("range", text)

    assert understood(text) == wanted
