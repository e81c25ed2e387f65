"""Results of surveys; the numbers are those of docs/method/surveys.md."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.survey_results import findings, measure_values, survey_results
from tests.assessment.surveys import replies, survey

GAP = {
    "id": "gap",
    "rule": "difference",
    "of": ["speed", "care"],
    "prompt": "got",
    "minus": "expected",
}
NET = {
    "id": "net",
    "rule": "share",
    "of": ["recommend"],
    "prompt": "likely",
    "top_from": 9,
    "bottom_to": 6,
}
TOP = {"id": "top", "rule": "share", "of": ["recommend"], "prompt": "likely", "top_from": 9}
MEAN = {"id": "mean", "rule": "mean", "of": ["speed", "care"], "prompt": "got"}
ZONES = {"id": "zones", "rule": "zones", "of": ["speed"], "prompt": "got"}
BANDS = {
    "id": "bands",
    "rule": "bands",
    "parts": [
        {"question": "days", "bounds": [30, 90, 180, 365], "better": "lower"},
        {"question": "orders", "bounds": [1, 2, 4, 8], "better": "higher"},
    ],
}
TREND = {"id": "trend", "rule": "trend", "of": ["days", "orders"]}


def gaps(*four: tuple[int, int, int, int]) -> tuple[dict[str, int], ...]:
    keys = ("speed.expected", "speed.got", "care.expected", "care.got")
    return tuple({key: n for key, n in zip(keys, one, strict=True) if n} for one in four)


def test_the_gap_of_three_people() -> None:
    found = survey_results(survey(GAP), replies(*gaps((7, 5, 6, 6), (6, 6, 0, 0), (5, 3, 7, 5))))

    # people: 5.5 - 6.5 = -1, 6 - 6 = 0, 4 - 6 = -2
    gap = found.result["gap"]
    assert gap.estimate.value == -1
    assert gap.compared is not None
    assert (gap.compared.first, gap.compared.minus) == (Fraction(31, 6), Fraction(37, 6))


def test_the_interval_of_a_mean_of_three() -> None:
    found = survey_results(survey(GAP), replies(*gaps((7, 5, 6, 6), (6, 6, 0, 0), (5, 3, 7, 5))))

    # variance 1, standard error 0.577350, Student's point for 2 degrees of freedom 4.303
    low, high = found.result["gap"].estimate.low, found.result["gap"].estimate.high
    assert low is not None
    assert high is not None
    assert (round(float(low), 3), round(float(high), 3)) == (-3.484, 1.484)


def test_who_answers_fewer_than_half_of_a_result_is_missing() -> None:
    three = {**MEAN, "of": ["speed", "care"], "prompt": "got"}
    found = survey_results(survey(three), replies({"speed.got": 4}, {"speed.expected": 7}))

    estimate = found.result["mean"].estimate
    assert (estimate.count, estimate.missing, estimate.value) == (1, 1, 4)


def test_a_share_of_eight_in_ten_has_wilsons_interval() -> None:
    people = [{"recommend": 9}] * 8 + [{"recommend": 5}] * 2
    estimate = survey_results(survey(TOP), replies(*people)).result["top"].estimate

    assert estimate.value == Fraction(4, 5)
    assert estimate.low is not None
    assert estimate.high is not None
    assert (round(float(estimate.low), 3), round(float(estimate.high), 3)) == (0.490, 0.943)


def test_the_net_share_takes_those_below_off_those_above() -> None:
    people = [{"recommend": 10}] * 4 + [{"recommend": 8}] * 4 + [{"recommend": 6}] * 2
    net = survey_results(survey(NET), replies(*people)).result["net"]

    # variance (4 * 0.64 + 4 * 0.04 + 2 * 1.44) / 9; Student's point for 9 is 2.262
    assert net.estimate.value == Fraction(1, 5)
    assert net.estimate.high is not None
    assert round(float(net.estimate.high - Fraction(1, 5)), 3) == 0.564
    assert [part.estimate.value for part in net.parts] == [Fraction(2, 5), Fraction(1, 5)]


def test_people_are_counted_by_zone() -> None:
    people = [{"speed.got": step} for step in (2, 3, 4, 5, 7)]
    zones = survey_results(survey(ZONES), replies(*people)).result["zones"]

    # below 3; from 3 up to 5; from 5
    shares = [part.estimate.value for part in zones.parts]
    assert shares == [Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)]


def test_recency_and_frequency_become_points() -> None:
    bands = survey_results(survey(BANDS), replies({"days": 45, "orders": 3})).result["bands"]

    # 45 days pass one bound of four: 4 points; 3 orders reach two: 3 points
    assert [part.estimate.value for part in bands.parts] == [4, 3]
    assert bands.estimate.value == Fraction(7, 2)


@pytest.mark.parametrize(("days", "points"), [(30, 5), (31, 4), (365, 2), (366, 1)])
def test_a_bound_belongs_to_the_better_side(days: int, points: int) -> None:
    bands = survey_results(survey(BANDS), replies({"days": days, "orders": 0})).result["bands"]

    assert bands.parts[0].estimate.value == points


def test_a_trend_needs_three_periods() -> None:
    days = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]
    years = ({"days": 12, "orders": 80}, {"days": 10}, {"days": 9, "orders": 90})
    found = survey_results(survey(TREND, claims_from=3), replies(*years, days=days)).result["trend"]

    assert [one.direction for one in found.trends] == ["worse", "too-short"]
    assert found.trends[0].change == -3
    assert (found.estimate.count, found.estimate.missing, found.estimate.value) == (1, 1, -1)


@pytest.mark.parametrize(("long", "standing"), [(1, "too-few"), (2, "strong")])
def test_half_of_the_numbers_must_be_measured_long_enough(long: int, standing: str) -> None:
    bounded = {**TREND, "of": ["days", "orders", "lift"], "strong_from": 1, "weak_to": 0}
    values = [{"days": year, "orders": year} if long == 2 else {"days": year} for year in (1, 2)]
    days = [date(2025, 12, 31), date(2026, 12, 31)]
    found = survey_results(survey(bounded), replies(*values, days=days)).result["trend"]

    # of three numbers
    assert found.standing == standing


def test_forms_of_one_day_are_averaged() -> None:
    same = [date(2026, 3, 31)] * 2
    found = survey_results(survey(TREND), replies({"days": 1}, {"days": 2}, days=same))

    assert [point.value for point in found.result["trend"].trends[0].points] == [Fraction(3, 2)]


def test_fewer_people_than_may_be_shown_give_no_number() -> None:
    people = replies(*[{"speed.got": 4}] * 4)
    found = survey_results(survey(MEAN, shown_from=5), people)

    assert found.result["mean"].estimate.value is None
    assert found.answers[1].numbers == {}


def test_fewer_people_than_may_be_claimed_about_give_no_judgement() -> None:
    bounded = {**MEAN, "strong_from": 5, "weak_to": 2}
    found = survey_results(survey(bounded, claims_from=3), replies(*[{"speed.got": 6}] * 2))

    mean = found.result["mean"]
    assert (mean.estimate.value, mean.estimate.low, mean.standing) == (6, None, "too-few")


@pytest.mark.parametrize(
    ("steps", "standing"), [((6, 6, 6), "strong"), ((2, 2, 2), "weak"), ((3, 6, 7), "between")]
)
def test_a_judgement_needs_the_whole_interval(steps: tuple[int, ...], standing: str) -> None:
    bounded = {**MEAN, "strong_from": 5, "weak_to": 2}
    found = survey_results(survey(bounded), replies(*({"speed.got": step} for step in steps)))

    assert found.result["mean"].standing == standing


def test_a_small_group_is_hidden_together_with_the_next_smallest() -> None:
    # C has 2 forms; shown alone it could be had by taking A and B off the total
    groups = ["A"] * 6 + ["B"] * 5 + ["C"] * 2
    people = replies(*[{"speed.got": 4}] * 13, groups=groups)
    found = survey_results(survey(MEAN, shown_from=5), people)

    assert [(one.group, one.forms) for one in found.groups] == [("A", 6)]
    assert found.hidden_groups == ("B", "C")


def test_what_does_not_fit_the_survey_is_counted() -> None:
    found = survey_results(
        survey(MEAN), replies({"speed.got": 8}, {"speed.got": "4.5"}, {"gone": 1}, {"care.got": 2})
    )

    assert found.misfits == 3
    assert found.result["mean"].estimate.count == 1


def test_comments_come_in_no_order_that_names_anybody() -> None:
    found = survey_results(survey(MEAN), replies({"remark": "b"}, {"remark": "a"}))

    assert found.comments == {"remark": ("a", "b")}


def test_findings_name_dimensions_and_measures_take_values() -> None:
    linked = {**MEAN, "strong_from": 5, "weak_to": 2, "dimensions": ["service"], "measure": "care"}
    definition = survey(linked)
    found = survey_results(definition, replies(*[{"speed.got": 6}] * 3))

    assert [(one.kind, one.dimensions) for one in findings(definition, found)] == [
        ("strength", ("service",))
    ]
    # step 6 on 1 to 7: (6 - 1) / (7 - 1) = 83.33 of 100
    assert measure_values(definition, found) == {"care": Fraction("83.33")}


def test_zones_give_a_measure_those_who_prefer_less_those_who_reject() -> None:
    people = [{"speed.got": step} for step in (2, 4, 5, 7)]
    definition = survey({**ZONES, "measure": "preference"})

    # half prefer, a quarter rejects
    found = survey_results(definition, replies(*people))
    assert measure_values(definition, found) == {"preference": 25}


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        key: st.integers(1, 7)
        for key in ("speed.expected", "speed.got", "care.expected", "care.got")
    },
)


@given(st.lists(ANSWERS, max_size=12), st.randoms())
def test_the_order_of_the_replies_changes_nothing(
    people: list[dict[str, int]], chance: object
) -> None:
    definition = survey(GAP, MEAN, ZONES)
    shuffled = list(replies(*people))
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert survey_results(definition, shuffled) == survey_results(definition, replies(*people))


@given(st.lists(ANSWERS, min_size=2, max_size=12))
def test_every_interval_holds_its_value(people: list[dict[str, int]]) -> None:
    found = survey_results(survey(GAP, MEAN, ZONES), replies(*people))

    for result in found.results:
        for estimate in (result.estimate, *(part.estimate for part in result.parts)):
            if estimate.low is not None and estimate.high is not None:
                assert estimate.value is not None
                assert estimate.low <= estimate.value <= estimate.high


@given(st.lists(ANSWERS, min_size=1, max_size=12))
def test_everybody_with_enough_answers_is_in_one_zone(people: list[dict[str, int]]) -> None:
    zones = survey_results(survey(ZONES), replies(*people)).result["zones"]

    if zones.estimate.count:
        assert sum(part.estimate.value or 0 for part in zones.parts) == 1
