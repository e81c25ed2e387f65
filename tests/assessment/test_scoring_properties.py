"""What holds for the scores of any answers."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from builders import framework, scores
from hypothesis import assume, given
from hypothesis import strategies as st

from crmplan.assessment.explanation import explain
from crmplan.assessment.framework import Framework
from crmplan.assessment.responses import (
    Assessment,
    Evidence,
    FrameworkUse,
    Organisation,
    Respondent,
    Response,
)
from crmplan.assessment.scoring import Scorecard, score
from crmplan.definitions.library import definitions, load_framework

ASKED = framework(
    {
        "service": {"promise": 2, "answer": 1, "history": 1},
        "loyalty": {"reasons": 1, "routine": 3},
        "gain": {"growth": 1, "margin": 1},
    },
    weights={"service": 3, "loyalty": 2, "gain": 5},
    results=["gain"],
    groups={"service": "enablers", "loyalty": "enablers", "gain": "results"},
    extra=(
        'layers: {intention: "0.4", reality: "0.6"}\n'
        "scoring: {trend: {periods: 3, cap: 2}}\n"
        'groups: [{id: enablers, title: "E"}, {id: results, title: "R"}]\n'
    ),
)
PEOPLE = ("ann", "ben", "cas", "dea", "eve")
BUNDLED = [entry.id for entry in definitions().values() if entry.kind == "framework"]


CELLS = st.one_of(
    st.integers(0, 5),
    st.integers(0, 5),
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.sampled_from(["-", "half", "not-applicable", "unknown", "inherited"]),
)


@st.composite
def responses(draw: st.DrawFn) -> tuple[Response, ...]:
    """A table of three people, with answers of every kind."""
    cells = [(who, item, draw(CELLS)) for who in PEOPLE[:3] for item in ASKED.items]
    return tuple(one for who, item, cell in cells for one in _of_cell(who, item, cell))


def _of_cell(who: str, item: str, cell: object) -> list[Response]:
    match cell:
        case int():
            return [_response(who, item, "overall", "scored", cell)]
        case (int(plan), int(practice)):
            return [
                _response(who, item, "intention", "scored", plan),
                _response(who, item, "reality", "scored", practice),
            ]
        case "half":
            return [_response(who, item, "intention", "scored", 5)]
        case "-":
            return []
        case _:
            return [_response(who, item, "overall", str(cell), 3)]


def _response(who: str, item: str, layer: str, state: str, level: int) -> Response:
    has_level = state in ("scored", "inherited")
    return Response.model_validate(
        {
            "framework": ASKED.id,
            "respondent": who,
            "item": item,
            "layer": layer,
            "state": state,
            "level": level if has_level else None,
            "reason": "R",
        }
    )


def scored(given_responses: tuple[Response, ...], *, people: tuple[str, ...] = PEOPLE) -> Scorecard:
    return score(
        ASKED,
        Assessment(
            use=FrameworkUse(id="care", version="1.0.0", profile="usual", held_on="2026-03-02"),
            organisation=Organisation(name="Alborz"),
            respondents=tuple(
                Respondent(id=name, name=name, group="manager" if name < "c" else "front-line")
                for name in people
            ),
            responses=given_responses,
            evidence=(
                Evidence(
                    id="e1",
                    framework="care",
                    item="service.promise",
                    kind="record",
                    title="E",
                    supports=4,
                ),
            ),
        ),
    )


def all_scores(card: Scorecard) -> dict[str, Fraction | int | None]:
    """Every number of a scorecard that says how good something is."""
    nodes = (card.overall, *card.groups.values(), *card.dimensions.values())
    return {
        **{item.item_id: item.value for item in card.items.values()},
        **{f"{item.item_id} evidenced": item.evidenced for item in card.items.values()},
        **{node.id: node.score for node in nodes},
        **{f"{node.id} evidenced": node.evidenced for node in nodes},
        **{f"{node.id} staged": node.staged_level for node in nodes},
    }


@given(responses(), st.integers(0, 1000), st.integers(1, 5))
def test_raising_one_answer_never_lowers_any_score(
    before: tuple[Response, ...], which: int, by: int
) -> None:
    raisable = [one for one in before if one.level is not None and one.level < 5]
    assume(raisable)
    chosen = raisable[which % len(raisable)]
    higher = chosen.model_copy(update={"level": min(5, (chosen.level or 0) + by)})
    after = tuple(higher if one is chosen else one for one in before)

    old, new = all_scores(scored(before)), all_scores(scored(after))

    for name, value in old.items():
        assert (value is None) == (new[name] is None), name
        assert value is None or new[name] >= value, name


@given(responses(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_people_changes_nothing(
    some: tuple[Response, ...], dice: random.Random
) -> None:
    shuffled = tuple(dice.sample(some, len(some)))
    people = tuple(dice.sample(PEOPLE, len(PEOPLE)))

    assert scored(shuffled, people=people) == scored(some)


@given(responses())
def test_every_score_lies_between_its_bounds_and_on_the_scale(some: tuple[Response, ...]) -> None:
    card = scored(some)

    for node in (card.overall, *card.groups.values(), *card.dimensions.values()):
        assert 0 <= node.coverage <= 1
        if node.low is not None and node.high is not None:
            assert 0 <= node.low <= node.high <= 5
        if node.score is not None:
            assert 0 <= node.score <= 5
            assert node.evidenced is not None
            assert node.evidenced <= node.score
            assert node.coverage >= Fraction(1, 2)
    for item in card.items.values():
        if item.value is not None:
            assert item.low is not None
            assert item.high is not None
            assert item.low <= item.value <= item.high


@given(responses())
def test_every_explanation_adds_up(some: tuple[Response, ...]) -> None:
    card = scored(some)

    for node_id in ("overall", *card.groups, *card.dimensions):
        tree = explain(card, node_id)
        shares = [(p.weight, p.value) for p in tree.parts if p.weight is not None]
        if tree.rule == "weighted-mean":
            assert sum(weight for weight, _ in shares) == 1
            assert sum(weight * (value or 0) for weight, value in shares) == tree.value


@given(responses())
def test_an_unknown_answer_of_one_more_person_changes_no_score(some: tuple[Response, ...]) -> None:
    unknown = tuple(_response("eve", item, "overall", "unknown", 0) for item in ASKED.items)

    assert all_scores(scored((*some, *unknown))) == all_scores(scored(some))


@pytest.fixture(params=BUNDLED, scope="module")
def bundled(request: pytest.FixtureRequest) -> Framework:
    return load_framework(request.param)


def test_where_nothing_applies_there_is_no_score(bundled: Framework) -> None:
    card = scores(bundled, dict.fromkeys(bundled.dimension, "n/a"))

    assert card.overall.score is None
    assert card.overall.low is None
    assert all(node.score is None for node in card.dimensions.values())


def test_without_any_answer_there_is_no_score(bundled: Framework) -> None:
    card = scores(bundled, {})

    assert (card.overall.score, card.overall.low, card.overall.high) == (None, 0, 5)


def test_all_best_gives_the_top(bundled: Framework) -> None:
    series = [
        Evidence(
            id="series",
            framework=bundled.id,
            item=item,
            kind="record",
            title="E",
            periods=3,
        )
        for item in bundled.items
    ]
    card = scores(bundled, dict.fromkeys(bundled.dimension, 5), series)

    for node in (card.overall, *card.groups.values(), *card.dimensions.values()):
        assert (node.score, node.evidenced, node.staged_level) == (5, 5, 5)


def test_all_worst_gives_the_bottom(bundled: Framework) -> None:
    card = scores(bundled, dict.fromkeys(bundled.dimension, 0))

    for node in (card.overall, *card.groups.values(), *card.dimensions.values()):
        assert (node.score, node.evidenced, node.staged_level) == (0, 0, 0)
