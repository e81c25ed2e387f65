"""What is to be scheduled when roles are limited, and the answer.

Times are working days counted from the start of the plan, as in ``planning.critical_path``. Method:
docs/method/resources.md. Source of the problem: Pritsker, Watters & Wolfe (1969), Multiproject
scheduling with limited resources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from crmplan.errors import ResourceProblemError
from crmplan.planning.resources.faults import faults_of

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import LinkKind

Capacity = int | tuple[int, ...]
"""Units of a role at once: always the same, or day by day; the last day's holds on for ever."""


@dataclass(frozen=True, slots=True)
class Follows:
    """``after`` comes after ``before``.

    Attributes:
        lag_days: working days at least between the two ends that the link ties; may be below 0;
            None for any number, so that only the longest distance counts.
        kind: which ends: the first letter is that of ``before`` (F its finish, S its start), the
            second that of ``after``.
        at_most_days: working days between these ends at most; None for any number.
    """

    before: str
    after: str
    lag_days: int | None = 0
    kind: LinkKind = "FS"
    at_most_days: int | None = None

    @property
    def from_finish(self) -> bool:
        """Tell whether the link begins at the finish of ``before``."""
        return self.kind[0] == "F"

    @property
    def to_finish(self) -> bool:
        """Tell whether the link ends at the finish of ``after``."""
        return self.kind[1] == "F"


@dataclass(frozen=True)
class ResourceProblem:
    """Tasks that share limited roles.

    Every problem without longest distances and latest finishes has a schedule.

    Attributes:
        ids: the tasks; their order decides ties.
        durations: whole working days per task, 0 or more.
        follows: what comes after what.
        demands: units per task and role on every day from its start to its finish; a task of 0
            days needs none.
        capacities: units per role. Tasks need no more than what a role has in the end, so that a
            hole in a profile delays a task but never makes it impossible.
        rests: days on which a task rests once it has begun, such as the leave of its leading role;
            it keeps its roles, and ends later by that. Else a task is not interrupted.
        earliest: days before which tasks do not start; 0 without.
        latest: days after which tasks must not finish; none without.
        names: what tasks are called in messages; those without are called by their ids.

    Raises:
        ResourceProblemError: with all faults at once.
    """

    ids: tuple[str, ...]
    durations: Mapping[str, int]
    follows: tuple[Follows, ...] = ()
    demands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)
    rests: Mapping[str, frozenset[int]] = field(default_factory=dict)
    earliest: Mapping[str, int] = field(default_factory=dict)
    latest: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if faults := tuple(faults_of(self)):
            raise ResourceProblemError(faults)

    @cached_property
    def is_plain(self) -> bool:
        """Tell whether every order of the tasks gives a schedule, read forth and back.

        No link has a longest distance or lets a task start before one that it follows, and no task
        rests or must finish by a day.
        """
        bounded = any(one.at_most_days is not None for one in self.follows)
        is_bound = bounded or self.latest or any(self.rests.values())
        return not is_bound and all(lag >= 0 for lag in self.lags.values())

    @cached_property
    def lags(self) -> dict[tuple[str, str], int]:
        """The least days from start to start, the largest of each pair; if no task rests."""
        found: dict[tuple[str, str], int] = {}
        for one in self.follows:
            if one.lag_days is None:
                continue
            lag = one.lag_days + self.start_to_start(one)
            pair = (one.before, one.after)
            found[pair] = max(lag, found.get(pair, lag))
        return found

    def start_to_start(self, link: Follows) -> int:
        """Give the days from start to start that a lag of 0 means, if neither task rests."""
        before = self.durations[link.before] if link.from_finish else 0
        return before - (self.durations[link.after] if link.to_finish else 0)

    def finish(self, task: str, start: int) -> int:
        """Give the finish of a task that starts on a day: the day after its last day of work."""
        days, rests = self.durations[task], self.rests.get(task)
        if not rests:
            return start + days
        day = start
        while days:
            days -= day not in rests
            day += 1
        return day

    @cached_property
    def horizon(self) -> int:
        """Days within which there is a shortest schedule, if there is any.

        Past the last change of anything, somebody can always begin unless a lag is running.
        """
        lags = sum(max(0, (one.lag_days or 0) + self.durations[one.before]) for one in self.follows)
        rests = max((day + 1 for days in self.rests.values() for day in days), default=0)
        profile = max((profile_days(one) for one in self.capacities.values()), default=0)
        settled = max(rests, profile, *self.earliest.values(), 0)
        return settled + sum(self.durations.values()) + lags

    def needs(self, task: str) -> dict[str, int]:
        """The units that a task really takes, by role; none if it is a point in time."""
        if not self.durations[task]:
            return {}
        return {role: units for role, units in self.demands.get(task, {}).items() if units}


@dataclass(frozen=True, slots=True)
class ResourceSchedule:
    """When each task starts, and how good that is.

    Attributes:
        starts: working day of the start, by task, in the order of the problem.
        makespan: working days from 0 to the end of the last task.
        lower_bound: no schedule can be shorter.
        engine: what found it: ``list``, ``genetic`` or ``cp-sat``.
        schedules: how many were made on the way, by our own search.
    """

    starts: Mapping[str, int]
    makespan: int
    lower_bound: int
    engine: str
    seed: int
    schedules: int

    @property
    def gap(self) -> float:
        """How much longer than the bound it is at most, as a share of the bound."""
        return (self.makespan - self.lower_bound) / self.lower_bound if self.lower_bound else 0.0

    @property
    def is_proved(self) -> bool:
        """Tell whether no schedule can be shorter."""
        return self.makespan == self.lower_bound


def capacity_on(capacity: Capacity, day: int) -> int:
    """Give the units of a role on a working day."""
    if isinstance(capacity, int):
        return capacity
    return capacity[min(day, len(capacity) - 1)]


def profile_days(capacity: Capacity) -> int:
    """Count the days until a capacity stays as it is."""
    return 0 if isinstance(capacity, int) else len(capacity)
