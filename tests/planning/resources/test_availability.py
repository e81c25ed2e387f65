"""Capacities and days off by date, as working days of the plan; and the load that results."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from builders import network

from crmplan.assessment.plan_records import CalendarException, CapacityChange, RoleCapacity
from crmplan.errors import ResourceProblemError
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
    rests = rests_of(tasks, [leave], WESTERN, start=MONDAY)

    found = level(tasks, WESTERN, start=MONDAY, capacity={LEAD: 1}, rests=rests)

    # Wednesday to Friday are days 2 to 4: Monday, Tuesday, and then the next Monday
    assert rests == {"a": frozenset({2, 3, 4})}
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
            [CalendarException(scope="task", subject="x", first=MONDAY, last=FRIDAY)],
            roles=("marketing", "sales"),
            leads={"sales": 3},
            tasks=("a",),
        )

    assert caught.value.faults == (
        "capacity markting: there is no such role, did you mean 'marketing'?",
        (
            "capacity sales: the role leads no task at once, but 3 tasks of the plan; "
            "give it at least 1, or use days off"
        ),
        "day off 2026-03-02 of x: there is no such task",
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
