"""Earliest and latest starts: the two passes over the network, level by level.

Positions are half-days of work in the calendar of each task. Where a link stays within one calendar
the passes only add; where it crosses calendars they look instants up. Longest times of links are
met by moving the task before until nothing moves any more.
Source: Kelley & Walker (1959); Neumann, Schwindt & Zimmermann (2003), Project scheduling with time
windows and scarce resources, for links with a longest time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crmplan.planning.network.crossing import Crossing

if TYPE_CHECKING:
    from crmplan.planning.network.axis import Axis
    from crmplan.planning.network.compiled import CompiledNetwork, Level, Truth, Whole
    from crmplan.planning.workplan import Link

MOST_ROUNDS = 1_000
"""Rounds with several calendars; with one, as many as there are longest times are enough."""


class LimitError(Exception):
    """The longest time of a link cannot be kept."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self.link = link


@dataclass(frozen=True)
class Early:
    """The earliest starts.

    Attributes:
        starts: positions by task.
        opens: which points in time lie where work goes on, not where the work before them ended.
    """

    starts: Whole
    opens: Truth


def find_earliest(
    network: CompiledNetwork, floor: Whole, opens: Truth, axis: Axis | None = None
) -> Early:
    """Find the earliest start of every task.

    Args:
        network: tasks and links.
        floor: position before which a task must not start, by task.
        opens: whether the floor of a task lies where work goes on, for points in time.
        axis: the calendars; None if there is one only, and no lag on the clock.

    Raises:
        LimitError: if the longest time of a link cannot be kept.
        OffAxisError: if the axis is too short.
    """
    floor = floor.copy()
    raised = None
    for _ in range(_rounds(network, axis)):
        early = _forward(network, floor, opens, axis)
        raised = _raise_for_limits(network, early, floor, axis)
        if raised is None:
            return early
    assert raised is not None
    raise LimitError(network.links[raised])


def find_latest(
    network: CompiledNetwork, ceiling: Whole, early: Early, axis: Axis | None = None
) -> Whole:
    """Find the latest start of every task.

    Args:
        network: tasks and links.
        ceiling: position after which a task must not start, by task.
        early: the earliest starts, for where points in time lie.
        axis: as in ``find_earliest``.

    Raises:
        OffAxisError: if the axis is too short.
    """
    ceiling = ceiling.copy()
    for _ in range(_rounds(network, axis)):
        late = _backward(network, ceiling, early, axis)
        if not _lower_for_limits(network, late, early, ceiling, axis):
            break
    return late


def _rounds(network: CompiledNetwork, axis: Axis | None) -> int:
    count = network.limits.size
    return MOST_ROUNDS if count and axis else count + 2


def _forward(network: CompiledNetwork, floor: Whole, opens: Truth, axis: Axis | None) -> Early:
    starts, opens = floor.copy(), opens.copy()
    look_up = Crossing(network, axis, opens) if axis else None
    before, shift = network.before, network.shift
    moved = not network.is_plain
    for level in network.forward:
        links = level.links
        bounds = starts[before[links]] + shift[links]
        if look_up and level.crossing.size:
            bounds[level.crossing] = look_up.earliest(links[level.crossing], starts)
        found = np.maximum.reduceat(bounds, level.first)
        tasks = level.tasks
        if moved:
            _place_milestones(network, level, bounds, floor, Early(starts, opens), look_up)
        starts[tasks] = np.maximum(starts[tasks], found)
    if not moved:
        opens &= starts == floor
    return Early(starts, opens)


def _place_milestones(
    network: CompiledNetwork,
    level: Level,
    bounds: Whole,
    floor: Whole,
    early: Early,
    look_up: Crossing | None,
) -> None:
    """Tell of the points in time of a level whether they lie where work goes on.

    A point in time lies where the latest of what it waits for lies: after a finish in the evening,
    with a start in the morning.
    """
    ends = np.append(level.first[1:], level.links.size)
    for task, begin, end in zip(level.tasks, level.first, ends, strict=True):
        if not network.is_milestone[task]:
            continue
        at = max(int(floor[task]), int(bounds[begin:end].max()))
        driving = level.links[begin:end][bounds[begin:end] == at]
        by_floor = early.opens[task] and floor[task] == at
        early.opens[task] = by_floor or any(
            _leads_to_opening(network, link, int(task), at, early, look_up) for link in driving
        )


