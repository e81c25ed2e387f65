"""How short a schedule can be at best: by the links, and by the work that a role can do.

Source: Mingozzi et al. (1998) and Klein & Scholl (1999) compare such bounds; ours are the critical
path and, for each role, the work of the tasks that lie between a head and a tail.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from crmplan.planning.resources.list_schedule import latest_finishes
from crmplan.planning.resources.problem import capacity_on

if TYPE_CHECKING:
    from crmplan.planning.resources.compiled import Compiled


def lower_bound(plan: Compiled) -> int:
    """Find working days that no schedule can do with less."""
    heads = _heads(plan)
    latest = latest_finishes(plan)
    end = max(latest, default=0)
    tails = [end - one for one in latest]
    path = max(
        (head + days + tail for head, days, tail in zip(heads, plan.durations, tails, strict=True)),
        default=0,
    )
    roles = (_role_bound(plan, role, heads, tails) for role in plan.problem.capacities)
    return max(path, *roles, 0)


def _heads(plan: Compiled) -> list[int]:
    """Find the earliest starts if each task had all roles to itself, holes counted."""
    ends = [0] * plan.count
    for task in plan.order_by([0] * plan.count):
        ready = max((ends[one] + gap for one, gap in plan.before[task]), default=0)
        start = max(plan.earliest[task], ready)
        if found := plan.fields[task]:
            while (
                clash := ((plan.taken >> start * plan.day_bits & found.mask) + found.test)
                & found.over
            ):
                start += (clash.bit_length() - 1) // plan.day_bits + 1
        ends[task] = start + plan.durations[task]
    return [end - days for end, days in zip(ends, plan.durations, strict=True)]


def _role_bound(plan: Compiled, role: str, heads: list[int], tails: list[int]) -> int:
    """Try every pair of a head and a tail: the work of the tasks with both fits between them."""
    problem = plan.problem
    tasks = [
        (heads[number], tails[number], units * problem.durations[task])
        for number, task in enumerate(problem.ids)
        if (units := problem.needs(task).get(role, 0))
    ]
    if not tasks:
        return 0
    done = _done_by(plan, role, sum(work for *_, work in tasks))
    best = 0
    for head in sorted({head for head, *_ in tasks}):
        work = done[head]
        for tail, more in sorted(((t, w) for h, t, w in tasks if h >= head), reverse=True):
            work += more
            best = max(best, bisect_left(done, work) + tail)
    return best


def _done_by(plan: Compiled, role: str, work: int) -> list[int]:
    """Sum up what a role can do until each day, until the work is done after any head."""
    capacity = plan.problem.capacities[role]
    days = plan.horizon + work + 1
    return [0, *accumulate(capacity_on(capacity, day) for day in range(days))]
