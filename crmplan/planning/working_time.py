"""Which days are worked, and the date of each working day of a plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from crmplan.errors import PlanningError

Days = int | Fraction
"""Working days: whole ones as ``int``, with a half as ``Fraction``, so that numbers stay exact."""

_ONE_DAY = timedelta(days=1)
_LONGEST_REST = 366
_HALVES = 2


def days_of(halves: int) -> Days:
    """Turn half-days into days."""
    return halves // _HALVES if halves % _HALVES == 0 else Fraction(halves, _HALVES)


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of an organisation, a role or a task.

    Attributes:
        weekend: weekdays without work, Monday is 0.
        holidays: public holidays and other days off.
        announced_until: last year whose holidays are official; later ones are computed. None if no
            holidays are observed.
        half_days: days on which only the morning is worked, weekends too.
        extra_days: days that are worked in full although weekend or holiday, such as the working
            Saturdays that make up for a long holiday.
    """

    weekend: frozenset[int]
    holidays: frozenset[date] = frozenset()
    announced_until: int | None = None
    half_days: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()
    _worked: list[date] = field(default_factory=list, init=False, repr=False, compare=False)

    def halves(self, day: date) -> int:
        """Tell how many halves of a day are worked: 2, 1 for the morning alone, or 0."""
        if day in self.extra_days:
            return 2
        if day in self.half_days:
            return 1
        return 0 if day in self.holidays or day.weekday() in self.weekend else 2

    def is_worked(self, day: date) -> bool:
        """Tell whether people work on a day, if only in the morning."""
        return self.halves(day) > 0

    def changed(self, halves: Mapping[date, int]) -> WorkCalendar:
        """Give the same calendar with other working times on some days."""
        named = frozenset(halves)

        def those(kept: frozenset[date], worked: int) -> frozenset[date]:
            return (kept - named) | {day for day, given in halves.items() if given == worked}

        return replace(
            self,
            holidays=those(self.holidays, 0),
            half_days=those(self.half_days, 1),
            extra_days=those(self.extra_days, _HALVES),
        )

    def first_worked(self, day: date) -> date:
        """Find the first working day on or after a day.

        Raises:
            PlanningError: if there is none within a year.
        """
        for _ in range(_LONGEST_REST):
            if self.is_worked(day):
                return day
            day += _ONE_DAY
        raise PlanningError(
            f"no working day within a year after {day}", hint="look at weekend and holidays"
        )

    def day(self, start: date, number: int) -> date:
        """Find the date of a working day.

        Args:
            start: the first day of the plan; if it is not worked, the next one that is.
            number: working days after the first; 0 is the first itself. Two half-days count as one.
        """
        return self._half(start, number * _HALVES)

    def last_day(self, start: date, days: Days) -> date:
        """Find the day on which some working days are over; 0 days are over on the first day."""
        return self._half(start, max(0, ceil(days * _HALVES) - 1))

    def number(self, start: date, day: date) -> Days:
        """Count the working days from the start of a plan up to, not including, a day."""
        self._half(start, 0)
        while self._worked[-1] < day:
            self._add_day()
        return days_of(bisect_left(self._worked, day))

    def _half(self, start: date, number: int) -> date:
        """Find the day of a half-day of work, counted from the start of the plan."""
        first, worked = self.first_worked(start), self._worked
        if not worked or worked[0] != first:
            worked[:] = [first] * self.halves(first)
        while len(worked) <= number:
            self._add_day()
        return worked[number]

    def _add_day(self) -> None:
        following = self.first_worked(self._worked[-1] + _ONE_DAY)
        self._worked.extend([following] * self.halves(following))
