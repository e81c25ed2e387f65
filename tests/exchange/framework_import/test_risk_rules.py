from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.exchange.framework_import.risk_rules import (
    ConditionError,
    RiskRule,
    choices_in,
    holds,
    outcomes,
    parse_condition,
    risk_of,
)


@pytest.mark.parametrize(
    ("condition", "chosen", "expected"),
    [
        ("a", "a", True),
        ("!a", "a", False),
        ("a && b", "a", False),
        ("a || b && c", "a", True),  # && binds first: a || (b && c)
        ("(a || b) && c", "a", False),
        ("!a || b", "", True),
        ("!(a || b)", "b", False),
        ("default", "", True),
    ],
)
def test_a_condition_holds_or_not(condition: str, chosen: str, expected: bool) -> None:
    assert holds(parse_condition(condition), set(chosen)) is expected


@pytest.mark.parametrize("text", ["", "a b", "(a", "a)", "&& a", "a & b", "!", "a && ()", "'a'"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


@pytest.mark.parametrize("text", ["(" * 5_000 + "a", "!" * 9_000 + "a", "a || " * 5_000 + "a"])
def test_hostile_conditions_end_quickly(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


@given(st.text(alphabet="ab!&|() ", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = parse_condition(text)
    except ConditionError:
        return
    assert set("".join(choices_in(condition))) <= {"a", "b"}


def test_the_first_rule_that_fits_counts() -> None:
    rules = [
        RiskRule(parse_condition("a"), "NO_RISK"),
        RiskRule(parse_condition("a || b"), "HIGH_RISK"),
    ]

    assert risk_of(rules, {"a", "b"}) == "NO_RISK"
    assert outcomes(rules, ["a", "b"]) == {"NO_RISK", "HIGH_RISK", None}
