"""A resource problem as whole numbers, and the loads of all roles on all days as one number.

Days stand in that number one after the other, and within a day every role has a field: enough bits
for its capacity and one bit above them. A load is added to all days of a task by one addition; what
would overload a role sets the bit above its field. So one addition and one ``and`` tell whether a
task fits on all of its days for all of its roles, and the highest bit that is set tells which day
is the last one in the way. This is five times as fast as counting day by day.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from crmplan.planning.resources.problem import capacity_on, profile_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmplan.planning.resources.problem import Capacity, ResourceProblem

Arcs = tuple[tuple[tuple[int, int], ...], ...]
"""Per task: the tasks that count for it, and the days from their end to its start, mostly 0."""


class Fields(NamedTuple):
    """What one task does to the number of loads, on its days from day 0.

    Attributes:
        load: what the task adds.
        mask: the fields of its roles.
        test: what is added to see whether it fits.
        over: the bits that are then set where it does not.
    """

    load: int
    mask: int
    test: int
    over: int


@dataclass(frozen=True)
class Compiled:
    """A problem by numbers; task ``n`` is ``problem.ids[n]``.

    Attributes:
        before: what each task waits for; ``after`` is the same in a plan read backwards.
        earliest: days before which tasks do not start.
        fields: what each task does to the loads, if it does not rest.
        day_bits: bits of a day in the number of loads.
        taken: units that a role lacks against its best day, by day, as a number of loads.
    """

    problem: ResourceProblem
    durations: tuple[int, ...]
    before: Arcs
    after: Arcs
    earliest: tuple[int, ...]
    has_lags: bool
    fields: tuple[Fields | None, ...]
    day_bits: int
    taken: int
    horizon: int

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return len(self.durations)

    def fields_of(self, task: int, days: int) -> Fields | None:
        """Tell what a task does to the loads that lasts for some days, its rests included."""
        found = self.fields[task]
        if found is None or days == self.durations[task]:
            return found
        one_day = (1 << self.day_bits) - 1
        every = every_day(days, self.day_bits)
        return Fields(*((part & one_day) * every for part in found))

    def taken_backwards(self, days: int) -> int:
        """Read the missing units of the first days backwards."""
        if not self.taken:
            return 0
        one_day = (1 << self.day_bits) - 1
        backwards = 0
        for day in range(days):
            taken = self.taken >> day * self.day_bits & one_day
            backwards = backwards << self.day_bits | taken
        return backwards

    def order_by(self, keys: Sequence[float]) -> list[int]:
        """List the tasks so that none comes before what it waits for, else by key, then number."""
        waits = [len(arcs) for arcs in self.before]
        ready = [(keys[task], task) for task, left in enumerate(waits) if not left]
        heapify(ready)
        order = []
        while ready:
            task = heappop(ready)[1]
            order.append(task)
            for follower, _ in self.after[task]:
                waits[follower] -= 1
                if not waits[follower]:
                    heappush(ready, (keys[follower], follower))
        return order


def compile_problem(problem: ResourceProblem) -> Compiled:
    """Turn a problem into numbers."""
    number = {task: place for place, task in enumerate(problem.ids)}
    durations = tuple(problem.durations[task] for task in problem.ids)
    before: list[list[tuple[int, int]]] = [[] for _ in durations]
    after: list[list[tuple[int, int]]] = [[] for _ in durations]
    for (first, second), lag in problem.lags.items():
        one, other = number[first], number[second]
        # From the end of one to the start of the other it is as far in both directions of reading.
        gap = lag - durations[one]
        before[other].append((one, gap))
        after[one].append((other, gap))
    best = {role: _best(capacity) for role, capacity in problem.capacities.items()}
    horizon = problem.horizon
    place, day_bits = _places(best)
    return Compiled(
        problem=problem,
        durations=durations,
        before=tuple(map(tuple, before)),
        after=tuple(map(tuple, after)),
        earliest=tuple(problem.earliest.get(task, 0) for task in problem.ids),
        has_lags=any(gap for arcs in before for _, gap in arcs),
        fields=tuple(_fields(problem, task, best, place, day_bits) for task in problem.ids),
        day_bits=day_bits,
        taken=_taken(problem.capacities, best, place, (day_bits, horizon)),
        horizon=horizon,
    )


def _best(capacity: Capacity) -> int:
    return capacity if isinstance(capacity, int) else max(capacity)


def _places(best: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Find the first bit of each role's field, and the bits of a day."""
    place, bits = {}, 0
    for role, units in best.items():
        place[role] = bits
        bits += units.bit_length() + 1
    return place, max(1, bits)


def _fields(
    problem: ResourceProblem, task: str, best: Mapping[str, int], place: dict[str, int], bits: int
) -> Fields | None:
    load = mask = test = over = 0
    for role, units in problem.needs(task).items():
        width = best[role].bit_length()
        load |= units << place[role]
        mask |= ((2 << width) - 1) << place[role]
        # Capacity + 1 units lift the field to the bit above it, whatever the capacity is.
        test |= ((1 << width) - 1 - best[role] + units) << place[role]
        over |= 1 << (place[role] + width)
    if not mask:
        return None
    days = every_day(problem.durations[task], bits)
    return Fields(load * days, mask * days, test * days, over * days)


def every_day(days: int, bits: int) -> int:
    """Give the number whose every day is 1."""
    return ((1 << days * bits) - 1) // ((1 << bits) - 1)


def _taken(
    capacities: Mapping[str, Capacity],
    best: Mapping[str, int],
    place: Mapping[str, int],
    size: tuple[int, int],
) -> int:
    bits, horizon = size
    taken = 0
    for role, capacity in capacities.items():
        if isinstance(capacity, int):
            continue
        for day, units in enumerate(capacity):
            taken += (best[role] - units) << (place[role] + day * bits)
        if lacking := best[role] - capacity_on(capacity, horizon):
            rest = max(0, horizon - profile_days(capacity))
            start = place[role] + len(capacity) * bits
            taken += lacking * every_day(rest, bits) << start
    return taken
