from __future__ import annotations

import pytest
from small_projects import project

from crmplan.errors import ResourceProblemError
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.problem import (
    Follows,
    ResourceProblem,
)

ONE_AT_A_TIME = project("a 2 x1\nb 3 x1\nc 1 - a", x=1)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ResourceProblemError) as caught:
        ResourceProblem(
            ids=("a", "b", "b", "c"),
            durations={"a": -1, "b": 2, "d": 1},
            follows=(Follows("a", "b"), Follows("b", "a"), Follows("a", "e", 2, at_most_days=1)),
            demands={"a": {"x": -1}, "b": {"x": 3, "z": 1}, "f": {"x": 1}},
            capacities={"x": 2, "y": (), "w": (1, -1)},
        )

    assert caught.value.faults == (
        "task b is there twice",
        "task a takes -1 days, fewer than none",
        "task c has no duration",
        "a duration is given for d, which is no task",
        "the profile of role y has no day",
        "role w has fewer than no units",
        "task a needs -1 units of role x, fewer than none",
        "task b needs 3 units of role x, which has 2",
        "task b needs role z, which has no capacity",
        "a demand is given for f, which is no task",
        "a link names e, which is no task",
        "e follows a by at least 2 days and at most 1",
        "tasks wait for one another in a circle: a → b → a",
    )


def test_every_demand_above_capacity_is_told() -> None:
    with pytest.raises(ResourceProblemError) as caught:
        project("a 1 x2\nb 1 x1\nc 1 x3,y2", x=1, y=1)

    assert len(caught.value.faults) == 3


def test_a_demand_must_fit_what_is_there_in_the_end() -> None:
    # otherwise a long task before it could take the days on which it fits
    with pytest.raises(ResourceProblemError, match="from the last day of its profile on"):
        project("a 1 x2", x=(2, 2, 1))


def test_a_point_in_time_may_need_what_is_not_there() -> None:
    assert project("gate 0 x2", x=1).needs("gate") == {}


def test_a_task_that_waits_for_itself_is_a_circle() -> None:
    with pytest.raises(ResourceProblemError, match="a → a"):
        project("a 1 - a")


def test_the_check_accepts_what_is_right() -> None:
    assert check_schedule(ONE_AT_A_TIME, {"a": 0, "b": 2, "c": 2}) == ()


def test_the_check_finds_an_overload_on_its_day() -> None:
    # a holds x on days 0 and 1, b on 1, 2 and 3
    found = check_schedule(ONE_AT_A_TIME, {"a": 0, "b": 1, "c": 2})

    assert found == ("x: 2 units are needed on day 1, 1 are there",)


def test_the_check_finds_early_and_missing_starts() -> None:
    assert check_schedule(ONE_AT_A_TIME, {"a": 0, "b": 2, "c": 1}) == ("c: starts before a allows",)
    assert check_schedule(ONE_AT_A_TIME, {"a": -3, "b": 2, "c": 1}) == ("a: starts on day -3",)
    assert len(check_schedule(ONE_AT_A_TIME, {"a": 0, "z": 2})) == 3


def test_of_two_links_between_the_same_tasks_the_longer_counts() -> None:
    problem = ResourceProblem(
        ids=("a", "b"),
        durations={"a": 3, "b": 1},
        follows=(Follows("a", "b"), Follows("a", "b", 5, "SS")),
    )

    assert problem.lags == {("a", "b"): 5}
