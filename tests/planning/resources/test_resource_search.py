from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import project, projects, shortest

from crmplan.planning.resources.bounds import lower_bound
from crmplan.planning.resources.chance import Chance
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.compiled import compile_problem
from crmplan.planning.resources.problem import ResourceProblem
from crmplan.planning.resources.search import Progress
from crmplan.planning.resources.solving import as_early_as_possible, deadline, solve

# Johnson (1954), two roles in a row: the shortest first step goes first, so b before a.
#   day  0 1 2 3 4 5 6 7 8
#   x    b b a a a
#   y        d d d c c c c
# x cannot hand y anything before day 2, and y has 7 days to do: 9 is the best. With a first,
# as its late finish asks, it would be 10.
TWO_STEPS = project("a 3 x1\nb 2 x1\nc 4 y1 a\nd 3 y1 b", x=1, y=1)

# Twelve tasks for two people: hard enough that the search has something to do.
BUSY = project("\n".join(f"t{n} {3 + n * 5 % 7} x{1 + n % 3}" for n in range(12)), x=4)


def test_a_small_project_is_scheduled_as_drawn() -> None:
    found = solve(TWO_STEPS)

    assert found.starts == {"a": 2, "b": 0, "c": 5, "d": 2}
    assert (found.makespan, found.lower_bound, found.is_proved, found.gap) == (9, 9, True, 0)


def test_a_role_that_is_away_lets_tasks_wait() -> None:
    #   day  0 1 2 3 4 5
    #   x    a a - - b b
    found = solve(project("a 2 x1\nb 2 x1 a", x=(1, 1, 0, 0, 1)))

    assert found.starts == {"a": 0, "b": 4}
    assert found.is_proved


def test_a_task_is_not_interrupted_by_a_hole() -> None:
    # three days do not fit before the hole of days 2 and 3
    assert solve(project("a 3 x1", x=(1, 1, 0, 0, 1))).starts == {"a": 4}


def test_what_fits_goes_before_the_hole() -> None:
    #   day  0 1 2 3 4 5
    #   x    b b - a a a
    assert solve(project("a 3 x1\nb 2 x1", x=(1, 1, 0, 1))).starts == {"a": 3, "b": 0}


def test_a_lag_counts_from_start_to_start() -> None:
    found = solve(project("a 5 x1\nb 2 x1 a+2", x=2))

    assert found.starts == {"a": 0, "b": 2}
    assert found.makespan == 5


def test_points_in_time_keep_their_order() -> None:
    problem = project("last 0 - b\nb 0 - a\na 0 - work\nwork 3 x1\nnext 1 x1 last", x=1)

    found = solve(problem)

    assert found.starts == {"work": 0, "a": 3, "b": 3, "last": 3, "next": 3}


def test_without_tasks_there_is_nothing_to_do() -> None:
    assert solve(ResourceProblem((), {})).makespan == 0


@given(projects())
def test_every_schedule_passes_the_check(problem: ResourceProblem) -> None:
    found = solve(problem, schedules=200)

    assert check_schedule(problem, found.starts) == ()
    assert found.makespan == max(found.starts[one] + problem.durations[one] for one in problem.ids)


@settings(max_examples=60)
@given(projects(most=5))
def test_no_schedule_is_shorter_than_the_bound_or_than_the_shortest(
    problem: ResourceProblem,
) -> None:
    found = solve(problem, schedules=600)

    assert found.lower_bound <= shortest(problem) <= found.makespan


@settings(max_examples=60)
@given(projects(most=5, lags=False))
def test_small_projects_are_solved_to_the_shortest(problem: ResourceProblem) -> None:
    assert solve(problem, schedules=1_500).makespan == shortest(problem)


@settings(max_examples=40)
@given(projects(most=5), st.integers(1, 2))
def test_more_of_a_role_never_makes_the_shortest_longer(
    problem: ResourceProblem, more: int
) -> None:
    richer = replace(problem, capacities={**problem.capacities, "y": 3, "x": 3 + more})

    assert shortest(richer) <= shortest(problem)
    assert lower_bound(compile_problem(richer)) <= lower_bound(compile_problem(problem))


@settings(max_examples=40)
@given(projects(most=5))
def test_fewer_tasks_never_make_the_shortest_longer(problem: ResourceProblem) -> None:
    last = max(problem.ids)  # links lead from lower to higher names: nothing waits for it
    fewer = ResourceProblem(
        ids=tuple(one for one in problem.ids if one != last),
        durations={one: days for one, days in problem.durations.items() if one != last},
        follows=tuple(one for one in problem.follows if one.after != last),
        demands={one: needs for one, needs in problem.demands.items() if one != last},
        capacities=problem.capacities,
    )

    assert solve(fewer, schedules=1_500).makespan <= solve(problem, schedules=1_500).makespan


@given(projects(), st.integers(0, 9))
def test_the_same_seed_gives_the_same_schedule(problem: ResourceProblem, seed: int) -> None:
    assert solve(problem, seed=seed, schedules=100) == solve(problem, seed=seed, schedules=100)


@given(projects(), st.integers(0, 6))
def test_starting_as_early_as_possible_never_delays(problem: ResourceProblem, more: int) -> None:
    late = {one: 3 * place for place, one in enumerate(sorted(problem.ids))}
    found = solve(problem, schedules=3).starts
    pushed = {one: found[one] + max(found.values()) + 20 + more for one in late}

    early = as_early_as_possible(problem, pushed)

    assert check_schedule(problem, early) == ()
    assert all(early[one] <= pushed[one] for one in problem.ids)


def test_the_search_makes_no_more_schedules_than_asked_for() -> None:
    assert solve(BUSY, schedules=100).schedules <= 100
    assert solve(BUSY, schedules=1).engine == "list"


def test_whoever_stops_the_search_keeps_the_best_so_far() -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 5

    found = solve(BUSY, schedules=10**9, stop=stop)

    assert check_schedule(BUSY, found.starts) == ()
    assert found.schedules <= 18


def test_a_deadline_counts_from_when_it_is_made() -> None:
    clock = iter([10.0, 11.0, 12.5])
    stop = deadline(lambda: next(clock), 2)

    assert (stop(), stop()) == (False, True)


def test_progress_tells_each_better_schedule() -> None:
    told: list[Progress] = []

    found = solve(BUSY, schedules=3_000, tell=told.append)

    lengths = [one.makespan for one in told]
    assert lengths == sorted(set(lengths), reverse=True)
    assert told[-1].makespan == found.makespan


def test_chance_is_what_its_source_publishes() -> None:
    # SplitMix64 with seed 1234567 begins with 6457827717110365317 and 3203168211198807973
    chance = Chance(1234567)

    drawn = [chance.share(), chance.share()]

    assert drawn == [
        (number >> 11) / 2**53 for number in (6457827717110365317, 3203168211198807973)
    ]
