"""Recorded risks: the numbers of docs/method/risk.md, and what they do to the dates."""

from __future__ import annotations

from fractions import Fraction

import pytest
from planning.network.plans import dated, plan

from crmplan.assessment.plan_records import ProjectRisk
from crmplan.assessment.swot import ExternalLine
from crmplan.planning.estimates import ThreePoint
from crmplan.planning.risk import Settings, simulate
from crmplan.planning.risk_register import RiskRegister, register
from crmplan.planning.workplan import WorkPlan

ONE = plan("a 10")


def risk(name: str, percent: int, delay: tuple[int, int, int], *tasks: str) -> ProjectRisk:
    shortest, likely, longest = delay
    return ProjectRisk(
        id=name,
        title=name,
        percent=percent,
        shortest=shortest,
        likely=likely,
        longest=longest,
        tasks=tasks,
    )


def threat(name: str) -> ExternalLine:
    return ExternalLine(name, "threat", 4, 5, (), "")


SUPPLIER = risk("supplier", 25, (6, 12, 30), "a")


def registered(*risks: ProjectRisk, work: WorkPlan = ONE, finished: str = "") -> RiskRegister:
    return register(risks, (), plan=work, finished=frozenset(finished))


def test_the_worked_example_of_the_method() -> None:
    found = registered(SUPPLIER)

    profile = simulate(
        ONE,
        dated(ONE),
        estimates={},
        risks=found.simulated,
        settings=Settings(samples=20_000),
    )

    assert found.lines[0].exposure == 4
    assert profile.days[50] == 10
    assert abs(profile.planned_probability - 0.75) < 0.012
    # 20.70 within the spread that 20,000 samples leave.
    assert abs(profile.curve[95] - 30.70) < 0.6


def test_risks_stand_in_the_order_of_their_exposure() -> None:
    # 50 % of 2 days is 1, 10 % of 30 days is 3.
    found = registered(risk("often", 50, (1, 2, 3), "a"), risk("long", 10, (30, 30, 30), "a"))

    assert [(one.risk.id, one.exposure) for one in found.lines] == [
        ("long", Fraction(3)),
        ("often", Fraction(1)),
    ]


@pytest.mark.parametrize(
    ("given", "finished"),
    [
        (risk("r", 25, (0, 0, 0), "a"), ""),
        (risk("r", 25, (6, 12, 30)), ""),
        (risk("r", 25, (6, 12, 30), "elsewhere"), ""),
        (SUPPLIER, "a"),
    ],
    ids=["no delay", "no task", "a task that is not planned", "a finished task"],
)
def test_what_delays_nothing_is_listed_and_not_simulated(given: ProjectRisk, finished: str) -> None:
    found = registered(given, finished=finished)

    assert len(found.lines) == 1
    assert found.simulated == ()


def test_a_threat_is_suggested_until_a_risk_has_its_id() -> None:
    found = register([SUPPLIER], [threat("supplier"), threat("new-law")], plan=ONE)

    assert [one.factor_id for one in found.suggested] == ["new-law"]


def test_durations_that_share_a_role_spread_the_end_more_than_those_that_do_not() -> None:
    # Two tasks in a row, in one phase. Together they are long together; apart luck evens out.
    work = plan("a 20; b 20", "a FS b", a="one", b="other")
    estimates = {name: ThreePoint(10, 20, 40) for name in "ab"}

    def spread(shared: str) -> float:
        settings = Settings(samples=5_000, correlation=1, shared=shared)  # type: ignore[arg-type]
        curve = simulate(work, dated(work), estimates=estimates, settings=settings).curve
        return curve[90] - curve[10]

    assert spread("phase") > 1.2 * spread("role")
