"""Earned value: the numbers of docs/method/earned-value.md, and what is unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.plan_records import BaselineTask, TaskProgress
from crmplan.errors import PlanningError
from crmplan.planning.earned_value import Standing, stand
from crmplan.planning.working_time import WorkCalendar

WESTERN = WorkCalendar(frozenset({5, 6}))
PHASES = {"a": "planning", "b": "planning", "c": "design"}
FRIDAY = date(2026, 10, 16)


def october(day: int) -> date:
    return date(2026, 10, day)


def signed(task: str, first: int, last: int, effort: int) -> BaselineTask:
    return BaselineTask(
        task=task,
        start=october(first),
        finish=october(last),
        duration_days=WESTERN.number(october(5), october(last)) + 1,
        effort_days=effort,
        approved_on=october(1),
    )


BASELINE = (signed("a", 5, 9, 10), signed("b", 12, 23, 20), signed("c", 26, 30, 10))


def report(task: str, percent: int, spent: int | None = None) -> TaskProgress:
    return TaskProgress(
        task=task,
        percent=percent,
        started_on=october(5),
        finished_on=FRIDAY if percent == 100 else None,
        spent_days=spent,
        reported_on=FRIDAY,
    )


def standing(
    *reports: TaskProgress, on: date = FRIDAY, phases: dict[str, str] = PHASES
) -> Standing:
    return stand(BASELINE, reports, status_on=on, calendar=WESTERN, phase_of=phases)


def test_the_worked_example_of_the_method() -> None:
    found = standing(report("a", 100, 12), report("b", 25, 6))
    overall = found.overall

    assert (overall.budget, overall.planned, overall.earned, overall.spent) == (40, 20, 15, 18)
    assert (overall.schedule_variance, overall.cost_variance) == (-5, -3)
    assert (overall.schedule_index, overall.cost_index) == (Fraction(3, 4), Fraction(5, 6))
    assert overall.estimate == 48
    assert found.earned_until == october(14)
    assert found.time_index == Fraction(4, 5)


def test_phases_stand_beside_the_whole() -> None:
    phases = standing(report("a", 100, 12)).phases

    assert [(name, one.budget, one.earned) for name, one in phases.items()] == [
        ("planning", 30, 10),
        ("design", 10, 0),
    ]


def test_cost_that_nobody_reported_is_unknown_and_not_zero() -> None:
    found = standing(report("a", 100, 12), report("b", 25))

    assert found.without_cost == ("b",)
    assert found.overall.spent is None
    assert found.overall.cost_variance is None
    assert found.overall.estimate is None
    assert found.overall.earned == 15
    assert found.phases["design"].spent == 0


def test_dropped_work_stays_in_the_budget_and_new_work_earns_nothing() -> None:
    found = standing(report("d", 100, 5), phases={"a": "planning", "b": "planning", "d": "design"})

    assert (found.dropped, found.added) == (("c",), ("d",))
    assert (found.overall.budget, found.overall.earned) == (40, 0)


def test_after_the_end_everything_is_planned_and_the_index_of_time_goes_on_falling() -> None:
    done = (report("a", 100, 10), report("b", 100, 20), report("c", 50, 5))

    at_end = standing(*done, on=october(30))
    later = standing(*done, on=date(2026, 11, 27))

    assert at_end.overall.planned == later.overall.planned == 40
    assert at_end.overall.schedule_index == later.overall.schedule_index == Fraction(35, 40)
    assert (at_end.time_index, later.time_index) == (Fraction(18, 20), Fraction(18, 40))


def test_before_the_baseline_begins_no_index_is_known() -> None:
    found = standing(on=october(2))

    assert (found.overall.planned, found.overall.schedule_index, found.time_index) == (
        0,
        None,
        None,
    )


def test_the_curve_ends_with_the_whole_budget() -> None:
    assert standing().curve == (
        (october(5), 2),
        (october(12), 12),
        (october(19), 22),
        (october(26), 32),
        (october(30), 40),
    )


def test_without_a_baseline_nothing_is_compared() -> None:
    with pytest.raises(PlanningError, match="no baseline"):
        stand((), (), status_on=FRIDAY, calendar=WESTERN, phase_of=PHASES)


@given(percents=st.lists(st.integers(0, 99), min_size=3, max_size=3), more=st.integers(0, 2))
def test_more_work_done_never_lowers_what_is_earned(percents: list[int], more: int) -> None:
    raised = [*percents]
    raised[more] = min(99, raised[more] + 7)

    before = standing(*map(report, "abc", percents))
    after = standing(*map(report, "abc", raised))

    assert before.overall.earned <= after.overall.earned <= after.overall.budget
    assert (before.earned_until or october(1)) <= (after.earned_until or october(1))
