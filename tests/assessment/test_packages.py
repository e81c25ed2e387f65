"""Packages are compared by weighted scores; weights that turn the ranking round are found."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.client_records import (
    CriterionWeight,
    PackageCandidate,
    PackageScore,
    Requirement,
)
from crmplan.assessment.package_comparison import PackageComparison, compare_packages
from crmplan.assessment.package_evaluation import CriteriaGroup, Criterion, PackageEvaluation
from crmplan.assessment.ranking_sensitivity import closest_turn, ranking_sensitivity
from crmplan.errors import AssessmentError, UnknownElementError


def criterion(name: str, minimum: int | None = None) -> Criterion:
    levels = {0: "no", 3: "partly", 5: "yes"}
    return Criterion(id=name, title=name, ask="How?", levels=levels, minimum=minimum, source="own")


def evaluation(minimum: int | None = None) -> PackageEvaluation:
    """Two groups: data (weight 2) with history and sources, cost (weight 1) alone."""
    data = (criterion("history"), criterion("sources"))
    cost = (criterion("price", minimum),)
    groups = (
        CriteriaGroup(
            id="data", title="Data", purpose="?", weight=Fraction(2), source="own", criteria=data
        ),
        CriteriaGroup(id="cost", title="Cost", purpose="?", source="own", criteria=cost),
    )
    return PackageEvaluation(
        id="crm",
        version="1.0.0",
        title="CRM",
        summary="?",
        licence="MIT",
        source="own",
        languages=("en",),
        groups=groups,
    )


def scores(candidate: str, *given: int | None) -> list[PackageScore]:
    names = ("history", "sources", "price")
    return [
        PackageScore(evaluation="crm", candidate=candidate, criterion=name, score=score)
        for name, score in zip(names, given, strict=True)
        if score is not None
    ]


def compared(
    given: dict[str, tuple[int | None, int | None, int | None]],
    *,
    minimum: int | None = None,
    weights: tuple[CriterionWeight, ...] = (),
    requirements: tuple[Requirement, ...] = (),
) -> PackageComparison:
    return compare_packages(
        evaluation(minimum),
        [PackageCandidate(evaluation="crm", id=name, name=name) for name in given],
        [one for name, row in given.items() for one in scores(name, *row)],
        weights=weights,
        requirements=requirements,
    )


EXAMPLE = {"north": (5, 4, 1), "south": (2, 3, 4)}


def weight(name: str, value: int, minimum: int | None = None) -> CriterionWeight:
    return CriterionWeight(
        evaluation="crm", criterion=name, weight=Fraction(value), minimum=minimum
    )


def need(**given: object) -> Requirement:
    return Requirement.model_validate(
        {"id": "r1", "shortage": "no price", "reason": "budget", "obligation": "must"} | given
    )


def test_scores_are_weighed_by_group_and_criterion() -> None:
    # data weighs 2/3 and holds two equal criteria, cost 1/3: every criterion has a third.
    found = compared(EXAMPLE)

    assert set(found.shares.values()) == {Fraction(1, 3)}
    assert [(one.candidate.id, one.value, one.rank) for one in found.results] == [
        ("north", Fraction(10, 3), 1),
        ("south", Fraction(3), 2),
    ]
    assert found.results[0].groups == {"data": Fraction(9, 2), "cost": 1}


def test_a_clients_weight_replaces_that_of_the_evaluation() -> None:
    found = compared(EXAMPLE, weights=(weight("cost", 2),))

    # data 1/2 × 9/2 + cost 1/2 × 1, and 1/2 × 5/2 + 1/2 × 4
    assert [(one.candidate.id, one.value) for one in found.results] == [
        ("south", Fraction(13, 4)),
        ("north", Fraction(11, 4)),
    ]


def test_a_package_below_a_minimum_is_out_however_good_it_is() -> None:
    found = compared({"east": (5, 5, 1), **EXAMPLE}, minimum=2)

    assert [(one.candidate.id, one.rank) for one in found.results] == [
        ("south", 1),
        ("east", None),
        ("north", None),
    ]
    assert found.results[1].knocked_out[0].demand.minimum == 2


def test_a_must_that_is_tied_to_a_criterion_knocks_out_what_does_not_meet_it() -> None:
    found = compared(EXAMPLE, requirements=(need(criteria=("price",)),))

    out = found.results[-1]
    assert out.candidate.id == "north"
    assert out.knocked_out[0].demand.requirements == ("r1",)
    assert out.knocked_out[0].demand.minimum == 3


@pytest.mark.parametrize("changes", [{"obligation": "should"}, {"state": "dropped"}])
def test_what_is_no_living_must_knocks_nobody_out(changes: dict[str, str]) -> None:
    found = compared(EXAMPLE, requirements=(need(criteria=("price",), **changes),))

    assert not any(one.knocked_out for one in found.results)


def test_missing_scores_make_a_range_and_knock_nobody_out() -> None:
    found = compared({"north": (5, 4, None)}, minimum=2).results[0]

    assert (found.value, found.low, found.high) == (Fraction(9, 2), 3, Fraction(14, 3))
    assert found.scored == Fraction(2, 3)
    assert not found.knocked_out


def test_a_lead_is_settled_when_missing_scores_cannot_change_it() -> None:
    assert not compared({"north": (5, 4, None), "south": (2, 3, 4)}).is_settled
    assert compared({"north": (5, 5, None), "south": (2, 3, 4)}).is_settled


def test_equal_packages_share_a_rank() -> None:
    found = compared({"a": (3, 3, 3), "b": (4, 3, 2), "c": (1, 1, 1)})

    assert [one.rank for one in found.results] == [1, 1, 3]
    assert len(found.leaders) == 2
    assert ranking_sensitivity(found) == ()


def test_weights_of_zero_leave_a_group_out_and_something_must_weigh() -> None:
    found = compared(EXAMPLE, weights=(weight("history", 0), weight("sources", 0)))
    assert found.group_shares == {"data": 0, "cost": 1}

    with pytest.raises(AssessmentError, match="no criterion of crm weighs anything"):
        compared(EXAMPLE, weights=(weight("data", 0), weight("cost", 0)))


def test_a_score_for_a_package_that_is_no_candidate_is_refused() -> None:
    with pytest.raises(UnknownElementError, match="candidate 'nroth'"):
        compare_packages(
            evaluation(),
            [PackageCandidate(evaluation="crm", id="north", name="North")],
            scores("nroth", 1, 2, 3),
        )


def test_scores_for_criteria_that_are_gone_are_told() -> None:
    gone = PackageScore(evaluation="crm", candidate="north", criterion="colour", score=5)
    candidate = PackageCandidate(evaluation="crm", id="north", name="North")

    assert compare_packages(evaluation(), [candidate], [gone]).orphans == ("colour",)


def test_how_far_a_share_moves_before_the_winner_changes() -> None:
    # north leads by 2 in data and loses 3 in cost: level where 2(1 - x) = 3x, x = 2/5 for cost.
    # In history it leads by 3, in the rest it loses 1 on average: level at 1/4.
    found = {one.element_id: one for one in ranking_sensitivity(compared(EXAMPLE))}

    assert (found["cost"].share, found["cost"].above) == (
        Fraction(1, 3),
        found["price"].above,
    )
    assert found["cost"].above is not None
    assert (found["cost"].above.share, found["cost"].above.candidate) == (Fraction(2, 5), "south")
    assert found["cost"].below is None
    assert found["data"].below is not None
    assert found["data"].below.share == Fraction(3, 5)
    assert found["history"].below is not None
    assert found["history"].below.share == Fraction(1, 4)
    # Without sources both are level: no share of it lets south lead.
    assert found["sources"].nearest is None


def test_the_smallest_move_is_named_first() -> None:
    nearest = closest_turn(ranking_sensitivity(compared(EXAMPLE)))

    assert nearest is not None
    assert (nearest.element_id, nearest.move) == ("data", Fraction(1, 15))


def test_nothing_is_said_about_weights_while_scores_are_missing() -> None:
    assert ranking_sensitivity(compared({"north": (5, 4, None), "south": (2, 3, 4)})) == ()


ROW = st.tuples(*[st.integers(0, 5)] * 3)


GOOD, BAD = st.integers(3, 5), st.integers(0, 2)


@given(
    first=st.tuples(GOOD, GOOD, BAD),
    second=st.tuples(BAD, BAD, GOOD),
    third=st.tuples(BAD, BAD, GOOD),
)
def test_the_lead_changes_at_the_turn_and_not_before(
    first: tuple[int, int, int], second: tuple[int, int, int], third: tuple[int, int, int]
) -> None:
    # While cost counts a tenth, the first has 27/10 or more, the others 23/10 or less.
    given_scores = {"a": first, "b": second, "c": third}
    found = compared(dict(given_scores), weights=(weight("data", 9), weight("cost", 1)))
    sensitivity = next(one for one in ranking_sensitivity(found) if one.element_id == "cost")
    assert sensitivity.above is not None
    turn = sensitivity.above.share
    near = (turn - sensitivity.share) / 1000

    assert leader_at(given_scores, turn - near) == "a"
    assert leader_at(given_scores, turn + near) != "a"


def leader_at(given: dict[str, tuple[int, int, int]], share: Fraction) -> str:
    own = (
        CriterionWeight(evaluation="crm", criterion="cost", weight=share),
        CriterionWeight(evaluation="crm", criterion="data", weight=1 - share),
    )
    return compared(dict(given), weights=own).results[0].candidate.id


@given(row=ROW, better=st.integers(0, 2))
def test_a_better_score_never_lowers_a_value(row: tuple[int, int, int], better: int) -> None:
    raised = tuple(min(5, one + (place == better)) for place, one in enumerate(row))
    low = compared({"a": row}).results[0].value
    high = compared({"a": raised}).results[0].value  # type: ignore[dict-item]

    assert low is not None
    assert high is not None
    assert low <= high


@given(rows=st.lists(ROW, min_size=2, max_size=5), weights=st.lists(st.integers(1, 9), min_size=5))
def test_shares_add_up_and_values_lie_between_the_scores(
    rows: list[tuple[int, int, int]], weights: list[int]
) -> None:
    names = ("data", "cost", "history", "sources", "price")
    own = tuple(weight(name, value) for name, value in zip(names, weights, strict=False))
    found = compared({f"p{place}": row for place, row in enumerate(rows)}, weights=own)

    assert sum(found.shares.values()) == 1
    for one in found.results:
        assert one.value is not None
        assert min(one.scores.values()) <= one.value <= max(one.scores.values())
        assert one.low == one.value == one.high
