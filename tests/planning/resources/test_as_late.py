"""Tasks that are to be as late as possible while roles are limited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import network
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.plan_records import ConstraintKind, TaskConstraint
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.levelling import LevelledSchedule, level
from crmplan.planning.working_time import WorkCalendar

WESTERN = WorkCalendar(frozenset({5, 6}))
MONDAY = date(2026, 3, 2)
LEAD = network("a 1").tasks[0].lead


def levelled(
    rows: str, *constraints: tuple[str, ConstraintKind, date | None], units: int = 2
) -> LevelledSchedule:
    given_ = tuple(TaskConstraint(task=task, kind=kind, on=on) for task, kind, on in constraints)
    plan = replace(network(rows), constraints=given_)
    return level(plan, WESTERN, start=MONDAY, capacity={LEAD: units})


def starts(found: LevelledSchedule) -> dict[str, int]:
    return {one.task.id: int(one.times.early_start) for one in found.schedule.tasks}


def test_a_task_moves_to_where_the_next_one_needs_it() -> None:
    # a (2 days) runs beside b (5); c follows both on day 5, so a may take days 3 and 4
    found = levelled("a 2\nb 5\nc 1 a,b", ("a", "ALAP", None))

    assert starts(found) == {"a": 3, "b": 0, "c": 5}
    assert found.schedule.by_id["a"].start == date(2026, 3, 5)
    assert found.schedule.by_id["a"].times.free_float == 0


def test_a_chain_moves_from_its_end() -> None:
    found = levelled("a 1\nb 1 a\nlong 6", ("a", "ALAP", None), ("b", "ALAP", None))

    assert starts(found) == {"a": 4, "b": 5, "long": 0}


def test_a_task_stays_while_its_role_is_needed_elsewhere() -> None:
    # one unit: the three tasks follow one another without a gap, and nothing can move
    found = levelled("a 2\nb 5\nc 1 a,b", ("a", "ALAP", None), units=1)

    assert max(one.times.early_finish for one in found.schedule.tasks) == 8
    assert check_schedule(found.problem, found.answer.starts) == ()


def test_a_task_keeps_its_deadline() -> None:
    # Wednesday is the third day: a takes Tuesday and Wednesday
    wednesday = date(2026, 3, 4)

    found = levelled("a 2\nb 5\nc 1 a,b", ("a", "ALAP", None), ("a", "deadline", wednesday))

    assert starts(found)["a"] == 1
    assert found.schedule.missed == ()


def test_who_is_put_late_does_not_count_as_waiting_for_a_role() -> None:
    assert levelled("a 2\nb 5\nc 1 a,b", ("a", "ALAP", None)).waits == {}


@st.composite
def rows(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 6))
    lines = []
    for number in range(count):
        earlier = [f"t{one}" for one in range(number)]
        needs = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
        lines.append(f"t{number} {draw(st.integers(0, 4))} {','.join(needs)}")
    return "\n".join(lines)


@given(rows(), st.sets(st.integers(0, 5)), st.integers(1, 2))
def test_only_tasks_that_are_to_be_late_move_and_all_still_fits(
    text: str, late: set[int], units: int
) -> None:
    names = [f"t{one}" for one in sorted(late) if one < len(text.splitlines())]

    early = levelled(text, units=units)
    found = levelled(text, *((one, "ALAP", None) for one in names), units=units)

    assert check_schedule(found.problem, found.answer.starts) == ()
    assert found.answer.makespan == early.answer.makespan
    for name, day in starts(early).items():
        assert starts(found)[name] >= day if name in names else starts(found)[name] == day
