"""Links of every kind, longest distances, rests and windows under limited roles."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import project

from crmplan.errors import InfeasiblePlanError, NoScheduleFoundError
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.optimal import solve_and_optimise
from crmplan.planning.resources.problem import Follows, ResourceProblem, ResourceSchedule
from crmplan.planning.resources.solving import solve
from crmplan.planning.resources.waits import find_slacks, find_waits

THREE = {"a": 3, "b": 2, "c": 1}
NAMES = ("a", "b", "c", "d")


def two(kind: str, lag: int, most: int | None = None) -> ResourceProblem:
    """a takes 4 days, b takes 2, and one link ties them."""
    link = Follows("a", "b", lag, kind, most)  # type: ignore[arg-type]
    return ResourceProblem(("a", "b"), {"a": 4, "b": 2}, (link,))


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [
        ("FS", 0, 4),  # a ends at 4
        ("FS", 2, 6),
        ("FS", -1, 3),
        ("SS", 1, 1),
        ("FF", 0, 2),  # b ends at 4 as well
        ("FF", 3, 5),  # b ends at 7
        ("SF", 5, 3),  # b ends 5 days after the start of a
        ("SF", 0, 0),  # b would end with the start of a, but nothing starts before day 0
    ],
)
def test_each_kind_of_link_ties_the_ends_that_it_names(kind: str, lag: int, start: int) -> None:
    assert solve(two(kind, lag)).starts == {"a": 0, "b": start}


def test_a_longest_distance_makes_the_first_task_wait() -> None:
    # x is away on days 4 to 8, and b must start right after a: so a starts on day 5
    #   day  0 1 2 3 4 5 6 7 8 9
    #   a              a a a a
    #   b                      b b
    problem = ResourceProblem(
        ("a", "b"),
        {"a": 4, "b": 2},
        (Follows("a", "b", at_most_days=0),),
        {"b": {"x": 1}},
        {"x": (0,) * 9 + (1,)},
    )

    assert solve(problem).starts == {"a": 5, "b": 9}


def test_a_task_rests_on_its_days_off_and_ends_later() -> None:
    #   day  0 1 2 3 4 5 6
    #   a    a - - a a
    #   b              b b
    problem = ResourceProblem(
        ("a", "b"), {"a": 3, "b": 2}, (Follows("a", "b"),), rests={"a": frozenset({1, 2})}
    )

    found = solve(problem)

    assert found.starts == {"a": 0, "b": 5}
    assert found.makespan == 7


def test_a_resting_task_keeps_its_role() -> None:
    problem = ResourceProblem(
        ("a", "b"),
        {"a": 2, "b": 1},
        demands={"a": {"x": 1}, "b": {"x": 1}},
        capacities={"x": 1},
        rests={"a": frozenset({1})},
    )

    found = solve(problem)

    # a holds x on days 0 to 2, or waits until b is done and starts after its day off
    assert check_schedule(problem, found.starts) == ()
    assert check_schedule(problem, {"a": 0, "b": 1}) == (
        "x: 2 units are needed on day 1, 1 are there",
    )


def test_no_task_starts_before_its_day_or_ends_after_it() -> None:
    # x can do one at a time; b must be done by day 3, c cannot start before day 6
    problem = ResourceProblem(
        ("a", "b", "c"),
        THREE,
        demands={one: {"x": 1} for one in THREE},
        capacities={"x": 1},
        earliest={"c": 6},
        latest={"b": 3},
    )

    assert solve(problem).starts == {"a": 2, "b": 0, "c": 6}


def test_links_that_contradict_one_another_are_named_without_the_others() -> None:
    # b starts 5 days after a or later, c after b, and c at most 6 days after the start of a:
    # a + 5 + 2 > a + 6
    problem = ResourceProblem(
        ("a", "b", "c", "d"),
        {"a": 1, "b": 2, "c": 1, "d": 4},
        (
            Follows("a", "b", 5, "SS"),
            Follows("b", "c"),
            Follows("a", "c", 0, "SS", at_most_days=6),
            Follows("a", "d"),
        ),
        {"d": {"x": 1}},
        {"x": 1},
    )

    with pytest.raises(InfeasiblePlanError) as caught:
        solve(problem)

    assert caught.value.binding == (
        "the start of b is at least 5 days after the start of a",
        "the start of c is at least 0 days after the finish of b",
        "the start of c is at most 6 days after the start of a",
    )


TOGETHER = ResourceProblem(
    # both need x, which does one at a time, but must start within a day of each other
    ("a", "b", "c"),
    {"a": 3, "b": 3, "c": 2},
    (Follows("a", "b", 0, "SS", at_most_days=1), Follows("b", "c")),
    {"a": {"x": 1}, "b": {"x": 1}, "c": {"y": 1}},
    {"x": 1, "y": 1},
)


def test_our_search_does_not_say_that_there_is_no_schedule_when_it_finds_none() -> None:
    with pytest.raises(NoScheduleFoundError, match="no schedule was found"):
        solve(TOGETHER, schedules=200)


def test_the_solver_names_the_tasks_the_link_and_the_role_that_contradict() -> None:
    with pytest.raises(InfeasiblePlanError) as caught:
        solve_and_optimise(TOGETHER)

    assert caught.value.binding == (
        "role x has 1 at once",
        "task a needs 1 of x for 3 days",
        "task b needs 1 of x for 3 days",
        "the start of b is at least 0 days after the start of a",
        "the start of b is at most 1 day after the start of a",
    )


@st.composite
def any_projects(draw: st.DrawFn) -> ResourceProblem:
    """Up to four tasks with links of all kinds, longest distances, rests and windows."""
    ids = NAMES[: draw(st.integers(1, 4))]
    pairs = [(one, other) for place, other in enumerate(ids) for one in ids[:place]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    follows = []
    for one, other in chosen:
        least = draw(st.integers(-2, 3))
        most = draw(st.none() | st.integers(least, least + 4))
        follows.append(Follows(one, other, least, draw(st.sampled_from(["FS", "SS", "FF"])), most))
    return ResourceProblem(
        ids=ids,
        durations={one: draw(st.integers(0, 3)) for one in ids},
        follows=tuple(follows),
        demands={one: {"x": draw(st.integers(0, 2))} for one in ids},
        capacities={"x": 2},
        rests={one: draw(st.frozensets(st.integers(0, 5), max_size=2)) for one in ids},
        earliest={ids[0]: draw(st.integers(0, 2))},
    )


def shortest(problem: ResourceProblem, end: int = 16) -> int | None:
    """Try every start of every task up to a day; None if none is right."""
    found = [
        max(problem.finish(one, day) for one, day in starts.items())
        for days in product(range(end), repeat=len(problem.ids))
        if not check_schedule(problem, starts := dict(zip(problem.ids, days, strict=True)))
    ]
    return min(found, default=None)


@settings(max_examples=60, deadline=None)
@given(any_projects())
def test_every_schedule_of_the_search_passes_the_check(problem: ResourceProblem) -> None:
    try:
        found = solve(problem, schedules=300)
    except (InfeasiblePlanError, NoScheduleFoundError):
        return
    assert check_schedule(problem, found.starts) == ()
    assert found.lower_bound <= found.makespan


@settings(max_examples=25, deadline=None)
@given(any_projects().filter(lambda one: len(one.ids) <= 3))
def test_the_solver_agrees_with_trying_every_start(problem: ResourceProblem) -> None:
    expected = shortest(problem)
    if expected is None:
        with pytest.raises(InfeasiblePlanError):
            solve_and_optimise(problem)
    else:
        found = solve_and_optimise(problem)
        assert check_schedule(problem, found.starts) == ()
        assert (found.makespan, found.is_proved) == (expected, True)


@settings(max_examples=60, deadline=None)
@given(any_projects())
def test_when_every_task_slips_by_its_total_float_all_links_still_hold(
    problem: ResourceProblem,
) -> None:
    try:
        found = solve(problem, schedules=60)
    except (InfeasiblePlanError, NoScheduleFoundError):
        return
    slacks = find_slacks(problem, found)

    assert all(slack.free >= 0 for slack in slacks.values())
    late = {one: start + slacks[one].total for one, start in found.starts.items()}
    assert check_schedule(problem, late) == ()
    find_waits(problem, found)


def test_the_same_seed_gives_the_same_answer_of_the_solver() -> None:
    rows = "\n".join(f"t{n} {2 + n * 5 % 7} x{1 + n % 3},y{1 + n % 2}" for n in range(25))
    problem = project(rows, x=4, y=3)

    def answer() -> ResourceSchedule:
        return solve_and_optimise(problem, seed=3)

    assert answer() == answer()
