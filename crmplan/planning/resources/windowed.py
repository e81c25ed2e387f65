"""Schedules when links have a longest distance too, tasks must finish by a day, or tasks rest.

Tasks are placed one by one. If one comes too late for another that is placed already, that one is
told to begin later by as much, and all is placed anew. Finding any schedule can be hard then, so
that no answer does not mean that there is none. Source: Franck, Neumann & Schwindt (2001),
Truncated branch-and-bound, schedule-construction, and schedule-improvement procedures for
resource-constrained project scheduling (unscheduling).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crmplan.planning.resources.list_schedule import Found

if TYPE_CHECKING:
    from crmplan.planning.resources.compiled import Compiled

LEAST_TRIES = 30
TRIES_PER_TASK = 2


class Tied(NamedTuple):
    """A link by task numbers; ``least`` or ``most`` is None if it has no such distance."""

    before: int
    after: int
    from_finish: bool
    to_finish: bool
    least: int | None
    most: int | None


class Late(NamedTuple):
    """A task that must begin later, and when; None if no task can make room."""

    task: int | None
    day: int


class Windows:
    """What a problem says about when tasks may lie, apart from roles."""

    def __init__(self, plan: Compiled) -> None:
        self.plan, problem = plan, plan.problem
        number = {task: place for place, task in enumerate(problem.ids)}
        self.links = tuple(
            Tied(
                number[one.before],
                number[one.after],
                one.from_finish,
                one.to_finish,
                one.lag_days,
                one.at_most_days,
            )
            for one in problem.follows
        )
        self.of: list[list[Tied]] = [[] for _ in problem.ids]
        for link in self.links:
            self.of[link.before].append(link)
            self.of[link.after].append(link)
        self.latest = [problem.latest.get(task) for task in problem.ids]
        self.rests = [problem.rests.get(task, frozenset()) for task in problem.ids]
        self.tries = LEAST_TRIES + TRIES_PER_TASK * plan.count

    def finish(self, task: int, start: int) -> int:
        """Give the finish of a task that starts on a day."""
        if not self.rests[task]:
            return start + self.plan.durations[task]
        return self.plan.problem.finish(self.plan.problem.ids[task], start)

    def first_start(self, task: int, day: int) -> int:
        """Find the first day from a day on, on which a task can start."""
        if self.plan.durations[task]:
            while day in self.rests[task]:
                day += 1
        return day

    def start_for(self, task: int, finish: int) -> int:
        """Find the first start with which a task does not finish before a day."""
        start = self.first_start(task, max(0, finish - self.plan.durations[task]))
        if self.rests[task]:
            start = self.first_start(task, max(0, start - len(self.rests[task])))
            while self.finish(task, start) < finish:
                start = self.first_start(task, start + 1)
        return start

    def after_from(self, link: Tied, start: int) -> int:
        """Give the first start of ``after`` that the start of ``before`` allows; 0 for any."""
        if link.least is None:
            return 0
        end = self.finish(link.before, start) if link.from_finish else start
        return self._reach(link.after, end + link.least, to_finish=link.to_finish)

    def before_from(self, link: Tied, start: int) -> int:
        """Give the first start of ``before`` with which ``after`` is near enough; 0 for any."""
        if link.most is None:
            return 0
        end = self.finish(link.after, start) if link.to_finish else start
        return self._reach(link.before, end - link.most, to_finish=link.from_finish)

    def _reach(self, task: int, day: int, *, to_finish: bool) -> int:
        return self.start_for(task, day) if to_finish else self.first_start(task, max(0, day))

    def excess(self, link: Tied, before: int, after: int) -> int:
        """Count the days by which two starts exceed the longest distance of a link."""
        if link.most is None:
            return 0
        begin = self.finish(link.before, before) if link.from_finish else before
        end = self.finish(link.after, after) if link.to_finish else after
        return max(0, end - begin - link.most)

    def earliest_starts(self, release: Sequence[int]) -> list[int] | None:
        """Push starts up until all links hold, roles apart; None if that never ends.

        Args:
            release: days before which tasks do not start.
        """
        starts = [self.first_start(task, day) for task, day in enumerate(release)]
        waiting = deque(range(len(starts)))
        while waiting:
            task = waiting.popleft()
            for link in self.of[task]:
                if link.before == task:
                    other, day = link.after, self.after_from(link, starts[task])
                else:
                    other, day = link.before, self.before_from(link, starts[task])
                if day > starts[other]:
                    if day > self.plan.horizon:
                        return None
                    starts[other] = day
                    waiting.append(other)
        if any(self.is_late(task, start) for task, start in enumerate(starts)):
            return None
        return starts

    def is_late(self, task: int, start: int) -> bool:
        """Tell whether a task that starts on a day finishes too late."""
        last = self.latest[task]
        return last is not None and self.finish(task, start) > last


def place_within(windows: Windows, order: Sequence[int]) -> tuple[Found | None, int]:
    """Place tasks in an order, again and again, until every window holds.

    Args:
        windows: the problem.
        order: all tasks, none before one that it waits for.

    Returns:
        The schedule, or None if none was found, and how often all was placed.
    """
    release = list(windows.plan.earliest)
    for tried in range(1, windows.tries + 1):
        starts = windows.earliest_starts(release)
        if starts is None:
            return None, tried
        late = _place(windows, order, starts)
        if late is None:
            ends = [windows.finish(task, start) for task, start in enumerate(starts)]
            ordered = windows.plan.order_by(starts)
            return Found(max(ends, default=0), ordered, starts), tried
        if late.task is None or late.day > windows.plan.horizon:
            return None, tried
        release[late.task] = late.day
    return None, windows.tries


def _place(windows: Windows, order: Sequence[int], starts: list[int]) -> Late | None:
    """Place all tasks into ``starts``, or tell who must begin later."""
    plan = windows.plan
    loads, placed = plan.taken, [False] * plan.count
    for task in order:
        start = max((starts[task], *_bounds_of(windows, task, starts, placed)))
        start, loads = _fit(windows, task, windows.first_start(task, start), loads)
        for link in windows.of[task]:
            if (
                link.after == task
                and placed[link.before]
                and (excess := windows.excess(link, starts[link.before], start))
            ):
                return Late(link.before, starts[link.before] + excess)
        if windows.is_late(task, start):
            return Late(None, start)
        starts[task], placed[task] = start, True
    return None


def _bounds_of(
    windows: Windows, task: int, starts: Sequence[int], placed: Sequence[bool]
) -> list[int]:
    """List the days before which a task cannot start, by those that are placed already."""
    return [
        windows.after_from(link, starts[link.before])
        if link.after == task
        else windows.before_from(link, starts[link.after])
        for link in windows.of[task]
        if placed[link.before if link.after == task else link.after]
    ]


def _fit(windows: Windows, task: int, start: int, loads: int) -> tuple[int, int]:
    """Find the first day from ``start`` on, on which the roles of a task are free."""
    plan, bits = windows.plan, windows.plan.day_bits
    while True:
        found = plan.fields_of(task, windows.finish(task, start) - start)
        if found is None:
            return start, loads
        clash = ((loads >> start * bits & found.mask) + found.test) & found.over
        if not clash:
            return start, loads + (found.load << start * bits)
        start = windows.first_start(task, start + (clash.bit_length() - 1) // bits + 1)
