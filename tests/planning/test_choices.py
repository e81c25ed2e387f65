"""Initiatives that people want or do not want; the examples of docs/method/selection.md."""

from __future__ import annotations

from builders import catalogue, gaps

from crmplan.assessment.consistency import Finding
from crmplan.assessment.consistency_rules import ConsistencyRule
from crmplan.assessment.plan_records import InitiativeChoice
from crmplan.planning.selection import (
    ChoiceConflict,
    LeftOutInitiative,
    Reason,
    Selection,
    select_initiatives,
)

CARE = catalogue(
    """
    standards     service     0>2
    complaints    service     1>3  needs=standards
    cases         service     2>4  needs=complaints
    self-service  service     3>5  needs=cases
    """
)


def select(*choices: str, effect: dict[str, object] | None = None, level: object = 1) -> Selection:
    """Service stands at 1 and shall reach 3; each choice is written ``cases:excluded``."""
    rule = {
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
    decided = [one.split(":") for one in choices]
    return select_initiatives(
        gaps({"service": level}, target=3),
        CARE,
        findings=[Finding("some-rule", (), {})] if effect else [],
        framework_rules=[ConsistencyRule.model_validate(rule)] if effect else [],
        choices=[
            InitiativeChoice.model_validate({"initiative": one, "choice": choice, "reason": "R"})
            for one, choice in decided
        ],
    )


def test_what_people_want_is_in_though_it_leads_beyond_the_target() -> None:
    assert "self-service" not in select().ids

    found = select("self-service:mandatory")

    assert found.ids == {"standards", "complaints", "cases", "self-service"}
    assert found.chosen[-1].reasons == (Reason("decided", "self-service"),)
    assert found.conflicts == ()


def test_what_people_exclude_is_out_and_so_is_what_needs_it() -> None:
    found = select("complaints:excluded")

    assert found.ids == {"standards"}
    assert found.left_out[:2] == (
        LeftOutInitiative("complaints", "excluded"),
        LeftOutInitiative("cases", "needs-excluded", "complaints"),
    )


def test_wanting_what_needs_something_excluded_is_told_and_both_decisions_are_kept() -> None:
    found = select("cases:mandatory", "complaints:excluded")

    assert found.ids == {"standards", "cases"}
    assert found.conflicts == (ChoiceConflict("cases", "needs-excluded", "complaints"),)


def test_wanting_what_a_rule_postpones_is_told() -> None:
    postpone: dict[str, object] = {"kind": "postpone", "initiative": "complaints"}

    found = select("complaints:mandatory", effect=postpone)

    assert "complaints" in found.ids
    assert found.conflicts == (ChoiceConflict("complaints", "rule-postpones", "some-rule"),)


def test_excluding_what_a_rule_demands_is_told() -> None:
    prefer: dict[str, object] = {"kind": "prefer", "initiatives": ["complaints"]}

    found = select("complaints:excluded", effect=prefer)

    assert "complaints" not in found.ids
    assert found.conflicts == (ChoiceConflict("complaints", "rule-demands", "some-rule"),)


def test_wanting_what_is_reached_already_is_told() -> None:
    found = select("standards:mandatory", level=2)

    assert "standards" in found.ids
    assert found.conflicts == (ChoiceConflict("standards", "already-reached", "service"),)


def test_a_decision_about_another_frameworks_initiative_is_passed_over() -> None:
    assert select("loyalty-club:mandatory") == select()
