"""The forward pass over many samples at once: one row a task, one column a sample, in days.

Links, lags, calendars and dates hold as in the plan; a share of a duration is a share of the
sampled one. The longest time of a link is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from crmplan.planning.network.compiled import ON_THE_CLOCK
from crmplan.planning.network.links import HALF_DAYS, read_lag

if TYPE_CHECKING:
    import numpy.typing as npt

    from crmplan.planning.network.axis import Axis
    from crmplan.planning.network.timing import Timing

    Samples = npt.NDArray[np.float64]

_TOLERANCE = 1e-9
_PERCENT = 100


@dataclass(frozen=True)
class SampledNetwork:
    """A dated network whose durations vary.

    Attributes:
        timing: the plan as it is dated.
        rows: numbers of the tasks in the order of the rows; what a task waits for stands above it.
    """

    timing: Timing
    rows: Sequence[int]

    def starts(self, durations: Samples) -> Samples:
        """Compute the earliest starts: working days from the start of the plan."""
        found = np.zeros_like(durations)
        waits = self._waits
        for row, task in enumerate(self.rows):
            found[row] = self._floor(task, durations[row])
            for link, before in waits[row]:
                bound = self._bound(link, found[before], durations[before], durations[row])
                np.maximum(found[row], bound, out=found[row])
        return found

    def ends(self, starts: Samples, durations: Samples) -> Samples:
        """Compute when tasks end, in working days of the organisation."""
        finishes: Samples = starts + durations
        for row, task in enumerate(self.rows):
            calendar = int(self.timing.network.calendar[task])
            if calendar and self.timing.axis is not None:
                first = int(self.timing.first[task])
                instants = _closing(self.timing.axis, calendar, first + HALF_DAYS * finishes[row])
                finishes[row] = self._days(0, instants)
        return finishes

    def critical(self, starts: Samples, durations: Samples, ends: Samples) -> Samples:
        """Count for each task the samples in which links lead from it to the end of the plan."""
        critical = ends >= ends.max(0) - _TOLERANCE
        waits = self._waits
        for row in range(len(self.rows) - 1, -1, -1):
            for link, before in waits[row]:
                bound = self._bound(link, starts[before], durations[before], durations[row])
                critical[before] |= critical[row] & (bound >= starts[row] - _TOLERANCE)
        counts: Samples = critical.sum(1).astype(float)
        return counts

    @cached_property
    def _waits(self) -> list[list[tuple[int, int]]]:
        """Give for each row its links and the rows that they come from."""
        network = self.timing.network
        place = {task: row for row, task in enumerate(self.rows)}
        found: list[list[tuple[int, int]]] = [[] for _ in self.rows]
        for link in range(network.lags.stop):
            row = place[int(network.after[link])]
            found[row].append((link, place[int(network.before[link])]))
        return found

    def _floor(self, task: int, durations: Samples) -> Samples:
        """Give the earliest start that a date leaves; one on the finish moves with the duration."""
        timing = self.timing
        days = (timing.window.floor[task] - timing.first[task]) / HALF_DAYS
        if timing.window.opens[task] or days == 0:
            fixed: Samples = np.full_like(durations, days)
            return fixed
        planned = timing.network.duration[task] / HALF_DAYS
        moving: Samples = np.maximum(days + planned - durations, 0)
        return moving

    def _bound(
        self, link: int, starts: Samples, durations: Samples, own_durations: Samples
    ) -> Samples:
        """Give the earliest start that a link leaves to the task after it."""
        network = self.timing.network
        leaves = starts + durations if network.from_finish[link] else starts
        arrives = self._arrival(link, leaves, self._lag(link, durations))
        # A finish that is held holds the start as much earlier as the task takes.
        return arrives - own_durations if network.to_finish[link] else arrives

    def _lag(self, link: int, durations: Samples) -> Samples | float:
        lag = read_lag(self.timing.network.links[link].lag)
        return durations * lag.number / _PERCENT if lag.unit == "percent" else float(lag.number)

    def _arrival(self, link: int, leaves: Samples, lag: Samples | float) -> Samples:
        network, axis = self.timing.network, self.timing.axis
        if axis is None or not network.crosses[link]:
            return leaves + lag
        before, after = int(network.before[link]), int(network.after[link])
        calendar = int(network.calendar[before])
        place = _closing if network.from_finish[link] else _opening
        instants = place(axis, calendar, int(self.timing.first[before]) + HALF_DAYS * leaves)
        owner = int(network.lag_calendar[link])
        if owner == ON_THE_CLOCK:
            instants = instants + HALF_DAYS * lag
        elif np.any(lag):
            instants = _closing(axis, owner, _position(axis, owner, instants) + HALF_DAYS * lag)
        days: Samples = (
            _position(axis, int(network.calendar[after]), instants) - self.timing.first[after]
        ) / HALF_DAYS
        return days

    def _days(self, calendar: int, instants: Samples) -> Samples:
        axis = self.timing.axis
        assert axis is not None
        first = axis.worked[calendar, axis.morning(self.timing.start)]
        days: Samples = (_position(axis, calendar, instants) - first) / HALF_DAYS
        return days


def _position(axis: Axis, calendar: int, instants: Samples) -> Samples:
    """Count the work before instants, parts of half-days too."""
    whole = np.clip(np.floor(instants), 0, axis.length - 1).astype(np.int64)
    row = axis.worked[calendar]
    found: Samples = row[whole] + (instants - whole) * (row[whole + 1] - row[whole])
    return found


def _opening(axis: Axis, calendar: int, positions: Samples) -> Samples:
    """Find the instants at which work goes on."""
    whole = np.clip(np.floor(positions), 0, axis.half.shape[1] - 1).astype(np.int64)
    found: Samples = axis.half[calendar][whole] + (positions - whole)
    return found


def _closing(axis: Axis, calendar: int, positions: Samples) -> Samples:
    """Find the instants at which the work before ends."""
    whole = np.clip(np.ceil(positions) - 1, 0, axis.half.shape[1] - 1).astype(np.int64)
    found: Samples = axis.half[calendar][whole] + (positions - whole)
    return found
