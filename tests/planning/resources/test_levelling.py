from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import network
from hypothesis import given
from small_projects import project, projects

from crmplan.assessment.plan_records import TaskConstraint
from crmplan.errors import InfeasiblePlanError, ResourceProblemError
from crmplan.planning.critical_path import find_times
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.levelling import LevelledSchedule, level
from crmplan.planning.resources.problem import (
    Capacity,
    ResourceProblem,
)
from crmplan.planning.resources.solving import solve
from crmplan.planning.resources.waits import Slack, Wait, find_slacks, find_waits
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, Task, WorkPlan

WESTERN = WorkCalendar(frozenset({5, 6}))
MONDAY = date(2026, 3, 2)

# The project of test_resource_search, with a gate after d:
#   day       0 1 2 3 4 | 5 6 7 8
#   analyst   b b a a a |
#   marketing     d d d | c c c c
#                       gate
ROWS = "a 3\nb 2\nc 4 a\nd 3 b\ngate 0 d"
LEADS = {"a": "analyst", "b": "analyst", "c": "marketing", "d": "marketing"}


def plan_of(rows: str = ROWS, leads: Mapping[str, str] = LEADS) -> WorkPlan:
    plan = network(rows)
    return WorkPlan(
        tuple(replace(task, lead=leads.get(task.id, task.lead)) for task in plan.tasks), plan.links
    )


def levelled(**capacity: Capacity) -> LevelledSchedule:
    return level(plan_of(), WESTERN, start=MONDAY, capacity=capacity)


def test_a_plan_gets_the_dates_that_its_roles_allow() -> None:
    found = levelled(analyst=1, marketing=1)

    tasks = found.schedule.by_id
    assert (tasks["b"].start, tasks["b"].finish) == (MONDAY, date(2026, 3, 3))
    assert (tasks["a"].start, tasks["a"].finish) == (date(2026, 3, 4), date(2026, 3, 6))
    assert (tasks["c"].start, tasks["c"].finish) == (date(2026, 3, 9), date(2026, 3, 12))
    assert tasks["gate"].finish == date(2026, 3, 6)
    assert (found.schedule.length_days, found.unlimited_days, found.delay_days) == (9, 7, 2)


def test_what_a_date_delays_is_not_said_of_the_roles() -> None:
    # c may not start before day 20 whoever leads it, so one analyst more or less changes nothing.
    held = TaskConstraint(task="c", kind="SNET", on=date(2026, 3, 30))
    plan = replace(plan_of(), constraints=(held,))

    found = level(plan, WESTERN, start=MONDAY, capacity={"analyst": 1, "marketing": 1})

    assert (found.schedule.length_days, found.unlimited_days, found.delay_days) == (24, 24, 0)


def test_a_task_tells_how_long_it_waited_for_whom() -> None:
    found = levelled(analyst=1, marketing=1)

    assert found.waits == {"a": (Wait(2, "analyst", ("b",)),)}
    assert found.schedule.by_id["a"].times.driven_by == ("b",)


def test_floats_count_who_hands_a_role_to_whom() -> None:
    # without roles b and d could slip; here d hands marketing to c, and the gate alone is free
    times = {one.task.id: one.times for one in levelled(analyst=1, marketing=1).schedule.tasks}

    assert {name: one.total_float for name, one in times.items()} == {
        **dict.fromkeys("abcd", 0),
        "gate": 4,
    }
    assert times["gate"].free_float == 4


def test_two_analysts_need_not_wait() -> None:
    found = levelled(analyst=2, marketing=2)

    assert (found.waits, found.delay_days) == ({}, 0)


