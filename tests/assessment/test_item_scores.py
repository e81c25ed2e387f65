from __future__ import annotations

from fractions import Fraction

import pytest
from builders import assessment, decided, framework, one_item, people, seen
from pydantic import ValidationError

from crmplan.assessment.framework import Framework
from crmplan.assessment.item_scores import ItemScore
from crmplan.assessment.responses import Decision, Evidence, Response
from crmplan.assessment.scoring import score

PROMISE = "service.promise"
ASKED = one_item()
LAYERED = one_item(extra='layers: {intention: "0.4", reality: "0.6"}\n')


def item(
    *cells: object,
    asked: Framework = ASKED,
    evidence: Evidence | None = None,
    decision: Decision | None = None,
    groups: dict[str, str] | None = None,
) -> ItemScore:
    given = assessment(
        asked,
        people(PROMISE, *cells),
        evidence=[evidence] if evidence else [],
        decisions=[decision] if decision else [],
        groups=groups,
    )
    return score(asked, given).items[PROMISE]


def test_the_level_of_an_item_is_the_median() -> None:
    assert item(1, 2, 2).value == 2  # the mean would be 5/3


def test_a_plan_weighs_four_tenths_and_practice_six() -> None:
    # 0.4 · 4 + 0.6 · 2 = 2.8
    found = item("4/2", asked=LAYERED)

    assert found.value == Fraction("2.8")
    assert (found.intention, found.reality) == (4, 2)


def test_the_median_is_taken_over_people_not_over_layers() -> None:
    # 0.4·4 + 0.6·2 = 2.8;  3;  0.4·5 + 0.6·0 = 2  →  2, 2.8, 3
    assert item("4/2", 3, "5/0", asked=LAYERED).value == Fraction("2.8")


@pytest.mark.parametrize("half", ["5/-", "-/5"])
def test_half_an_answer_counts_for_nothing(half: str) -> None:
    found = item(half, asked=LAYERED)

    assert (found.state, found.value) == ("unanswered", None)
    assert (found.intention, found.reality) == (None, None)


def test_half_an_answer_does_not_move_the_medians_of_plan_and_practice() -> None:
    found = item("2/2", "5/-", asked=LAYERED)

    assert (found.value, found.intention, found.reality) == (2, 2, 2)


def test_a_result_has_no_layers_even_if_somebody_answers_in_two() -> None:
    results = one_item(results=["service"], extra='layers: {intention: "0.4", reality: "0.6"}\n')

    found = item("4/2", asked=results)

    assert (found.state, found.intention) == ("unanswered", None)


def test_an_item_that_does_not_apply_has_no_level_and_no_bounds() -> None:
    found = item("n/a", "n/a")

    assert (found.state, found.value, found.low, found.high) == ("not-applicable", None, None, None)
    assert found.not_applicable == 2


@pytest.mark.parametrize(("cells", "state"), [(["?", "?"], "unknown"), (["-"], "unanswered")])
def test_what_nobody_knows_may_be_anything(cells: list[str], state: str) -> None:
    found = item(*cells)

    assert (found.state, found.value) == (state, None)
    assert (found.low, found.high) == (0, 5)


def test_one_who_does_not_know_does_not_change_the_level() -> None:
    found = item(2, 3, 3, "?")

    assert (found.value, found.low, found.high) == (3, 3, 3)
    assert found.unknown == 1


def test_what_somebody_else_does_for_us_is_scored_and_marked() -> None:
    asked = one_item()
    given = assessment(asked, people(PROMISE, "inherited")).with_response(
        Response(
            framework="care",
            respondent="p1",
            item=PROMISE,
            state="inherited",
            level=4,
            reason="the group does it",
        )
    )

    found = score(asked, given).items[PROMISE]

    assert (found.value, found.marks) == (4, ("inherited",))


def test_what_we_cannot_change_is_marked_even_without_a_level() -> None:
    found = item("beyond", 3)

    assert (found.value, found.marks) == (3, ("out-of-control",))


# Contested items


def test_answers_two_levels_apart_are_contested() -> None:
    assert item(2, 4).is_contested
    assert not item(2, 3).is_contested


