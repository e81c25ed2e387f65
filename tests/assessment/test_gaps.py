from __future__ import annotations

from fractions import Fraction

import pytest
from builders import assessment, framework, gaps_of, scores

from crmplan.assessment.gaps import Gap, GapAnalysis, analyse_gaps, raise_priorities, target_levels
from crmplan.assessment.scoring import score
from crmplan.errors import UnknownElementError

CARE = framework(
    {
        "leadership": {"a": 1, "b": 1, "c": 1, "d": 1},
        "strategy": {"a": 1},
        "service": {"a": 1},
        "experience": {"a": 1},
    },
    links=[
        ("leadership", "strategy", "strong"),
        ("leadership", "service", "strong"),
        ("leadership", "experience", "moderate"),
    ],
    extra=(
        "profiles:\n"
        '  - {id: usual, title: "U", default: 3}\n'
        '  - {id: service-leader, title: "S", default: 3, dimensions: {service: "4.5"}}\n'
    ),
)


def test_priority_by_hand() -> None:
    # leadership: three of four items answered, all 1, target 3
    #   gap 3 − 1 = 2; importance 4 of 5, so 4/3 of the usual; certainty 3/4
    #   strategy (strong) and experience (moderate) have gaps, service has none:
    #   leverage 1 + 0.25 + 0.1 = 1.35
    #   priority 2 · 4/3 · 1.35 · 0.75 = 2.7
    # strategy: gap 1, importance 1, leverage 1, certainty 1: 1
    # experience: gap 2, importance 2/3: 4/3
    table = """
                  sara
    leadership.a  1
    leadership.b  1
    leadership.c  1
    leadership.d  ?
    strategy.a    2
    service.a     3
    experience.a  1
    """
    found = analyse_gaps(
        CARE,
        score(CARE, assessment(CARE, table)),
        targets=target_levels(CARE, "usual", {}),
        profile_id="usual",
        importances={"leadership": Fraction(4), "experience": Fraction(2)},
    )

    leadership = found.gaps["leadership"]
    assert leadership.gap == 2
    assert leadership.importance == Fraction(4, 3)
    assert leadership.leverage == Fraction("1.35")
    assert leadership.certainty == Fraction(3, 4)
    assert leadership.priority == Fraction("2.7")
    assert found.gaps["strategy"].priority == 1
    assert found.gaps["experience"].priority == Fraction(4, 3)
    assert [gap.dimension_id for gap in found.ranked] == ["leadership", "experience", "strategy"]


def test_a_link_to_a_dimension_without_a_gap_gives_no_leverage() -> None:
    found = gaps_of(CARE, scores(CARE, {"leadership": 1, "strategy": 3, "service": 3}))

    assert found.gaps["leadership"].leverage == 1  # experience has no score


def test_what_is_above_its_target_has_no_gap_and_no_rank() -> None:
    gap = gaps_of(CARE, scores(CARE, {"strategy": 5})).gaps["strategy"]

    assert (gap.gap, gap.priority, gap.rank) == (0, 0, None)


def test_what_has_no_score_has_no_gap() -> None:
    gap = gaps_of(CARE, scores(CARE, {})).gaps["strategy"]

    assert (gap.current, gap.gap, gap.priority, gap.rank) == (None, None, None, None)


def test_equal_priorities_keep_the_order_of_the_framework() -> None:
    found = gaps_of(CARE, scores(CARE, {"experience": 2, "service": 2, "strategy": 2}))

    assert [gap.dimension_id for gap in found.ranked] == ["strategy", "service", "experience"]
    assert [gap.rank for gap in found.ranked] == [1, 2, 3]


@pytest.mark.parametrize(("stated", "factor"), [(1, "1/3"), (3, "1"), (5, "5/3")])
def test_importance_three_is_usual(stated: int, factor: str) -> None:
    found = analyse_gaps(
        CARE,
        scores(CARE, {"strategy": 2}),
        targets=target_levels(CARE, "usual", {}),
        profile_id="usual",
        importances={"strategy": Fraction(stated)},
    )

    assert found.gaps["strategy"].priority == Fraction(factor)


def test_a_profile_gives_a_target_to_every_dimension() -> None:
    found = target_levels(CARE, "service-leader", {})

    assert found == {
        "leadership": 3,
        "strategy": 3,
        "service": Fraction("4.5"),
        "experience": 3,
    }


def test_what_was_agreed_with_the_client_goes_before_the_profile() -> None:
    found = target_levels(CARE, "service-leader", {"service": Fraction(4)})

    assert found["service"] == 4


def test_an_unknown_profile_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownElementError) as error:
        target_levels(CARE, "service-leaders", {})

    assert error.value.hint == "did you mean 'service-leader'?"


def test_a_target_for_an_unknown_dimension_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownElementError) as error:
        target_levels(CARE, "usual", {"servce": Fraction(4)})

    assert error.value.hint == "did you mean 'service'?"


def test_a_rule_raises_a_priority_by_a_quarter_and_ranks_anew() -> None:
    def gap(name: str, priority: int, rank: int) -> Gap:
        one = Fraction(1)
        return Gap(name, one, Fraction(3), Fraction(2), one, one, one, Fraction(priority), rank)

    analysis = GapAnalysis("usual", {"a": gap("a", 10, 1), "b": gap("b", 9, 2)})

    raised = raise_priorities(analysis, {"b"})

    # 9 × 5/4 = 11.25 is more than 10.
    assert [(one.dimension_id, one.priority, one.rank) for one in raised.ranked] == [
        ("b", Fraction(45, 4), 1),
        ("a", Fraction(10), 2),
    ]
    assert raised.gaps["b"].is_raised
    assert not raised.gaps["a"].is_raised
