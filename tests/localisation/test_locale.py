from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.localisation.locale import LanguageCode, Locale

ENGLISH, PERSIAN, CHINESE = Locale("en"), Locale("fa"), Locale("zh")
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("value", "english", "persian"),
    [
        ("80", "80", "۸۰"),
        ("157/2", "78.5", "۷۸٫۵"),
        ("1/3", "0.33", "۰٫۳۳"),
        ("-5/4", "-1.25", "-۱٫۲۵"),
        ("1450000", "1,450,000", "۱٬۴۵۰٬۰۰۰"),
    ],
)
def test_an_amount_has_as_few_decimals_as_say_it(value: str, english: str, persian: str) -> None:
    exact = Fraction(value)

    assert (ENGLISH.amount(exact), PERSIAN.amount(exact)) == (english, persian)


def test_no_amount_is_a_dash() -> None:
    assert ENGLISH.amount(None) == "–"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("1/20", 1, "0.1"),  # 0.05
        ("5/4", 1, "1.3"),  # 1.25
        ("249/200", 1, "1.2"),  # 1.245 is below the half
        ("5/2", 0, "3"),
        ("7/3", 1, "2.3"),
        ("7/3", 2, "2.33"),
        ("2", 1, "2.0"),
        ("2469/2", 1, "1,234.5"),
        ("1234567", 0, "1,234,567"),
    ],
)
def test_numbers_are_rounded_once_and_halves_go_up(value: str, places: int, expected: str) -> None:
    assert ENGLISH.number(Fraction(value), places) == expected


def test_persian_numbers_have_their_own_digits_and_marks() -> None:
    assert PERSIAN.number(Fraction("1234.5")) == "۱٬۲۳۴٫۵"
    assert CHINESE.number(Fraction("1234.5")) == "1,234.5"


def test_what_has_no_value_is_a_dash() -> None:
    assert ENGLISH.number(None) == "–"
    assert PERSIAN.percent(None) == "–"
    assert ENGLISH.signed(None) == "–"
    assert ENGLISH.level(None) == "–"


def test_a_level_has_a_decimal_only_if_it_needs_one() -> None:
    assert ENGLISH.level(Fraction(3)) == "3"
    assert ENGLISH.level(Fraction(14, 5)) == "2.8"
    assert PERSIAN.level(Fraction(14, 5)) == "۲٫۸"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1.25", "+1.3"), ("-1.25", "−1.3"), ("0", "0.0"), ("0.01", "0.0"), ("-0.01", "0.0")],
)
def test_a_difference_shows_its_sign_unless_it_is_printed_as_nothing(
    value: str, expected: str
) -> None:
    assert ENGLISH.signed(Fraction(value)) == expected


def test_nothing_has_no_sign() -> None:
    assert ENGLISH.number(Fraction(-1, 100)) == "0.0"


@pytest.mark.parametrize(
    ("locale", "expected"), [(ENGLISH, "63%"), (PERSIAN, "۶۳٪"), (CHINESE, "63%")]
)
def test_a_share_is_written_in_percent(locale: Locale, expected: str) -> None:
    assert locale.percent(Fraction(5, 8)) == expected  # 62.5


@pytest.mark.parametrize(
    ("locale", "long", "short", "month"),
    [
        (Locale("en"), "5 October 2026", "2026-10-05", "October 2026"),
        (Locale("zh"), "2026年10月5日", "2026/10/05", "2026年10月"),
        (Locale("fa"), "۵ اکتبر ۲۰۲۶", "۲۰۲۶/۱۰/۰۵", "اکتبر ۲۰۲۶"),
        (Locale("fa", "jalali"), "۱۳ مهر ۱۴۰۵", "۱۴۰۵/۰۷/۱۳", "مهر ۱۴۰۵"),
        (Locale("en", "jalali"), "13 Mehr 1405", "1405-07-13", "Mehr 1405"),
        (Locale("zh", "jalali"), "1405年7月13日", "1405/07/13", "1405年7月"),
    ],
)
def test_a_day_in_every_language_and_calendar(
    locale: Locale, long: str, short: str, month: str
) -> None:
    assert (locale.date(DAY), locale.short_date(DAY), locale.month(DAY)) == (long, short, month)


def test_the_iranian_year_begins_in_spring() -> None:
    jalali = Locale("fa", "jalali")

    assert jalali.short_date(date(2026, 3, 20)) == "۱۴۰۴/۱۲/۲۹"
    assert jalali.short_date(date(2026, 3, 21)) == "۱۴۰۵/۰۱/۰۱"


def test_a_month_begins_where_the_calendar_says() -> None:
    assert Locale("fa").month_start(DAY) == date(2026, 10, 1)
    assert Locale("fa", "jalali").month_start(DAY) == date(2026, 9, 23)  # 1 Mehr 1405


@pytest.mark.parametrize(
    ("locale", "expected"), [(ENGLISH, "a, b, c"), (PERSIAN, "a، b، c"), (CHINESE, "a、b、c")]
)
def test_words_are_joined_by_the_comma_of_the_language(locale: Locale, expected: str) -> None:
    assert locale.listed(["a", "b", "c"]) == expected


def test_only_persian_runs_from_right_to_left() -> None:
    assert [locale.is_rtl for locale in (ENGLISH, PERSIAN, CHINESE)] == [False, True, False]


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 3))
def test_a_printed_number_is_within_half_a_step_of_the_exact_one(
    value: Fraction, places: int
) -> None:
    printed = Fraction(ENGLISH.number(value, places).replace(",", ""))

    assert abs(printed - value) <= Fraction(1, 2 * 10**places)


@given(st.fractions(min_value=-1000, max_value=1000), st.sampled_from(["en", "fa", "zh"]))
def test_every_language_prints_the_same_number(value: Fraction, language: LanguageCode) -> None:
    latin = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫٬", "0123456789.,")

    assert Locale(language).number(value).translate(latin) == ENGLISH.number(value)
