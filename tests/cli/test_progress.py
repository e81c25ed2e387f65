"""Baseline and progress on the command line: what was signed, what is done, what remains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .command_line import crmplan, done

FIRST, SECOND = "portfolio-analysis", "customer-vision"
LATE = ("--finished", "2026-11-20", "--spent", 45, "--on", "2026-11-27")


@pytest.fixture
def begun(sample: Path) -> Path:
    """Give the sample with a baseline, one task done a week late, and one at 60 percent."""
    done("baseline", sample, "--approved", "2026-10-02")
    report = ("record", "progress", sample)
    done(*report, FIRST, "--percent", "100", "--started", "2026-10-05", *map(str, LATE))
    done(
        *report, SECOND, "--percent", "60", "--started", "2026-10-05", "--spent", "20",
        "--on", "2026-11-27",
    )  # fmt: skip
    return sample


def test_work_done_keeps_its_days_and_the_rest_goes_on_after_the_status_date(begun: Path) -> None:
    tasks = {one["task"]["id"]: one for one in done("plan", begun, "--json").data["tasks"]}

    assert (tasks[FIRST]["start"], tasks[FIRST]["finish"]) == ("2026-10-05", "2026-11-20")
    assert tasks[SECOND]["start"] == "2026-10-05"
    # 25 days, 40 percent of them left: ten working days from Monday 30 November.
    assert tasks[SECOND]["finish"] == "2026-12-11"
    others = [one["start"] for name, one in tasks.items() if name not in (FIRST, SECOND)]
    assert min(others) == "2026-11-30"


def test_progress_compares_with_what_was_signed(begun: Path) -> None:
    standing = done("progress", begun, "--json").data["standing"]

    assert standing["status_on"] == "2026-11-27"
    # 39 person-days of the one task, and 60 percent of 20 of the other.
    assert standing["overall"]["earned"]["number"] == 39 + 12
    assert standing["overall"]["spent"]["number"] == 65


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_progress_is_told_in_words(begun: Path, language: str) -> None:
    told = done("progress", begun, "--language", language).out

    assert len(told.splitlines()) == 12
    assert not re.search(r"[{}]", told)


def test_a_later_report_takes_the_place_of_the_former(begun: Path) -> None:
    done(
        "record", "progress", begun, SECOND, "--percent", "80", "--started", "2026-10-05",
        "--on", "2026-12-04",
    )  # fmt: skip

    found = done("progress", begun, "--json").data

    assert found["status_on"] == "2026-12-04"
    assert found["standing"]["without_cost"] == [SECOND]
    assert found["standing"]["overall"]["spent"] is None


def test_a_baseline_is_replaced_only_on_demand(begun: Path) -> None:
    refused = crmplan("baseline", begun)

    assert refused.status == 1
    assert "a baseline of 2026-10-02 already" in refused.err
    done("baseline", begun, "--approved", "2026-11-27", "--force")
    signed = done("export", begun, "--format", "json").out
    assert '"approved_on": "2026-11-27"' in signed
    assert '"approved_on": "2026-10-02"' not in signed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("portfolio-analysis --percent 20", "work that is done began on some day"),
        ("portfolio-analysis --percent 100 --started 2026-10-05", "with 100 percent, and only"),
        (
            "portfolio-analysis --percent 20 --started 2026-10-05 --remaining 0",
            "above 0 before 100 percent",
        ),
        (
            "portfolio-analysis --percent 20 --started 2026-10-05 --on 2026-10-01",
            "nothing that is reported lies after it",
        ),
    ],
)
def test_a_report_that_does_not_fit_is_refused(sample: Path, line: str, told: str) -> None:
    before = done("export", sample, "--format", "json").out

    outcome = crmplan("record", "progress", sample, *line.split())

    assert outcome.status == 1
    assert told in outcome.err
    assert done("export", sample, "--format", "json").out == before


def test_a_report_on_an_unknown_task_is_a_finding_with_the_one_that_was_meant(
    sample: Path,
) -> None:
    outcome = crmplan("record", "progress", sample, "portfolio-analysi", "--percent", "0")

    assert outcome.status == 3
    assert 'did you mean "portfolio-analysis"?' in outcome.err


def test_without_reports_the_way_to_one_is_told(sample: Path) -> None:
    outcome = crmplan("progress", sample)

    assert outcome.status == 1
    assert "crmplan record progress" in outcome.err


def test_a_status_date_before_the_last_report_is_refused(begun: Path) -> None:
    outcome = crmplan("plan", begun, "--status", "2026-11-20")

    assert outcome.status == 3
    assert "PLAN-STATUS" in outcome.err
    assert "--status 2026-11-27" in outcome.err
