"""Checks of plans: the numbers of docs/method/health.md, and each check on a plan of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.network.plans import FIVE_DAYS, MONDAY, dated, plan

from crmplan.assessment.plan_records import BaselineTask, TaskProgress
from crmplan.planning.health import Check, Examined, check_health
from crmplan.planning.network.calendars import Calendars
from crmplan.planning.progress import replan
from crmplan.planning.scheduling import schedule
from crmplan.planning.sizing import EffortRange
from crmplan.planning.workplan import WorkPlan

THREE = plan("a 50; b 10; c 5", "a FS b")


def checked(
    work: WorkPlan, *baseline: BaselineTask, status_on: date | None = None
) -> dict[str, Check]:
    found = check_health(Examined(work, work, dated(work), {}, baseline, status_on))
    return {check.id: check for check in found}


def signed(task: str, finish: date) -> BaselineTask:
    return BaselineTask(
        task=task, start=MONDAY, finish=finish, duration_days=5, effort_days=5, approved_on=MONDAY
    )


def done(task: str, began: date, ended: date) -> TaskProgress:
    return TaskProgress(
        task=task, percent=100, started_on=began, finished_on=ended, reported_on=ended
    )


def test_the_worked_example_of_the_method() -> None:
    found = checked(THREE, signed("b", date(2026, 5, 15)))

    third = Fraction(1, 3)
    assert (found["logic"].measured, found["logic"].tasks) == (third, ("c",))
    assert (found["high-duration"].measured, found["high-duration"].tasks) == (third, ("a",))
    assert (found["high-float"].measured, found["high-float"].tasks) == (third, ("c",))
    assert (found["critical-path"].measured, found["critical-path"].tasks) == (600, ("a",))
    assert found["length-index"].measured == Fraction(11, 12)
    assert found["length-index"].state == "not-met"


def test_what_needs_a_status_date_or_baseline_is_open_without() -> None:
    found = checked(THREE)

    assert {name for name, check in found.items() if check.state == "open"} == {
        "past-dates",
        "missed-tasks",
        "execution-index",
    }
    assert found["length-index"].measured == 1


@pytest.mark.parametrize(
    ("links", "dates", "name", "measured", "tasks"),
    [
        ("a FS-1d b; b FS c", "", "leads", Fraction(1, 2), ("b",)),
        ("a FS+2d b; b FS c", "", "lags", Fraction(1, 2), ("b",)),
        ("a SS b; b FS c", "", "finish-to-start", Fraction(1, 2), ("b",)),
        ("a FS b; b FS c", "b MSO 2026-03-09", "hard-constraints", Fraction(1, 3), ("b",)),
        ("a FS b; b FS c", "b SNET 2026-03-09", "hard-constraints", Fraction(0), ()),
        ("a FS b; b FS c", "c deadline 2026-03-19", "negative-float", Fraction(1), tuple("abc")),
    ],
)
def test_each_kind_of_link_and_date_is_found(
    links: str, dates: str, name: str, measured: Fraction, tasks: tuple[str, ...]
) -> None:
    # Five days each: without lags and leads the third ends on Friday 20 March.
    check = checked(plan("a 5; b 5; c 5", links, dates))[name]

    assert (check.measured, check.tasks) == (measured, tasks)


def test_a_task_with_a_finish_to_finish_link_alone_has_a_loose_start() -> None:
    found = checked(plan("a 5; b 5; c 5", "a FF b; a FS c; b FS c"))

    assert found["logic"].tasks == ("b",)


def test_work_without_effort_or_role_is_found_and_a_point_in_time_is_not() -> None:
    work = plan("a 5; b 5; c 0", "a FS b; b FS c")
    tasks = (
        replace(work.tasks[0], effort=EffortRange(1, 2)),
        replace(work.tasks[1], effort=EffortRange(1, 2), lead=""),
        work.tasks[2],
    )

    assert checked(replace(work, tasks=tasks))["resources"].tasks == ("b",)


def test_a_plan_that_was_not_made_again_has_dates_in_the_past() -> None:
    found = checked(plan("a 5; b 5", "a FS b"), status_on=date(2026, 3, 10))

    assert found["past-dates"].tasks == ("a", "b")


def test_late_and_missing_tasks_count_against_the_baseline() -> None:
    # By Friday 13 March a, b and c were to be finished; a is, in time, b is, late, c is not.
    work, status = plan("a 5; b 5; c 5; d 5", "a FS d; b FS d; c FS d"), date(2026, 3, 13)
    reports = (
        done("a", MONDAY, date(2026, 3, 6)),
        done("b", MONDAY, date(2026, 3, 12)),
    )
    baseline = [signed(one, date(2026, 3, 6)) for one in "abc"]
    baseline.append(signed("d", date(2026, 3, 20)))
    again = replan(work, reports, status_on=status, calendars=Calendars(FIVE_DAYS))
    made = again.with_actual_dates(schedule(again.workplan, FIVE_DAYS, start=MONDAY))

    found = {
        check.id: check
        for check in check_health(
            Examined(work, again.workplan, made, again.reports, baseline, status)
        )
    }

    assert found["missed-tasks"].measured == Fraction(2, 3)
    assert found["missed-tasks"].tasks == ("b", "c")
    assert found["execution-index"].measured == Fraction(2, 3)
    assert found["execution-index"].tasks == ("c",)
    assert found["past-dates"].state == "met"
    # c goes on from Monday 16 March, d ends on the 27th: ten days, five more than were left.
    assert found["length-index"].measured == Fraction(1, 2)


@st.composite
def networks(draw: st.DrawFn) -> WorkPlan:
    count = draw(st.integers(1, 8))
    kinds = st.sampled_from(("FS", "SS", "FF", "FS+3d", "SS+2d", "FS-1d"))
    links = [
        f"t{draw(st.integers(0, after - 1))} {draw(kinds)} t{after}"
        for after in range(1, count)
        for _ in range(draw(st.integers(0, 2)))
    ]
    tasks = "; ".join(f"t{number} {draw(st.integers(0, 9))}" for number in range(count))
    return plan(tasks, "; ".join(dict.fromkeys(links)))


@given(networks())
def test_the_end_of_a_sound_network_moves_with_its_critical_path(work: WorkPlan) -> None:
    check = checked(work)["critical-path"]

    assert check.measured in (600, None)


@given(networks())
def test_shares_lie_between_nothing_and_all(work: WorkPlan) -> None:
    shares = [one.measured for one in checked(work).values() if one.unit == "share"]

    assert all(0 <= share <= 1 for share in shares if share is not None)