def test_tasks_that_contradict_one_another_are_named_by_code_and_id() -> None:
    # b follows a, which takes 3 days, and must start at most one day after the start of a
    plan = plan_of("a 3\nb 2 a")
    near = Link("a", "b", "record", kind="SS", at_most="1d")

    with pytest.raises(InfeasiblePlanError) as caught:
        level(replace(plan, links=(*plan.links, near)), WESTERN, start=MONDAY, capacity={})

    assert caught.value.binding == (
        "the start of B (b) is at least 0 days after the finish of A (a)",
        "the start of B (b) is at most 1 day after the start of A (a)",
    )


def test_roles_without_capacity_and_roles_without_work_are_told() -> None:
    found = levelled(analyst=1, sales=3)

    assert (found.unlimited_roles, found.idle_roles) == (("marketing",), ("sales",))


def test_without_any_limit_the_times_are_those_of_the_critical_path() -> None:
    found = levelled()

    expected = find_times(plan_of())
    for one in found.schedule.tasks:
        assert (one.times.early_start, one.times.total_float, one.times.free_float) == (
            expected[one.task.id].early_start,
            expected[one.task.id].total_float,
            expected[one.task.id].free_float,
        )


def test_a_rule_of_demand_can_be_given() -> None:
    def two_for_c(task: Task) -> dict[str, int]:
        return {"marketing": 2 if task.id == "c" else 1} if task.duration_days else {}

    with pytest.raises(ResourceProblemError, match="task c needs 2 units of role marketing"):
        level(plan_of(), WESTERN, start=MONDAY, capacity={"marketing": 1}, demand=two_for_c)


def test_a_task_that_waits_for_a_role_on_leave_waits_behind_nobody() -> None:
    problem = project("a 2 x1\nb 2 x1 a", x=(1, 1, 0, 0, 1))
    answer = solve(problem)

    assert find_waits(problem, answer) == {"b": (Wait(2, "x", ()),)}
    assert find_slacks(problem, answer) == {"a": Slack(0, 0), "b": Slack(0, 0)}


def test_a_task_waits_for_every_role_that_is_short() -> None:
    #   day  0 1 2 3 4 5 6
    #   x    a a a c c c c
    #   y    b b b c c c c
    two = project("a 3 x1\nb 3 y1\nc 4 x1,y1", x=1, y=1)
    answer = replace(solve(two), starts={"a": 0, "b": 0, "c": 3}, makespan=7)
    assert find_waits(two, answer) == {"c": (Wait(3, "x", ("a",)), Wait(3, "y", ("b",)))}


@given(projects())
def test_when_every_task_starts_as_late_as_its_float_allows_all_still_fits(
    problem: ResourceProblem,
) -> None:
    answer = solve(problem, schedules=30)
    slacks = find_slacks(problem, answer)

    late = {one: start + slacks[one].total for one, start in answer.starts.items()}

    assert check_schedule(problem, late) == ()
    assert max(late[one] + problem.durations[one] for one in problem.ids) <= answer.makespan


@given(projects())
def test_a_task_that_slips_by_its_free_float_moves_no_other(problem: ResourceProblem) -> None:
    answer = solve(problem, schedules=30)

    for one, slack in find_slacks(problem, answer).items():
        assert 0 <= slack.free <= slack.total
        moved = {**answer.starts, one: answer.starts[one] + slack.free}
        assert check_schedule(problem, moved) == ()


@given(projects())
def test_whoever_starts_later_than_its_links_allow_waits_for_a_role(
    problem: ResourceProblem,
) -> None:
    answer = solve(problem, schedules=30)
    waits = find_waits(problem, answer)

    for task in problem.ids:
        ready = max(
            (
                answer.starts[one] + lag
                for (one, other), lag in problem.lags.items()
                if other == task
            ),
            default=0,
        )
        assert {wait.days for wait in waits.get(task, ())} == {answer.starts[task] - ready} - {0}


def test_another_process_makes_the_same_plan() -> None:
    code = "from test_levelling import levelled; print(repr(levelled(analyst=1, marketing=1)))"
    here = Path(__file__).parent
    path = os.pathsep.join(map(str, (here, here.parents[1], here.parents[2])))
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1
