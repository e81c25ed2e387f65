"""A work plan with dates that respect how many tasks each role can do at once.

Method and worked example: docs/method/resources.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from crmplan.planning.critical_path import TaskTimes
from crmplan.planning.network.calendars import Calendars
from crmplan.planning.network.links import NO_LATER
from crmplan.planning.resources.as_late import put_late
from crmplan.planning.resources.availability import earliest_of, rests_of
from crmplan.planning.resources.distances import distances
from crmplan.planning.resources.problem import ResourceProblem
from crmplan.planning.resources.solving import solve
from crmplan.planning.resources.waits import find_slacks, find_waits
from crmplan.planning.scheduling import MissedDate, Schedule, ScheduledTask, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from crmplan.planning.resources.problem import Capacity, ResourceSchedule
    from crmplan.planning.resources.waits import Slack, Wait
    from crmplan.planning.working_time import Days, WorkCalendar
    from crmplan.planning.workplan import Link, Task, WorkPlan

DemandRule = Callable[["Task"], Mapping[str, int]]
"""Units of each role that a task takes on every one of its days."""
Solver = Callable[[ResourceProblem], "ResourceSchedule"]


@dataclass(frozen=True)
class LevelledSchedule:
    """A work plan with dates under limited roles, and why they are as they are.

    Attributes:
        schedule: the dates. The early times are those of this schedule, the floats tell how far a
            task can slip in it, and a task is driven by its links or by who holds its role.
        waits: per task that starts later than its links ask for: how long, for which role, behind
            whom; other tasks are not in it.
        problem: what was scheduled, in working days; for the load of the roles.
        answer: makespan, lower bound, engine, seed.
        unlimited_days: working days that the plan takes with the same calendars and dates if roles
            are not limited.
        unlimited_roles: roles that the plan needs and no capacity is given for.
        idle_roles: roles with a capacity that no task needs; perhaps a mistyped name.
    """

    schedule: Schedule
    waits: Mapping[str, tuple[Wait, ...]]
    problem: ResourceProblem
    answer: ResourceSchedule
    unlimited_days: Days
    unlimited_roles: tuple[str, ...]
    idle_roles: tuple[str, ...]

    @property
    def delay_days(self) -> Days:
        """Working days by which limited roles make the plan longer."""
        return self.answer.makespan - self.unlimited_days


def lead_alone(task: Task) -> dict[str, int]:
    """Take one unit of the leading role for the whole task, and none for a point in time.

    Supporting roles are not counted: the plan does not say how much of their time a task takes.
    """
    return {} if task.is_milestone else {task.lead: 1}


def level(
    plan: WorkPlan,
    calendar: WorkCalendar | Calendars,
    *,
    start: date,
    capacity: Mapping[str, Capacity],
    demand: DemandRule = lead_alone,
    solver: Solver = solve,
) -> LevelledSchedule:
    """Give every task its dates, as early as its links and the roles allow.

    Args:
        plan: tasks, links and constraints.
        calendar: the working days of the organisation, or also those of roles and tasks: while who
            leads a task is away, the task rests.
        start: the first day; if it is not worked, the next one that is.
        capacity: how many tasks a role can do at once: always the same, or per working day of the
            plan. A role that is not named is not limited.
        demand: what a task takes of which role.
        solver: what finds the schedule; for another seed or engine, wrap ``solve``.

    Raises:
        ResourceProblemError: if a task needs more of a role than there is; it lists all.
        InfeasiblePlanError: if longest times and roles contradict one another; it names which.
        NoScheduleFoundError: if no schedule was found, and no proof that there is none.
    """
    calendars = calendar if isinstance(calendar, Calendars) else Calendars(calendar)
    problem = resource_problem(plan, calendars, start=start, capacity=capacity, demand=demand)
    found = solver(problem)
    answer = put_late(problem, found, plan, calendars.organisation, start=start)
    moved = {task for task in problem.ids if answer.starts[task] != found.starts[task]}
    waits = {task: why for task, why in find_waits(problem, found).items() if task not in moved}
    slacks = find_slacks(problem, answer)
    drives = _driving(plan, problem, answer)
    tasks = tuple(
        _dated(
            task,
            _times(problem, task, answer, slacks[task.id], (waits, drives)),
            calendars.organisation,
            start,
        )
        for task in plan.tasks
    )
    needed = {role: None for task in plan.tasks for role in demand(task)}
    return LevelledSchedule(
        schedule=Schedule(
            tasks=tasks,
            calendar=calendars.organisation,
            start=calendars.organisation.first_worked(start),
            calendars=calendars,
            missed=tuple(_missed(plan, tasks, calendars.organisation)),
        ),
        waits=waits,
        problem=problem,
        answer=answer,
        # Dates that bind and leave delay a plan whoever leads it; levelling counts whole days.
        unlimited_days=ceil(schedule(plan, calendars, start=start).length_days),
        unlimited_roles=tuple(role for role in needed if role not in capacity),
        idle_roles=tuple(role for role in capacity if role not in needed),
    )


def resource_problem(
    plan: WorkPlan,
    calendars: Calendars,
    *,
    start: date,
    capacity: Mapping[str, Capacity],
    demand: DemandRule = lead_alone,
) -> ResourceProblem:
    """See a work plan as tasks that share limited roles; see ``level``."""
    return ResourceProblem(
        ids=tuple(task.id for task in plan.tasks),
        durations={task.id: task.duration_days for task in plan.tasks},
        follows=distances(plan, calendars.organisation, start=start),
        demands={
            task.id: {role: units for role, units in demand(task).items() if role in capacity}
            for task in plan.tasks
        },
        capacities=capacity,
        rests=rests_of(plan, calendars, start=start),
        earliest=earliest_of(plan, calendars.organisation, start=start),
        names={task.id: f"{task.code} ({task.id})" for task in plan.tasks},
    )


def _times(
    problem: ResourceProblem,
    task: Task,
    answer: ResourceSchedule,
    slack: Slack,
    why: tuple[Mapping[str, tuple[Wait, ...]], Mapping[str, tuple[Link, ...]]],
) -> TaskTimes:
    begin = answer.starts[task.id]
    late = begin + slack.total
    waits, drives = why
    links = drives.get(task.id, ())
    behind = {one for wait in waits.get(task.id, ()) for one in wait.behind}
    return TaskTimes(
        early_start=begin,
        early_finish=problem.finish(task.id, begin),
        late_start=late,
        late_finish=problem.finish(task.id, late),
        total_float=slack.total,
        free_float=slack.free,
        driven_by=tuple(sorted(behind.union(link.before for link in links))),
        driving_links=links,
    )


def _driving(
    plan: WorkPlan, problem: ResourceProblem, answer: ResourceSchedule
) -> dict[str, tuple[Link, ...]]:
    """Collect the links that bind each task: it keeps no more than their least distance."""
    found: dict[str, tuple[Link, ...]] = {}
    for link, distance in zip(plan.links, problem.follows, strict=True):
        before, after = answer.starts[link.before], answer.starts[link.after]
        begin = problem.finish(link.before, before) if distance.from_finish else before
        end = problem.finish(link.after, after) if distance.to_finish else after
        if end - begin == distance.lag_days:
            found[link.after] = (*found.get(link.after, ()), link)
    return found


def _missed(
    plan: WorkPlan, tasks: tuple[ScheduledTask, ...], calendar: WorkCalendar
) -> Iterator[MissedDate]:
    """Find the dates that a levelled plan does not keep, in the order of the constraints."""
    by_id = {one.task.id: one for one in tasks}
    for one in plan.constraints:
        if one.on is None or one.kind not in NO_LATER:
            continue
        planned = by_id[one.task].finish if NO_LATER[one.kind] else by_id[one.task].start
        if planned > one.on:
            yield MissedDate(one, planned, calendar.number(one.on, planned))


def _dated(task: Task, times: TaskTimes, calendar: WorkCalendar, start: date) -> ScheduledTask:
    """Turn working days into dates; a point in time falls on the day on which it is reached."""

    def first(time: Days) -> date:
        return last(time) if task.is_milestone else calendar.day(start, int(time))

    def last(time: Days) -> date:
        return calendar.last_day(start, time)

    return ScheduledTask(
        task=task,
        times=times,
        start=first(times.early_start),
        finish=last(times.early_finish),
        late_start=first(times.late_start),
        late_finish=last(times.late_finish),
    )