def test_little_agreement_is_contested_from_five_people_on() -> None:
    # a limit of six levels leaves the judgement to r*wg; on 0–5 dissensus has variance 6.25
    # 1,1,3,3,3: mean 2.2, squares 2 · 1.44 + 3 · 0.64 = 4.8, variance 1.2, r*wg = 0.808
    # 0,0,4,4,4: twice as far apart, so variance 4.8, r*wg = 1 − 4.8 / 6.25 = 0.232
    lenient = one_item(extra="scoring: {contested_spread: 6}\n")

    assert not item(1, 1, 3, 3, 3, asked=lenient).is_contested
    assert item(0, 0, 4, 4, 4, asked=lenient).is_contested
    assert not item(0, 0, 4, 4, asked=lenient).is_contested  # four people: not judged


def test_people_who_differ_on_whether_it_applies_are_contested() -> None:
    found = item(3, 3, "n/a")

    assert found.is_contested
    assert (found.state, found.value) == ("scored", 3)


def test_a_contested_item_is_open_and_lies_anywhere_between_the_answers() -> None:
    found = item(1, 2, 4)

    assert found.is_open
    assert (found.value, found.low, found.high) == (2, 1, 4)


def test_a_decision_ends_the_contest_and_replaces_the_median() -> None:
    found = item(1, 2, 4, decision=decided(PROMISE, 3))

    assert (found.is_contested, found.is_open) == (True, False)
    assert (found.value, found.low, found.high) == (3, 3, 3)


def test_it_can_be_decided_that_an_item_does_not_apply() -> None:
    found = item(3, "n/a", decision=decided(PROMISE, None, state="not-applicable"))

    assert (found.state, found.value, found.low) == ("not-applicable", None, None)


def test_it_can_be_decided_that_nobody_knows() -> None:
    found = item(0, 5, decision=decided(PROMISE, None, state="unknown"))

    assert (found.state, found.value, found.low, found.high) == ("unknown", None, 0, 5)


def test_groups_that_see_it_differently_are_told() -> None:
    found = item(4, 4, 2, groups={"p1": "manager", "p2": "manager", "p3": "front-line"})

    assert found.perception_gap == 2
    assert {group: one.median for group, one in found.groups.items()} == {
        "manager": 4,
        "front-line": 2,
    }


# Evidence


def test_from_level_three_an_answer_without_evidence_is_unconfirmed() -> None:
    assert item(2).is_confirmed
    assert not item(3).is_confirmed
    assert item(3, evidence=seen(PROMISE)).is_confirmed


@pytest.mark.parametrize(
    ("level", "supports", "evidenced"),
    [
        (4, None, 4),  # supports whatever was claimed
        (4, 3, 3),
        (4, 5, 4),  # never above the claim
        (4, 1, 2),  # below level 3 nothing needs to be seen
        (1, 5, 1),
    ],
)
def test_a_level_counts_as_far_as_it_was_seen(
    level: int, supports: int | None, evidenced: int
) -> None:
    assert item(level, evidence=seen(PROMISE, supports=supports)).evidenced == evidenced


def test_without_evidence_a_high_level_counts_as_two() -> None:
    assert (item(5).value, item(5).evidenced) == (5, 2)


def test_a_claim_is_confirmed_only_if_evidence_reaches_it() -> None:
    assert not item(4, evidence=seen(PROMISE, supports=3)).is_confirmed


# What can be recorded


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "scored"}, "an answer that is scored needs a level"),
        ({"state": "unknown", "level": 3}, "an answer that is unknown has no level"),
        ({"state": "not-applicable", "level": 0, "reason": "R"}, "not-applicable has no level"),
        ({"state": "not-applicable", "reason": " "}, "not-applicable needs a reason"),
        ({"state": "inherited", "level": 3}, "inherited needs a reason"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        Response.model_validate(
            {"framework": "care", "respondent": "p1", "item": PROMISE, **fields}
        )


def test_a_decision_has_a_level_exactly_if_it_is_scored() -> None:
    with pytest.raises(ValidationError, match="a level if, and only if, it is scored"):
        decided(PROMISE, None)
    with pytest.raises(ValidationError, match="a level if, and only if, it is scored"):
        decided(PROMISE, 2, state="unknown")


def test_a_second_answer_of_the_same_person_replaces_the_first() -> None:
    asked = framework({"service": {"promise": 1}})
    first = assessment(asked, people(PROMISE, 1))

    second = first.with_response(Response(framework="care", respondent="p1", item=PROMISE, level=4))

    assert score(asked, second).items[PROMISE].value == 4
    assert score(asked, first).items[PROMISE].value == 1
