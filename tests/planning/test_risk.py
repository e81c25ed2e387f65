"""Simulated dates against laws that are known. The example is that of docs/method/risk.md."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from planning.network import plans

from crmplan.errors import PlanningError
from crmplan.planning.estimates import ThreePoint, sample
from crmplan.planning.risk import RiskProfile, Settings, simulate
from crmplan.planning.risk_register import DiscreteRisk
from crmplan.planning.scheduling import schedule
from crmplan.planning.sizing import NO_EFFORT
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, Task, WorkPlan

EVERY_DAY = WorkCalendar(frozenset())
START = date(2026, 1, 1)
ALONE = Settings(samples=20_000, correlation=0)


def plan(durations: dict[str, int], *links: tuple[str, str], phase: str = "p") -> WorkPlan:
    tasks = tuple(
        Task(name, name, "activity", phase, NO_EFFORT, days, "pm", ())
        for name, days in durations.items()
    )
    return WorkPlan(tasks, tuple(Link(before, after, "activity") for before, after in links))


def simulated(
    work: WorkPlan,
    estimates: dict[str, ThreePoint],
    settings: Settings = ALONE,
    risks: tuple[DiscreteRisk, ...] = (),
) -> RiskProfile:
    dated = schedule(work, EVERY_DAY, start=START)
    return simulate(work, dated, estimates=estimates, risks=risks, settings=settings)


def test_one_task_has_the_percentiles_of_its_triangle() -> None:
    # Triangle 10, 20, 40: the share below x > 20 is 1 - (40 - x)² / (30 × 20).
    # P80: (40 - x)² = 0.2 × 600 = 120, x = 40 - 10.954 = 29.046.
    # P50: (40 - x)² = 0.5 × 600, x = 22.68, so the end of the 23rd day.
    profile = simulated(plan({"a": 20}), {"a": ThreePoint(10, 20, 40)})

    assert abs(profile.curve[80] - 29.046) < 4 * profile.p80_error
    assert profile.days[50] == 23
    assert profile.dates[50] == date(2026, 1, 23)
    # The share below 20 is (20 - 10)² / (30 × 10) = 1/3: the planned date is optimistic.
    assert abs(profile.planned_probability - 1 / 3) < 0.015


def test_tasks_in_a_row_add_their_means_and_variances() -> None:
    # Mean of a triangle: (10 + 20 + 40) / 3; variance: (a² + b² + c² - ab - ac - bc) / 18 = 38.89.
    estimate = ThreePoint(10, 20, 40)
    profile = simulated(plan({"a": 20, "b": 20}, ("a", "b")), {"a": estimate, "b": estimate})

    assert abs(np.mean(profile.curve) - 2 * 70 / 3) < 0.4
    # P80 of a nearly normal sum: mean + 0.8416 × sqrt(2 × 38.89).
    assert abs(profile.curve[80] - (140 / 3 + 0.8416 * sqrt(2 * 38.89))) < 0.6


def test_tasks_beside_one_another_end_later_than_each_of_them() -> None:
    # The later of two equal tasks is below x with the square of the probability.
    estimate = ThreePoint(10, 20, 40)
    profile = simulated(plan({"a": 20, "b": 20}), {"a": estimate, "b": estimate})

    assert abs(profile.planned_probability - 1 / 9) < 0.012


def test_critical_shares_of_two_equal_tasks_beside_one_another_are_equal_halves() -> None:
    estimate = ThreePoint(10, 20, 40)
    profile = simulated(plan({"a": 20, "b": 20}), {"a": estimate, "b": estimate})

    assert abs(profile.tasks["a"].criticality - 0.5) < 0.015
    assert abs(profile.tasks["a"].criticality + profile.tasks["b"].criticality - 1) < 1e-9


def test_a_task_without_an_estimate_takes_its_planned_duration() -> None:
    profile = simulated(plan({"a": 7}), {})

    assert profile.days == {10: 7, 50: 7, 80: 7, 95: 7}
    assert profile.planned_probability == 1
    assert profile.p80_error == 0
    assert profile.tasks["a"].cruciality == 0


def test_a_plan_of_nothing_but_a_milestone_can_be_simulated() -> None:
    profile = simulated(plan({"gate": 0}), {})

    assert profile.days[80] == 0
    assert profile.dates[80] == START


def test_a_risk_that_comes_true_one_time_in_four_delays_a_quarter_of_the_samples() -> None:
    risk = DiscreteRisk("strike", 0.25, ThreePoint(5, 5, 5), ("a",))
    profile = simulated(plan({"a": 10}), {}, risks=(risk,))

    assert abs(profile.planned_probability - 0.75) < 0.015
    assert profile.days[95] == 15


def test_durations_that_move_together_spread_the_end_wider() -> None:
    names = [f"t{number}" for number in range(10)]
    work = plan(dict.fromkeys(names, 20), *pairwise(names))
    estimates = {name: ThreePoint(10, 20, 40) for name in names}
    apart = simulated(work, estimates)
    together = simulated(work, estimates, Settings(samples=20_000, correlation=1))

    # Wholly together ten tasks are one task ten times as long.
    assert abs(together.curve[80] - 290.46) < 3
    assert together.curve[80] - together.curve[50] > 2.5 * (apart.curve[80] - apart.curve[50])


def test_same_seed_same_result_and_another_seed_another() -> None:
    work, estimates = plan({"a": 20}), {"a": ThreePoint(10, 20, 40)}
    first = simulated(work, estimates, Settings(samples=500, seed=7))

    assert simulated(work, estimates, Settings(samples=500, seed=7)) == first
    assert simulated(work, estimates, Settings(samples=500, seed=8)).curve != first.curve


def test_pert_draws_have_the_mean_and_spread_of_the_method() -> None:
    # Mean (10 + 4 × 20 + 40) / 6 = 21.67. The variance of the beta with this mean and weight 4 is
    # (mean - 10) × (40 - mean) / 7 = 30.6.
    generator = np.random.default_rng(1)
    drawn = sample(ThreePoint(10, 20, 40), generator.random(50_000), "pert", generator)

    assert abs(drawn.mean() - 130 / 6) < 0.1
    assert abs(drawn.var() - (130 / 6 - 10) * (40 - 130 / 6) / 7) < 0.6


def test_an_estimate_that_does_not_rise_is_refused() -> None:
    with pytest.raises(PlanningError, match="does not rise"):
        ThreePoint(10, 8, 12)


def test_an_equal_estimate_is_certain() -> None:
    generator = np.random.default_rng(1)

    assert set(sample(ThreePoint(3, 3, 3), generator.random(9), "pert", generator)) == {3.0}


def test_eighty_percent_of_a_hundred_runs_hold_the_exact_percentile_within_their_error() -> None:
    # Three standard errors hold it nearly always, whatever the seed.
    work, estimates = plan({"a": 20}), {"a": ThreePoint(10, 20, 40)}
    misses = 0
    for seed in range(100):
        profile = simulated(work, estimates, Settings(samples=1_000, seed=seed, correlation=0))
        misses += abs(profile.curve[80] - 29.0455) > 3 * profile.p80_error
    assert misses <= 2


@pytest.mark.parametrize(
    ("links", "dates", "days"),
    [
        ("a SS+2d b", "", 12),  # 2 + 10
        ("a FF+3d b", "", 10),  # b takes its 10 days anyway
        ("a FS-50% b", "", 13),  # from the middle of the 6 days of a
        ("a FS+2ed b", "", 18),  # a ends on Monday 9 March, so two days later on Wednesday
        ("", "a SNET 2026-03-16", 16),  # ten days, then 6
        ("", "a FNET 2026-03-23", 16),  # Monday 23 March is the sixteenth day
    ],
)
def test_certain_durations_give_the_planned_length_whatever_ties_the_tasks(
    links: str, dates: str, days: int
) -> None:
    work = plans.plan("a 6; b 10", links, dates)
    made = plans.dated(work)

    found = simulate(work, made, estimates={}, settings=Settings(samples=50))

    assert made.length_days == days
    assert set(found.days.values()) == {days}
    assert found.dates[80] == made.finish


def test_calendars_of_roles_hold_in_every_sample() -> None:
    # a ends on Wednesday 4 March; the team is away until Monday 16 March and takes 3 days
    work = plans.plan("a 3; b 3", "a FS b", b="team")
    made = plans.dated(work, plans.off("2026-03-05", "2026-03-15", role="team"))

    found = simulate(work, made, estimates={}, settings=Settings(samples=50))

    assert found.dates[80] == made.finish == date(2026, 3, 18)
    assert found.planned_probability == 1
    assert found.tasks["a"].criticality == 1
