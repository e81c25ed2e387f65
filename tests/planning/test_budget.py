"""Choosing initiatives under a budget. The numbers are those of docs/method/budget.md."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.errors import PlanningError
from crmplan.planning.budgeting import (
    Candidate,
    choose_within_budget,
    leaves_first,
    near_optimal,
)

FOUR = (
    Candidate("a", 5, Fraction(5)),
    Candidate("b", 4, Fraction(6), requires=("a",)),
    Candidate("c", 6, Fraction(7)),
    Candidate("d", 3, Fraction(2), conflicts=("c",)),
)


def test_the_choice_of_highest_value_is_made_and_proved() -> None:
    choice = choose_within_budget(FOUR, [9])

    assert choice.ids == {"a", "b"}
    assert choice.value == 11
    assert choice.is_proved
    assert choice.bound == 11
    assert choice.cost_days == (9,)


def test_what_a_period_leaves_over_is_carried_to_the_next() -> None:
    choice = choose_within_budget(FOUR, [6, 6])

    # a costs 5 of 6; b and d cost 7 of the 1 + 6 that are there one period later.
    assert choice.periods == {"a": 0, "b": 1, "d": 1}
    assert choice.cost_days == (5, 7)
    assert choice.value == 5 + Fraction(9, 10) * (6 + 2)


def test_what_excludes_one_another_is_not_chosen_together() -> None:
    assert choose_within_budget(FOUR, [100]).ids == {"a", "b", "c"}


def test_what_is_mandatory_is_chosen_whatever_it_is_worth() -> None:
    candidates = (
        Candidate("dull", 5, Fraction(0), is_mandatory=True),
        Candidate("x", 5, Fraction(9)),
    )

    assert choose_within_budget(candidates, [5]).ids == {"dull"}


def test_a_budget_that_does_not_pay_for_what_is_mandatory_is_refused() -> None:
    with pytest.raises(PlanningError, match="does not pay for what is mandatory"):
        choose_within_budget((Candidate("dull", 5, Fraction(0), is_mandatory=True),), [4])


def test_an_unknown_id_is_named() -> None:
    with pytest.raises(PlanningError, match="'a' names 'b'"):
        choose_within_budget((Candidate("a", 1, Fraction(1), requires=("b",)),), [4])


def test_near_optimal_choices_come_in_order_of_value() -> None:
    # Of 9 days: a and b are worth 11; a and d, 7; c alone, 7; nothing else reaches half of 11.
    choices = near_optimal(FOUR, [9], within=Fraction(1, 2))

    assert choices[0].ids == {"a", "b"}
    assert {choice.ids for choice in choices[1:]} == {frozenset("ad"), frozenset("c")}
    assert [choice.value for choice in choices] == [11, 7, 7]


def test_what_leaves_first_when_the_budget_falls_is_named_with_what_comes_in() -> None:
    # Of 10 days a and b cost 9, and of 9 days still do: nothing changes.
    assert leaves_first(FOUR, [10]) == (frozenset(), frozenset())
    # Of 9 days a and b; of 8 days (nine tenths, rounded down) only a and d, or c, fit.
    leaving, coming = leaves_first(FOUR, [9])
    assert "b" in leaving
    assert coming


def test_nothing_to_choose_from_is_no_error() -> None:
    assert choose_within_budget((), [5]).ids == frozenset()


@st.composite
def candidates(draw: st.DrawFn) -> tuple[Candidate, ...]:
    count = draw(st.integers(1, 7))
    return tuple(
        Candidate(
            f"c{number}",
            draw(st.integers(0, 9)),
            Fraction(draw(st.integers(0, 20))),
            tuple(f"c{one}" for one in range(number) if draw(st.booleans()) and one % 3 == 0),
        )
        for number in range(count)
    )


@given(candidates(), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_no_subset_that_fits_is_worth_more(given_: tuple[Candidate, ...], budget: int) -> None:
    choice = choose_within_budget(given_, [budget])

    best = Fraction(0)
    for size in range(len(given_) + 1):
        for subset in combinations(given_, size):
            ids = {one.id for one in subset}
            fits = sum(one.cost_days for one in subset) <= budget
            if fits and all(set(one.requires) <= ids for one in subset):
                best = max(best, sum((one.value for one in subset), Fraction(0)))
    assert choice.value == best
    assert choice.is_proved
