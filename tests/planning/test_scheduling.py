from __future__ import annotations

from datetime import date

from builders import network
from hypothesis import given
from hypothesis import strategies as st

from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.working_time import WorkCalendar

WESTERN = WorkCalendar(frozenset({5, 6}))
MONDAY = date(2026, 3, 2)


def dated(rows: str, *, start: date = MONDAY, calendar: WorkCalendar = WESTERN) -> Schedule:
    return schedule(network(rows, kinds={"gate": "gate"}), calendar, start=start)


def span(plan: Schedule, task: str) -> tuple[date, date]:
    return plan.by_id[task].start, plan.by_id[task].finish


def test_a_task_works_from_its_first_day_to_its_last() -> None:
    # three days from Monday end on Wednesday; the next begins on Thursday and passes the weekend
    plan = dated("a 3\nb 4 a")

    assert span(plan, "a") == (date(2026, 3, 2), date(2026, 3, 4))
    assert span(plan, "b") == (date(2026, 3, 5), date(2026, 3, 10))


def test_a_task_of_one_day_begins_and_ends_on_it() -> None:
    assert span(dated("a 1"), "a") == (MONDAY, MONDAY)


def test_a_milestone_falls_on_the_day_that_its_last_predecessor_ends() -> None:
    plan = dated("a 5\ngate 0 a\nb 1 gate")

    assert span(plan, "gate") == (date(2026, 3, 6), date(2026, 3, 6))  # Friday
    assert span(plan, "b")[0] == date(2026, 3, 9)  # Monday


def test_a_milestone_without_predecessors_falls_on_the_first_day() -> None:
    assert span(dated("gate 0\na 2 gate"), "gate") == (MONDAY, MONDAY)


def test_a_plan_begins_on_the_first_working_day() -> None:
    plan = dated("a 1", start=date(2026, 3, 7))  # a Saturday

    assert plan.start == date(2026, 3, 9)
    assert span(plan, "a")[0] == date(2026, 3, 9)


def test_late_dates_tell_how_long_a_task_can_wait() -> None:
    # b may end as late as a: on the tenth working day, Friday 13 March
    one = dated("a 10\nb 2").by_id["b"]

    assert (one.times.total_float, one.is_critical) == (8, False)
    assert (one.late_start, one.late_finish) == (date(2026, 3, 12), date(2026, 3, 13))


def test_the_length_and_the_end_of_the_plan() -> None:
    plan = dated("a 10\nb 2 a")

    assert (plan.length_days, plan.finish) == (12, date(2026, 3, 17))


def test_critical_tasks_stand_in_order_of_their_start() -> None:
    plan = dated("b 3 a\nc 1 a\na 2")

    assert [one.task.id for one in plan.critical] == ["a", "b"]


def test_gates_stand_in_order_of_their_date() -> None:
    rows = "late 5\nearly 1\nlast 0 late\nfirst 0 early"
    kinds = {"last": "gate", "first": "gate"}
    plan = schedule(network(rows, kinds=kinds), WESTERN, start=MONDAY)

    assert [one.task.id for one in plan.gates] == ["first", "last"]


def test_a_plan_beyond_the_announced_holidays_says_so() -> None:
    calendar = WorkCalendar(frozenset({5, 6}), announced_until=2026)

    assert dated("a 10", calendar=calendar).beyond_announced is None
    assert dated("a 300", calendar=calendar).beyond_announced == 2026


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.dates(MONDAY, date(2027, 1, 1)))
def test_in_a_chain_each_task_begins_on_the_working_day_after_the_one_before(
    days: list[int], start: date
) -> None:
    rows = [f"t{n} {length} {f't{n - 1}' if n else ''}" for n, length in enumerate(days)]
    plan = dated("\n".join(rows), start=start)

    for before, after in zip(plan.tasks, plan.tasks[1:], strict=False):
        between = WESTERN.number(plan.start, after.start) - WESTERN.number(
            plan.start, before.finish
        )
        assert between == 1
    assert plan.length_days == sum(days)
