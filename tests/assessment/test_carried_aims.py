"""What a client wants, in the terms of the framework that plans."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from builders import framework
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.carried_aims import Aims, carried_aims
from crmplan.assessment.crosswalk import Crosswalk
from crmplan.assessment.framework import Framework

SOURCE = framework({"planning": {"value": 1}, "service": {"speed": 1}})
PLANNING = framework({"strategy": {"portfolio": 1}, "loyalty": {"reasons": 1}})
HALF = Fraction(1, 2)


def carried(
    targets: Mapping[str, Fraction],
    importances: Mapping[str, Fraction],
    links: Mapping[tuple[str, str], Fraction],
    source: Framework = SOURCE,
) -> Aims:
    crosswalk = Crosswalk.model_validate(
        {
            "from": "care",
            "to": "care",
            "links": [
                {"from": a, "to": b, "relation": "intersects", "strength": str(s), "reason": "R"}
                for (a, b), s in links.items()
            ],
        }
    )
    return carried_aims(
        crosswalk,
        Aims(targets, importances),
        source=source,
        framework=PLANNING,
        defaults=dict.fromkeys(PLANNING.dimension, Fraction(3)),
    )


TARGETS = {"planning": Fraction(4), "service": Fraction(2)}
LINKS = {
    ("planning.value", "strategy.portfolio"): Fraction(1),
    ("service.speed", "strategy.portfolio"): HALF,
}


def test_the_worked_example_of_aims() -> None:
    found = carried(TARGETS, {"planning": Fraction(5)}, LINKS)

    assert found.targets == {"strategy": Fraction(10, 3), "loyalty": 3}
    assert found.importances == {"strategy": Fraction(13, 3), "loyalty": 3}


def test_a_target_is_carried_to_the_scale_of_the_planning_framework() -> None:
    source = framework({"planning": {"value": 1}, "service": {"speed": 1}}, highest=4)

    found = carried(TARGETS, {}, LINKS, source)

    # 10/3 of 4 is 25/6 of 5; a default is on the planning scale already
    assert found.targets == {"strategy": Fraction(25, 6), "loyalty": 3}


@given(
    first=st.fractions(0, 5), second=st.fractions(0, 5), strength=st.fractions(Fraction(1, 10), 1)
)
def test_a_carried_target_lies_between_those_it_is_made_of(
    first: Fraction, second: Fraction, strength: Fraction
) -> None:
    links = {**LINKS, ("service.speed", "strategy.portfolio"): strength}

    found = carried({"planning": first, "service": second}, {}, links)

    assert min(first, second) <= found.targets["strategy"] <= max(first, second)
