"""An item is asked once: answers count for equal items of other frameworks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from builders import assessment, decided, framework, seen
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.crosswalk import Crosswalk
from crmplan.assessment.definition import changed
from crmplan.assessment.engagement import Engagement
from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import questionnaire
from crmplan.assessment.responses import Assessment, SharedAnswer
from crmplan.assessment.scoring import score
from crmplan.assessment.sharing import AnswerSource, with_shared_answers

LAYERS = 'layers: {intention: "0.5", reality: "0.5"}\n'


def named(framework_id: str, made: Framework) -> Framework:
    return changed(made, id=framework_id)


THERE = named("there", framework({"planning": {"value": 1, "segments": 1}}))
HERE = named("here", framework({"strategy": {"worth": 1, "rivals": 1}}))


def source(made: Framework, *links: str, relation: str = "equal") -> AnswerSource:
    """Links such as ``planning.value = strategy.worth`` from a framework to the one scored."""
    found = [
        {"from": begin, "to": end, "relation": relation, "strength": 1, "reason": "R"}
        for begin, end in (link.split(" = ") for link in links)
    ]
    return AnswerSource(
        made, Crosswalk.model_validate({"from": made.id, "to": "here", "links": found})
    )


def together(*assessments: Assessment) -> Engagement:
    """One engagement of several assessments by the same people."""
    first = assessments[0]
    return Engagement(
        organisation=first.organisation,
        frameworks=tuple(one.use for one in assessments),
        respondents=first.respondents,
        responses=tuple(response for one in assessments for response in one.responses),
        evidence=tuple(record for one in assessments for record in one.evidence),
        decisions=tuple(record for one in assessments for record in one.decisions),
    )


ONE_LINK = source(THERE, "planning.value = strategy.worth")


def test_the_worked_example() -> None:
    there = assessment(THERE, "ada ben\nplanning.value 2 4")
    here = assessment(HERE, "ada ben\nstrategy.worth 3 -\nstrategy.rivals 1 1")

    found = with_shared_answers(together(here, there), HERE, [ONE_LINK])
    scorecard = score(HERE, found)

    # Ada's own 3 wins over her 2 there; Ben's 4 there counts here: median (3 + 4) / 2
    assert scorecard.items["strategy.worth"].levels == {"ada": 3, "ben": 4}
    assert scorecard.items["strategy.worth"].value == Fraction(7, 2)
    assert scorecard.dimensions["strategy"].score == Fraction(9, 4)
    assert found.shared == (
        SharedAnswer(
            respondent="ben", item="strategy.worth", framework="there", origin="planning.value"
        ),
    )


def test_only_equal_items_share_answers() -> None:
    there = assessment(THERE, "ada\nplanning.value 2")
    here = assessment(HERE, "ada")
    subset = source(THERE, "planning.value = strategy.worth", relation="subset")

    assert with_shared_answers(together(here, there), HERE, [subset]).responses == ()


def test_not_applicable_is_shared_with_its_reason() -> None:
    there = assessment(THERE, "ada\nplanning.value n/a")

    (shared,) = with_shared_answers(
        together(assessment(HERE, "ada"), there), HERE, [ONE_LINK]
    ).responses

    assert (shared.item, shared.state, shared.reason) == (
        "strategy.worth",
        "not-applicable",
        "because",
    )


def test_between_scales_a_level_is_shared_only_where_it_can_be_said_exactly() -> None:
    # 1–4 to 0–5: level 1 → 0, 4 → 5, but 2 → 5/3 and 3 → 10/3 lie between two levels.
    there = named("there", framework({"planning": {"value": 1}}, lowest=1, highest=4))
    link = source(there, "planning.value = strategy.worth")
    given_there = assessment(there, "a b c d\nplanning.value 1 2 3 4")
    here = assessment(HERE, "a b c d")

    found = with_shared_answers(together(here, given_there), HERE, [link])

    assert {one.respondent: one.level for one in found.responses} == {"a": 0, "d": 5}


def test_plan_and_practice_stay_apart_where_both_ask_for_them() -> None:
    there = named("there", framework({"planning": {"value": 1}}, extra=LAYERS))
    here = named("here", framework({"strategy": {"worth": 1}}, extra=LAYERS))
    link = source(there, "planning.value = strategy.worth")
    answers = together(assessment(here, "ada"), assessment(there, "ada\nplanning.value 4/2"))

    found = with_shared_answers(answers, here, [link])

    assert {one.layer: one.level for one in found.responses} == {"intention": 4, "reality": 2}


def test_plan_and_practice_become_one_answer_where_the_other_asks_for_one() -> None:
    there = named("there", framework({"planning": {"value": 1, "segments": 1}}, extra=LAYERS))
    links = source(there, "planning.value = strategy.worth", "planning.segments = strategy.rivals")
    table = "ada\nplanning.value 4/2\nplanning.segments 4/1"
    answers = together(assessment(HERE, "ada"), assessment(there, table))

    found = with_shared_answers(answers, HERE, [links])

    # (4 + 2) / 2 = 3; (4 + 1) / 2 lies between two levels, so that item is asked
    assert [(one.item, one.layer, one.level) for one in found.responses] == [
        ("strategy.worth", "overall", 3)
    ]


def test_half_an_answer_is_not_shared() -> None:
    there = named("there", framework({"planning": {"value": 1}}, extra=LAYERS))
    link = source(there, "planning.value = strategy.worth")
    answers = together(assessment(HERE, "ada"), assessment(there, "ada\nplanning.value 4/-"))

    assert with_shared_answers(answers, HERE, [link]).responses == ()


def test_of_several_sources_the_first_counts() -> None:
    other = named("other", framework({"planning": {"value": 1}}))
    second = source(other, "planning.value = strategy.worth")
    answers = together(
        assessment(HERE, "ada"),
        assessment(THERE, "ada\nplanning.value 2"),
        assessment(other, "ada\nplanning.value 5"),
    )

    found = with_shared_answers(answers, HERE, [ONE_LINK, second])

    assert [one.level for one in found.responses] == [2]


def test_evidence_goes_with_its_item() -> None:
    there = assessment(
        THERE, "ada\nplanning.value 4", evidence=[seen("planning.value", framework_id="there")]
    )

    found = with_shared_answers(together(assessment(HERE, "ada"), there), HERE, [ONE_LINK])

    assert score(HERE, found).items["strategy.worth"].is_confirmed


def test_a_decision_goes_along_unless_the_item_has_answers_of_its_own() -> None:
    settled = decided("planning.value", 2).model_copy(update={"framework": "there"})
    there = assessment(THERE, "ada ben\nplanning.value 0 4", decisions=[settled])
    silent = assessment(HERE, "ada ben")
    own = assessment(HERE, "ada ben\nstrategy.worth 1 -")

    shared = with_shared_answers(together(silent, there), HERE, [ONE_LINK])
    mixed = with_shared_answers(together(own, there), HERE, [ONE_LINK])

    assert score(HERE, shared).items["strategy.worth"].value == 2
    assert score(HERE, mixed).items["strategy.worth"].is_open


def test_what_was_answered_elsewhere_is_not_asked_again() -> None:
    asked = questionnaire(HERE, audience=None, without=["strategy.worth"])

    assert [(one.number, one.item.id) for one in asked.items] == [("1.2", "strategy.rivals")]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_on_equal_scales_shared_answers_score_as_if_given_here(levels: list[int]) -> None:
    people = " ".join(f"p{number}" for number in range(len(levels)))
    cells = " ".join(map(str, levels))
    there = assessment(THERE, f"{people}\nplanning.value {cells}")
    here = assessment(HERE, f"{people}\nstrategy.worth {cells}")
    nothing = assessment(HERE, people)

    shared = with_shared_answers(together(nothing, there), HERE, [ONE_LINK])

    assert score(HERE, shared).items == score(HERE, here).items


RATED = """\
rating_schemes:
  - {id: assessor, title: "A", kind: enabler, source: "own", elements: [
     {id: approach, title: "A", attributes: [
       {id: sound, title: "S", ask: "S?", anchors: {0: "N", 100: "F"}}]}]}
"""


@pytest.mark.parametrize(("percent", "shared"), [(60, [3]), (70, [])])
def test_a_rated_answer_is_shared_as_a_level_where_it_is_whole(
    percent: int, shared: list[int]
) -> None:
    there = named("there", framework({"planning": {"value": 1}}, extra=RATED))
    (answer,) = assessment(there, "ada\nplanning.value 1").responses
    rated = answer.model_copy(update={"level": None, "ratings": {"sound": percent}})
    engagement = together(assessment(HERE, "ada\nstrategy.rivals 1"), assessment(there, "ada"))
    engagement = engagement.model_copy(update={"responses": (*engagement.responses, rated)})

    found = with_shared_answers(
        engagement, HERE, [source(there, "planning.value = strategy.worth")]
    )

    here = [one for one in found.responses if one.item == "strategy.worth"]
    assert [(one.level, one.ratings) for one in here] == [(level, {}) for level in shared]
