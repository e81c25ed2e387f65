from __future__ import annotations

from fractions import Fraction

import pytest
from builders import assessment, decided, framework, people, scores, seen

from crmplan.assessment.explanation import Explanation, explain
from crmplan.assessment.framework import Framework
from crmplan.assessment.scoring import NodeScore, Scorecard, score
from crmplan.errors import LevelOutsideScaleError, UnknownElementError


def service(asked: Framework, table: str, **records: object) -> NodeScore:
    found = score(asked, assessment(asked, table, **records))  # type: ignore[arg-type]
    return found.dimensions["service"]


TWO = framework({"service": {"promise": 2, "answer": 1}})
THREE = framework({"service": {"promise": 1, "answer": 1, "history": 1}})
FOUR = framework({"service": {"a": 1, "b": 1, "c": 1, "d": 1}})
TABLE_OF_FOUR = """
            sara
service.a   {}
service.b   {}
service.c   {}
service.d   {}
"""


def four(*cells: object, **records: object) -> NodeScore:
    return service(FOUR, TABLE_OF_FOUR.format(*cells), **records)


# The score of a dimension


def test_a_dimension_is_the_weighted_mean_of_its_items() -> None:
    # (2 · 3 + 1 · 1) / 3 = 7/3
    found = service(TWO, "sara\nservice.promise 3\nservice.answer 1")

    assert found.score == Fraction(7, 3)


def test_an_item_that_does_not_apply_leaves_the_denominator() -> None:
    # two threes and nothing else: 6 / 2, not 6 / 4
    found = four(3, 3, "n/a", "n/a")

    assert (found.score, found.coverage) == (3, 1)
    assert (found.low, found.high) == (3, 3)


def test_an_unknown_item_widens_the_interval_and_leaves_the_score() -> None:
    # score (2 + 3 + 4) / 3 = 3; between (9 + 0) / 4 and (9 + 5) / 4
    found = four(2, 3, 4, "?")

    assert (found.score, found.coverage) == (3, Fraction(3, 4))
    assert (found.low, found.high) == (Fraction(9, 4), Fraction(14, 4))


def test_an_unanswered_item_does_the_same() -> None:
    asked, unknown = four(2, 3, 4, "-"), four(2, 3, 4, "?")

    assert (asked.score, asked.low, asked.high) == (unknown.score, unknown.low, unknown.high)


def test_half_of_the_weight_is_enough_for_a_score() -> None:
    found = four(4, 2, "?", "-")

    assert (found.coverage, found.score, found.is_sufficient) == (Fraction(1, 2), 3, True)


def test_below_the_minimum_coverage_there_is_no_score() -> None:
    found = four(4, "?", "-", "-")

    assert found.coverage == Fraction(1, 4)
    assert (found.score, found.evidenced, found.staged_level) == (None, None, None)
    assert not found.is_sufficient
    assert (found.low, found.high) == (1, Fraction(19, 4))  # 4/4 and (4 + 15)/4


def test_coverage_counts_weights_not_items() -> None:
    heavy = service(TWO, "sara\nservice.promise 3\nservice.answer ?")
    light = service(TWO, "sara\nservice.promise ?\nservice.answer 3")

    assert (heavy.coverage, heavy.score) == (Fraction(2, 3), 3)
    assert (light.coverage, light.score) == (Fraction(1, 3), None)


def test_what_does_not_apply_does_not_count_as_missing() -> None:
    assert four(3, "n/a", "n/a", "n/a").coverage == 1


def test_an_open_item_widens_the_interval() -> None:
    # medians 2 and 3: 2.5; the open item lies between 1 and 4: (1 + 3)/2 to (4 + 3)/2
    found = service(
        framework({"service": {"promise": 1, "answer": 1}}),
        """
        p1 p2 p3
        service.promise 1 2 4
        service.answer  3 3 3
        """,
    )

    assert (found.score, found.low, found.high) == (Fraction(5, 2), 2, Fraction(7, 2))
    assert found.open_items == ("service.promise",)


def test_a_decided_item_no_longer_widens_it() -> None:
    found = service(
        framework({"service": {"promise": 1}}),
        people("service.promise", 1, 2, 4),
        decisions=[decided("service.promise", 3)],
    )

    assert (found.score, found.low, found.high, found.open_items) == (3, 3, 3, ())


def test_the_lowest_part_is_named_beside_the_mean() -> None:
    assert four(4, 0, 5, 3).lowest == "service.b"


def test_of_two_lowest_parts_the_first_is_named() -> None:
    assert four(4, 1, 1, 3).lowest == "service.b"


# Evidence


def test_claimed_and_evidenced_stand_side_by_side() -> None:
    # claimed (4 + 4 + 2 + 2) / 4 = 3; seen (4 + 2 + 2 + 2) / 4 = 2.5; evidence for 1 of 4 items
    found = four(4, 4, 2, 2, evidence=[seen("service.a")])

    assert (found.score, found.evidenced) == (3, Fraction(5, 2))
    assert found.evidence_share == Fraction(1, 4)


