"""Small projects for limited roles: written as rows, drawn by chance, solved by trying all."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from crmplan.planning.resources.problem import (
    Capacity,
    Follows,
    ResourceProblem,
    capacity_on,
)


def project(rows: str, **capacities: Capacity) -> ResourceProblem:
    """A problem out of rows of a task, its days, what it needs and what it waits for: ``c 4 y1 a``.

    ``-`` stands for nothing; ``x1,y2`` are units of roles; ``a+1`` is a start one day
    after that of a at least.
    """
    table = [line.split() for line in rows.strip().splitlines()]
    return ResourceProblem(
        ids=tuple(row[0] for row in table),
        durations={row[0]: int(row[1]) for row in table},
        demands={row[0]: {one[0]: int(one[1:]) for one in _list(row, 2)} for row in table},
        follows=tuple(_follows(one, row[0]) for row in table for one in _list(row, 3)),
        capacities=capacities,
    )


def _list(row: list[str], place: int) -> list[str]:
    return row[place].split(",") if len(row) > place and row[place] != "-" else []


def _follows(text: str, after: str) -> Follows:
    before, _, lag = text.partition("+")
    return Follows(before, after, int(lag), "SS") if lag else Follows(before, after)


@st.composite
def projects(draw: st.DrawFn, *, most: int = 8, lags: bool = True) -> ResourceProblem:
    """Up to ``most`` tasks, two roles of which one may have a profile, links from left to right."""
    ids = [f"t{number}" for number in range(draw(st.integers(1, most)))]
    end = draw(st.integers(1, 3))
    profile = (*draw(st.lists(st.integers(0, 3), max_size=6)), end)
    roles: dict[str, Capacity] = {"x": draw(st.integers(1, 3)), "y": profile}
    largest = {"x": roles["x"], "y": end}
    lag = st.none() | st.integers(0, 4) if lags else st.none()
    pairs = [(one, other) for place, other in enumerate(ids) for one in ids[:place]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=8, unique=True)) if pairs else []
    return ResourceProblem(
        ids=tuple(draw(st.permutations(ids))),
        durations={one: draw(st.integers(0, 4)) for one in ids},
        follows=tuple(
            Follows(one, other) if (days := draw(lag)) is None else Follows(one, other, days, "SS")
            for one, other in chosen
        ),
        demands={
            one: {role: draw(st.integers(0, int(str(most)))) for role, most in largest.items()}
            for one in ids
        },
        capacities=roles,
    )


def shortest(problem: ResourceProblem) -> int:
    """Try every order of the tasks, day by day; some order gives a shortest schedule.

    Source: Sprecher, Kolisch & Drexl (1995): no regular measure is better outside the active
    schedules, and placing one by one in all orders gives all of these.
    """
    return min(_lengths(problem, {}))


def _lengths(problem: ResourceProblem, starts: dict[str, int]) -> Iterator[int]:
    if len(starts) == len(problem.ids):
        yield max(starts[one] + problem.durations[one] for one in problem.ids)
        return
    for task in problem.ids:
        needs = [before for before, after in problem.lags if after == task]
        if task not in starts and all(one in starts for one in needs):
            first = max((starts[one] + problem.lags[one, task] for one in needs), default=0)
            while not _fits(problem, starts, task, first):
                first += 1
            yield from _lengths(problem, {**starts, task: first})


def _fits(problem: ResourceProblem, starts: dict[str, int], task: str, first: int) -> bool:
    for day in range(first, first + problem.durations[task]):
        busy = [one for one, start in starts.items() if 0 <= day - start < problem.durations[one]]
        for role, units in problem.demands.get(task, {}).items():
            used = sum(problem.demands.get(one, {}).get(role, 0) for one in busy)
            if used + units > capacity_on(problem.capacities[role], day):
                return False
    return True
