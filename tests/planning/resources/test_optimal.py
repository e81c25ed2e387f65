from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import project, projects, shortest

from crmplan.errors import MissingExtraError
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.optimal import optimise, solve_and_optimise
from crmplan.planning.resources.problem import ResourceProblem, ResourceSchedule
from crmplan.planning.resources.solving import solve

PACKAGE = "ortools.sat.python.cp_model"
# the shortest is 9 (test_resource_search); a first gives 10
TWO_STEPS = project("a 3 x1\nb 2 x1\nc 4 y1 a\nd 3 y1 b", x=1, y=1)
KNOWN = ResourceSchedule(
    starts={"a": 0, "b": 3, "c": 3, "d": 7},
    makespan=10,
    lower_bound=8,
    engine="list",
    seed=1,
    schedules=3,
)


class FakeSolver:
    """Answers what a test wants; the model is ignored."""

    status = "FEASIBLE"
    best_objective_bound = 8.0
    answer: tuple[int, ...] = (0, 3, 3, 7)

    def __init__(self) -> None:
        self.parameters = ModuleType("parameters")

    def solve(self, model: FakeModel, watcher: object) -> str:
        self.values = dict(zip(model.variables, self.answer, strict=False))
        return self.status

    def stop_search(self) -> None:
        """Nothing runs."""

    def value(self, variable: str) -> int:
        return self.values[variable]


class FakeModel:
    """Takes everything and keeps the names of the variables."""

    def __init__(self) -> None:
        self.variables: list[FakeVariable] = []

    def new_int_var(self, low: int, high: int, name: str) -> FakeVariable:
        self.variables.append(FakeVariable(name))
        return self.variables[-1]

    def __getattr__(self, name: str) -> Any:
        return lambda *given: None


class FakeVariable(str):
    """Can be added to and compared."""

    __slots__ = ()

    def __add__(self, other: object) -> FakeVariable:
        return self

    def __ge__(self, other: object) -> bool:
        return True


def answering(monkeypatch: pytest.MonkeyPatch, **answer: object) -> None:
    fake = ModuleType(PACKAGE)
    solver = type("Solver", (FakeSolver,), answer)
    vars(fake).update(
        CpModel=FakeModel,
        CpSolver=solver,
        CpSolverSolutionCallback=object,
        OPTIMAL="OPTIMAL",
        FEASIBLE="FEASIBLE",
    )
    for name in ("ortools", "ortools.sat", "ortools.sat.python"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, PACKAGE, fake)


def test_without_the_package_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)

    with pytest.raises(MissingExtraError, match="ortools") as caught:
        optimise(TWO_STEPS, KNOWN, seconds=1)

    assert caught.value.hint == "pip install 'crmplan[optimize]'"


def test_a_shorter_answer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, status="OPTIMAL", best_objective_bound=9.0, answer=(2, 0, 5, 2))

    found = optimise(TWO_STEPS, KNOWN, seconds=1)

    assert (found.makespan, found.is_proved, found.engine) == (9, True, "cp-sat")


def test_ours_is_kept_if_the_solver_says_that_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, status="INFEASIBLE")

    assert optimise(TWO_STEPS, KNOWN, seconds=1) == KNOWN


def test_ours_is_kept_if_the_answer_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, answer=(0, 0, 3, 3))  # two tasks at once for x, and for y

    assert optimise(TWO_STEPS, KNOWN, seconds=1) == KNOWN


def test_ours_is_kept_if_the_bound_contradicts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, best_objective_bound=11.0)

    assert optimise(TWO_STEPS, KNOWN, seconds=1) == KNOWN


def test_no_better_answer_still_brings_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, best_objective_bound=8.7)

    assert optimise(TWO_STEPS, KNOWN, seconds=1) == replace(KNOWN, lower_bound=9)


def test_both_together_are_as_good_as_our_own_search_at_the_worst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, status="INFEASIBLE")
    clock = iter(range(10_000))  # a tick a look: 10 % of 2,000 are enough for our own search

    found = solve_and_optimise(TWO_STEPS, seconds=2_000, now=lambda: float(next(clock)))

    assert (found.makespan, found.is_proved) == (9, True)


def test_both_together_ask_for_the_package_before_they_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)

    with pytest.raises(MissingExtraError):
        solve_and_optimise(TWO_STEPS, seconds=20, now=lambda: 0.0)


def test_the_solver_proves_the_shortest_schedule() -> None:
    pytest.importorskip(PACKAGE)

    found = optimise(TWO_STEPS, KNOWN, seconds=10)

    assert (found.makespan, found.is_proved, found.engine) == (9, True, "cp-sat")
    assert found.starts == {"a": 2, "b": 0, "c": 5, "d": 2}


@settings(max_examples=15)
@given(projects(most=5))
def test_the_solver_agrees_with_trying_everything(problem: ResourceProblem) -> None:
    pytest.importorskip(PACKAGE)

    found = optimise(problem, replace(solve(problem, schedules=3), lower_bound=0), seconds=10)

    assert check_schedule(problem, found.starts) == ()
    assert (found.makespan, found.is_proved) == (shortest(problem), True)


def test_whoever_stops_the_solver_keeps_the_best_so_far() -> None:
    pytest.importorskip(PACKAGE)
    rows = "\n".join(f"t{n} {3 + n * 5 % 7} x{1 + n % 3},y{1 + n % 2}" for n in range(80))
    problem = project(rows, x=4, y=3)
    known = solve(problem, schedules=3)

    found = optimise(problem, known, seconds=60, stop=lambda: True)

    assert found.makespan <= known.makespan


@settings(max_examples=15, deadline=None)
@given(projects(most=6), st.integers(1, 2))
def test_more_of_a_role_or_fewer_tasks_never_lengthen_the_proved_shortest(
    problem: ResourceProblem, more: int
) -> None:
    pytest.importorskip(PACKAGE)
    richer = replace(problem, capacities={**problem.capacities, "y": 3, "x": 3 + more})
    last = max(problem.ids)  # links lead from lower to higher names: nothing waits for it
    fewer = replace(
        problem,
        ids=tuple(one for one in problem.ids if one != last),
        durations={one: days for one, days in problem.durations.items() if one != last},
        follows=tuple(one for one in problem.follows if one.after != last),
        demands={one: needs for one, needs in problem.demands.items() if one != last},
    )

    whole, rich, short = map(solve_and_optimise, (problem, richer, fewer))

    assert whole.is_proved
    assert rich.is_proved
    assert short.is_proved
    assert max(rich.makespan, short.makespan) <= whole.makespan
