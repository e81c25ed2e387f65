"""A work plan as arrays of whole numbers, in the order in which its dates are computed.

Every computation on the network reads this form alone. Work and lags are counted in half-days.
Tasks stand level by level: a task has a higher level than all that it waits for, so that one level
can be computed at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from crmplan.planning.network.links import (
    HALF_DAYS,
    leads_to_finish,
    leaves_from_finish,
    read_lag,
)
from crmplan.planning.network.problems import refuse_circles

if TYPE_CHECKING:
    import numpy.typing as npt

    from crmplan.planning.workplan import Link, Task, WorkPlan

    Whole = npt.NDArray[np.int64]
    Truth = npt.NDArray[np.bool_]

ON_THE_CLOCK = -1
"""Stands where a calendar does, for lags that count days on the clock."""


@dataclass(frozen=True)
class Level:
    """Tasks that are computed together, and the links on which they depend.

    Attributes:
        tasks: their numbers.
        links: numbers of their links, one task's after the other's.
        first: where the links of each task begin within ``links``.
        crossing: places within ``links`` of those that need calendars.
    """

    tasks: Whole
    links: Whole
    first: Whole
    crossing: Whole


@dataclass(frozen=True)
class CompiledNetwork:
    """Tasks and ties by number; a tie is a link, or the longest time of a link.

    Attributes:
        tasks: level by level, within a level in the order of the plan.
        links: sorted by the task that waits; the link of each tie, those of longest times last.
        limits: the ties that are longest times.
        duration: half-days of work, by task.
        calendar: number of the calendar, by task.
        before, after: tasks, by tie.
        from_finish, to_finish: whether the link ties the finish of a task, else its start.
        lag: half-days, by tie; of the calendar in ``lag_calendar``.
        shift: half-days from the start of one task to the start of the other, by tie; true unless
            it crosses calendars.
        crosses: whether time has to be looked up in calendars, by tie.
        forward, backward: levels of the tasks that wait for others, and of those others wait for.
    """

    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    duration: Whole
    calendar: Whole
    before: Whole
    after: Whole
    from_finish: Truth
    to_finish: Truth
    lag: Whole
    lag_calendar: Whole
    shift: Whole
    crosses: Truth
    limits: Whole
    forward: tuple[Level, ...]
    backward: tuple[Level, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """Find the number of a task by its id."""
        return {task.id: number for number, task in enumerate(self.tasks)}

    @cached_property
    def lags(self) -> slice:
        """The ties that are links, not longest times."""
        return slice(0, len(self.links) - self.limits.size)

    @cached_property
    def is_milestone(self) -> Truth:
        """Tell of every task whether it is a point in time."""
        found: Truth = self.duration == 0
        return found

    @cached_property
    def is_plain(self) -> bool:
        """Tell whether all links lead from finish to start without a lag."""
        return not self.crosses.any() and bool(
            (self.from_finish & ~self.to_finish & (self.lag == 0)).all()
        )


def compile_network(
    plan: WorkPlan, calendar_of: Mapping[str, int] | None = None, *, plan_calendar: int = 0
) -> CompiledNetwork:
    """Turn a work plan into arrays.

    Args:
        plan: tasks and links.
        calendar_of: number of the calendar by task; None if all days are worked, by all.
        plan_calendar: number of the calendar of the organisation.

    Raises:
        DependencyCycleError: if tasks wait for one another in a circle.
    """
    level = _levels(plan.tasks, plan.links)
    if len(level) < len(plan.tasks):
        refuse_circles(plan.links)
    tasks = tuple(sorted(plan.tasks, key=lambda task: level[task.id]))
    number = {task.id: place for place, task in enumerate(tasks)}
    links = tuple(sorted(plan.links, key=lambda link: (number[link.after], number[link.before])))
    limited = tuple(link for link in links if link.at_most is not None)
    lags = [*(link.lag for link in links), *(str(link.at_most) for link in limited)]
    arrays = _Arrays(tasks, (*links, *limited), lags, number, calendar_of, plan_calendar)
    height = _levels(plan.tasks, plan.links, backwards=True)
    back = sorted(
        range(len(links)), key=lambda one: (height[links[one].before], arrays.before[one])
    )
    return CompiledNetwork(
        tasks=tasks,
        links=(*links, *limited),
        duration=arrays.duration,
        calendar=arrays.calendar,
        before=arrays.before,
        after=arrays.after,
        from_finish=arrays.from_finish,
        to_finish=arrays.to_finish,
        lag=arrays.lag,
        lag_calendar=arrays.lag_calendar,
        shift=arrays.shift,
        crosses=arrays.crosses,
        limits=np.arange(len(links), len(links) + len(limited)),
        forward=_steps(
            range(len(links)), arrays.after, [level[t.id] for t in tasks], arrays.crosses
        ),
        backward=_steps(back, arrays.before, [height[t.id] for t in tasks], arrays.crosses),
    )


def _levels(
    tasks: Iterable[Task], links: Iterable[Link], *, backwards: bool = False
) -> dict[str, int]:
    """Count the links on the longest way to each task, or ``backwards`` from it.

    Tasks that wait for one another have no level.
    """
    following: dict[str, list[str]] = {task.id: [] for task in tasks}
    waiting = dict.fromkeys(following, 0)
    for link in links:
        first, then = (link.after, link.before) if backwards else (link.before, link.after)
        following[first].append(then)
        waiting[then] += 1
    level = dict.fromkeys(following, 0)
    ready = [one for one, count in waiting.items() if not count]
    for one in ready:
        for then in following[one]:
            level[then] = max(level[then], level[one] + 1)
            waiting[then] -= 1
            if not waiting[then]:
                ready.append(then)
    return {one: level[one] for one in ready}


class _Arrays:
    """The numbers of tasks and links while they are gathered."""

    def __init__(
        self,
        tasks: Sequence[Task],
        links: Sequence[Link],
        lag_texts: Sequence[str],
        number: Mapping[str, int],
        calendar_of: Mapping[str, int] | None,
        plan_calendar: int,
    ) -> None:
        self.links, self._has_calendars = links, calendar_of is not None
        calendars = calendar_of or {}
        self.duration = _whole(task.duration_days * HALF_DAYS for task in tasks)
        self.calendar = _whole(calendars.get(task.id, plan_calendar) for task in tasks)
        self.before = _whole(number[link.before] for link in links)
        self.after = _whole(number[link.after] for link in links)
        self.from_finish = np.array([leaves_from_finish(link.kind) for link in links], dtype=bool)
        self.to_finish = np.array([leads_to_finish(link.kind) for link in links], dtype=bool)
        days = self.duration[self.before] // HALF_DAYS
        lags = [read_lag(text) for text in lag_texts]
        self.lag = _whole(lag.half_days(int(d)) for lag, d in zip(lags, days, strict=True))
        owner = {"plan": np.full(len(links), plan_calendar, dtype=np.int64)}
        owner |= {"before": self.calendar[self.before], "after": self.calendar[self.after]}
        self._owner = owner
        self.lag_calendar = _whole(
            self._calendar(place, lag.unit == "elapsed") for place, lag in enumerate(lags)
        )
        self.shift = (
            np.where(self.from_finish, self.duration[self.before], 0)
            + self.lag
            - np.where(self.to_finish, self.duration[self.after], 0)
        )

    def _calendar(self, place: int, is_elapsed: bool) -> int:
        if is_elapsed and self._has_calendars:
            return ON_THE_CLOCK
        return int(self._owner[self.links[place].lag_calendar][place])

    @property
    def crosses(self) -> Truth:
        own = self.calendar[self.before]
        other_lag = (self.lag != 0) & (self.lag_calendar != own)
        found: Truth = (own != self.calendar[self.after]) | other_lag
        return found


def _steps(
    links: Iterable[int], owner: Whole, level: Sequence[int], crosses: Truth
) -> tuple[Level, ...]:
    """Cut links into the levels of the tasks that own them; they are sorted by level and task."""
    found = []
    for _, grouped in groupby(links, key=lambda link: level[int(owner[link])]):
        chosen = _whole(grouped)
        tasks, first = np.unique(owner[chosen], return_index=True)
        found.append(Level(tasks, chosen, first, np.flatnonzero(crosses[chosen])))
    return tuple(found)


def _whole(numbers: Iterable[int]) -> Whole:
    return np.array(list(numbers), dtype=np.int64)
