"""What a file of MS Project XML holds, as far as crmplan reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_elements import ConstraintKind, LinkKind
    from crmplan.problems import Problem

LagUnit = Literal["working-minutes", "elapsed-minutes", "percent", "elapsed-percent"]
WorkingTimes = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class MspdiTask:
    """A row of the plan.

    Attributes:
        uid: what links name; stays the same as long as the row lives.
        id: the number of the row; None if the file has none.
        text1: the custom field Text1, where crmplan writes the id of the task; else "".
        outline_level: 1 for the topmost rows.
        outline_number: such as ``2.3``; "" if the file has none.
        duration_minutes: working time, or elapsed time if ``is_elapsed``; None if not given.
        percent_complete: of the duration, 0 to 100.
        constraint_date: None for "as soon as possible" and "as late as possible".
        deadline: the moment to be warned of; None without.
        calendar_uid: the calendar of the task itself; None if it has none.
        is_active: an inactive row has no effect on the plan.
        is_manual: the other program does not calculate its dates.
    """

    uid: int
    id: int | None
    name: str
    text1: str
    outline_level: int
    outline_number: str
    start: datetime | None
    finish: datetime | None
    duration_minutes: Fraction | None
    is_elapsed: bool
    percent_complete: int
    actual_start: datetime | None
    actual_finish: datetime | None
    constraint: ConstraintKind
    constraint_date: datetime | None
    deadline: datetime | None
    calendar_uid: int | None
    is_milestone: bool
    is_summary: bool
    is_active: bool
    is_manual: bool
    notes: str


@dataclass(frozen=True, slots=True)
class MspdiLink:
    """``after`` waits for ``before``, both UIDs; a negative lag is a lead.

    Attributes:
        lag: in the unit: minutes, or percent of the duration of ``before``.
    """

    before: int
    after: int
    kind: LinkKind
    lag: Fraction
    unit: LagUnit


@dataclass(frozen=True, slots=True)
class MspdiException:
    """Days that are worked otherwise, both ends included; not worked if there are no times."""

    first: date
    last: date
    name: str
    times: WorkingTimes


@dataclass(frozen=True, slots=True)
class MspdiCalendar:
    """Working times; what a calendar does not say, the one it is based on says.

    Attributes:
        base_uid: None for a calendar of its own.
        week: times by weekday, Monday is 0; no times for a day off.
    """

    uid: int
    name: str
    base_uid: int | None
    week: Mapping[int, WorkingTimes]
    exceptions: tuple[MspdiException, ...]


@dataclass(frozen=True, slots=True)
class MspdiResource:
    """Who or what works on tasks.

    Attributes:
        max_units: 1 is one person all day.
    """

    uid: int
    name: str
    kind: Literal["material", "work", "cost"]
    max_units: Fraction
    calendar_uid: int | None


@dataclass(frozen=True)
class MspdiReading:
    """A whole file.

    Attributes:
        comments: of the project as a whole; ``to_mspdi`` writes there how it holds dates.
        tasks: without the row of the project itself and without blank rows.
        problems: what was not understood or left out, by place.
    """

    title: str
    comments: str
    start: datetime | None
    finish: datetime | None
    calendar_uid: int | None
    tasks: tuple[MspdiTask, ...]
    links: tuple[MspdiLink, ...]
    calendars: tuple[MspdiCalendar, ...]
    resources: tuple[MspdiResource, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def task(self) -> dict[int, MspdiTask]:
        """Find a task by its UID."""
        return {one.uid: one for one in self.tasks}
