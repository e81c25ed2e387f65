"""The health of a plan on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .command_line import crmplan


def test_checks_that_are_not_met_leave_with_status_three(sample: Path) -> None:
    outcome = crmplan("health", sample, "--json")

    assert outcome.status == 3
    states = {one["id"]: one["state"] for one in outcome.data}
    assert len(states) == 14
    assert states["high-duration"] == "not-met"
    assert states["critical-path"] == "met"
    assert states["missed-tasks"] == "open"


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_checks_are_told_in_words(sample: Path, language: str) -> None:
    outcome = crmplan("health", sample, "--language", language)

    assert not re.search(r"[{}]", outcome.out)
    assert outcome.out.count("DCMA") == 0


def test_without_answers_there_is_no_plan_to_check(client: Path) -> None:
    outcome = crmplan("health", client)

    assert outcome.status == 1
    assert "collect answers first" in outcome.err
