"""Date constraints and deadlines as positions that a task must not start before or after.

A day off means the next working day for a start, and the working day before for a finish. What says
"no earlier" moves a task; what says "no later", and a deadline, moves nothing: where links push a
task beyond it, its float becomes negative.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crmplan.planning.network.links import NO_EARLIER, NO_LATER

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import TaskConstraint
    from crmplan.planning.network.axis import Axis
    from crmplan.planning.network.compiled import CompiledNetwork, Truth, Whole

FAR = np.int64(2**40)


@dataclass(frozen=True)
class Window:
    """Between which positions each task may start.

    Attributes:
        floor: the earliest start.
        opens: whether the floor lies where work goes on; else where the work before it ended.
        ceiling: the latest start that constraints leave; ``FAR`` away without any.
        last_finish: the same for the finish, of constraints on the finish alone.
        as_late: whether the task is put as late as it disturbs no other.
    """

    floor: Whole
    opens: Truth
    ceiling: Whole
    last_finish: Whole
    as_late: Truth


def window_of(
    network: CompiledNetwork,
    first: Whole,
    constraints: Iterable[TaskConstraint] = (),
    axis: Axis | None = None,
) -> Window:
    """Turn constraints into positions.

    Args:
        network: the tasks.
        first: position of the first day of the plan, by task.
        constraints: of tasks of the network; with dates only if there is an axis.
        axis: the calendars.
    """
    count = len(network.tasks)
    window = Window(
        floor=first.copy(),
        opens=np.ones(count, dtype=bool),
        ceiling=np.full(count, FAR),
        last_finish=np.full(count, FAR),
        as_late=np.zeros(count, dtype=bool),
    )
    for one in constraints:
        task = network.number[one.task]
        if one.kind == "ALAP":
            window.as_late[task] = True
        if one.on is not None and axis is not None:
            _bind(window, network, task, one, axis)
    return window


def start_of(
    network: CompiledNetwork, task: int, one: TaskConstraint, axis: Axis, *, at_finish: bool
) -> int:
    """Give the start with which a task starts or finishes on the day of a constraint."""
    assert one.on is not None
    morning = axis.morning(one.on)
    calendar = network.calendar[task]
    instant = np.array(morning + 2 if at_finish else morning)
    position = int(axis.position(calendar, instant))
    return position - int(network.duration[task]) if at_finish else position


def latest_start(network: CompiledNetwork, task: int, one: TaskConstraint, axis: Axis) -> int:
    """Give the latest start that a date leaves; a point in time may come on its evening."""
    at_finish = NO_LATER[one.kind] or bool(network.is_milestone[task])
    return start_of(network, task, one, axis, at_finish=at_finish)


def _bind(
    window: Window, network: CompiledNetwork, task: int, one: TaskConstraint, axis: Axis
) -> None:
    if one.kind in NO_EARLIER:
        at_finish = NO_EARLIER[one.kind]
        start = start_of(network, task, one, axis, at_finish=at_finish)
        if start > window.floor[task]:
            window.floor[task] = start
            window.opens[task] = not at_finish
        elif start == window.floor[task] and not at_finish:
            window.opens[task] = True
    if one.kind in NO_LATER:
        start = latest_start(network, task, one, axis)
        window.ceiling[task] = min(int(window.ceiling[task]), start)
        if NO_LATER[one.kind]:
            finish = start + int(network.duration[task])
            window.last_finish[task] = min(int(window.last_finish[task]), finish)
