from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest
from builders import assessment, codes_of_findings, scores, seen

from crmplan.assessment.consistency import Finding, find_inconsistencies
from crmplan.assessment.responses import Evidence
from crmplan.assessment.scoring import score
from crmplan.definitions.library import load_framework

DRCRM = load_framework("drcrm")
QUIET: Mapping[str, object] = dict.fromkeys(DRCRM.dimension, 2)
ENABLERS_3_TO_8 = ("acquisition", "service", "loyalty", "experience", "software", "competence")


def evidence_for(*dimensions: str, periods: int = 0) -> list[Evidence]:
    """A document for every item of some dimensions."""
    return [
        seen(item.id, periods=periods, framework_id="drcrm")
        for name in dimensions
        for item in DRCRM.dimension[name].items
    ]


def codes(
    levels: Mapping[str, object],
    *,
    evidence: Iterable[Evidence] = (),
    target: object = 0,
    wanted: Iterable[str] = (),
) -> list[str]:
    """The rules that speak about a card on which everything not named stands at level 2."""
    card = scores(DRCRM, {**QUIET, **levels}, evidence)
    return codes_of_findings(DRCRM, card, target=target, wanted=wanted)


def test_a_card_without_contradictions_is_silent() -> None:
    assert codes({}) == []


def test_g1_a_dimension_two_levels_above_its_foundation() -> None:
    # competence → service is strong: 2 − 0 = 2 speaks, 2 − 1 = 1 does not
    assert codes({"competence": 0}) == ["G1"]
    assert codes({"competence": 1}) == []


def test_g2_a_dimension_three_levels_above_a_loose_foundation() -> None:
    # acquisition → experience is moderate: 3 − 0 speaks, 3 − 1 does not
    shown = evidence_for("experience")

    assert codes({"experience": 3, "acquisition": 0}, evidence=shown) == ["G2"]
    assert codes({"experience": 3, "acquisition": 1}, evidence=shown) == []


def test_g3_software_ahead_of_strategy() -> None:
    # 3 − 1 also breaks the strong link strategy → software, so G1 speaks as well
    shown = evidence_for("software")

    assert codes({"software": 3, "strategy": 1}, evidence=shown) == ["G1", "G3"]
    assert codes({"software": 3, "strategy": 2}, evidence=shown) == []
    assert codes({"software": 2, "strategy": 1}) == []


def test_g4_a_platform_needs_its_processes_first() -> None:
    assert codes({}, target=3) == ["G4"]
    assert codes({}, target=2) == []


@pytest.mark.parametrize("weak", ["service", "experience"])
def test_g5_a_loyalty_programme_without_sound_service(weak: str) -> None:
    assert codes({weak: 1}, wanted=["loyalty-programme"]) == ["G5"]
    assert codes({weak: 2}, wanted=["loyalty-programme"]) == []


def test_g5_is_silent_if_nobody_wants_a_loyalty_programme() -> None:
    assert codes({"service": 1}) == []


def test_g6_results_without_a_trend() -> None:
    two = evidence_for("satisfaction-results", periods=2)
    three = evidence_for("satisfaction-results", periods=3)

    assert codes({"satisfaction-results": 3}, evidence=two) == ["G6"]
    assert codes({"satisfaction-results": 3}, evidence=three) == []


def test_g6_is_silent_about_a_result_claimed_between_the_cap_and_level_three() -> None:
    # one item at 3, six at 2: claimed 15/7, counted 2
    first, *others = DRCRM.dimension["satisfaction-results"].items
    rows = [f"{first.id} 3", *(f"{item.id} 2" for item in others)]
    shown = [seen(first.id, framework_id="drcrm")]
    card = score(DRCRM, assessment(DRCRM, "\n".join(("sara", *rows)), evidence=shown))

    assert card.dimensions["satisfaction-results"].capped_from is not None
    assert codes_of_findings(DRCRM, card) == []


def test_g7_results_without_visible_causes() -> None:
    # mean of D3 to D8: 0 or 1; results at 2
    absent, ad_hoc = dict.fromkeys(ENABLERS_3_TO_8, 0), dict.fromkeys(ENABLERS_3_TO_8, 1)

    assert "G7" in codes(absent)
    assert "G7" not in codes(ad_hoc)


def test_g8_claims_without_evidence() -> None:
    assert codes({"service": 3}) == ["G8"]
    assert codes({"service": 3}, evidence=evidence_for("service")) == []


def test_g9_leadership_first() -> None:
    assert codes({"leadership": 1}) == ["G9"]
    assert codes({"leadership": 2}) == []


def test_g10_planned_but_not_lived() -> None:
    # 0.4 · 4 + 0.6 · 1 = 2.2
    assert codes({"leadership": "4/1"}) == ["G10"]
    assert codes({"leadership": "3/2"}) == []


def test_g11_every_privacy_question_is_low() -> None:
    # acquisition and software ask about privacy; one at level 2 is enough for silence
    assert codes({"acquisition": 1, "software": 1}) == ["G11"]
    assert codes({"acquisition": 2, "software": 1}) == []


def test_rules_are_silent_about_dimensions_without_a_score() -> None:
    assert codes_of_findings(DRCRM, scores(DRCRM, {})) == []


def test_one_answer_is_not_enough_to_say_that_plans_are_not_lived() -> None:
    one = assessment(DRCRM, "sara\nleadership.sponsor 5/0")

    assert codes_of_findings(DRCRM, score(DRCRM, one)) == []


def findings(levels: Mapping[str, object]) -> tuple[Finding, ...]:
    card = scores(DRCRM, {**QUIET, **levels})
    return find_inconsistencies(DRCRM, card, dict.fromkeys(DRCRM.dimension, Fraction(0)))


def test_a_finding_names_the_foundation_first_with_the_numbers_that_made_it_speak() -> None:
    found = findings({"competence": 0})

    assert found == (
        Finding("weak-foundation-strong", ("competence", "service"), {"from": 0, "to": 2}),
    )


def test_a_rule_speaks_once_for_each_broken_link() -> None:
    # software 0: service rests on it strongly; software itself rests on others
    assert [one.subjects for one in findings({"software": 0, "competence": 0})] == [
        ("competence", "service"),
        ("software", "service"),
    ]


def test_unconfirmed_answers_are_listed_one_by_one() -> None:
    service = DRCRM.dimension["service"]
    (found,) = findings({"service": 3})

    assert found.subjects == tuple(item.id for item in service.items)
    assert found.numbers == {"items": len(service.items)}


def test_a_capped_result_tells_what_was_claimed_and_what_counts() -> None:
    found = [one for one in findings({"key-results": 4}) if one.rule_id == "results-without-trend"]

    assert [(one.subjects, dict(one.numbers)) for one in found] == [
        (("key-results",), {"claimed": 4, "counted": 2})
    ]