def _leads_to_opening(
    network: CompiledNetwork, link: int, task: int, at: int, early: Early, look_up: Crossing | None
) -> bool:
    if look_up and network.crosses[link]:
        (instant,) = look_up.reached(np.array([link]), early.starts)
        return at < 1 or bool(instant > look_up.axis.closing(network.calendar[task], np.array(at)))
    if network.lag[link]:
        return bool(network.lag[link] < 0)
    before = network.before[link]
    if network.is_milestone[before]:
        return bool(early.opens[before])
    return not network.from_finish[link]


def _backward(network: CompiledNetwork, ceiling: Whole, early: Early, axis: Axis | None) -> Whole:
    late = ceiling.copy()
    look_up = Crossing(network, axis, early.opens) if axis else None
    for level in network.backward:
        bounds = late[network.after[level.links]] - network.shift[level.links]
        if look_up and level.crossing.size:
            bounds[level.crossing] = look_up.latest(level.links[level.crossing], late)
        found = np.minimum.reduceat(bounds, level.first)
        late[level.tasks] = np.minimum(late[level.tasks], found)
    return late


def earliest_after(network: CompiledNetwork, early: Early, axis: Axis | None = None) -> Whole:
    """Give the earliest start that each tie leaves to the task after it."""
    bounds: Whole = early.starts[network.before] + network.shift
    crossing = np.flatnonzero(network.crosses)
    if axis and crossing.size:
        look_up = Crossing(network, axis, early.opens)
        bounds[crossing] = look_up.earliest(crossing, early.starts)
    return bounds


def latest_before(
    network: CompiledNetwork, starts: Whole, opens: Truth, axis: Axis | None = None
) -> Whole:
    """Give the latest start that each tie leaves to the task before it, if no other task moves."""
    bounds: Whole = starts[network.after] - network.shift
    crossing = np.flatnonzero(network.crosses)
    if axis and crossing.size:
        bounds[crossing] = Crossing(network, axis, opens).latest(crossing, starts)
    return bounds


def _raise_for_limits(
    network: CompiledNetwork, early: Early, floor: Whole, axis: Axis | None
) -> int | None:
    """Move tasks whose followers start too long after them; give the last tie that did so."""
    raised = None
    for limit in network.limits:
        before, start = network.before[limit], early.starts[network.after[limit]]
        needed = _first_start(network, early, int(limit), int(start), axis)
        if needed > early.starts[before]:
            floor[before] = max(int(floor[before]), needed)
            raised = int(limit)
    return raised


def _first_start(
    network: CompiledNetwork, early: Early, limit: int, start: int, axis: Axis | None
) -> int:
    """Find the first start of the task before from which the one after is within its longest time.

    Where calendars differ it is searched by halving: the later the one starts, the later the other
    may.
    """
    if axis is None or not network.crosses[limit]:
        return start - int(network.shift[limit])
    before = network.before[limit]
    low, step = int(early.starts[before]), 1
    if _reach(network, early, limit, low, axis) >= start:
        return low
    while _reach(network, early, limit, low + step, axis) < start:
        step *= 2
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        if _reach(network, early, limit, middle, axis) < start:
            low = middle
        else:
            high = middle
    return high


def _reach(
    network: CompiledNetwork, early: Early, limit: int, start: int, axis: Axis | None
) -> int:
    """Give the latest start that a longest time leaves to the task after, for a start before it."""
    if axis is None or not network.crosses[limit]:
        return start + int(network.shift[limit])
    starts = early.starts.copy()
    starts[network.before[limit]] = start
    found = Crossing(network, axis, early.opens).earliest(np.array([limit]), starts)
    return int(found[0])


def _lower_for_limits(
    network: CompiledNetwork, late: Whole, early: Early, ceiling: Whole, axis: Axis | None
) -> bool:
    """Move tasks that would start too long after the one before them; tell whether any did."""
    lowered = False
    for limit in network.limits:
        after = network.after[limit]
        most = _reach(network, early, int(limit), int(late[network.before[limit]]), axis)
        if most < late[after]:
            ceiling[after] = min(int(ceiling[after]), most)
            lowered = True
    return lowered
