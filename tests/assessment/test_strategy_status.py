"""Where measures and objectives of a strategy map stand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from client_definitions import strategy_map
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.client_records import MeasureReading, MeasureTarget
from crmplan.assessment.strategy_map import StrategyMap
from crmplan.assessment.strategy_status import (
    MeasureState,
    StrategyFinding,
    StrategyStatus,
    strategy_status,
)

JANUARY, APRIL, JULY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
DECEMBER = date(2026, 12, 27)  # 360 days after 1 January

BODY = """\
perspectives:
  - id: process
    number: 1
    title: "Process"
    question: "Q"
    content: "C"
    dimensions: {service: 1, software: "0.4"}
    source: "own"
  - {id: customer, number: 2, title: "Customer", question: "Q", content: "C", source: "own"}
objectives:
  - id: dependable
    perspective: process
    title: "Dependable"
    meaning: "M"
    initiatives: [case-management]
    source: "own"
  - {id: loyal, perspective: customer, title: "Loyal", meaning: "M", source: "own"}
links:
  - {id: first, from: dependable, to: loyal, reason: "R", source: "own"}
measures:
  - {id: retention, objective: loyal, title: "R", unit: "%", better: higher, method: "M",
     source: "own"}
  - {id: solved, objective: dependable, title: "S", unit: "%", better: higher, method: "M",
     source: "own"}
  - {id: cycle, objective: dependable, title: "C", unit: "days", better: lower, method: "M",
     source: "own"}
  - {id: complaints, objective: dependable, title: "C", unit: "n", better: lower, method: "M",
     source: "own"}
"""


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> StrategyMap:
    return strategy_map(tmp_path_factory.mktemp("maps") / "care", BODY)


def target(measure: str, value: object, due: date | None = DECEMBER) -> MeasureTarget:
    return MeasureTarget(strategy_map="care", measure=measure, value=value, due=due, owner="Ada")  # type: ignore[arg-type]


def reading(measure: str, on: date, value: object) -> MeasureReading:
    return MeasureReading(strategy_map="care", measure=measure, on=on, value=value)  # type: ignore[arg-type]


def status(
    care: StrategyMap,
    targets: list[MeasureTarget],
    readings: list[MeasureReading],
    on: date | None = JULY,
    **more: object,
) -> StrategyStatus:
    return strategy_status(care, targets, readings, on=on, **{"levels": {}, **more})  # type: ignore[arg-type]


def test_states_by_hand(care: StrategyMap) -> None:
    # retention: (74 − 70) / (80 − 70) = 4/10, after 90 of 360 days: 1/4 expected
    # cycle: (38 − 40) / (30 − 40) = 1/5 < 1/4
    # solved: 81 is more than 80
    # complaints: only the baseline, and the day has passed
    found = status(
        care,
        [
            target("retention", 80),
            target("cycle", 30),
            target("solved", 80),
            target("complaints", 8, date(2026, 6, 1)),
        ],
        [
            reading("retention", APRIL, 74),
            reading("retention", JANUARY, 70),
            reading("cycle", JANUARY, 40),
            reading("cycle", APRIL, 38),
            reading("solved", JANUARY, 60),
            reading("solved", APRIL, 81),
            reading("complaints", JANUARY, 12),
        ],
        levels={"service": Fraction(3), "software": Fraction(1)},
    )

    assert {
        name: (one.state, one.progress, one.expected) for name, one in found.measures.items()
    } == {
        "retention": ("on-the-way", Fraction(4, 10), Fraction(1, 4)),
        "cycle": ("behind", Fraction(1, 5), Fraction(1, 4)),
        "solved": ("reached", Fraction(21, 20), Fraction(1, 4)),
        "complaints": ("behind", 0, 0),
    }
    assert found.objectives["loyal"].state == "on-the-way"
    assert found.objectives["dependable"].state == "behind"
    # (1 · 3 + 0.4 · 1) / 1.4
    assert found.levels == {"process": Fraction(17, 7), "customer": None}


@pytest.mark.parametrize(
    ("values", "due", "state"),
    [
        ([], DECEMBER, "not-read"),
        ([70], DECEMBER, "begun"),
        ([80], DECEMBER, "reached"),
        ([70, 71], None, "on-the-way"),
        ([70, 70], None, "behind"),
        ([70, 69], None, "behind"),
        ([90, 70], DECEMBER, "behind"),  # what was once better than the target is lost
        ([70, 75], JANUARY, "behind"),
    ],
)
def test_the_state_of_one_measure(
    care: StrategyMap, values: list[int], due: date | None, state: MeasureState
) -> None:
    days = [JANUARY, APRIL]
    readings = [reading("retention", day, value) for day, value in zip(days, values, strict=False)]

    found = status(care, [target("retention", 80, due)], readings)

    assert found.measures["retention"].state == state


def test_readings_after_the_status_day_are_not_known_yet(care: StrategyMap) -> None:
    readings = [reading("retention", JANUARY, 70), reading("retention", JULY, 90)]

    found = status(care, [target("retention", 80)], readings, on=APRIL)

    assert found.measures["retention"].state == "begun"


def test_without_a_status_day_the_last_reading_counts(care: StrategyMap) -> None:
    readings = [reading("retention", JANUARY, 70), reading("retention", JULY, 90)]

    found = status(care, [target("retention", 80)], readings, on=None)

    assert (found.on, found.measures["retention"].state) == (JULY, "reached")


def test_what_nobody_measures_owns_or_works_on_is_found(care: StrategyMap) -> None:
    unowned = target("retention", 80).model_copy(update={"owner": ""})

    found = status(care, [unowned, target("lost", 1)], [], planned={"case-management"})

    assert found.findings == (
        StrategyFinding("no-initiative", "loyal"),
        StrategyFinding("no-owner", "retention"),
        StrategyFinding("no-reading", "retention"),
        StrategyFinding("no-target", "solved"),
        StrategyFinding("no-target", "cycle"),
        StrategyFinding("no-target", "complaints"),
        StrategyFinding("unknown-measure", "lost"),
    )
    assert found.objectives["dependable"].planned == ("case-management",)


def test_nothing_is_said_about_initiatives_if_the_plan_has_others(care: StrategyMap) -> None:
    found = status(care, [], [], planned=None)

    assert {one.kind for one in found.findings} == {"no-target"}


def test_records_of_another_map_do_not_count(care: StrategyMap) -> None:
    other = target("retention", 80).model_copy(update={"strategy_map": "other"})

    assert not status(care, [other], []).has_targets


@given(
    values=st.lists(st.integers(0, 100), min_size=1, max_size=6),
    goal=st.integers(0, 100),
    more=st.integers(0, 50),
)
def test_a_better_reading_never_makes_the_state_worse(
    care: StrategyMap, values: list[int], goal: int, more: int
) -> None:
    order = ["behind", "begun", "on-the-way", "reached"]
    days = [JANUARY + timedelta(days=30 * number) for number in range(len(values) + 1)]

    def state(last: int) -> int:
        readings = [
            reading("retention", day, value)
            for day, value in zip(days, [*values, last], strict=True)
        ]
        return order.index(
            status(care, [target("retention", goal)], readings).measures["retention"].state
        )

    assert state(values[-1]) <= state(values[-1] + more)
