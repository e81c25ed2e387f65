from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.errors import PlanningError
from crmplan.planning.network.links import Lag, read_lag
from crmplan.planning.workplan import Link


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("0d", 0, "working"),
        ("3d", 3, "working"),
        ("-2ed", -2, "elapsed"),
        ("50%", 50, "percent"),
        ("-150%", -150, "percent"),
    ],
)
def test_a_lag_has_a_number_and_a_unit(text: str, number: int, unit: str) -> None:
    assert read_lag(text) == Lag(number, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "3", "3 d", "3w", "1.5d", "--2d", "99999d", "3d\n", "٣d"])
def test_another_spelling_is_refused_with_what_is_meant(text: str) -> None:
    with pytest.raises(PlanningError, match="is no lag") as error:
        read_lag(text)

    assert error.value.hint == "working days 3d, days on the clock 2ed, or a share 50%"


def test_a_day_of_lag_has_two_halves() -> None:
    assert read_lag("3d").half_days(10) == 6
    assert read_lag("-2ed").half_days(10) == -4


def test_a_share_of_the_duration_falls_on_half_days() -> None:
    # half of 5 days are 2.5 days, five halves; a third of 2 days, 4 halves × 0.33 = 1.32, is one
    assert read_lag("50%").half_days(5) == 5
    assert read_lag("33%").half_days(2) == 1
    # a quarter of 5 days are 2.5 halves: rounded away from zero
    assert read_lag("25%").half_days(5) == 3
    assert read_lag("-25%").half_days(5) == -3


@given(st.integers(-300, 300), st.integers(0, 500))
def test_a_lead_of_a_share_is_the_mirror_of_the_lag(percent: int, days: int) -> None:
    lag = read_lag(f"{percent}%").half_days(days)

    assert lag == -read_lag(f"{-percent}%").half_days(days)
    assert abs(100 * lag - 2 * percent * days) <= 50


def test_a_link_is_plain_unless_it_says_more() -> None:
    assert Link("a", "b", "activity").is_plain
    assert Link("a", "b", "activity", lag="0%").is_plain
    assert not Link("a", "b", "activity", kind="SS").is_plain
    assert not Link("a", "b", "activity", lag="1ed").is_plain
    assert not Link("a", "b", "activity", at_most="5d").is_plain
