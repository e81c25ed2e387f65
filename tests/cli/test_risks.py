"""Recording risks, and what the commands and the roadmap then say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .command_line import crmplan, done, stored

RISK = ("Key people leave", "--percent", "30", "--response", "Name deputies", "--owner", "PMO")
DELAY = ("--delay", "10", "20", "60", "--task", "portfolio-analysis")


def test_a_recorded_risk_delays_the_dates_that_can_be_promised(sample: Path) -> None:
    before = done("risk", sample, "--samples", "2000", "--json").data["days"]["80"]

    told = done("record", "risk", sample, *RISK, *DELAY).out

    assert told == "r-1: Key people leave (30%)\n"
    assert done("risk", sample, "--samples", "2000", "--json").data["days"]["80"] > before


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_the_register_is_shown_below_the_dates(sample: Path, language: str) -> None:
    done("record", "risk", sample, *RISK, *DELAY)

    told = done("risk", sample, "--samples", "100", "--language", language).out

    assert "R-1" in told
    assert not re.search(r"[{}]", told)


def test_a_second_risk_gets_the_next_id_and_one_that_is_named_is_changed(sample: Path) -> None:
    done("record", "risk", sample, *RISK, *DELAY)
    done("record", "risk", sample, "New law", "--percent", "10")
    done("record", "risk", sample, "New law", "--percent", "40", "--id", "r-2")

    assert [(one.id, one.percent) for one in stored(sample).risks] == [("r-1", 30), ("r-2", 40)]


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("--delay 9 5 20 --task portfolio-analysis", 1, "9, 5 and 20 fall"),
        ("--delay 1 2 3", 1, "a delay needs tasks"),
        ("--task portfolio-analysis", 1, "a delay needs tasks"),
        ("--delay 1 2 3 --task portfolio-analysi", 3, 'did you mean "portfolio-analysis"?'),
    ],
)
def test_a_risk_that_does_not_fit_is_refused(
    sample: Path, line: str, status: int, told: str
) -> None:
    outcome = crmplan("record", "risk", sample, "Late", "--percent", "10", *line.split())

    assert outcome.status == status
    assert told in outcome.err
    assert stored(sample).risks == ()
