"""What a project manager enters about a plan, in the plan or refused: all faults at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from exchange.test_mspdi_plans import sample_report
from hypothesis import given
from hypothesis import strategies as st
from planning.network.plans import dated, off, plan

from crmplan.assessment.plan_records import PlanLink, TaskConstraint, TaskEstimate
from crmplan.errors import PlanProblemsError
from crmplan.localisation.locale import Locale
from crmplan.localisation.network_words import NetworkWords
from crmplan.planning.critical_path import find_times
from crmplan.planning.plan_inputs import PlanInputs
from crmplan.planning.public_holidays import plan_calendars, work_calendar, written_down
from crmplan.planning.workplan import Link, WorkPlan
from crmplan.report import Plan, make_plan

MONDAY = date(2026, 3, 2)


def made(**records: Any) -> Plan:
    base = sample_report("en")
    inputs = PlanInputs(MONDAY, **records)
    return make_plan(base.assessment.organisation, base.findings, base.definitions, inputs)


def test_links_constraints_and_estimates_are_part_of_the_plan() -> None:
    plan = made(
        links=(PlanLink(before="appoint-sponsor", after="gate-scope", kind="SS", lag="5d"),),
        constraints=(TaskConstraint(task="gate-scope", kind="SNET", on=date(2027, 3, 1)),),
        estimates=(TaskEstimate(task="journey-maps", shortest=3, likely=8, longest=20),),
    )

    assert [link.kind for link in plan.workplan.links if link.reason == "record"] == ["SS"]
    assert plan.schedule.by_id["gate-scope"].start >= date(2027, 3, 1)
    task = plan.workplan.task["journey-maps"]
    assert (task.duration_days, task.range_days) == (8, (3, 20))


def test_all_that_does_not_fit_is_told_at_once_with_its_place() -> None:
    with pytest.raises(PlanProblemsError) as error:
        made(
            links=(
                PlanLink(before="gate-scope", after="appoint-sponsor"),
                PlanLink(before="journey-maps", after="journey-maps"),
                PlanLink(before="journey-map", after="gate-scope"),
                PlanLink(before="privacy-rules", after="journey-maps", lag="5d", at_most="2d"),
            ),
            constraints=(TaskConstraint(task="gate-scope", kind="deadline", on=date(2025, 1, 1)),),
            exceptions=(off("2026-05-01", role="nobody"),),
        )

    assert [f"{one.location}: {one.code}" for one in error.value.problems] == [
        "constraint gate-scope deadline: PLAN-PAST",
        "day-off role nobody 2026-05-01: PLAN-UNKNOWN-ID",
        "link gate-scope appoint-sponsor FS: PLAN-CYCLE",
        "link journey-map gate-scope FS: PLAN-UNKNOWN-ID",
        "link journey-maps journey-maps FS: PLAN-SELF-LINK",
        "link privacy-rules journey-maps FS: PLAN-AT-MOST",
    ]
    assert all(one.hint for one in error.value.problems)


def test_a_circle_is_told_with_its_links_and_where_each_comes_from() -> None:
    with pytest.raises(PlanProblemsError) as error:
        made(links=(PlanLink(before="gate-scope", after="appoint-sponsor", kind="SS", lag="2d"),))

    (problem,) = error.value.problems
    assert "gate-scope –SS+2d→ appoint-sponsor" in problem.message
    assert "link gate-scope appoint-sponsor SS" in str(problem.hint)
    assert "activities/" in str(problem.hint)


def test_a_record_about_a_task_outside_the_plan_is_kept_and_named() -> None:
    base = sample_report("en")
    outside = base.plan.selection.left_out[0].id

    plan = made(constraints=(TaskConstraint(task=outside, kind="ALAP"),))

    assert plan.workplan.idle == (f"constraint {outside} ALAP",)
    assert plan.workplan.constraints == ()


def test_without_records_a_plan_is_as_before() -> None:
    assert made().workplan.links == sample_report("en").plan.workplan.links


def test_working_saturdays_of_china_are_worked_and_later_years_are_not_announced() -> None:
    # 14 February 2026 is a Saturday, worked for the Spring Festival
    calendar = work_calendar("CN", (5, 6), start=date(2026, 1, 5))

    assert calendar.is_worked(date(2026, 2, 14))
    assert not calendar.is_worked(date(2026, 2, 21))
    assert calendar.announced_until == 2026


def test_a_year_that_is_written_down_holds_no_other_holidays() -> None:
    organisation = sample_report("en").assessment.organisation
    (first, *_) = written_down("GB", [2026])

    calendar = plan_calendars(organisation, [first], start=MONDAY).organisation

    assert first.first == date(2026, 1, 1)
    assert calendar.is_worked(date(2026, 12, 25))
    assert not calendar.is_worked(date(2028, 12, 25))


def test_holidays_written_down_give_the_calendar_that_they_were_taken_from() -> None:
    records = tuple(written_down("CN", [2026]))
    organisation = sample_report("en").assessment.organisation.model_copy(
        update={"country": "CN", "weekend": (5, 6)}
    )
    asked = work_calendar("CN", (5, 6), start=date(2026, 1, 1), years=1)
    kept = plan_calendars(organisation, records, start=date(2026, 1, 1)).organisation

    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert [asked.halves(day) for day in days] == [kept.halves(day) for day in days]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "start to start, 2 working days later, within 5 calendar days at most"),
        ("fa", "آغاز به آغاز، با ۲ روز کاری فاصله، حداکثر با ۵ روز تقویمی فاصله"),
        ("zh", "開始至開始，延後2個工作天，最多相隔5個日曆天"),
    ],
)
def test_a_link_is_told_in_words(language: Any, expected: str) -> None:
    link = Link("a", "b", "record", kind="SS", lag="2d", at_most="5ed")

    assert NetworkWords(Locale(language)).tie(link) == expected
    assert NetworkWords(Locale(language)).tie(Link("a", "b", "activity")) == ""


KINDS = st.sampled_from(["FS", "SS", "FF", "SF"])
LAGS = st.sampled_from(["", "+2d", "-3d", "+2ed", "-1ed", "+50%", "-25%"])


@st.composite
def networks(draw: st.DrawFn) -> WorkPlan:
    count = draw(st.integers(2, 8))
    tasks = "; ".join(f"t{n} {draw(st.integers(0, 6))}" for n in range(count))
    links = [
        f"t{draw(st.integers(0, after - 1))} {draw(KINDS)}{draw(LAGS)} t{after}"
        for after in range(1, count)
        for _ in range(draw(st.integers(0, 2)))
    ]
    return plan(tasks, "; ".join(links), t1="team")


@given(networks())
def test_no_task_starts_before_what_it_waits_for(work: WorkPlan) -> None:
    times = find_times(work)

    for link in work.links:
        before, after = times[link.before], times[link.after]
        leaves = before.early_finish if link.kind[0] == "F" else before.early_start
        arrives = after.early_finish if link.kind[1] == "F" else after.early_start
        late_leaves = before.late_finish if link.kind[0] == "F" else before.late_start
        late_arrives = after.late_finish if link.kind[1] == "F" else after.late_start
        lag = _days(link, work)
        assert arrives - leaves >= lag
        assert late_arrives - late_leaves >= lag
        assert after.early_start >= 0


@given(networks(), st.sampled_from(["none", "half", "full"]), st.integers(1, 12))
def test_floats_are_never_negative_without_dates_and_someone_decides_about_the_end(
    work: WorkPlan, works: str, day: int
) -> None:
    made = dated(work, off(f"2026-03-{day:02}", f"2026-03-{day + 5:02}", works, role="team"))

    for one in made.tasks:
        assert one.times.total_float >= 0
        assert 0 <= one.times.free_float <= one.times.total_float
        assert one.times.finish_float is not None
        assert one.times.finish_float >= one.times.total_float
        assert one.start <= one.finish
        assert one.start >= made.start
    assert any(one.times.is_on_longest_path and one.is_critical for one in made.tasks)
    assert made == dated(
        work, off(f"2026-03-{day:02}", f"2026-03-{day + 5:02}", works, role="team")
    )


@given(networks(), st.data())
def test_fewer_links_or_tasks_never_lengthen_a_plan(work: WorkPlan, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(work.tasks).map(lambda task: task.id), max_size=2))
    kept = data.draw(
        st.lists(st.sampled_from(work.links), unique=True) if work.links else st.just([])
    )

    fewer_links = replace(work, links=tuple(link for link in work.links if link in kept))
    fewer_tasks = replace(
        work,
        tasks=tuple(task for task in work.tasks if task.id not in gone),
        links=tuple(link for link in work.links if not {link.before, link.after} & gone),
    )

    before = find_times(work)
    for fewer in (fewer_links, fewer_tasks):
        for task, times in find_times(fewer).items():
            assert times.early_start <= before[task].early_start
            assert times.early_finish <= before[task].early_finish


def _days(link: Link, work: WorkPlan) -> float:
    """Give the lag in days; a share falls on half-days, a half of one away from zero."""
    if link.lag.endswith("%"):
        exact = int(link.lag[:-1]) * work.task[link.before].duration_days * 2 / 100
        return (1 if exact > 0 else -1) * int(abs(exact) + 0.5) / 2
    return int(link.lag.removesuffix("d").removesuffix("e"))
