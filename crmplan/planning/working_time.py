"""Which days are worked, and the date of each working day of a plan."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta

from crmplan.errors import PlanningError

_ONE_DAY = timedelta(days=1)
_LONGEST_REST = 366


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of an organisation.

    Attributes:
        weekend: weekdays without work, Monday is 0.
        holidays: public holidays and other days off.
        announced_until: last year whose holidays are official; later ones are computed. None if no
            holidays are observed.
    """

    weekend: frozenset[int]
    holidays: frozenset[date] = frozenset()
    announced_until: int | None = None
    _days: list[date] = field(default_factory=list, init=False, repr=False, compare=False)

    def is_worked(self, day: date) -> bool:
        """Tell whether people work on a day."""
        return day.weekday() not in self.weekend and day not in self.holidays

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
            number: working days after the first; 0 is the first itself.
        """
        first = self.first_worked(start)
        days = self._days
        if not days or days[0] != first:
            days[:] = [first]
        while len(days) <= number:
            days.append(self.first_worked(days[-1] + _ONE_DAY))
        return days[number]

    def number(self, start: date, day: date) -> int:
        """Count the working days from the start of a plan up to, not including, a day."""
        self.day(start, 0)
        while self._days[-1] < day:
            self._days.append(self.first_worked(self._days[-1] + _ONE_DAY))
        return bisect_left(self._days, day)
