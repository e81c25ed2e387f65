"""Links, lags, dates that bind and days off, in the words of a language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from crmplan.localisation.messages import Messages, catalogue
from crmplan.planning.network.links import read_lag

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskConstraint
    from crmplan.localisation.locale import Locale
    from crmplan.planning.network.links import Lag
    from crmplan.planning.ties import Tie
    from crmplan.planning.working_time import Days
    from crmplan.planning.workplan import Link


@dataclass(frozen=True)
class NetworkWords:
    """Writes what ties tasks to one another and to dates."""

    locale: Locale

    def tie(self, link: Link | Tie) -> str:
        """Write kind and lag of a link, such as "start to start, 2 working days later".

        Empty for the usual link, from finish to start without a lag.
        """
        if link.is_plain:
            return ""
        text = self.say(f"kind.{link.kind}")
        for part in self._lags(link):
            text = self.say("tie", kind=text, lag=part)
        return text

    def _lags(self, link: Link | Tie) -> list[str]:
        lag = read_lag(link.lag)
        parts = []
        if lag.number:
            message = "later" if lag.number > 0 else "earlier"
            parts.append(self.say(message, time=self.time(lag)))
        if link.at_most is not None:
            parts.append(self.say("at_most", time=self.time(read_lag(link.at_most))))
        owner = getattr(link, "lag_calendar", "plan")
        if parts and owner != "plan":
            parts.append(self.say(f"owner.{owner}"))
        return parts

    def time(self, lag: Lag) -> str:
        """Write the size of a lag, whichever way it leads."""
        size = abs(lag.number)
        if lag.unit == "percent":
            return self.say("share", share=self.locale.percent(Fraction(size, 100)))
        return self.say(lag.unit, count=size, count_text=self.locale.whole(size))

    def days(self, days: Days) -> str:
        """Write a number of working days."""
        return self.say("working", count=days, count_text=self.locale.days(days))

    def constraint(self, one: TaskConstraint) -> str:
        """Write a date that binds a task."""
        date = "" if one.on is None else self.locale.date(one.on)
        return self.say(f"constraint.{one.kind}", date=date)

    @cached_property
    def say(self) -> Messages:
        """The sentences."""
        return catalogue("network", self.locale.language)
