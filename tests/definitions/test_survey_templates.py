"""The shipped survey templates say what their sources say; faults are told with their places."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest

from crmplan.assessment.strategy_map import StrategyMap
from crmplan.assessment.survey import Amount, Steps, Survey
from crmplan.assessment.survey_rules import DifferenceRule, KanoRule
from crmplan.data_files import data_folder
from crmplan.definitions.checking import check_definition
from crmplan.definitions.library import definitions, load_framework, load_whole

SURVEYS = sorted(one.id for one in definitions().values() if one.kind == "survey")


def survey(name: str) -> Survey:
    return cast("Survey", load_whole(name, "survey"))


def test_eight_templates_ship() -> None:
    assert SURVEYS == [
        "customer-satisfaction",
        "efqm-6a-perceptions",
        "efqm-6b-indicators",
        "employee-satisfaction",
        "experience-zones",
        "kano-features",
        "loyalty-3r",
        "service-quality",
    ]


def test_satisfaction_is_measured_by_the_six_purchase_factors() -> None:
    # seed 000 S60, in the order of their rank
    sections = [section.id for section in survey("customer-satisfaction").sections]

    assert sections[:6] == [
        "performance",
        "features",
        "services",
        "guarantee",
        "price",
        "reputation",
    ]


def test_service_quality_has_five_dimensions_of_equal_size() -> None:
    found = survey("service-quality")

    assert [len(section.questions) for section in found.sections] == [4, 4, 4, 4, 4]
    assert [one.rule for one in found.results] == ["difference"] * 6


def test_there_are_three_experience_zones() -> None:
    assert [zone.id for zone in survey("experience-zones").zones] == [
        "rejection",
        "indifference",
        "preference",
    ]


def test_the_perceptions_of_6a_are_those_of_the_source() -> None:
    # seed 000 S95: five focus areas; S96: 6 + 6 + 3 + 8 indicators
    found = survey("efqm-6a-perceptions")

    assert [len(section.questions) for section in found.sections] == [6, 6, 3, 8]
    assert len(found.results) == 5
    assert {one.confidence for one in found.question.values()} == {"high"}


def test_the_indicators_of_6b_are_those_of_the_source() -> None:
    # seed 000 S97: four focus areas; S98: 8 + 2 + 7 + 3 indicators
    found = survey("efqm-6b-indicators")

    assert [len(section.questions) for section in found.sections] == [8, 2, 7, 3]
    assert len(found.results) == 4
    assert all(isinstance(one.scale, Amount) for one in found.asked.values())


@pytest.mark.parametrize("name", ["efqm-6a-perceptions", "efqm-6b-indicators"])
def test_every_indicator_stands_in_exactly_one_focus_area(name: str) -> None:
    found = survey(name)

    used = [one.id for rule in found.results for one in found.questions_of(rule.of)]  # type: ignore[union-attr]

    assert sorted(used) == sorted(found.question)


def test_loyalty_has_three_parts() -> None:
    assert [one.id for one in survey("loyalty-3r").sections] == ["remain", "repeat", "recommend"]


def test_employees_are_asked_about_five_satisfiers_and_five_dissatisfiers() -> None:
    sizes = [len(section.questions) for section in survey("employee-satisfaction").sections]

    assert sizes[:2] == [5, 5]


def test_the_kano_table_is_the_usual_one() -> None:
    rule = survey("kano-features").result["feature-kinds"]
    assert isinstance(rule, KanoRule)

    letters = "".join(rule.table)

    # of 25 pairs: 3 attractive, 1 one-dimensional, 3 must-be, 9 indifferent, 7 reverse, 2 unclear
    assert [letters.count(one) for one in "AOMIRQ"] == [3, 1, 3, 9, 7, 2]


@pytest.mark.parametrize("name", SURVEYS)
def test_results_speak_of_dimensions_of_drcrm(name: str) -> None:
    found = survey(name)
    named = {one for rule in found.results for one in rule.dimensions}
    named |= {one for question in found.question.values() for one in question.dimensions}

    assert named
    assert named <= set(load_framework("drcrm").dimension)


def test_results_give_values_to_measures_of_the_strategy_map() -> None:
    found = {rule.measure for name in SURVEYS for rule in survey(name).results if rule.measure}
    strategy = cast("StrategyMap", load_whole("kaplan-norton", "strategy-map"))

    assert found == {
        "customer-loyalty",
        "customer-satisfaction",
        "employee-satisfaction",
        "experience-preference",
        "net-recommendation",
        "perceived-quality",
    }
    assert found <= set(strategy.measure)


@pytest.mark.parametrize("name", SURVEYS)
def test_every_scale_has_words_in_three_languages(name: str) -> None:
    for language in ("fa", "zh"):
        translated = cast("Survey", load_whole(name, "survey", language))
        for own, other in zip(survey(name).scales, translated.scales, strict=True):
            if isinstance(own, Steps) and isinstance(other, Steps):
                assert own.labels.keys() == other.labels.keys()
                assert set(own.labels.values()).isdisjoint(other.labels.values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "service-quality"
    shutil.copytree(data_folder("frameworks") / "service-quality", place)
    return place


def problems_after(folder: Path, old: str, new: str) -> list[str]:
    head = folder / "survey.yaml"
    text = head.read_text("utf-8")
    assert old in text
    head.write_text(text.replace(old, new, 1), "utf-8")
    return [f"{one.code}: {one.message}" for one in check_definition(folder).problems]


def test_an_unknown_scale_is_told(folder: Path) -> None:
    assert problems_after(folder, "scale: agreement", "scale: agrement") == [
        'DEF-UNKNOWN-ID: "agrement" is no scale of this survey'
    ]


def test_a_rule_for_an_answer_that_nobody_gives_is_told(folder: Path) -> None:
    found = problems_after(folder, "prompts: [expectation, perception]", "prompts: [perception]")

    assert found == [
        'DEF-UNKNOWN-ID: "tangibles.premises" is not asked as "expectation"',
        'DEF-UNKNOWN-ID: "tangibles.premises" is not asked as "expectation"',
    ]


def test_a_rule_for_an_unknown_section_is_told(folder: Path) -> None:
    assert problems_after(folder, "of: [tangibles]", "of: [tangible]") == [
        'DEF-UNKNOWN-ID: "tangible" is no question of this survey'
    ]


def test_ids_are_not_used_twice(folder: Path) -> None:
    found = problems_after(folder, "- id: tangibles.people", "- id: tangibles.premises")

    assert 'DEF-DUPLICATE-ID: "tangibles.premises" is the id of 2 elements' in found


def test_bounds_that_cross_are_told(folder: Path) -> None:
    found = problems_after(folder, 'weak_to: "-1/2"', 'weak_to: "1/2"')

    assert any("weak_to: below strong_from" in one for one in found)


def test_the_ends_of_a_scale_need_words(folder: Path) -> None:
    found = problems_after(folder, "highest: 7", "highest: 6")

    assert any("labels: words for 1 and 6, the ends" in one for one in found)


def test_the_gap_takes_expectation_off_perception() -> None:
    rule = survey("service-quality").result["service-gap"]

    assert isinstance(rule, DifferenceRule)
    assert (rule.prompt, rule.minus) == ("perception", "expectation")
