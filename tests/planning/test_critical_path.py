from __future__ import annotations

import random

from builders import network
from hypothesis import given
from hypothesis import strategies as st

from crmplan.planning.critical_path import TaskTimes, find_times
from crmplan.planning.workplan import WorkPlan

# Hillier & Lieberman, Introduction to Operations Research, table 10.1: the project of the Reliable
# Construction Co., durations in weeks. The book's answer: 44 weeks, A-B-C-E-F-J-L-N, and slacks of
# D 4, G 4, H 4, I 2, K 1, M 4.
RELIABLE = """
A   2
B   4  A
C  10  B
D   6  C
E   4  C
F   5  E
G   7  D
H   9  E,G
I   7  C
J   8  F,I
K   4  J
L   5  J
M   2  H
N   6  K,L
"""


def floats(times: dict[str, TaskTimes]) -> dict[str, int]:
    return {name: one.total_float for name, one in times.items() if one.total_float}


def test_a_published_project_takes_as_long_as_published() -> None:
    times = find_times(network(RELIABLE))

    assert max(one.early_finish for one in times.values()) == 44
    assert [name for name, one in times.items() if one.is_critical] == list("ABCEFJLN")


def test_a_published_project_has_the_published_floats() -> None:
    assert floats(find_times(network(RELIABLE))) == {"D": 4, "G": 4, "H": 4, "I": 2, "K": 1, "M": 4}


def test_the_four_times_of_a_task_by_hand() -> None:
    # G siding: after D (16 + 6 = 22), 7 weeks, so 22 to 29.
    # From behind: M must end by 44, start by 42; H by 42, start by 33; so G must end by 33.
    found = find_times(network(RELIABLE))["G"]

    assert (found.early_start, found.early_finish) == (22, 29)
    assert (found.late_start, found.late_finish) == (26, 33)
    assert (found.total_float, found.driven_by) == (4, ("D",))


def test_free_float_is_what_disturbs_nobody() -> None:
    # D, G and H share the 4 weeks with M: only M, the last, has them for itself.
    # I may end by 25, when J starts; K by 38, when N starts.
    times = find_times(network(RELIABLE))

    free = {name: one.free_float for name, one in times.items() if one.free_float}
    assert free == {"I": 2, "K": 1, "M": 4}


def test_a_task_is_driven_by_all_that_end_when_it_starts() -> None:
    times = find_times(network("a 3\nb 3\nc 2\nd 1 a,b,c"))

    assert times["d"].driven_by == ("a", "b")
    assert times["a"].driven_by == ()


def test_a_point_in_time_takes_none() -> None:
    times = find_times(network("a 3\ngate 0 a\nb 2 gate"))

    assert (times["gate"].early_start, times["gate"].early_finish) == (3, 3)
    assert times["b"].early_start == 3


def test_a_plan_without_tasks_has_no_times() -> None:
    assert find_times(WorkPlan((), ())) == {}


@st.composite
def networks(draw: st.DrawFn) -> WorkPlan:
    count = draw(st.integers(1, 12))
    days = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    rows = []
    for number in range(count):
        earlier = list(range(number))
        needs = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3)) if earlier else []
        rows.append(f"t{number} {days[number]} {','.join(f't{one}' for one in needs)}")
    return network("\n".join(rows))


@given(networks())
def test_no_task_starts_before_its_predecessors_end(plan: WorkPlan) -> None:
    times = find_times(plan)

    for link in plan.links:
        assert times[link.after].early_start >= times[link.before].early_finish
        assert times[link.after].late_start >= times[link.before].late_finish


@given(networks())
def test_floats_are_never_negative_and_free_float_is_part_of_total_float(plan: WorkPlan) -> None:
    for one in find_times(plan).values():
        assert 0 <= one.free_float <= one.total_float


@given(networks())
def test_some_chain_without_float_leads_from_start_to_end(plan: WorkPlan) -> None:
    times = find_times(plan)
    end = max(one.early_finish for one in times.values())
    critical = {name: one for name, one in times.items() if one.is_critical}

    assert any(one.early_start == 0 for one in critical.values())
    assert any(one.early_finish == end for one in critical.values())
    for one in critical.values():
        if one.early_start:
            assert set(one.driven_by) & set(critical)


@given(networks())
def test_a_delay_beyond_its_float_delays_the_end_by_the_rest(plan: WorkPlan) -> None:
    times = find_times(plan)
    end = max(one.early_finish for one in times.values())
    chosen = plan.tasks[0]
    longer = times[chosen.id].total_float + 2

    rows = [
        " ".join(
            (
                task.id,
                str(task.duration_days + (longer if task is chosen else 0)),
                ",".join(link.before for link in plan.links if link.after == task.id),
            )
        )
        for task in plan.tasks
    ]
    later = find_times(network("\n".join(rows)))

    assert max(one.early_finish for one in later.values()) == end + 2


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_tasks_and_links_changes_nothing(plan: WorkPlan, dice: random.Random) -> None:
    shuffled = WorkPlan(
        tuple(dice.sample(plan.tasks, len(plan.tasks))),
        tuple(dice.sample(plan.links, len(plan.links))),
    )

    assert find_times(shuffled) == find_times(plan)
