"""Kinds of features; the numbers are those of docs/method/kano.md."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.kano import Feature, feature

TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
MUST, ONE, ATTRACTIVE, INDIFFERENT, REVERSE, UNCLEAR = (
    (2, 5),
    (1, 5),
    (1, 3),
    (3, 3),
    (5, 1),
    (1, 1),
)


def found(*pairs: tuple[int, int], claims_from: int = 20) -> Feature:
    return feature("lift", pairs, missing=0, table=TABLE, shown_from=1, claims_from=claims_from)


def test_twenty_people() -> None:
    one = found(*[ONE] * 9, *[MUST] * 5, *[ATTRACTIVE] * 4, *[INDIFFERENT] * 2)

    assert one.category == "one-dimensional"
    assert one.better == Fraction(13, 20)
    assert one.worse == Fraction(-14, 20)
    # 9 - 5 = 4 is less than 1.65 * sqrt(14 * 26 / 40) = 4.98
    assert not one.is_clear


def test_thirty_people_of_whom_sixteen_agree() -> None:
    # 16 - 6 = 10 is more than 1.65 * sqrt(22 * 38 / 60) = 6.16
    assert found(*[ONE] * 16, *[ATTRACTIVE] * 6, *[MUST] * 5, *[INDIFFERENT] * 3).is_clear


def test_too_few_people_make_nothing_clear() -> None:
    assert not found(*[ONE] * 19).is_clear


def test_a_tie_goes_to_what_is_missed_most() -> None:
    assert found(*[ATTRACTIVE] * 3, *[MUST] * 3).category == "must-be"


def test_reverse_and_unclear_answers_count_for_no_coefficient() -> None:
    one = found(*[REVERSE] * 3, *[UNCLEAR] * 2, ONE)

    assert (one.category, one.better, one.worse) == ("reverse", 1, -1)


def test_a_feature_that_everybody_finds_unclear_has_no_coefficients() -> None:
    one = found(*[UNCLEAR] * 2)

    assert (one.better, one.worse) == (None, None)


def test_fewer_people_than_may_be_shown_give_nothing() -> None:
    one = feature("lift", [ONE] * 4, missing=1, table=TABLE, shown_from=5, claims_from=20)

    assert (one.count, one.missing, one.category, one.numbers) == (4, 1, None, {})


@pytest.mark.parametrize(
    ("pair", "category"),
    [
        (MUST, "must-be"),
        (ONE, "one-dimensional"),
        (ATTRACTIVE, "attractive"),
        (INDIFFERENT, "indifferent"),
        (REVERSE, "reverse"),
        (UNCLEAR, "unclear"),
        ((4, 5), "must-be"),
        ((2, 1), "reverse"),
    ],
)
def test_each_pair_has_its_category(pair: tuple[int, int], category: str) -> None:
    assert found(pair).category == category


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40))
def test_everybody_is_in_one_category_and_coefficients_keep_their_bounds(
    pairs: list[tuple[int, int]],
) -> None:
    one = found(*pairs)

    assert sum(one.numbers.values()) == len(pairs)
    assert one.better is None or 0 <= one.better <= 1
    assert one.worse is None or -1 <= one.worse <= 0
