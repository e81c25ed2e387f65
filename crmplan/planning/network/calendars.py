"""The calendar of each task, and all calendars on one axis of half-days.

A task is worked on as its organisation works, changed by what the leading role and the task itself
have of their own: of the exceptions that name a day, that of the task counts before that of the
role, and that of the role before that of the organisation. Method: docs/method/critical-path.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.planning.working_time import WorkCalendar

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import CalendarException, CalendarScope, WorkedPart
    from crmplan.planning.workplan import Task

_HALVES: Mapping[WorkedPart, int] = MappingProxyType({"none": 0, "half": 1, "full": 2})
LONGEST_EXCEPTION = 366 * 10
"""Days of one exception that are looked at; what lasts longer is no exception."""

_NONE: Mapping[str, Mapping[date, int]] = MappingProxyType({})


@dataclass(frozen=True)
class Calendars:
    """The calendar of the organisation, and what roles and tasks have of their own.

    Attributes:
        organisation: with the exceptions of the organisation.
        roles, tasks: halves worked on single days, by role and by task.
    """

    organisation: WorkCalendar
    roles: Mapping[str, Mapping[date, int]] = field(default_factory=lambda: _NONE)
    tasks: Mapping[str, Mapping[date, int]] = field(default_factory=lambda: _NONE)

    def of(self, task: Task) -> WorkCalendar:
        """Give the calendar of a task; the same object for tasks with the same calendar."""
        if task.id in self.tasks:
            return self._of_tasks.setdefault(
                task.id, self.of_role(task.lead).changed(self.tasks[task.id])
            )
        return self.of_role(task.lead)

    def of_role(self, role: str) -> WorkCalendar:
        """Give the calendar of a role."""
        return self._of_roles.get(role, self.organisation)

    @cached_property
    def _of_roles(self) -> dict[str, WorkCalendar]:
        return {role: self.organisation.changed(days) for role, days in self.roles.items()}

    @cached_property
    def _of_tasks(self) -> dict[str, WorkCalendar]:
        return {}


def calendars_of(
    organisation: WorkCalendar, exceptions: Iterable[CalendarException] = ()
) -> Calendars:
    """Join a calendar and the exceptions from it; of two for one day the later one counts."""
    given = tuple(exceptions)
    return Calendars(
        organisation.changed(_days(given, "organisation").get("", {})),
        _days(given, "role"),
        _days(given, "task"),
    )


def _days(
    exceptions: Iterable[CalendarException], scope: CalendarScope
) -> dict[str, dict[date, int]]:
    found: dict[str, dict[date, int]] = {}
    for one in exceptions:
        if one.scope == scope:
            length = min((one.last - one.first).days + 1, LONGEST_EXCEPTION)
            days = (one.first + timedelta(days=number) for number in range(length))
            found.setdefault(one.subject, {}).update(dict.fromkeys(days, _HALVES[one.works]))
    return found
