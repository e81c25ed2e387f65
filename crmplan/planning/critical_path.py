"""Early and late dates of tasks, their floats, and the critical path.

Times are working days counted from the start of the plan; a task that starts at 3 and takes 2 days
ends at 5, and the next may start at 5.
Source: Kelley & Walker (1959), Critical-path planning and scheduling. Method and worked example:
docs/method/critical-path.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from crmplan.planning.workplan import WorkPlan


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """When a task can start and must end, in working days from the start of the plan.

    Attributes:
        total_float: days it can slip without delaying the end of the plan, 0 or more.
        free_float: days it can slip without delaying any other task, 0 or more.
        driven_by: the tasks that keep it from starting earlier.
    """

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    total_float: int
    free_float: int
    driven_by: tuple[str, ...]

    @property
    def is_critical(self) -> bool:
        """Tell whether a delay of the task delays the end of the plan."""
        return self.total_float == 0


def find_times(plan: WorkPlan) -> dict[str, TaskTimes]:
    """Compute early and late times of every task, in the order of the plan."""
    order = list(nx.lexicographical_topological_sort(plan.graph))
    early = _early_starts(plan, order)
    duration = {task.id: task.duration_days for task in plan.tasks}
    end = max((early[one] + duration[one] for one in order), default=0)
    late = _late_finishes(plan, order, end)
    return {task.id: _times(plan, task.id, early, late, end) for task in plan.tasks}


def _early_starts(plan: WorkPlan, order: list[str]) -> dict[str, int]:
    early: dict[str, int] = {}
    for one in order:
        finishes = (
            early[before] + plan.task[before].duration_days
            for before in plan.graph.predecessors(one)
        )
        early[one] = max(finishes, default=0)
    return early


def _late_finishes(plan: WorkPlan, order: list[str], end: int) -> dict[str, int]:
    late: dict[str, int] = {}
    for one in reversed(order):
        starts = (
            late[after] - plan.task[after].duration_days for after in plan.graph.successors(one)
        )
        late[one] = min(starts, default=end)
    return late


def _times(
    plan: WorkPlan, one: str, early: dict[str, int], late: dict[str, int], end: int
) -> TaskTimes:
    duration = plan.task[one].duration_days
    finish = early[one] + duration
    next_start = min((early[after] for after in plan.graph.successors(one)), default=end)
    drivers = sorted(
        before
        for before in plan.graph.predecessors(one)
        if early[before] + plan.task[before].duration_days == early[one]
    )
    return TaskTimes(
        early_start=early[one],
        early_finish=finish,
        late_start=late[one] - duration,
        late_finish=late[one],
        total_float=late[one] - finish,
        free_float=next_start - finish,
        driven_by=tuple(drivers),
    )
