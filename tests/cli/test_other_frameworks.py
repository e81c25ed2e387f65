"""QCI and Buttle's value chain: scored by themselves, planned through their view of DrCRM."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crmplan.definitions.library import load_framework
from tests.cli.command_line import all_levels, crmplan, done, stored, write_engagement

OTHERS = ["qci", "buttle-value-chain"]


def engagement(folder: Path, framework_id: str, *, every: int) -> Path:
    """An engagement in which every second, third … item is answered with level 2."""
    framework = load_framework(framework_id)
    use = {
        "id": framework.id,
        "version": framework.version,
        "profile": framework.profiles[0].id,
        "held_on": "2026-09-14",
    }
    answered = list(framework.items)[::every]
    return write_engagement(
        folder, {"frameworks": [use], "responses": all_levels(framework.id, answered, 2)}
    )


@pytest.mark.parametrize("framework_id", OTHERS)
def test_a_few_answers_are_scored_as_far_as_they_go(tmp_path: Path, framework_id: str) -> None:
    file = engagement(tmp_path, framework_id, every=10)

    outcome = crmplan("score", file)

    assert outcome.status == 3
    assert "too few answers for an overall score" in outcome.err


@pytest.mark.parametrize("framework_id", OTHERS)
def test_half_of_the_answers_are_enough_for_a_score(tmp_path: Path, framework_id: str) -> None:
    """All answers are 2, so every mean of them is 2."""
    file = engagement(tmp_path, framework_id, every=2)

    data = crmplan("score", file, "--json").data

    scores = [node["score"] for node in data["dimensions"].values() if node["score"]]
    assert scores
    assert all(score["exact"] == "2" for score in scores)


@pytest.mark.parametrize("framework_id", OTHERS)
def test_its_gaps_are_planned_with_the_initiatives_of_drcrm(
    tmp_path: Path, framework_id: str
) -> None:
    file = engagement(tmp_path, framework_id, every=1)

    data = done("plan", file, "--json").data

    assert any(task["task"]["kind"] == "initiative" for task in data["tasks"])


@pytest.mark.parametrize("framework_id", OTHERS)
@pytest.mark.parametrize("every", [1, 4])
def test_its_assessment_report_is_written(
    tmp_path: Path, no_office: None, framework_id: str, every: int
) -> None:
    file = engagement(tmp_path, framework_id, every=every)

    done("report", file, "assessment-report", "--out", tmp_path)

    assert (tmp_path / "assessment-report.en.docx").stat().st_size > 10_000


@pytest.mark.parametrize("framework_id", [*OTHERS, "drcrm"])
def test_without_answers_there_is_no_score_and_no_plan(tmp_path: Path, framework_id: str) -> None:
    file = tmp_path / "client.crmplan"
    done("new", file, "--organisation", "A", "--framework", framework_id)

    scored, planned = crmplan("score", file), crmplan("plan", file)

    assert (scored.status, planned.status) == (3, 1)
    assert "there is nothing to plan" in planned.err
    assert crmplan("gaps", file).status == 0
    assert crmplan("swot", file).status == 0
    assert crmplan("agreement", file).status == 0


def test_one_file_holds_assessments_with_two_frameworks(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"
    done(
        "new", file, "--organisation", "A", "--framework", "drcrm", "--framework", "qci",
        "--held-on", "2026-09-14",
    )  # fmt: skip
    done("record", "respondent", file, "md", "--name", "Ada", "--group", "executive")
    for framework_id in ("drcrm", "qci"):
        done("interview", file, "--respondent", "md", "--framework", framework_id, typed="3\nq\n")

    assert [one.framework for one in stored(file).responses] == ["drcrm", "qci"]
    assert {use.held_on for use in stored(file).frameworks} == {date(2026, 9, 14)}
    assert "competitors" in crmplan("score", file, "--framework", "qci").out
    assert "loyalty" in crmplan("score", file).out


def test_targets_and_importances_of_the_client_reach_the_plan(tmp_path: Path) -> None:
    file = engagement(tmp_path, "qci", every=1)  # level 2 everywhere

    before = done("plan", file, "--json").data
    for name in load_framework("qci").dimension:
        done("record", "target", file, name, "2")
    after = done("plan", file, "--json").data

    # Nothing is missing to a target of 2, so nothing is left to be done about it.
    assert initiatives(before)
    assert initiatives(after) == []


def initiatives(plan: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [one["task"]["id"] for one in plan["tasks"] if one["task"]["kind"] == "initiative"]
