"""A forecast beside a later assessment, on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .command_line import EXAMPLES, crmplan, done


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Give the sample as if it had been assessed again years later, with the same answers."""
    written = json.loads((EXAMPLES / "home-appliances" / "engagement.en.json").read_text("utf-8"))
    written["frameworks"][0]["held_on"] = "2029-01-15"
    source, file = tmp_path / "later.json", tmp_path / "later.crmplan"
    source.write_text(json.dumps(written), encoding="utf-8")
    done("import", file, source)
    return file


def test_without_progress_nothing_of_the_gain_is_found(sample: Path, later: Path) -> None:
    found = done("forecast", sample, "--actual", later, "--json").data

    assert found["held_on"] == "2029-01-15"
    assert all(one["found"] == one["before"] for one in found["outcomes"])


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_the_comparison_is_told_in_words(sample: Path, later: Path, language: str) -> None:
    told = done("forecast", sample, "--actual", later, "--language", language).out

    assert not re.search(r"[{}]", told)
    assert len(told.splitlines()) == 13


def test_an_assessment_of_the_same_day_has_nothing_to_compare(sample: Path) -> None:
    outcome = crmplan("forecast", sample, "--actual", sample)

    assert outcome.status == 1
    assert "before any phase was over" in outcome.err
