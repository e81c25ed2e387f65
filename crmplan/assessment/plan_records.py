"""What a project manager enters about the plan: everything that follows from no answer.

Initiatives, activities and gates are meant by their ids, roles by those of the phase model.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from crmplan.assessment.definition import Id
from crmplan.assessment.record import Record

LinkKind = Literal["FS", "SS", "FF", "SF"]
"""What waits for what: finish-start, start-start, finish-finish, start-finish."""

ConstraintKind = Literal["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "deadline"]
"""The eight date constraints of project software, and the deadline, which moves nothing."""

LagCalendar = Literal["plan", "before", "after"]
"""Whose working days a lag counts: the organisation's, or those of one of the two tasks."""

CalendarScope = Literal["organisation", "role", "task"]
WorkedPart = Literal["none", "half", "full"]
Choice = Literal["mandatory", "excluded"]

MOST_TASKS = 1000
"""Tasks that a role can lead at once, at most."""

Lag = Annotated[str, Field(pattern=r"^-?[0-9]{1,4}(d|ed|%)$")]
"""Working days "3d", elapsed days "-2ed", or a share of the predecessor's duration "50%"."""


class PeriodBudget(Record):
    """Person-days that initiatives may cost in one period; the first period is 1."""

    period: int = Field(ge=1, le=40)
    person_days: int = Field(ge=0, le=1_000_000)


class InitiativeChoice(Record):
    """An initiative that the client wants, or does not want, whatever the gaps say."""

    initiative: Id
    choice: Choice
    reason: str = Field(min_length=1)


class CapacityChange(Record):
    """From a day on, a role leads another number of tasks at once."""

    on: date
    tasks: int = Field(ge=0, le=MOST_TASKS)


class RoleCapacity(Record):
    """How many tasks a role leads at once, and when that changes; changes in order of days."""

    role: Id
    tasks: int = Field(ge=0, le=MOST_TASKS)
    changes: tuple[CapacityChange, ...] = ()

    @model_validator(mode="after")
    def _changes_follow_one_another(self) -> Self:
        days = [change.on for change in self.changes]
        if days != sorted(set(days)):
            raise ValueError("changes: each on a later day than the one before")
        return self


class CalendarException(Record):
    """Days on which more or less is worked than usual.

    Attributes:
        subject: the role or task; empty for the organisation.
        works: what is worked on each of the days, weekends too.
        source: ``public`` for the official days of a year, written down so that they stay; that
            year then has no other public holidays than those that are written down.
    """

    scope: CalendarScope = "organisation"
    subject: Id | Literal[""] = ""
    first: date
    last: date
    works: WorkedPart = "none"
    source: Literal["own", "public"] = "own"
    note: str = ""

    @model_validator(mode="after")
    def _fits_scope(self) -> Self:
        if (self.scope == "organisation") != (self.subject == ""):
            raise ValueError("subject: a role or task has an id, the organisation none")
        if self.last < self.first:
            raise ValueError("last: not before the first day")
        return self


class PlanLink(Record):
    """A link that the project manager adds to those of the definitions.

    Attributes:
        at_most: longest time between the two ends that the link ties; None for any.
        lag_calendar: whose working days lag and longest time count.
    """

    before: Id
    after: Id
    kind: LinkKind = "FS"
    lag: Lag = "0d"
    at_most: Lag | None = None
    lag_calendar: LagCalendar = "plan"
    note: str = ""


class TaskConstraint(Record):
    """A date that binds a task, or a deadline to be warned of; ASAP and ALAP name no day."""

    task: Id
    kind: ConstraintKind
    on: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _names_a_day(self) -> Self:
        if (self.kind in ("ASAP", "ALAP")) != (self.on is None):
            raise ValueError("on: every constraint but ASAP and ALAP names a day")
        return self


class TaskEstimate(Record):
    """Three-point estimate of a duration in working days, instead of that of the definition."""

    task: Id
    shortest: int = Field(ge=0, le=10_000)
    likely: int = Field(ge=0, le=10_000)
    longest: int = Field(ge=0, le=10_000)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not self.shortest <= self.likely <= self.longest:
            raise ValueError("shortest, likely and longest must not fall")
        return self


class TaskProgress(Record):
    """How far a task is.

    Attributes:
        percent: share of the work that is done.
        remaining_days: working days still needed, none once it is done; None takes what the
            percentage leaves.
        spent_days: person-days spent so far.
        reported_on: the day of the report.
    """

    task: Id
    percent: int = Field(ge=0, le=100)
    started_on: date | None = None
    finished_on: date | None = None
    remaining_days: int | None = Field(default=None, ge=0, le=10_000)
    spent_days: int | None = Field(default=None, ge=0, le=1_000_000)
    reported_on: date
    note: str = ""

    @model_validator(mode="after")
    def _states_fit_together(self) -> Self:
        if self.percent > 0 and self.started_on is None:
            raise ValueError("started_on: work that is done began on some day")
        if (self.percent == 100) != (self.finished_on is not None):
            raise ValueError("finished_on: with 100 percent, and only then")
        if self.remaining_days is not None and (self.percent < 100) != (self.remaining_days > 0):
            raise ValueError("remaining_days: above 0 before 100 percent, and 0 with it")
        if self.started_on and self.finished_on and self.finished_on < self.started_on:
            raise ValueError("finished_on: not before started_on")
        if max(filter(None, (self.started_on, self.finished_on)), default=self.reported_on) > (
            self.reported_on
        ):
            raise ValueError("reported_on: nothing that is reported lies after it")
        return self


class BaselineTask(Record):
    """A task as it stood in the plan that the sponsor signed; effort in person-days."""

    task: Id
    start: date
    finish: date
    duration_days: int = Field(ge=0)
    effort_days: int = Field(ge=0)
    approved_on: date


class ProjectRisk(Record):
    """Something that may happen to the plan.

    Attributes:
        percent: probability.
        shortest, likely, longest: working days it adds to each of the tasks.
        tasks: what it delays; empty for a risk that costs no time.
    """

    id: Id
    title: str = Field(min_length=1)
    percent: int = Field(ge=0, le=100)
    shortest: int = Field(default=0, ge=0, le=10_000)
    likely: int = Field(default=0, ge=0, le=10_000)
    longest: int = Field(default=0, ge=0, le=10_000)
    tasks: tuple[Id, ...] = ()
    response: str = ""
    owner: str = ""

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not self.shortest <= self.likely <= self.longest:
            raise ValueError("shortest, likely and longest must not fall")
        return self
