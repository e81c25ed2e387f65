"""Public holidays of a country, frozen into a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.planning.working_time import WorkCalendar

if TYPE_CHECKING:
    from datetime import date

YEARS = 6
ANNOUNCED = 1
"""Years after the first whose holidays are usually official; moving ones are estimates later."""


def work_calendar(
    country: str, weekend: tuple[int, ...], *, start: date, years: int = YEARS
) -> WorkCalendar:
    """Make the calendar of an organisation.

    Args:
        country: two-letter code; empty, or a country without known holidays, observes none.
        weekend: weekdays without work, Monday is 0.
        start: holidays are taken from its year on.
        years: for how many years.
    """
    from holidays import country_holidays, list_supported_countries

    if country not in list_supported_countries():
        return WorkCalendar(frozenset(weekend))
    span = range(start.year, start.year + years)
    days = frozenset(country_holidays(country, years=span))
    return WorkCalendar(frozenset(weekend), days, start.year + ANNOUNCED)
