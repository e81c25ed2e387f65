"""Schedules from an order of tasks: each task as early as links and roles allow, one by one.

Sources: Kelley (1963), The critical-path method: resources planning and scheduling (serial
schedule); Kolisch (1996), Serial and parallel RCPSP methods revisited (latest finish first); Valls,
Ballestín & Quintanilla (2005), Justification and RCPSP: a technique that pays (forth and back).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.planning.resources.compiled import Arcs, Compiled


class Found(NamedTuple):
    """A schedule by task numbers; ``order`` are the tasks by their start."""

    makespan: int
    order: list[int]
    starts: list[int]


def place_in_order(
    plan: Compiled, order: Sequence[int], arcs: Arcs, *, taken: int, earliest: Sequence[int]
) -> list[int]:
    """Place tasks one by one, each as early as possible; give their ends.

    Args:
        plan: the problem.
        order: all tasks, none before one that it waits for.
        arcs: what each task waits for: ``plan.before``, or ``plan.after`` to read backwards.
        taken: what roles lack by day, read in the same direction.
        earliest: days before which tasks do not start, read in the same direction.
    """
    fields, durations, bits = plan.fields, plan.durations, plan.day_bits
    loads = taken
    ends = [0] * len(durations)
    for task in order:
        start = earliest[task]
        for one, gap in arcs[task]:
            if (ready := ends[one] + gap) > start:
                start = ready
        if found := fields[task]:
            load, mask, test, over = found
            while clash := ((loads >> start * bits & mask) + test) & over:
                start += (clash.bit_length() - 1) // bits + 1
            loads += load << start * bits
        ends[task] = start + durations[task]
    return ends


def list_schedule(plan: Compiled, order: Sequence[int]) -> Found:
    """Make the schedule of an order of tasks."""
    ends = place_in_order(plan, order, plan.before, taken=plan.taken, earliest=plan.earliest)
    return found_from(plan, order, ends)


def justify(plan: Compiled, found: Found) -> Found:
    """Push all tasks to the right and then to the left again; never longer without lags.

    Read backwards, "as late as possible" is "as early as possible"; the order of the starts that
    result is often better than the one that it began with.
    """
    order, starts, days = found.order[::-1], found.starts, plan.durations
    if plan.has_lags:
        # With lags from start to start a task may end before one that it follows.
        order.sort(key=starts.__getitem__, reverse=True)
    else:
        ends = [start + length for start, length in zip(starts, days, strict=True)]
        order.sort(key=ends.__getitem__, reverse=True)
    back = place_in_order(
        plan,
        order,
        plan.after,
        taken=plan.taken_backwards(found.makespan) if plan.taken else 0,
        earliest=[0] * plan.count,
    )
    order.reverse()
    order.sort(key=back.__getitem__, reverse=True)
    return list_schedule(plan, order)


def latest_finishes(plan: Compiled) -> list[int]:
    """Compute the latest ends that keep the length of the plan if roles were not limited."""
    order = plan.order_by([0] * plan.count)
    ends = [0] * plan.count
    for task in order:
        ready = max((ends[one] + gap for one, gap in plan.before[task]), default=0)
        ends[task] = max(plan.earliest[task], ready) + plan.durations[task]
    latest = [max(ends, default=0)] * plan.count
    for task in reversed(order):
        for one, gap in plan.after[task]:
            start = latest[one] - plan.durations[one]
            latest[task] = min(latest[task], start - gap)
    return latest


def found_from(plan: Compiled, order: Sequence[int], ends: list[int]) -> Found:
    """Put a schedule together from an order of tasks and their ends, if none rests."""
    starts = [end - length for end, length in zip(ends, plan.durations, strict=True)]
    return Found(max(ends, default=0), sorted(order, key=starts.__getitem__), starts)
