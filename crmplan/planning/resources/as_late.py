"""Tasks that are to be as late as possible, in a plan whose roles are limited.

Method: docs/method/resources.md, "As late as possible".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmplan.planning.network.links import NO_LATER
from crmplan.planning.resources.waits import find_slacks

if TYPE_CHECKING:
    from datetime import date

    from crmplan.planning.resources.problem import ResourceProblem, ResourceSchedule
    from crmplan.planning.working_time import WorkCalendar
    from crmplan.planning.workplan import WorkPlan


def put_late(
    problem: ResourceProblem,
    schedule: ResourceSchedule,
    plan: WorkPlan,
    calendar: WorkCalendar,
    *,
    start: date,
) -> ResourceSchedule:
    """Move the tasks with the constraint ALAP, the last ones first, as far as no other task moves.

    Args:
        problem: what was scheduled.
        schedule: with every task as early as links and roles allow.
        plan: with the constraints; a task is not moved beyond a date that it keeps.
        calendar: of the organisation.
        start: the first day of the plan.
    """
    late = [one.task for one in plan.constraints if one.kind == "ALAP"]
    last = _last_days(plan, calendar, start)
    for task in sorted(late, key=lambda one: schedule.starts[one], reverse=True):
        begin = schedule.starts[task]
        free = int(find_slacks(problem, schedule)[task].free)
        # The latest day on which the task may start that still keeps its own dates.
        day = next(
            (
                day
                for day in range(begin + free, begin, -1)
                if _keeps(problem, task, day, last.get(task, ()))
            ),
            begin,
        )
        schedule = replace(schedule, starts={**schedule.starts, task: day})
    return schedule


def _last_days(
    plan: WorkPlan, calendar: WorkCalendar, start: date
) -> dict[str, tuple[tuple[bool, int], ...]]:
    """Give for tasks whether a date binds the finish, and the day after which it is missed."""
    found: dict[str, tuple[tuple[bool, int], ...]] = {}
    for one in plan.constraints:
        if one.on is not None and one.kind in NO_LATER and one.on >= start:
            day = int(calendar.number(start, one.on)) + calendar.is_worked(one.on)
            found[one.task] = (*found.get(one.task, ()), (NO_LATER[one.kind], day))
    return found


def _keeps(
    problem: ResourceProblem, task: str, day: int, last: tuple[tuple[bool, int], ...]
) -> bool:
    """Tell whether a task may start on a day, for its rests and the dates that bind it."""
    is_point = not problem.durations[task]
    if not is_point and day in problem.rests.get(task, ()):
        return False
    return all(
        problem.finish(task, day) <= end if at_finish or is_point else day < end
        for at_finish, end in last
    )
