"""``crmplan plan --capacity``: dates under limited roles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmplan.data_files import data_folder

from .command_line import crmplan, done

ROLES = "project-manager=1,it-manager=1,data-analyst=1,marketing=1,service=1"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "sample.crmplan"
    done("import", file, data_folder("examples") / "home-appliances" / "engagement.en.json")
    return file


def test_a_limited_role_makes_tasks_wait_and_says_behind_whom(sample: Path) -> None:
    data = json.loads(done("plan", sample, "--capacity", ROLES, "--json").out)["data"]

    assert data["levelling"]["makespan"] >= data["levelling"]["lower_bound"]
    waiting = [wait for waits in data["waits"].values() for wait in waits]
    assert waiting
    assert {wait["role"] for wait in waiting} <= {part.split("=")[0] for part in ROLES.split(",")}
    # No role leads two tasks on one day.
    times = [
        (task["task"]["lead"], day)
        for task in data["tasks"]
        for day in range(task["times"]["early_start"], task["times"]["early_finish"])
        if task["task"]["lead"] in ROLES
    ]
    limited = [one for one in times if f"{one[0]}=1" in ROLES.split(",")]
    assert len(limited) == len(set(limited))


def test_without_limits_nobody_waits(sample: Path) -> None:
    data = json.loads(done("plan", sample, "--json").out)["data"]

    assert (data["waits"], data["levelling"]) == ({}, None)


def test_an_unknown_role_is_refused_with_the_one_that_was_meant(sample: Path) -> None:
    outcome = crmplan("plan", sample, "--capacity", "project-manger=1")

    assert outcome.status == 1
    assert "did you mean 'project-manager'?" in outcome.err


def test_a_capacity_without_a_number_is_a_wrong_command_line(sample: Path) -> None:
    assert crmplan("plan", sample, "--capacity", "project-manager").status == 2
