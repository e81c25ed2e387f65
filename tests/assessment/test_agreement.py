from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.agreement import agreement, agreement_by_group, perception_gap


def test_people_who_nearly_agree() -> None:
    # mean 17/5 = 3.4; squares 3 · 0.16 + 2 · 0.36 = 1.2; variance 1.2 / 4 = 0.3
    # widest dissensus on 1–5 is half at 1 and half at 5: variance 4; r*wg = 1 − 0.3 / 4 = 0.925
    # AD = (3 · 0.4 + 2 · 0.6) / 5 = 0.48
    found = agreement([3, 3, 4, 3, 4], lowest=1, highest=5)

    assert found.variance == Fraction("0.3")
    assert found.rwg == Fraction("0.925")
    assert found.average_deviation == Fraction("0.48")
    assert found.strength == "very-strong"


def test_people_in_two_camps() -> None:
    # mean 3; squares 4 · 4 + 0 = 16; variance 16 / 4 = 4; r*wg = 1 − 4 / 4 = 0
    # AD = (4 · 2 + 0) / 5 = 1.6
    found = agreement([1, 5, 1, 5, 3], lowest=1, highest=5)

    assert found.variance == 4
    assert found.rwg == 0
    assert found.average_deviation == Fraction("1.6")
    assert found.strength == "none"


def test_the_same_answers_agree_more_on_a_longer_scale() -> None:
    # on 0–5 half at 0 and half at 5 have variance 6.25: r*wg = 1 − 0.3 / 6.25 = 0.952
    found = agreement([3, 3, 4, 3, 4], lowest=0, highest=5)

    assert found.rwg == Fraction("0.952")


def test_agreement_is_never_below_zero() -> None:
    # two people: variance (2.5² + 2.5²) / 1 = 12.5, twice the 6.25 of dissensus
    assert agreement([0, 5], lowest=0, highest=5).rwg == 0


def test_people_who_say_the_same_agree_wholly() -> None:
    found = agreement([2, 2, 2], lowest=0, highest=5)

    assert (found.rwg, found.average_deviation, found.spread) == (1, 0, 0)


def test_one_person_has_a_level_but_no_agreement() -> None:
    found = agreement([4], lowest=0, highest=5)

    assert (found.median, found.count) == (4, 1)
    assert (found.variance, found.rwg, found.average_deviation) == (None, None, None)
    assert found.strength is None


@pytest.mark.parametrize(
    ("levels", "rwg", "word"),
    [
        # 0–4 has a dissensus of 4, so r*wg = 1 − variance / 4
        ([0, 2, 4], "0", "none"),  # variance 4
        ([0, 3], "0", "none"),  # variance 4.5
        ([1, 3], "0.5", "weak"),  # variance 2
        ([1, 2, 3, 4], "7/12", "moderate"),  # variance 5/3
        ([2, 3], "0.875", "strong"),  # variance 0.5
        ([3, 3, 3, 4], "0.9375", "very-strong"),  # variance 0.25
    ],
)
def test_agreement_in_a_word(levels: list[int], rwg: str, word: str) -> None:
    found = agreement(levels, lowest=0, highest=4)

    assert found.rwg == Fraction(rwg)
    assert found.strength == word


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert agreement([1, 2, 3, 5], lowest=0, highest=5).median == Fraction("2.5")


def test_each_group_has_its_own_agreement() -> None:
    levels = {"ann": Fraction(4), "ben": Fraction(4), "cas": Fraction(1)}
    groups = {"ann": "manager", "ben": "manager", "cas": "front-line"}

    found = agreement_by_group(levels, groups, lowest=0, highest=5)

    assert list(found) == ["front-line", "manager"]
    assert (found["manager"].median, found["front-line"].median) == (4, 1)
    assert found["manager"].rwg == 1


def test_a_split_between_groups_shows_where_each_group_agrees() -> None:
    managers = agreement([4, 4], lowest=0, highest=5)
    staff = agreement([1, 1, 2], lowest=0, highest=5)

    assert perception_gap([managers, staff]) == 3


def test_one_group_has_no_perception_gap() -> None:
    assert perception_gap([agreement([4, 1], lowest=0, highest=5)]) == 0
    assert perception_gap([]) == 0


@given(st.lists(st.fractions(0, 5, max_denominator=4), min_size=2, max_size=30))
def test_levels_may_be_counted_or_taken_one_by_one(levels: list[Fraction]) -> None:
    found = agreement(levels, lowest=0, highest=5)

    assert found.count == len(levels)
    assert found.median == statistics.median(levels)
    assert found.variance == statistics.variance(levels)
    assert (found.lowest, found.highest) == (min(levels), max(levels))
