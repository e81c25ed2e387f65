"""What a link asks for when time has to be looked up in calendars.

A link goes from an instant of the task before, through its lag, to a position in the calendar of
the task after. A finish is the instant at which work ends (Friday evening), a start the instant at
which it goes on (Monday morning). A finish that would fall into free time of the task after counts
as reached where its last work before ends: nothing can be done in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crmplan.planning.network.compiled import ON_THE_CLOCK

if TYPE_CHECKING:
    from crmplan.planning.network.axis import Axis
    from crmplan.planning.network.compiled import CompiledNetwork, Truth, Whole


@dataclass(frozen=True)
class Crossing:
    """Looks up time for the links of a network.

    Attributes:
        opens: which tasks are points in time that lie where work goes on, not where it ended.
    """

    network: CompiledNetwork
    axis: Axis
    opens: Truth

    def reached(self, links: Whole, starts: Whole) -> Whole:
        """Give the instants that the tasks after must not come before.

        Args:
            links: numbers of links.
            starts: positions of all tasks.
        """
        instants = self._leaving(links, starts)
        lag, calendar = self.network.lag[links], self.network.lag_calendar[links]
        return self.later(instants, lag, calendar)

    def earliest(self, links: Whole, starts: Whole) -> Whole:
        """Give the earliest position at which the task after each link may start."""
        net, after = self.network, self.network.after[links]
        found = self.axis.position(net.calendar[after], self.reached(links, starts))
        return found - np.where(net.to_finish[links], net.duration[after], 0)

    def latest(self, links: Whole, starts: Whole) -> Whole:
        """Give the latest position at which the task before each link may start."""
        net, after = self.network, self.network.after[links]
        ends = starts[after] + np.where(net.to_finish[links], net.duration[after], 0)
        allowed = self.axis.opening(net.calendar[after], ends)
        lag, calendar = net.lag[links], net.lag_calendar[links]
        return self._latest_before(links, self.sooner(allowed, lag, calendar))

    def later(self, instants: Whole, lag: Whole, calendar: Whole) -> Whole:
        """Go on from instants by a lag, backwards if it is negative."""
        found = instants.copy()
        elapsed = calendar == ON_THE_CLOCK
        found[elapsed] += lag[elapsed]
        for chosen, is_lead in ((~elapsed & (lag > 0), False), (~elapsed & (lag < 0), True)):
            own = calendar[chosen]
            position = self.axis.position(own, instants[chosen]) + lag[chosen]
            find = self.axis.opening if is_lead else self.axis.closing
            # A lead may reach back beyond the axis; nothing starts before the plan anyway.
            found[chosen] = find(own, np.maximum(position, 0 if is_lead else 1))
        return np.maximum(found, 0)

    def sooner(self, instants: Whole, lag: Whole, calendar: Whole) -> Whole:
        """Find the last instants from which a lag leads no further than to some instants."""
        found = instants.copy()
        elapsed = calendar == ON_THE_CLOCK
        found[elapsed] -= lag[elapsed]
        for chosen, is_lead in ((~elapsed & (lag > 0), False), (~elapsed & (lag < 0), True)):
            own = calendar[chosen]
            find = self.axis.latest if is_lead else self.axis.position
            found[chosen] = self.axis.opening(own, find(own, instants[chosen]) - lag[chosen])
        return found

    def _leaving(self, links: Whole, starts: Whole) -> Whole:
        """Give the instants of the ends that the links leave from."""
        net, before = self.network, self.network.before[links]
        calendar, at_end = net.calendar[before], self._leaves_where_work_ends(links)
        found = np.empty(links.size, dtype=np.int64)
        ends = starts[before] + np.where(net.from_finish[links], net.duration[before], 0)
        found[at_end] = self.axis.closing(calendar[at_end], ends[at_end])
        found[~at_end] = self.axis.opening(calendar[~at_end], ends[~at_end])
        return found

    def _latest_before(self, links: Whole, instants: Whole) -> Whole:
        """Give the latest starts with which the ends that links leave from come no later."""
        net, before = self.network, self.network.before[links]
        calendar, at_end = net.calendar[before], self._leaves_where_work_ends(links)
        found = np.empty(links.size, dtype=np.int64)
        found[at_end] = self.axis.position(calendar[at_end], instants[at_end])
        found[~at_end] = self.axis.latest(calendar[~at_end], instants[~at_end])
        return found - np.where(net.from_finish[links], net.duration[before], 0)

    def _leaves_where_work_ends(self, links: Whole) -> Truth:
        net, before = self.network, self.network.before[links]
        point = net.is_milestone[before]
        found: Truth = np.where(point, ~self.opens[before], net.from_finish[links])
        return found
