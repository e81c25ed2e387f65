from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import progress, questionnaire
from crmplan.assessment.responses import Layer, Response
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.errors import UnknownElementError


def _read() -> Framework:
    framework = read_framework_folder(Path("frameworks/drcrm")).framework
    assert framework is not None
    return framework


DRCRM = _read()
ITEMS = list(DRCRM.items)


def answer(item: str, layer: Layer = "overall", *, framework: str = "drcrm") -> Response:
    return Response(framework=framework, respondent="sara", item=item, layer=layer, level=3)


def test_without_an_audience_everything_is_asked_in_the_order_of_the_framework() -> None:
    asked = questionnaire(DRCRM, audience=None)

    assert [one.item.id for one in asked.items] == ITEMS


def test_an_audience_is_asked_only_what_concerns_it() -> None:
    asked = questionnaire(DRCRM, audience="technology")

    assert [one.item.id for one in asked.items] == [
        item for item in ITEMS if "technology" in DRCRM.items[item].audience
    ]


def test_a_dimension_without_a_question_for_the_audience_is_left_out() -> None:
    asked = questionnaire(DRCRM, audience="technology")

    assert all(section.items for section in asked.sections)


def test_an_unknown_audience_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownElementError) as error:
        questionnaire(DRCRM, audience="managers")

    assert error.value.hint == "did you mean 'manager'?"


def test_the_short_form_asks_the_first_three_questions_of_each_dimension() -> None:
    asked = questionnaire(DRCRM, audience=None, short=True)

    assert [section.items[0].number for section in asked.sections][:2] == ["1.1", "2.1"]
    assert {len(section.items) for section in asked.sections} == {3}


def test_a_question_keeps_its_number_in_every_form() -> None:
    whole = {one.item.id: one.number for one in questionnaire(DRCRM, audience=None).items}

    for one in questionnaire(DRCRM, audience="front-line", short=True).items:
        assert one.number == whole[one.item.id]


def test_plan_and_practice_are_asked_of_enablers_only() -> None:
    asked = {one.item.id: one for one in questionnaire(DRCRM, audience=None).items}

    assert asked["leadership.sponsor"].layers == ("intention", "reality")
    assert asked[ITEMS[-1]].layers == ("overall",)


def test_one_level_per_question_can_be_asked_for() -> None:
    asked = questionnaire(DRCRM, audience=None, layers=False)

    assert not asked.has_layers
    assert {one.layers for one in asked.items} == {("overall",)}


def test_half_an_answer_is_no_progress() -> None:
    asked = questionnaire(DRCRM, audience=None)

    found = progress(asked, [answer(ITEMS[0], "intention")])

    assert (found.answered, found.total, found.next_item) == (0, 72, ITEMS[0])


def test_an_answer_counts_whichever_form_it_came_from() -> None:
    asked = questionnaire(DRCRM, audience=None)
    given = [answer(ITEMS[0]), answer(ITEMS[1], "intention"), answer(ITEMS[1], "reality")]

    found = progress(asked, given)

    assert (found.answered, found.next_item) == (2, ITEMS[2])


def test_answers_to_other_frameworks_and_questions_do_not_count() -> None:
    asked = questionnaire(DRCRM, audience=None, short=True)

    found = progress(asked, [answer(ITEMS[0], framework="qci"), answer(ITEMS[6])])

    assert found.answered == 0


def test_nothing_is_next_when_everything_is_answered() -> None:
    asked = questionnaire(DRCRM, audience="executive")

    found = progress(asked, [answer(one.item.id) for one in asked.items])

    assert found.is_complete
    assert found.next_item is None


@given(st.lists(st.sampled_from(ITEMS), unique=True), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(items: list[str], random: object) -> None:
    asked = questionnaire(DRCRM, audience=None)
    forwards = progress(asked, [answer(item) for item in items])

    assert forwards == progress(asked, [answer(item) for item in reversed(items)])
    assert forwards.answered == len(items)
