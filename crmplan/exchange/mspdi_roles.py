"""The roles of a plan as MS Project's work resources, and their share in each task.

A task's effort, the middle of its estimate, is shared evenly by its lead and its supporting roles:
the catalogues say who works, not how much. A role is as many people as the plan asks of it at its
peak, because crmplan limits no role; with less, MS Project would paint it as overallocated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from crmplan.exchange.mspdi_calendar import PLAN_CALENDAR, SECONDS_A_DAY, moments
from crmplan.exchange.mspdi_elements import add, duration, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.planning.workplan import Task
    from crmplan.report import Report

FULL = 100
LARGEST_SHARE = 10 * FULL
"""Percent of one role in one task; more than ten people for it is an estimate gone wrong."""

_WORK = 1
_NOBODY = -65535
# MS Project reads these marks in a list of resources as its own.
_MARKS = str.maketrans({"[": "(", "]": ")", ",": "·", ";": "·"})


def shares(task: Task) -> dict[str, int]:
    """Give the percent of a working day that each role spends on a task, 1 to 1,000.

    Empty for a point in time and for a task without effort.
    """
    roles = dict.fromkeys((task.lead, *task.support))
    if task.is_milestone or not task.effort.high:
        return {}
    exact = task.effort.middle * FULL / task.duration_days / len(roles)
    return dict.fromkeys(roles, min(LARGEST_SHARE, max(1, round(exact))))


def work_seconds(task: Task) -> int:
    """Give the working time of all roles on a task."""
    return sum(_seconds(task, share) for share in shares(task).values())


def _seconds(task: Task, share: int) -> int:
    return task.duration_days * SECONDS_A_DAY * share // FULL


@dataclass(frozen=True)
class Roles:
    """The roles that work in a plan, in the order of the phase model."""

    report: Report

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The roles that lead or support a task."""
        tasks = self.report.plan.workplan.tasks
        used = {role for task in tasks for role in (task.lead, *task.support)}
        return tuple(one for one in self.report.definitions.phase_model.role if one in used)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their titles; those that several roles have are told apart by the role's id."""
        model = self.report.definitions.phase_model
        titles = [one_line(model.role[one].title.translate(_MARKS)) for one in self.ids]
        count = Counter(titles)
        return tuple(
            title if count[title] == 1 else one_line(f"{title} ({one})")
            for one, title in zip(self.ids, titles, strict=True)
        )

    @cached_property
    def peaks(self) -> Mapping[str, int]:
        """The highest percent of each role on one day, rounded up to whole people, at least one."""
        used: dict[str, Counter[int]] = {one: Counter() for one in self.ids}
        for one in self.report.plan.schedule.tasks:
            for role, share in shares(one.task).items():
                for day in range(one.start.toordinal(), one.finish.toordinal() + 1):
                    used[role][day] += share
        return {
            one: max(1, ceil(max(days.values(), default=0) / FULL)) for one, days in used.items()
        }


def add_resources(project: Element, roles: Roles) -> None:
    """Write a work resource for each role; its calendar is the one that ``add_calendars`` wrote."""
    resources = add(project, "Resources")
    model = roles.report.definitions.phase_model
    for number, (one, name) in enumerate(zip(roles.ids, roles.names, strict=True), start=1):
        add(
            resources,
            "Resource",
            UID=number,
            ID=number,
            Name=name,
            Type=_WORK,
            IsNull=False,
            MaxUnits=roles.peaks[one],
            CanLevel=True,
            CalendarUID=PLAN_CALENDAR + number,
            Notes=model.role[one].duty,
            IsGeneric=True,
        )


def add_assignments(project: Element, roles: Roles, uids: Mapping[str, int]) -> None:
    """Write who works on what; a task of nobody gets an empty assignment.

    Without one, MS Project shows the task with a duration of 0.

    Args:
        project: what to write into.
        roles: the resources.
        uids: UID of each task by its id.
    """
    assignments = add(project, "Assignments")
    number = {one: uid for uid, one in enumerate(roles.ids, start=1)}
    uid = 0
    for one in roles.report.plan.schedule.tasks:
        at = moments(one)
        resources = [(number[role], share) for role, share in shares(one.task).items()]
        for resource, share in resources or [(_NOBODY, FULL)]:
            uid += 1
            work = duration(_seconds(one.task, share))
            add(
                assignments,
                "Assignment",
                UID=uid,
                TaskUID=uids[one.task.id],
                ResourceUID=resource,
                PercentWorkComplete=0,
                ActualWork=duration(0),
                Finish=at.finish,
                RemainingWork=work,
                Start=at.start,
                Units=Decimal(share) / FULL,
                Work=work,
            )
