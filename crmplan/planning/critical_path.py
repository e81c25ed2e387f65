"""Early and late times of tasks, their floats, and the critical path.

Times are working days counted from the start of the plan, in the calendar of the task; a task that
starts at 3 and takes 2 days ends at 5, and the next may start at 5.
Source: Kelley & Walker (1959), Critical-path planning and scheduling. Method and worked example:
docs/method/critical-path.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.planning.working_time import Days, days_of

if TYPE_CHECKING:
    from crmplan.planning.network.timing import Timing
    from crmplan.planning.workplan import Link, WorkPlan


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """When a task can start and must end, in working days from the start of the plan.

    Attributes:
        total_float: days it can slip without delaying the end of the plan or missing a date that
            binds; negative if such a date is missed already.
        free_float: days it can slip without delaying any other task, 0 or more.
        driven_by: the tasks that keep it from starting earlier.
        driving_links: the links that do so.
        finish_float: days its end can slip if its start stays, total float or more; None if roles
            are limited.
        is_on_longest_path: whether driving links lead from it to the end of the plan.
    """

    early_start: Days
    early_finish: Days
    late_start: Days
    late_finish: Days
    total_float: Days
    free_float: Days
    driven_by: tuple[str, ...]
    driving_links: tuple[Link, ...] = ()
    finish_float: Days | None = None
    is_on_longest_path: bool = False

    @property
    def is_critical(self) -> bool:
        """Tell whether a delay of the task delays the end of the plan or misses a date."""
        return self.total_float <= 0

    @property
    def start_float(self) -> Days:
        """Days its start can slip: the total float, because work is not interrupted."""
        return self.total_float


def find_times(plan: WorkPlan) -> dict[str, TaskTimes]:
    """Compute early and late times of every task, in the order of the plan.

    Without calendars: all tasks share one, a day on the clock counts as a working day, and dates of
    constraints are not looked at. ``scheduling.schedule`` looks at all of it.
    """
    from crmplan.planning.network.timing import count_days

    return times_of(plan, count_days(plan))


def times_of(plan: WorkPlan, timing: Timing) -> dict[str, TaskTimes]:
    """Put the positions of a network into working days, in the order of the plan."""
    network = timing.network
    driving: dict[str, list[Link]] = {}
    for link, drives in zip(network.links, timing.drives, strict=False):
        if drives:
            driving.setdefault(link.after, []).append(link)
    longest = longest_path(timing)
    found = {}
    for number, task in enumerate(network.tasks):
        first, start = int(timing.first[number]), int(timing.starts[number])
        late, length = int(timing.late[number]), int(network.duration[number])
        links = tuple(sorted(driving.get(task.id, ()), key=_by_task))
        found[task.id] = TaskTimes(
            early_start=days_of(start - first),
            early_finish=days_of(start - first + length),
            late_start=days_of(late - first),
            late_finish=days_of(late - first + length),
            total_float=days_of(late - start),
            free_float=days_of(max(0, int(timing.room[number]) - start)),
            driven_by=tuple(sorted({link.before for link in links})),
            driving_links=links,
            finish_float=days_of(int(timing.last_finish[number]) - start - length),
            is_on_longest_path=task.id in longest,
        )
    return {task.id: found[task.id] for task in plan.tasks}


def _by_task(link: Link) -> tuple[str, str, str]:
    return link.before, link.kind, link.lag


def longest_path(timing: Timing) -> frozenset[str]:
    """Find the tasks from which driving links lead to the end of the plan."""
    network = timing.network
    at_end = timing.by_end <= timing.starts
    found = {network.tasks[number].id for number in at_end.nonzero()[0]}
    for place in range(len(timing.drives) - 1, -1, -1):
        link = network.links[place]
        if timing.drives[place] and link.after in found:
            found.add(link.before)
    return frozenset(found)
