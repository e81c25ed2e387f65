"""Budgets, decisions and capacities that are stored, and what ``crmplan plan`` says about them."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from crmplan.cli.levelling import watched
from crmplan.data_files import data_folder
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.problem import ResourceProblem
from crmplan.planning.resources.solving import SCHEDULES

from .command_line import crmplan, done, stored


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "sample.crmplan"
    done("import", file, data_folder("examples") / "home-appliances" / "engagement.en.json")
    return file


def test_a_stored_budget_is_used_without_being_typed_again(sample: Path) -> None:
    done("record", "budget", sample, "1", "500")
    done("record", "budget", sample, "2", "300")

    outcome = done("plan", sample, "--json")

    assert [one.person_days for one in stored(sample).budgets] == [500, 300]
    assert outcome.data["budget"]["cost_days"][0] <= 500
    assert sum(outcome.data["budget"]["cost_days"]) <= 800


def test_a_decision_is_stored_by_code_or_id_and_kept_in_the_plan(sample: Path) -> None:
    done("record", "choice", sample, "d3-1", "excluded", "--reason", "Not before the new system")
    done(
        "record",
        "choice",
        sample,
        "loyalty-programme",
        "mandatory",
        "--reason",
        "The board",
    )

    selection = done("plan", sample, "--json").data["selection"]

    assert {one.initiative: one.choice for one in stored(sample).initiative_choices} == {
        "lead-source-register": "excluded",
        "loyalty-programme": "mandatory",
    }
    assert "loyalty-programme" in {one["id"] for one in selection["chosen"]}
    out = {one["id"]: one["kind"] for one in selection["left_out"]}
    assert out["lead-source-register"] == "excluded"


def test_a_decision_about_an_unknown_initiative_names_the_one_that_was_meant(sample: Path) -> None:
    outcome = crmplan("record", "choice", sample, "loyalty-programmes", "excluded", "--reason", "R")

    assert outcome.status == 1
    assert "did you mean 'loyalty-programme'?" in outcome.err


def test_a_capacity_that_changes_is_stored_and_kept_day_by_day(sample: Path) -> None:
    done("record", "capacity", sample, "marketing", "1", "--from", "2027-06-01=2")

    data = done("plan", sample, "--json").data

    changes = stored(sample).capacities[0].changes
    assert [(str(one.on), one.tasks) for one in changes] == [("2027-06-01", 2)]
    load = data["load"]["marketing"]
    assert max(one["peak"] for one in load if one["first"] < "2027-05-01") <= 1
    assert data["levelling"]["engine"] in {"list", "genetic", "cp-sat"}
    assert data["levelling"]["gap"] >= 0


@pytest.mark.parametrize("written", ["2027-06-01", "2027-13-01=2", "x=1", "2027-06-01=two"])
def test_a_change_that_is_none_is_a_wrong_command_line(sample: Path, written: str) -> None:
    assert crmplan("record", "capacity", sample, "sales", "1", "--from", written).status == 2


def test_every_capacity_that_means_nothing_is_named_at_once(sample: Path) -> None:
    outcome = crmplan("plan", sample, "--capacity", "markting=1,saels=1,it-manager=0")

    assert outcome.status == 1
    for part in ("capacity markting", "capacity saels", "capacity it-manager: the role leads no"):
        assert part in outcome.err


def test_the_same_seed_gives_the_same_bytes(sample: Path) -> None:
    asked = ("plan", sample, "--capacity", "marketing=1,service=1", "--seed", "7", "--json")

    assert done(*asked).out == done(*asked).out


def test_alternatives_and_load_are_shown_when_asked_for(sample: Path) -> None:
    outcome = done("plan", sample, "--budget", "900", "--alternatives", "--load")

    for title in (
        "Sets of initiatives that reach the same targets",
        "One more level, dimension by dimension",
        "Why initiatives are out under the budget",
        "Tasks led at once, by role and period",
        "If the budget falls by a tenth",
    ):
        assert title in outcome.out


def test_the_optimal_solver_without_its_package_says_what_to_install(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)

    outcome = crmplan("plan", sample, "--capacity", "marketing=1", "--solver", "optimal")

    assert outcome.status == 1
    assert "pip install 'crmplan[optimize]'" in outcome.err


def test_an_interrupt_ends_the_search_with_the_best_so_far(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = ResourceProblem(
        tuple(f"t{number}" for number in range(12)),
        {f"t{number}": 3 + number * 5 % 7 for number in range(12)},
        demands={f"t{number}": {"x": 1 + number % 3} for number in range(12)},
        capacities={"x": 4},
    )

    with watched("search", seconds=None, seed=1) as solver:
        signal.raise_signal(signal.SIGINT)
        found = solver(problem)

    assert check_schedule(problem, found.starts) == ()
    assert found.schedules < SCHEDULES
    assert "this is the best plan so far" in capsys.readouterr().err


def test_a_second_interrupt_ends_the_program() -> None:
    with watched("search", seconds=None, seed=1):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
