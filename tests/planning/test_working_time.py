from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.errors import PlanningError
from crmplan.planning.public_holidays import work_calendar
from crmplan.planning.working_time import WorkCalendar

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WESTERN = WorkCalendar(frozenset({SATURDAY, SUNDAY}))
IRANIAN = WorkCalendar(frozenset({THURSDAY, FRIDAY}))


def test_a_week_without_weekend_has_five_days() -> None:
    # 2 March 2026 is a Monday
    days = [WESTERN.day(date(2026, 3, 2), number) for number in range(6)]

    assert [day.day for day in days] == [2, 3, 4, 5, 6, 9]


def test_in_iran_thursday_and_friday_are_free() -> None:
    # Wednesday 4 March, then Saturday 7 March
    days = [IRANIAN.day(date(2026, 3, 4), number) for number in range(3)]

    assert days == [date(2026, 3, 4), date(2026, 3, 7), date(2026, 3, 8)]


def test_holidays_are_free() -> None:
    calendar = WorkCalendar(frozenset({SATURDAY, SUNDAY}), frozenset({date(2026, 3, 3)}))

    assert calendar.day(date(2026, 3, 2), 1) == date(2026, 3, 4)


def test_a_plan_that_starts_on_a_holiday_starts_on_the_next_working_day() -> None:
    # Thursday holiday, then Friday and the weekend are passed over
    calendar = WorkCalendar(
        frozenset({SATURDAY, SUNDAY}), frozenset({date(2026, 3, 5), date(2026, 3, 6)})
    )

    assert calendar.day(date(2026, 3, 5), 0) == date(2026, 3, 9)


def test_a_calendar_without_working_days_is_refused() -> None:
    never = WorkCalendar(frozenset(range(7)))

    with pytest.raises(PlanningError, match="no working day within a year") as error:
        never.first_worked(date(2026, 3, 2))

    assert error.value.hint == "look at weekend and holidays"


def test_working_days_are_counted_up_to_a_day() -> None:
    start = date(2026, 3, 2)

    assert WESTERN.number(start, date(2026, 3, 6)) == 4
    assert WESTERN.number(start, date(2026, 3, 7)) == 5  # a Saturday counts as the Monday after
    assert WESTERN.number(start, date(2026, 3, 9)) == 5


@given(st.integers(0, 400), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_counting_undoes_dating(number: int, start: date) -> None:
    assert IRANIAN.number(start, IRANIAN.day(start, number)) == number


@given(
    st.sets(st.integers(0, 6), max_size=5),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=20),
    st.dates(date(2026, 1, 1), date(2026, 3, 31)),
)
def test_days_rise_and_are_worked_and_none_is_left_out(
    weekend: set[int], holidays: set[date], start: date
) -> None:
    calendar = WorkCalendar(frozenset(weekend), frozenset(holidays))
    days = [calendar.day(start, number) for number in range(30)]

    span = [days[0] + timedelta(n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == [day for day in span if calendar.is_worked(day)]


def test_the_holidays_of_iran_are_observed() -> None:
    # Nowruz 1405 begins on Saturday 21 March 2026 and four days are free
    calendar = work_calendar("IR", (THURSDAY, FRIDAY), start=date(2026, 3, 1))

    assert not calendar.is_worked(date(2026, 3, 21))
    assert not calendar.is_worked(date(2026, 3, 22))
    assert calendar.is_worked(date(2026, 3, 10))


def test_later_holidays_are_marked_as_computed() -> None:
    assert work_calendar("IR", (), start=date(2026, 3, 1)).announced_until == 2027


@pytest.mark.parametrize("country", ["", "XX"])
def test_a_country_without_known_holidays_observes_none(country: str) -> None:
    calendar = work_calendar(country, (SATURDAY, SUNDAY), start=date(2026, 1, 1))

    assert calendar.is_worked(date(2026, 1, 1))
    assert calendar.announced_until is None
