"""An engagement as JSON: readable, and read again with every fault named by its path."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.assessment.engagement import Engagement
from crmplan.errors import ExchangeError
from crmplan.exchange.engagement_json import LARGEST_TEXT, from_json, to_json

from .engagements import answer, small_engagement


def changed(**fields: Any) -> str:
    """Give the small engagement's JSON with other values in it."""
    return json.dumps({**json.loads(to_json(small_engagement())), **fields})


def faults(text: str) -> list[str]:
    """Read, expect an error, and give the lines of its message."""
    with pytest.raises(ExchangeError) as caught:
        from_json(text)
    return [line.strip() for line in caught.value.message.splitlines()]


def test_the_json_is_readable_and_says_what_it_is() -> None:
    lines = to_json(small_engagement()).splitlines()

    assert lines[:5] == [
        "{",
        '  "format": "crmplan-engagement",',
        '  "version": 1,',
        '  "organisation": {',
        '    "name": "شرکت آزمون",',
    ]


def test_only_what_must_be_said_need_be_said() -> None:
    text = """{"format": "crmplan-engagement", "version": 1,
               "organisation": {"name": "A"}, "frameworks": []}"""

    assert from_json(text).organisation.name == "A"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert from_json("\ufeff" + to_json(small_engagement())) == small_engagement()


def test_every_fault_is_named_with_its_path() -> None:
    good = {"framework": "drcrm", "respondent": "anna", "item": "a", "level": 1}
    text = changed(
        organisation={"name": "", "weekend": [5, "x"]},
        responses=[good, {**good, "state": "maybe"}, {**good, "colour": "red"}],
        targets=[{"framework": "drcrm", "dimension": "d", "level": 2.5}],
    )

    first, *rest = faults(text)

    assert first == "the engagement has 5 faults:"
    assert [line.split(": ")[0] for line in rest] == [
        "organisation.name",
        "organisation.weekend[1]",
        "responses[1].state",
        "responses[2].colour",
        "targets[0].level",
    ]


def test_contradictions_are_named_with_their_path() -> None:
    stray = answer("a", respondent="nobody").model_dump(mode="json")
    alien = answer("b").model_dump(mode="json") | {"framework": "other"}

    assert faults(changed(responses=[stray, stray, alien])) == [
        "the engagement has 4 faults:",
        "responses[0].respondent: 'nobody' is not among the respondents",
        "responses[1]: stands for the same as responses[0]",
        "responses[1].respondent: 'nobody' is not among the respondents",
        "responses[2].framework: 'other' is not among the frameworks",
    ]


@pytest.mark.parametrize("version", [0, -1, 1.0, True, "1", None])
def test_a_version_that_is_none_is_refused(version: object) -> None:
    assert faults(changed(version=version)) == ['"version" must be a whole number from 1 to 1']


def test_a_newer_version_is_refused_before_anything_else() -> None:
    assert faults(changed(version=2, organisation=7)) == [
        "written by a newer crmplan (version 2, this program knows 1)"
    ]


@pytest.mark.parametrize("text", ["[]", "3", "{}", '{"format": "other", "version": 1}'])
def test_other_json_is_no_engagement(text: str) -> None:
    assert faults(text) == ["this is no engagement of crmplan"]


@pytest.mark.parametrize(
    "text", ["", "{", "nonsense", '{"a": NaN}', "[" + "1" * 5000 + "]", '{"a": 1, "a": 2}']
)
def test_what_is_no_sound_json_is_told(text: str) -> None:
    assert faults(text)[0].startswith("this is no JSON: ")


def test_half_a_character_is_a_fault_of_its_field() -> None:
    text = to_json(small_engagement()).replace("Anna", "\\ud800")

    assert faults(text)[1].startswith("respondents[0].name: ")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_refused_without_being_walked(opening: str) -> None:
    assert faults(opening * 1_000_000) == ["the JSON is nested more than 8 levels deep"]
    assert faults(changed(organisation={"name": [[[[[[[[]]]]]]]]})) == [
        "the JSON is nested more than 8 levels deep"
    ]


def test_brackets_in_words_are_no_nesting() -> None:
    odd = small_engagement().model_copy(
        update={"responses": (answer("a").model_copy(update={"note": '[[[[[[[[[[{{\\"[[[[\\'}),)}
    )

    assert from_json(to_json(odd)) == odd


@pytest.mark.parametrize("text", ['"' + '\\"' * 1_000_000, '"' * 999_999, "\\" * 1_000_000])
def test_hostile_text_is_refused_quickly(text: str) -> None:
    start = time.perf_counter()

    assert faults(text)[0].startswith("this is no JSON: ")

    assert time.perf_counter() - start < 5


def test_a_number_that_would_take_hours_is_a_fault() -> None:
    giant = {"framework": "drcrm", "dimension": "d", "level": "1e999999999"}

    assert faults(changed(targets=[giant]))[1].startswith("targets[0].level: ")


def test_a_text_beyond_all_measure_is_refused() -> None:
    assert faults(" " * (LARGEST_TEXT + 1)) == ["the JSON has 67,108,865 characters"]


def test_a_key_that_steers_a_terminal_is_shown_harmless() -> None:
    assert "\x1b" not in "\n".join(faults(changed(**{"\x1b[2J": 1})))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(field=st.sampled_from(sorted(Engagement.model_fields)), value=values)
def test_whatever_stands_in_a_field_the_answer_is_an_engagement_or_faults(
    field: str, value: object
) -> None:
    with suppress(ExchangeError):
        assert isinstance(from_json(changed(**{field: value})), Engagement)
