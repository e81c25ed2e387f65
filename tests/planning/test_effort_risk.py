"""Simulated effort against laws that are known. The example is that of docs/method/risk.md."""

from __future__ import annotations

from crmplan.planning.effort_risk import effort_percentiles
from crmplan.planning.sizing import NO_EFFORT, EffortRange
from crmplan.planning.workplan import Task, WorkPlan


def plan(*efforts: EffortRange) -> WorkPlan:
    tasks = tuple(
        Task(f"t{place}", f"T{place}", "activity", "p", effort, 5, "pm", ())
        for place, effort in enumerate(efforts)
    )
    return WorkPlan(tasks, ())


def percentiles(*efforts: EffortRange, correlation: float = 0, seed: int = 1) -> dict[int, int]:
    return effort_percentiles(
        plan(*efforts),
        samples=20_000,
        seed=seed,
        distribution="triangular",
        correlation=correlation,
    )


def test_one_task_has_the_percentiles_of_its_triangle() -> None:
    # Triangle 10, 20, 30: the share above x > 20 is (30 - x)² / 200; P80: (30 - x)² = 40, 23.68.
    # P50 is 20 exactly, so the simulated one is 20 or, rounded up, 21.
    found = percentiles(EffortRange(10, 30))

    assert found[80] == 24
    assert found[50] in (20, 21)


def test_tasks_that_move_together_cost_more_at_the_far_end() -> None:
    twice = (EffortRange(10, 30), EffortRange(10, 30))

    together, apart = percentiles(*twice, correlation=1), percentiles(*twice)

    # 2 × 23.68 = 47.35; independent sums have the standard deviation 4.08 × √2 = 5.77, so about 45.
    assert together[80] == 48
    assert apart[80] in (45, 46)


def test_percentiles_rise_and_stay_within_the_estimates() -> None:
    found = percentiles(EffortRange(5, 9), EffortRange(0, 4), NO_EFFORT, correlation=0.3)

    assert 5 <= found[10] <= found[50] <= found[80] <= found[95] <= 13


def test_the_same_seed_gives_the_same_effort() -> None:
    assert percentiles(EffortRange(3, 90), seed=7) == percentiles(EffortRange(3, 90), seed=7)


def test_work_without_effort_costs_nothing() -> None:
    assert percentiles(NO_EFFORT) == {10: 0, 50: 0, 80: 0, 95: 0}
