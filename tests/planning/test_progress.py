"""Planning again from a status date: the numbers of docs/method/progress.md, and what is odd."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.network.plans import FIVE_DAYS, MONDAY, plan

from crmplan.assessment.plan_records import TaskProgress
from crmplan.errors import PlanProblemsError
from crmplan.planning.network.calendars import Calendars
from crmplan.planning.progress import OutOfSequence, Replanned, replan
from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.workplan import WorkPlan

CALENDARS = Calendars(FIVE_DAYS)
FRIDAY = date(2026, 3, 13)
FOUR = plan("a 5; b 10; c 5; d 5", "a FS b; b FS c; a FS d; b FS d")


def march(day: int) -> date:
    return date(2026, 3, day)


def report(
    task: str,
    percent: int,
    began: date | None = None,
    ended: date | None = None,
    *,
    left: int | None = None,
    on: date = FRIDAY,
) -> TaskProgress:
    return TaskProgress(
        task=task,
        percent=percent,
        started_on=began,
        finished_on=ended,
        remaining_days=left,
        reported_on=on,
    )


def planned(work: WorkPlan, *reports: TaskProgress) -> tuple[Replanned, Schedule]:
    """Plan again, and date what comes out as a report does."""
    found = replan(work, reports, status_on=FRIDAY, calendars=CALENDARS)
    start = min(MONDAY, found.begins_on or MONDAY)
    return found, found.with_actual_dates(schedule(found.workplan, CALENDARS, start=start))


def days(found: Schedule, task: str) -> tuple[date, date]:
    one = found.by_id[task]
    return one.start, one.finish


def test_the_worked_example_of_the_method() -> None:
    found, dates = planned(
        FOUR,
        report("a", 100, march(2), march(9)),
        report("b", 30, march(10), left=8),
        report("d", 40, march(12)),
    )

    assert days(dates, "a") == (march(2), march(9))
    assert days(dates, "b") == (march(10), march(25))
    assert days(dates, "c") == (march(26), date(2026, 4, 1))
    assert days(dates, "d") == (march(12), march(30))
    assert found.out_of_sequence == (OutOfSequence("d", "b"),)


def test_nothing_that_was_not_reported_begins_before_the_day_after_the_status_date() -> None:
    _, dates = planned(FOUR, report("a", 0))

    assert days(dates, "a") == (march(16), march(20))


def test_the_status_date_is_that_of_the_last_report_unless_one_is_set() -> None:
    found = replan(FOUR, (report("a", 0, on=march(4)),), status_on=None, calendars=CALENDARS)

    assert found.status_on == march(4)


def test_work_may_have_begun_before_the_plan_did() -> None:
    _, dates = planned(FOUR, report("a", 100, date(2026, 2, 23), date(2026, 2, 27)))

    assert days(dates, "a") == (date(2026, 2, 23), date(2026, 2, 27))
    assert days(dates, "b") == (march(16), march(27))


def test_a_link_from_a_start_that_happened_is_a_date() -> None:
    work = plan("a 20; b 5", "a SS+8d b")

    _, dates = planned(work, report("a", 30, march(10)))

    # Eight working days after the 10th is the 20th.
    assert days(dates, "b") == (march(20), march(26))


def test_finished_work_holds_its_successor_by_its_real_end_and_lag() -> None:
    work = plan("a 5; b 5", "a FS+6d b")

    _, dates = planned(work, report("a", 100, march(2), march(11)))

    # Six working days after the 11th: the 12th to the 19th.
    assert days(dates, "b") == (march(20), march(26))


def test_dates_that_bound_a_start_no_longer_bind_and_deadlines_do() -> None:
    work = plan("a 5", dates="a MSO 2026-04-20; a deadline 2026-03-12")

    _, dates = planned(work, report("a", 60, march(9)))

    assert days(dates, "a") == (march(9), march(17))
    assert [(one.constraint.kind, one.planned) for one in dates.missed] == [("deadline", march(17))]


def test_a_report_after_the_status_date_is_refused_with_the_way_out() -> None:
    with pytest.raises(PlanProblemsError) as caught:
        replan(
            FOUR,
            (report("a", 0, on=march(16)), report("b", 0, on=march(17))),
            status_on=FRIDAY,
            calendars=CALENDARS,
        )

    assert [str(one.location) for one in caught.value.problems] == ["progress a", "progress b"]
    assert caught.value.problems[1].hint == (
        "choose a later one: crmplan plan FILE --status 2026-03-17"
    )


def test_a_report_on_a_task_that_left_the_plan_is_named_and_has_no_effect() -> None:
    found, dates = planned(FOUR, report("gone", 50, march(2)))

    assert found.workplan.idle == ("progress gone",)
    assert days(dates, "a") == (march(16), march(20))


@given(percent=st.integers(1, 98), more=st.integers(1, 40))
def test_more_work_done_never_ends_the_plan_later(percent: int, more: int) -> None:
    further = min(99, percent + more)

    _, before = planned(FOUR, report("a", percent, march(2)))
    _, after = planned(FOUR, report("a", further, march(2)))

    assert after.finish <= before.finish
