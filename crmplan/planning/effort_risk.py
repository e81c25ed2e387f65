"""How much work a plan can cost: the same simulation as for its dates, over person-days.

Each sample draws the effort of every task between its low and its high estimate, likeliest in the
middle, and adds them up. Efforts of one phase, or role, move together as durations do. Method and
worked example: docs/method/risk.md, section "Effort".
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Literal

from crmplan.planning.estimates import (
    PERCENTILES,
    Distribution,
    ThreePoint,
    normal_share,
    sample,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.planning.workplan import Task, WorkPlan

Shared = Literal["phase", "role"]
"""What makes durations and efforts move together: a common phase, or a common leading role."""

_TOLERANCE = 1e-9


def effort_percentiles(
    plan: WorkPlan,
    *,
    samples: int,
    seed: int,
    distribution: Distribution,
    correlation: float,
    shared: Shared = "phase",
) -> dict[int, int]:
    """Simulate the effort of a plan.

    Args:
        plan: the tasks; one without effort costs nothing in every sample.
        samples: how many courses are drawn, 1 or more.
        seed: the same seed and plan give the same result.
        distribution: the shape between the low and the high estimate.
        correlation: how far efforts that share a factor move together, 0 to 1.
        shared: what shares a factor.

    Returns:
        Person-days that 10, 50, 80 and 95 of 100 samples do not exceed, rounded up.
    """
    import numpy as np

    # Draws of its own: the dates of a plan must not change because its effort is asked for.
    generator = np.random.default_rng((seed, 1))
    total = np.zeros(samples)
    tasks = sorted(plan.tasks, key=lambda one: one.id)
    factors = factor_numbers(tasks, shared)
    for factor in sorted(set(factors)):
        common = generator.standard_normal(samples)
        for task, own_factor in zip(tasks, factors, strict=True):
            if own_factor != factor or not task.effort.high:
                continue
            own = generator.standard_normal(samples)
            mixed = sqrt(correlation) * common + sqrt(1 - correlation) * own
            low, middle, high = task.effort.low, float(task.effort.middle), task.effort.high
            estimate = ThreePoint(low, middle, high)
            total += sample(estimate, normal_share(mixed), distribution, generator)
    return {one: ceil(float(np.percentile(total, one)) - _TOLERANCE) for one in PERCENTILES}


def factor_numbers(tasks: Sequence[Task], shared: Shared) -> list[int]:
    """Number the common factor of each task, from 0, in the order of the factors' names."""
    names = [task.phase if shared == "phase" else task.lead for task in tasks]
    number = {name: place for place, name in enumerate(sorted(set(names)))}
    return [number[name] for name in names]
