"""Links that definitions tie otherwise than from finish to start."""

from __future__ import annotations

from fractions import Fraction

import pytest
from builders import catalogue, gaps
from phase_models import two_phases
from pydantic import TypeAdapter, ValidationError

from crmplan.errors import DependencyCycleError
from crmplan.planning.candidates import candidates_of
from crmplan.planning.critical_path import find_times
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.phases import PhaseModel
from crmplan.planning.selection import ChosenInitiative, Order, Selection
from crmplan.planning.sizing import Sizing
from crmplan.planning.ties import Tie
from crmplan.planning.workplan import Link, WorkPlan, expand

TIES = TypeAdapter(tuple[Tie, ...])
CARE = catalogue(
    """
    survey     software  0>2  phase=planning weeks=2-4
    listening  software  2>4  phase=planning weeks=1-3 needs={"id":"survey","kind":"SS","lag":"3d"}
    charter    software  0>2  phase=planning covers=map weeks=3-5
    """
)


def plan_of(
    *chosen: str,
    model: PhaseModel | None = None,
    of: Catalogue = CARE,
    orders: tuple[Order, ...] = (),
) -> WorkPlan:
    selection = Selection(tuple(ChosenInitiative(one, (), ()) for one in chosen), (), orders)
    return expand(selection, of, model or two_phases(), Sizing())


def between(plan: WorkPlan, before: str, after: str) -> list[Link]:
    return [link for link in plan.links if (link.before, link.after) == (before, after)]


def test_an_entry_is_an_id_or_says_kind_lag_and_longest_time() -> None:
    written = ["a", {"id": "b", "kind": "SS", "lag": "5d", "at_most": "10d"}, {"id": "c"}]

    ties = TIES.validate_python(written)

    assert [(tie.before, tie.kind, tie.lag, tie.at_most) for tie in ties] == [
        ("a", "FS", "0d", None),
        ("b", "SS", "5d", "10d"),
        ("c", "FS", "0d", None),
    ]
    assert TIES.dump_python(ties) == ("a", written[1], "c")


def test_a_longest_time_shorter_than_the_lag_is_refused() -> None:
    with pytest.raises(ValidationError, match="2d is shorter than the lag 5d"):
        Tie.model_validate({"id": "b", "lag": "5d", "at_most": "2d"})


def test_an_activity_starts_while_the_one_before_it_still_runs() -> None:
    # appoint takes 4 days, map 7, the gate 1: map on days 2 to 9, the gate 9 to 10
    plan = plan_of(model=two_phases(map="{id: appoint, kind: SS, lag: 2d}"))

    times = find_times(plan)

    assert (times["map"].early_start, times["map"].early_finish) == (2, 9)
    assert times["gate-scope"].early_finish == 10


def test_an_initiative_is_tied_to_what_it_requires_as_the_catalogue_says() -> None:
    plan = plan_of("survey", "listening")

    (link,) = between(plan, "survey", "listening")

    assert (link.reason, link.kind, link.lag) == ("prerequisite", "SS", "3d")
    assert find_times(plan)["listening"].early_start == 3


def test_two_ties_of_one_pair_both_count() -> None:
    # appoint ends on day 4: map starts on day 1 at the earliest and ends on day 4 + 6 = 10
    both = "{id: appoint, kind: SS, lag: 1d}, {id: appoint, kind: FF, lag: 6d}"

    plan = plan_of(model=two_phases(map=both))

    assert [link.kind for link in between(plan, "appoint", "map")] == ["SS", "FF"]
    assert find_times(plan)["map"].early_finish == 10


def test_an_initiative_starts_as_the_activity_would_that_it_carries_out() -> None:
    tied = two_phases(map="{id: appoint, kind: SS, lag: 2d, at_most: 9d}")

    plan = plan_of("charter", model=tied)

    (start,) = between(plan, "appoint", "charter")
    assert (start.kind, start.lag, start.at_most) == ("SS", "2d", "9d")
    # Of the activity only the end is left; it comes weeks after the start that must be near.
    (end,) = between(plan, "appoint", "map")
    assert (end.kind, end.at_most) == ("SS", None)
    assert find_times(plan)["charter"].early_start == 2


def test_what_ties_the_end_of_a_covered_activity_leaves_the_start_of_its_initiative_free() -> None:
    plan = plan_of("charter", model=two_phases(map="{id: appoint, kind: FF, lag: 1d}"))

    assert between(plan, "appoint", "charter") == []
    assert [link.kind for link in between(plan, "appoint", "map")] == ["FF"]


def test_a_rule_that_asks_for_more_than_a_tie_counts_too() -> None:
    plan = plan_of("survey", "listening", orders=(Order("survey", "listening", "G1"),))

    found = [(link.kind, link.reason) for link in between(plan, "survey", "listening")]
    assert found == [("SS", "prerequisite"), ("FS", "rule")]


def test_what_is_required_must_be_paid_for_whatever_ties_it() -> None:
    selection = Selection(
        tuple(ChosenInitiative(one, (), ()) for one in ("survey", "listening")), (), ()
    )

    candidates = candidates_of(selection, gaps({"software": 0}, target=4), CARE, Sizing())

    (listening,) = (one for one in candidates if one.id == "listening")
    assert listening.requires == ("survey",)
    assert listening.value > Fraction(0)


def test_a_circle_names_its_links_and_where_they_come_from() -> None:
    orders = (Order("listening", "charter", "G1"), Order("charter", "survey", "G2"))

    with pytest.raises(DependencyCycleError) as error:
        plan_of("survey", "listening", "charter", orders=orders)

    assert "charter –FS→ survey –SS+3d→ listening –FS→ charter" in str(error.value)
    assert error.value.places == ("rules/G2", "initiatives/listening: requires", "rules/G1")
