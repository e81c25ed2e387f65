"""All calendars of a plan on one axis of half-days.

An instant is a number of half-days since the morning of the first day of the axis, worked or not.
A position is a number of worked half-days of one calendar. Work that fills the positions 3 to 5
ends at position 5, and the next may start there: both are one position, but its opening is the
instant at which work goes on (Monday morning), its closing the instant at which the work before
ends (Friday evening).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from crmplan.planning.working_time import WorkCalendar

    Whole = npt.NDArray[np.int64]

DAYS_A_WEEK = 7


class OffAxisError(Exception):
    """An instant lies before or behind the axis; make a longer one."""


@dataclass(frozen=True)
class Axis:
    """Tables of all calendars; every method takes arrays of one length, or single numbers.

    Attributes:
        origin: the first day.
        worked: per calendar and instant, how many half-days are worked before it.
        half: per calendar and position, the instant of its opening; the end of the axis where
            nothing is worked any more.
    """

    origin: date
    worked: Whole
    half: Whole

    @property
    def length(self) -> int:
        """Half-days of the axis."""
        return int(self.worked.shape[1]) - 1

    def morning(self, day: date) -> int:
        """Give the instant at which a day begins."""
        return 2 * (day - self.origin).days

    def day(self, instant: int) -> date:
        """Find the day of the half-day that begins at an instant."""
        return self.origin + timedelta(days=int(instant) // 2)

    def position(self, calendar: Whole, instant: Whole) -> Whole:
        """Count the half-days worked before an instant."""
        self._require(instant, self.length)
        return self.worked[calendar, instant]

    def opening(self, calendar: Whole, position: Whole) -> Whole:
        """Find the instant at which work goes on at a position."""
        self._require(position, self.half.shape[1] - 1)
        found = self.half[calendar, position]
        self._require(found, self.length - 1)
        return found

    def closing(self, calendar: Whole, position: Whole) -> Whole:
        """Find the instant at which the work before a position ends."""
        return self.opening(calendar, np.asarray(position) - 1) + 1

    def latest(self, calendar: Whole, instant: Whole) -> Whole:
        """Find the last position that opens at an instant or before."""
        return self.position(calendar, np.asarray(instant) + 1) - 1

    def _require(self, numbers: Whole, last: int) -> None:
        numbers = np.asarray(numbers)
        if numbers.size and (numbers.min() < 0 or numbers.max() > last):
            raise OffAxisError


def lay_out(calendars: Sequence[WorkCalendar], *, first: date, days: int) -> Axis:
    """Lay calendars out on an axis of some days from a first day on."""
    worked = np.stack([_halves(one, first, days) for one in calendars])
    counts = np.zeros((len(calendars), 2 * days + 1), dtype=np.int64)
    np.cumsum(worked, axis=1, out=counts[:, 1:])
    half = np.full((len(calendars), int(counts[:, -1].max()) + 1), 2 * days, dtype=np.int64)
    for number, row in enumerate(worked):
        found = np.flatnonzero(row)
        half[number, : found.size] = found
    return Axis(first, counts, half)


def _halves(calendar: WorkCalendar, first: date, days: int) -> npt.NDArray[np.bool_]:
    """Tell of every half-day whether it is worked."""
    weekdays = (np.arange(days) + first.weekday()) % DAYS_A_WEEK
    worked = np.repeat(~np.isin(weekdays, list(calendar.weekend))[:, None], 2, axis=1)
    for named, halves in (
        (calendar.holidays, (False, False)),
        (calendar.half_days, (True, False)),
        (calendar.extra_days, (True, True)),
    ):
        at = [(day - first).days for day in named]
        worked[[number for number in at if 0 <= number < days]] = halves
    return worked.reshape(-1)