# The staged level


def test_a_level_is_reached_when_more_than_half_of_the_weight_stands_on_it() -> None:
    # level 2: 4 of 4; level 3: 3 of 4 is more than half, but not fully, so the ladder ends here
    assert four(3, 3, 3, 2).staged_level == 3


def test_exactly_half_is_not_more_than_half() -> None:
    assert four(3, 3, 2, 2).staged_level == 2


def test_a_level_counts_only_if_every_lower_one_is_reached_fully() -> None:
    # level 1: 3 of 4 = 0.75 is largely but not fully, so the fives do not help; the mean is 3.75
    found = four(5, 5, 5, 0)

    assert (found.score, found.staged_level) == (Fraction(15, 4), 1)


def test_fully_is_more_than_eighty_five_hundredths() -> None:
    # level 1: 17 of 20 = 0.85 is not more than 0.85; 18 of 20 is
    exact = framework({"service": {"big": 17, "small": 3}})
    above = framework({"service": {"big": 18, "small": 2}})
    table = "sara\nservice.big 4\nservice.small 0"

    assert service(exact, table).staged_level == 1
    assert service(above, table).staged_level == 4


def test_an_unknown_item_reaches_no_level() -> None:
    # level 1: 3 of 4 applicable, not 3 of 3
    assert four(5, 5, 5, "?").staged_level == 1
    assert four(5, 5, 5, "n/a").staged_level == 5


# Results without a series of periods

TREND = "scoring: {trend: {periods: 3, cap: 2}}\n"
RESULTS = framework(
    {"service": {"promise": 1}, "gain": {"growth": 1}}, results=["gain"], extra=TREND
)


@pytest.mark.parametrize(("periods", "expected"), [(0, 2), (2, 2), (3, 4)])
def test_a_high_result_needs_three_periods(periods: int, expected: int) -> None:
    found = scores(RESULTS, {"gain": 4}, [seen("gain.growth", periods=periods)])

    assert found.dimensions["gain"].score == expected


def test_a_capped_result_remembers_what_was_claimed() -> None:
    found = scores(RESULTS, {"gain": 4}).dimensions["gain"]

    assert (found.score, found.capped_from) == (2, 4)
    assert (found.high, found.evidenced, found.staged_level) == (2, 2, 2)


def test_a_low_result_needs_no_series() -> None:
    found = scores(RESULTS, {"gain": 2}).dimensions["gain"]

    assert (found.score, found.capped_from) == (2, None)


def test_ways_of_working_need_no_series() -> None:
    assert scores(RESULTS, {"service": 4}).dimensions["service"].score == 4


def test_a_better_result_never_scores_lower_for_want_of_a_series() -> None:
    gain = framework({"gain": {"a": 1, "b": 1}}, results=["gain"], extra=TREND)
    before = score(gain, assessment(gain, "sara\ngain.a 3\ngain.b 2")).dimensions["gain"]
    after = score(gain, assessment(gain, "sara\ngain.a 3\ngain.b 3")).dimensions["gain"]

    assert (before.score, after.score) == (2, 2)  # claimed 2.5 and 3


def test_the_whole_counts_a_capped_result_as_capped_in_its_level_too() -> None:
    # staged level of the whole: at level 3 only the half of the weight that is service
    found = scores(RESULTS, {"service": 4, "gain": 4})

    assert found.overall.score == 3  # (4 + 2) / 2
    assert found.overall.staged_level == 2


# Groups and the whole

GROUPED = framework(
    {"service": {"a": 1}, "loyalty": {"a": 1}, "gain": {"a": 1}},
    weights={"service": 3, "loyalty": 1, "gain": 4},
    groups={"service": "enablers", "loyalty": "enablers", "gain": "results"},
    extra='groups: [{id: enablers, title: "E"}, {id: results, title: "R"}]\n',
)


def test_a_group_is_the_weighted_mean_of_its_dimensions() -> None:
    # (3 · 4 + 1 · 2) / 4 = 3.5; the whole (3·4 + 1·2 + 4·1) / 8 = 2.25
    found = scores(GROUPED, {"service": 4, "loyalty": 2, "gain": 1})

    assert found.groups["enablers"].score == Fraction(7, 2)
    assert found.groups["results"].score == 1
    assert found.overall.score == Fraction(9, 4)
    assert found.overall.lowest == "gain"


def test_a_dimension_without_a_score_is_not_covered() -> None:
    # enablers: 3 of 4 weights; the whole: 7 of 8 weights
    found = scores(GROUPED, {"service": 4, "gain": 1})

    assert found.groups["enablers"].coverage == Fraction(3, 4)
    assert found.groups["enablers"].score == 4
    assert found.overall.coverage == Fraction(7, 8)
    assert found.overall.low == Fraction(16, 8)  # 3·4 + 1·0 + 4·1
    assert found.overall.high == Fraction(21, 8)  # 3·4 + 1·5 + 4·1


