"""What came true of a forecast: the numbers of docs/method/forecast.md."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from crmplan.errors import PlanningError
from crmplan.planning.forecast import Expectation, Forecast
from crmplan.planning.forecast_check import ForecastCheck, check_forecast

ONE, TWO = date(2026, 6, 30), date(2026, 12, 31)
BEFORE = {"service": Fraction(1), "selling": Fraction(2), "data": Fraction(3)}


def tenths(*values: int) -> Expectation:
    low, likely, high = (Fraction(value, 10) for value in values)
    return Expectation(low, likely, high)


FORECAST = Forecast(
    ends={"first": ONE, "second": TWO},
    expected={
        "first": {"service": tenths(14, 17, 20), "selling": tenths(20, 20, 20)},
        "second": {"service": tenths(18, 24, 30), "selling": tenths(28, 34, 40)},
    },
)


def checked(held_on: date, **found: Fraction | None) -> ForecastCheck:
    return check_forecast(FORECAST, before=BEFORE, after=found, held_on=held_on)


def test_the_worked_example_of_the_method() -> None:
    found = checked(date(2027, 1, 15), service=Fraction(5, 2), selling=Fraction(5, 2))

    assert found.phase == "second"
    assert [(one.dimension_id, one.verdict, one.lasted) for one in found.outcomes] == [
        ("service", "within", Fraction(3, 4)),
        ("selling", "below", Fraction(1, 4)),
    ]
    assert found.lasted == Fraction(1, 2)


def test_a_dimension_without_a_possible_gain_has_no_share() -> None:
    found = checked(ONE, service=Fraction(2), selling=Fraction(3))

    assert found.phase == "first"
    assert [(one.verdict, one.lasted) for one in found.outcomes] == [
        ("within", Fraction(1)),
        ("above", None),
    ]
    assert found.lasted == 1


def test_what_the_later_assessment_does_not_score_is_named_and_not_guessed() -> None:
    found = checked(TWO, service=Fraction(2), selling=None)

    assert [one.dimension_id for one in found.outcomes] == ["service"]
    assert found.unscored == ("selling",)


def test_an_assessment_before_the_first_phase_is_over_is_refused() -> None:
    with pytest.raises(PlanningError, match="before any phase was over") as refused:
        checked(date(2026, 6, 29), service=Fraction(2))

    assert refused.value.hint == "the first phase ends on 2026-06-30"
