"""Capacities and days off by date, as working days of the plan; and the load that results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from builders import network

from crmplan.assessment.plan_records import (
    CalendarException,
    CapacityChange,
    RoleCapacity,
    TaskConstraint,
)
from crmplan.errors import ResourceProblemError
from crmplan.planning.network.calendars import calendars_of
from crmplan.planning.resources.availability import capacities_by_day, require_known, rests_of
from crmplan.planning.resources.levelling import level
from crmplan.planning.resources.load import loads
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, WorkPlan

WESTERN = WorkCalendar(frozenset({5, 6}))
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
NEXT_MONDAY = date(2026, 3, 9)


def plan(rows: str, *links: Link) -> WorkPlan:
    found = network(rows)
    return WorkPlan(found.tasks, (*found.links, *links))


LEAD = network("a 1").tasks[0].lead


def test_a_change_counts_from_its_working_day_on() -> None:
    recorded = RoleCapacity(
        role=LEAD,
        tasks=2,
        changes=(CapacityChange(on=FRIDAY, tasks=1), CapacityChange(on=NEXT_MONDAY, tasks=3)),
    )

    # Monday to Thursday are days 0 to 3, Friday is 4, the next Monday is 5
    assert capacities_by_day([recorded], WESTERN, start=MONDAY) == {LEAD: (2, 2, 2, 2, 1, 3)}


def test_what_changed_before_the_plan_holds_from_its_start_on() -> None:
    before = CapacityChange(on=MONDAY - timedelta(days=30), tasks=4)
    recorded = RoleCapacity(role=LEAD, tasks=2, changes=(before,))

    assert capacities_by_day([recorded], WESTERN, start=MONDAY) == {LEAD: 4}


def test_the_leave_of_a_role_lets_its_tasks_rest() -> None:
    leave = CalendarException(
        scope="role", subject=LEAD, first=date(2026, 3, 4), last=date(2026, 3, 8)
    )
    tasks = plan("a 3")
    calendars = calendars_of(WESTERN, [leave])

    found = level(tasks, calendars, start=MONDAY, capacity={LEAD: 1})

    # Wednesday to Friday are days 2 to 4: Monday, Tuesday, and then the next Monday
    assert rests_of(tasks, calendars, start=MONDAY) == {"a": frozenset({2, 3, 4})}
    assert found.schedule.by_id["a"].finish == NEXT_MONDAY


@pytest.mark.parametrize(
    ("link", "start"),
    [
        (Link("a", "b", "record", kind="SS", lag="1d"), date(2026, 3, 3)),
        (Link("a", "b", "record", lag="50%"), date(2026, 3, 5)),  # half of 2 days after Tuesday
        # 2 days on the clock hold up to 2 working days: so two are kept everywhere
        (Link("a", "b", "record", lag="2ed"), FRIDAY),
        (Link("a", "b", "record", kind="FF"), date(2026, 3, 3)),  # both end on Tuesday
    ],
    ids=lambda given: given.isoformat() if isinstance(given, date) else f"{given.kind}{given.lag}",
)
def test_links_of_a_plan_keep_their_kind_and_lag(link: Link, start: date) -> None:
    # a takes 2 days, Monday and Tuesday; b takes 1
    found = level(plan("a 2\nb 1", link), WESTERN, start=MONDAY, capacity={LEAD: 2})

    assert found.schedule.by_id["b"].start == start


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ResourceProblemError) as caught:
        require_known(
            [RoleCapacity(role="markting", tasks=1), RoleCapacity(role="sales", tasks=0)],
            roles=("marketing", "sales"),
            leads={"sales": 3},
        )

    assert caught.value.faults == (
        "capacity markting: there is no such role, did you mean 'marketing'?",
        (
            "capacity sales: the role leads no task at once, but 3 tasks of the plan; "
            "give it at least 1, or use days off"
        ),
    )


def test_load_counts_tasks_at_once_by_period() -> None:
    # a and b on Monday and Tuesday, then c on Wednesday; capacity 2
    tasks = plan("a 2\nb 2\nc 1 a,b")
    found = level(tasks, WESTERN, start=MONDAY, capacity={LEAD: 2})

    load = loads(found.schedule, [MONDAY, date(2026, 3, 4)], {LEAD: 2})[LEAD]

    assert [(one.days, one.busy_days, one.peak, one.free_days) for one in load] == [
        (2, 4, 2, 4),
        (1, 1, 1, 2),
    ]
    assert [one.average for one in load] == [Fraction(2), Fraction(1)]
    assert [one.share for one in load] == [Fraction(1), Fraction(1, 2)]


def constrained(kind: str, on: date) -> WorkPlan:
    """a takes 3 days and has a date that binds."""
    constraint = TaskConstraint.model_validate({"task": "a", "kind": kind, "on": on})
    return replace(plan("a 3"), constraints=(constraint,))


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("SNET", date(2026, 3, 5)),  # no earlier than Thursday
        ("FNET", date(2026, 3, 3)),  # done on Thursday at the earliest: Tuesday to Thursday
        ("MSO", date(2026, 3, 5)),
        ("SNLT", MONDAY),
    ],
)
def test_dates_that_bind_hold_tasks_back(kind: str, start: date) -> None:
    tasks = constrained(kind, date(2026, 3, 5))

    found = level(tasks, WESTERN, start=MONDAY, capacity={LEAD: 1})

    assert found.schedule.by_id["a"].start == start
    assert found.schedule.missed == ()


def test_a_deadline_that_limited_roles_miss_is_told() -> None:
    # b goes first, as it is longer: a is done on Friday, a day after its deadline
    deadline = TaskConstraint(task="a", kind="deadline", on=date(2026, 3, 5))
    tasks = replace(plan("b 4\na 1\nc 5 b"), constraints=(deadline,))

    found = level(tasks, WESTERN, start=MONDAY, capacity={LEAD: 1})

    missed = found.schedule.missed
    assert [(one.constraint, one.days) for one in missed] == [
        (deadline, WESTERN.number(date(2026, 3, 5), found.schedule.by_id["a"].finish))
    ]
