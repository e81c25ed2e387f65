"""Public holidays of a country, frozen into a calendar.

The package gives official days as far as they are announced and computes the rest. To keep a
plan as it is, a year can be written down (``crmplan record holidays``); then the package is not
asked for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from crmplan.assessment.plan_records import CalendarException
from crmplan.planning.network.calendars import Calendars, calendars_of
from crmplan.planning.working_time import WorkCalendar

if TYPE_CHECKING:
    from datetime import date

    from holidays import HolidayBase

    from crmplan.assessment.responses import Organisation

YEARS = 6
ANNOUNCED = 1
"""Years after the first whose holidays are usually official; moving ones are estimates later."""

YEARLY = frozenset({"CN"})
"""Countries that announce the holidays of a year, and the days exchanged for them, late in the
year before; the package holds the fixed feasts only of years to come."""


def plan_calendars(
    organisation: Organisation, exceptions: Iterable[CalendarException], *, start: date
) -> Calendars:
    """Make the calendars of a plan: holidays of the country, and the exceptions that were entered.

    Args:
        organisation: for its country and weekend.
        exceptions: of organisation, roles and tasks; years that hold public holidays among them
            have no others.
        start: first day of the plan.
    """
    given = tuple(exceptions)
    written = {one.first.year for one in given if one.source == "public"}
    calendar = work_calendar(
        organisation.country, organisation.weekend, start=start, written=written
    )
    return calendars_of(calendar, given)


def work_calendar(
    country: str,
    weekend: tuple[int, ...],
    *,
    start: date,
    years: int = YEARS,
    written: Collection[int] = (),
) -> WorkCalendar:
    """Make the calendar of an organisation.

    Args:
        country: two-letter code; empty, or a country without known holidays, observes none.
        weekend: weekdays without work, Monday is 0.
        start: holidays are taken from its year on.
        years: for how many years.
        written: years of which the holidays are written down elsewhere.
    """
    found = _holidays(country, range(start.year, start.year + years))
    if found is None:
        return WorkCalendar(frozenset(weekend))
    worked = {day for day in _exchanged(found) if day.weekday() in weekend}
    return WorkCalendar(
        frozenset(weekend),
        frozenset(day for day in found if day.year not in written),
        _announced_until(country, start),
        extra_days=frozenset(day for day in worked if day.year not in written),
    )


def written_down(country: str, years: Iterable[int]) -> Iterator[CalendarException]:
    """Give the public holidays and exchanged working days of some years as records, by day."""
    span = tuple(years)
    found = _holidays(country, span)
    if found is None:
        return
    exchanged = _exchanged(found)
    for day in sorted({*found, *exchanged}):
        yield CalendarException(
            first=day,
            last=day,
            works="full" if day in exchanged else "none",
            source="public",
            note=found.get(day) or "",
        )


def _holidays(country: str, years: Iterable[int]) -> HolidayBase | None:
    """Ask for the holidays of a country; None if they are not known."""
    from holidays import country_holidays, list_supported_countries

    if country not in list_supported_countries():
        return None
    return country_holidays(country, years=years)


def _exchanged(found: HolidayBase) -> set[date]:
    """Give the days of the weekend that are worked for a long holiday, as in China."""
    return {day for day in getattr(found, "weekend_workdays", ()) if day.year in found.years}


def _announced_until(country: str, start: date) -> int:
    """Give the last official year.

    Where each year is announced on its own, that is the last with exchanged days.
    """
    if country not in YEARLY:
        return start.year + ANNOUNCED
    span = range(start.year - YEARS, start.year + YEARS)
    found = _holidays(country, span)
    assert found is not None
    return max((day.year for day in _exchanged(found)), default=start.year - 1)
