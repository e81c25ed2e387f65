from __future__ import annotations

from fractions import Fraction

import pytest

from crmplan.assessment.responses import Organisation
from crmplan.planning.sizing import EffortRange, Sizing, size_up


def sizing(*, foundations: tuple[object, ...] = (), **facts: object) -> Sizing:
    levels = [None if level is None else Fraction(str(level)) for level in foundations]
    return size_up(Organisation.model_validate({"name": "Alborz", **facts}), levels)


@pytest.mark.parametrize(
    ("users", "size", "pace"),
    [
        (1, "1/2", "1/2"),
        (30, "1/2", "1/2"),
        (31, "1", "1"),
        (150, "1", "1"),
        (151, "9/5", "7/5"),
        (500, "9/5", "7/5"),
        (501, "5/2", "2"),
    ],
)
def test_more_users_mean_more_work_and_a_little_more_time(users: int, size: str, pace: str) -> None:
    found = sizing(users=users)

    assert (found.size, found.pace) == (Fraction(size), Fraction(pace))


@pytest.mark.parametrize(
    ("functions", "legacy", "complexity"),
    [
        (1, False, "4/5"),
        (2, False, "1"),
        (3, False, "1"),
        (4, False, "13/10"),
        (1, True, "13/10"),
    ],
)
def test_more_functions_and_old_systems_make_work_harder(
    functions: int, legacy: bool, complexity: str
) -> None:
    assert sizing(functions=functions, legacy=legacy).complexity == Fraction(complexity)


@pytest.mark.parametrize(
    ("foundations", "readiness"),
    [((2, 3), "1"), ((1, 3), "6/5"), (("0.9", None), "6/5"), (("1.01",), "1"), ((None,), "1")],
)
def test_a_weak_foundation_makes_all_work_harder(
    foundations: tuple[object, ...], readiness: str
) -> None:
    assert sizing(foundations=foundations).readiness == Fraction(readiness)


def test_an_organisation_nobody_described_counts_as_the_reference() -> None:
    assert sizing() == Sizing()


def test_effort_by_hand() -> None:
    # 300 users, four functions, leadership at 1: 9/5 · 13/10 · 6/5 = 2.808
    # 15–30 person-days become 42.12 and 84.24, rounded up to 43 and 85
    found = sizing(users=300, functions=4, foundations=(1, 3))

    assert found.effort == Fraction("2.808")
    assert found.effort_days(15, 30) == EffortRange(43, 85)


def test_time_by_hand() -> None:
    # 4–6 weeks are 20–30 working days, middle 25; 300 users: 25 · 7/5 = 35
    assert sizing(users=300).duration_days(20, 30) == 35
    # middle of 3 and 4 is 3.5, rounded up
    assert Sizing().duration_days(3, 4) == 4


def test_efforts_add_up() -> None:
    total = EffortRange(1, 2) + EffortRange(10, 25)

    assert (total, total.middle) == (EffortRange(11, 27), 19)
