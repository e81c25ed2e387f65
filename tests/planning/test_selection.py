from __future__ import annotations

from collections.abc import Sequence

import pytest
from builders import catalogue, gaps

from crmplan.assessment.consistency import Finding
from crmplan.assessment.consistency_rules import ConsistencyRule
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.selection import (
    LeftOutInitiative,
    Order,
    Reason,
    Selection,
    select_initiatives,
)

CARE = catalogue(
    """
    governance    leadership  0>2
    vision        leadership  1>3  needs=governance
    standards     service     0>2  needs=vision
    complaints    service     1>3  needs=standards
    cases         service     2>4  needs=complaints
    self-service  service     3>5  needs=cases
    club          loyalty     3>4  needs=complaints
    """
)


def rule(effect: dict[str, object]) -> ConsistencyRule:
    return ConsistencyRule.model_validate(
        {
            "id": "some-rule",
            "code": "G0",
            "title": "T",
            "message": "M",
            "advice": "A",
            "severity": "advice",
            "when": {"kind": "unconfirmed", "at_least": 3},
            "effect": effect,
            "source": "own",
        }
    )


def select(
    levels: dict[str, object],
    *,
    target: object = 3,
    effect: dict[str, object] | None = None,
    choose_from: Catalogue = CARE,
) -> Selection:
    """Choose; if there is an effect, its rule has spoken."""
    return select_initiatives(
        gaps({"leadership": 4, "service": 4, "loyalty": 4, **levels}, target=target),
        choose_from,
        findings=[Finding("some-rule", (), {})] if effect else [],
        framework_rules=[rule(effect)] if effect else [],
    )


def ids(selection: Selection) -> list[str]:
    return [one.id for one in selection.chosen]


def reasons(selection: Selection, initiative: str) -> Sequence[Reason]:
    return next(one.reasons for one in selection.chosen if one.id == initiative)


def left_out(selection: Selection, initiative: str) -> LeftOutInitiative:
    return next(one for one in selection.left_out if one.id == initiative)


def test_what_leads_from_below_the_target_to_above_the_present_is_chosen() -> None:
    # service at 1.5, target 3: 0→2, 1→3 and 2→4 help; 3→5 begins at the target
    found = select({"service": "1.5"})

    assert ids(found) == ["standards", "complaints", "cases"]
    assert reasons(found, "cases") == (Reason("closes-gap", "service"),)


def test_what_leads_no_further_than_the_present_is_left_out() -> None:
    found = select({"service": 2})

    assert left_out(found, "standards") == LeftOutInitiative("standards", "already-reached")
    assert left_out(found, "self-service") == LeftOutInitiative("self-service", "beyond-target")


def test_a_dimension_without_a_gap_needs_nothing() -> None:
    found = select({"service": 3})

    assert ids(found) == []
    assert left_out(found, "cases").kind == "no-gap"
    assert left_out(found, "complaints").kind == "already-reached"


def test_a_dimension_without_a_score_is_not_planned_for() -> None:
    found = select({"service": None})

    assert ids(found) == []
    assert left_out(found, "standards") == LeftOutInitiative("standards", "not-assessed")


def test_what_is_required_is_pulled_in_from_a_dimension_that_was_not_assessed() -> None:
    found = select({"service": 1, "leadership": None})

    assert ids(found)[:2] == ["governance", "vision"]
    assert reasons(found, "vision") == (Reason("required-by", "standards"),)
    assert reasons(found, "governance") == (Reason("required-by", "vision"),)


def test_what_is_required_may_lead_beyond_the_target_of_its_own_dimension() -> None:
    # leadership stands at its target of 2, but the standards need the vision, which leads to 3
    levels = gaps({"leadership": 2, "service": 1, "loyalty": 4}, target=2)

    found = select_initiatives(levels, CARE)

    assert reasons(found, "vision") == (Reason("required-by", "standards"),)
    assert found.chosen[0].in_place == ("governance",)


def test_the_gap_stands_before_other_reasons() -> None:
    found = select({"service": 1, "leadership": 1})

    assert reasons(found, "vision") == (
        Reason("closes-gap", "leadership"),
        Reason("required-by", "standards"),
    )


def test_what_the_organisation_has_already_is_not_done_again() -> None:
    # leadership at 4 has passed the level that the vision leads to
    found = select({"service": 1})

    assert "vision" not in ids(found)
    assert found.chosen[0].id == "standards"
    assert found.chosen[0].in_place == ("vision",)


def test_the_order_is_that_of_the_catalogue() -> None:
    found = select({"loyalty": 2, "service": 0, "leadership": 0}, target=4)

    assert ids(found) == [one.id for one in CARE.initiatives]


POSTPONE = {"kind": "postpone", "initiative": "complaints"}


def test_a_rule_can_postpone_and_what_needs_the_postponed_stays_out() -> None:
    found = select({"service": 1}, effect=POSTPONE)

    assert ids(found) == ["standards"]
    assert left_out(found, "complaints") == LeftOutInitiative(
        "complaints", "postponed", "some-rule"
    )
    assert left_out(found, "cases") == LeftOutInitiative("cases", "needs-postponed", "complaints")


def test_a_rule_that_did_not_speak_changes_nothing() -> None:
    silent = select_initiatives(
        gaps({"leadership": 4, "service": 1, "loyalty": 4}), CARE, framework_rules=[rule(POSTPONE)]
    )

    assert silent == select({"service": 1})


def test_what_is_postponed_does_not_hinder_what_has_its_result_already() -> None:
    # service at 3 and target 5: complaints (→ 3) is in place, so cases may come
    found = select({"service": 3}, target=5, effect=POSTPONE)

    assert "cases" in ids(found)


def test_a_rule_can_ask_for_initiatives_before_all_others() -> None:
    found = select(
        {"service": 1, "leadership": 2},
        effect={"kind": "require-first", "initiatives": ["vision"]},
    )

    assert reasons(found, "vision")[-1] == Reason("rule", "some-rule")
    assert found.orders == tuple(
        Order("vision", later, "some-rule") for later in ids(found) if later != "vision"
    )


def test_a_rule_does_not_ask_for_what_is_in_place() -> None:
    found = select({"service": 2}, effect={"kind": "require-first", "initiatives": ["governance"]})

    assert "governance" not in ids(found)
    assert found.orders == ()


def test_a_rule_can_prefer_initiatives_without_ordering_them() -> None:
    found = select({"loyalty": 3}, effect={"kind": "prefer", "initiatives": ["club"]})

    assert ids(found) == ["club"]
    assert reasons(found, "club") == (Reason("rule", "some-rule"),)
    assert found.orders == ()


def test_a_rule_can_ask_for_one_initiative_before_some_others() -> None:
    effect = {"kind": "require-before", "initiative": "governance", "before": ["cases", "club"]}
    found = select({"service": 2, "leadership": 1}, effect=effect)

    assert "governance" in ids(found)
    assert found.orders == (Order("governance", "cases", "some-rule"),)  # club is not chosen


@pytest.mark.parametrize(("level", "orders"), [(2, 1), (4, 0)])
def test_a_rule_can_let_a_chosen_initiative_wait_for_an_activity(level: int, orders: int) -> None:
    effect = {"kind": "hold", "initiative": "cases", "until": "redesign-processes"}
    found = select({"service": level}, effect=effect)

    assert found.orders == (Order("redesign-processes", "cases", "some-rule"),) * orders