def test_a_dimension_that_does_not_apply_is_not_missing() -> None:
    found = scores(GROUPED, {"service": 4, "loyalty": "n/a", "gain": 1})

    assert found.groups["enablers"].coverage == 1
    assert found.dimensions["loyalty"].low is None


def test_too_few_dimensions_give_no_score_of_the_whole() -> None:
    assert scores(GROUPED, {"service": 4}).overall.score is None  # 3 of 8 weights


# What belongs to a scorecard


def test_the_people_are_counted_who_answered() -> None:
    given = assessment(THREE, "ann ben cas\nservice.promise 3 2 -")

    assert score(THREE, given).respondents == 2


def test_an_answer_for_an_unknown_item_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownElementError) as error:
        score(THREE, assessment(THREE, people("service.promises", 3)))

    assert error.value.hint == "did you mean 'service.promise'?"


@pytest.mark.parametrize(
    "records",
    [
        {"decisions": (decided("service.promises", 3),)},
        {"evidence": (seen("service.promises"),)},
    ],
    ids=["decision", "evidence"],
)
def test_what_is_recorded_about_an_unknown_item_is_refused(records: dict[str, object]) -> None:
    given = assessment(THREE, people("service.promise", 3), **records)  # type: ignore[arg-type]

    with pytest.raises(UnknownElementError, match=r"no item 'service\.promises'"):
        score(THREE, given)


def test_an_answer_by_an_unknown_person_is_refused() -> None:
    given = assessment(THREE, people("service.promise", 3))

    with pytest.raises(UnknownElementError, match="no respondent 'p1'"):
        score(THREE, given.model_copy(update={"respondents": ()}))


@pytest.mark.parametrize("level", [6, -1])
def test_an_answer_that_is_not_on_the_scale_is_refused(level: int) -> None:
    with pytest.raises(LevelOutsideScaleError, match=f"level {level} of 'service.promise'"):
        score(THREE, assessment(THREE, people("service.promise", level)))


def test_a_decision_that_is_not_on_the_scale_is_refused() -> None:
    given = assessment(
        THREE, people("service.promise", 1, 4), decisions=[decided("service.promise", 6)]
    )

    with pytest.raises(LevelOutsideScaleError):
        score(THREE, given)


def test_asking_for_an_unknown_score_suggests_a_known_one() -> None:
    with pytest.raises(UnknownElementError) as error:
        scores(GROUPED, {}).node("enabler")

    assert error.value.hint == "did you mean 'enablers'?"


# Explanations


def sum_of_shares(tree: Explanation) -> Fraction:
    return sum(
        (part.weight * part.value for part in tree.parts if part.weight and part.value is not None),
        Fraction(0),
    )


def nodes(scorecard: Scorecard) -> tuple[str, ...]:
    return ("overall", *scorecard.groups, *scorecard.dimensions)


def test_the_shares_of_an_explanation_add_up_to_the_score() -> None:
    found = scores(GROUPED, {"service": 4, "loyalty": 2, "gain": 1})

    for node_id in nodes(found):
        tree = explain(found, node_id)
        assert sum(part.weight or 0 for part in tree.parts) == 1
        assert sum_of_shares(tree) == tree.value


def test_what_does_not_count_has_no_share() -> None:
    tree = explain(score(FOUR, assessment(FOUR, TABLE_OF_FOUR.format(2, 3, 4, "n/a"))), "service")

    assert [part.rule for part in tree.parts] == ["median", "median", "median", "not-applicable"]
    assert [part.weight for part in tree.parts] == [Fraction(1, 3)] * 3 + [None]
    assert (tree.rule, tree.value, sum_of_shares(tree)) == ("weighted-mean", 3, 3)


def test_an_explanation_goes_down_to_single_answers() -> None:
    tree = explain(
        score(THREE, assessment(THREE, people("service.promise", 1, 2, 4))), "service.promise"
    )

    assert (tree.rule, tree.value) == ("median", 2)
    assert [(part.id, part.rule, part.value) for part in tree.parts] == [
        ("p1", "answer", 1),
        ("p2", "answer", 2),
        ("p3", "answer", 4),
    ]


def test_an_explanation_names_the_decision_the_cap_and_what_is_not_enough() -> None:
    given = assessment(
        THREE, people("service.promise", 1, 4), decisions=[decided("service.promise", 3)]
    )
    found = score(THREE, given)

    assert explain(found, "service.promise").rule == "decision"
    assert explain(found, "service").rule == "insufficient"
    assert explain(scores(RESULTS, {"gain": 4}), "gain").rule == "capped"
