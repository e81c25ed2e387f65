from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from crmplan.exchange.framework_import.answer_scale import MOST_STEPS, Answer, fit_scale


def answers(*values: object) -> tuple[Answer, ...]:
    return tuple(Answer(str(one), Fraction(str(one))) for one in values)


def levels(*questions: tuple[Answer, ...]) -> list[list[int]]:
    scale = fit_scale(questions)
    return [[scale.level(one, answer.value) for answer in one] for one in questions]


def test_whole_numbers_stay_as_they_are() -> None:
    assert levels(answers(1, 2, 3, 4, 5)) == [[1, 2, 3, 4, 5]]


def test_gaps_between_values_stay_gaps() -> None:
    assert levels(answers(0, "0.25", "0.5", 1)) == [[0, 1, 2, 4]]


def test_questions_with_other_bounds_share_the_ends() -> None:
    assert levels(answers(0, 1), answers(1, 2, 3)) == [[0, 2], [0, 1, 2]]


def test_percentages_in_tens_become_ten_steps() -> None:
    assert levels(answers(*range(0, 101, 10))) == [list(range(11))]


_VALUES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12, unique=True)


@given(st.lists(_VALUES, min_size=1, max_size=5))
def test_best_is_top_worst_is_bottom_and_order_is_kept(given_values: list[list[int]]) -> None:
    questions = [answers(*sorted(one)) for one in given_values]

    scale = fit_scale(questions)

    assert 0 <= scale.lowest < scale.highest
    assert scale.highest - scale.lowest <= MOST_STEPS
    for one in questions:
        found = [scale.level(one, answer.value) for answer in one]
        assert found == sorted(found)
        assert (found[0], found[-1]) == (scale.lowest, scale.highest)
