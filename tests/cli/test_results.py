"""score, agreement, gaps, swot and plan: tables for people, JSON for programs, statuses for
scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmplan import __version__
from tests.cli.command_line import crmplan, done

READING = ["score", "agreement", "gaps", "swot", "plan"]


@pytest.mark.parametrize("name", READING)
def test_json_comes_in_one_envelope(sample: Path, name: str) -> None:
    outcome = crmplan(name, sample, "--json")

    envelope = json.loads(outcome.out)
    assert list(envelope) == ["program", "version", "command", "data"]
    assert envelope["program"] == "crmplan"
    assert (envelope["version"], envelope["command"]) == (__version__, name)
    assert envelope["data"]


@pytest.mark.parametrize("name", READING)
def test_results_read_a_file_and_leave_it_as_it_is(sample: Path, name: str) -> None:
    before = sample.read_bytes()

    crmplan(name, sample)

    assert sample.read_bytes() == before
    assert list(sample.parent.iterdir()) == [sample]


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
@pytest.mark.parametrize("name", READING)
def test_results_are_told_in_three_languages(sample: Path, name: str, language: str) -> None:
    outcome = crmplan(name, sample, "--language", language)

    assert outcome.status == (3 if name == "agreement" else 0), outcome.err
    assert outcome.out


def test_scores_are_shown_for_dimensions_groups_and_the_whole(sample: Path) -> None:
    lines = done("score", sample).out.splitlines()

    assert [line.split()[0] for line in lines[1:]][-3:] == ["enablers", "results", "overall"]
    assert len(lines) == 1 + 10 + 2 + 1


def test_an_exact_number_stands_beside_the_rounded_one(tiny: Path) -> None:
    """Answering and Knowing are 2 and 7/6, weighed 2 and 1: (1 · 7/6 + 2 · 2) / 3 = 31/18."""
    data = done("score", tiny, "--json").data

    assert data["overall"]["score"] == {"exact": "31/18", "number": 1.722222}


def test_a_score_is_explained_down_to_the_answers(tiny: Path) -> None:
    out = done("score", tiny, "--explain", "knowing").out

    assert out.splitlines()[0].startswith("knowing: 1.17 = 7/6")
    assert "  knowing.reasons: 1.50 = 3/2 × 33% (median)" in out
    assert "    counter: 2.00 (answer)" in out


def test_an_explanation_comes_as_json_too(tiny: Path) -> None:
    data = done("score", tiny, "--explain", "knowing", "--json").data

    assert data["id"] == "knowing"
    assert [part["id"] for part in data["parts"]] == ["knowing.record", "knowing.reasons"]


def test_a_score_that_does_not_exist_is_refused_with_a_suggestion(sample: Path) -> None:
    outcome = crmplan("score", sample, "--explain", "servise")

    assert outcome.status == 1
    assert "did you mean 'service'?" in outcome.err


def test_too_few_answers_for_a_score_are_a_finding(client: Path) -> None:
    outcome = crmplan("score", client)

    assert outcome.status == 3
    assert outcome.err == "too few answers for an overall score\n"
    assert "overall" in outcome.out


def test_open_items_are_a_finding(sample: Path) -> None:
    outcome = crmplan("agreement", sample)

    assert outcome.status == 3
    assert "6 open: settle them with crmplan record decision" in outcome.err
    assert len(outcome.out.splitlines()) == 1 + 12


def test_agreement_leaves_with_0_once_everything_is_settled(tiny: Path) -> None:
    assert crmplan("agreement", tiny).status == 3

    done("record", "decision", tiny, "answering.complaint", "--level", "1", "--reason", "Seen")

    assert done("agreement", tiny).err == ""


def test_all_items_are_shown_when_asked_for(tiny: Path) -> None:
    assert len(crmplan("agreement", tiny, "--all").out.splitlines()) == 1 + 4


def test_gaps_come_the_most_urgent_first(tiny: Path) -> None:
    """5/6 · 1¼ = 25/24 of Knowing is more than 1 · 1 of Answering."""
    rows = done("gaps", tiny).out.splitlines()

    assert rows[1].startswith("1 ")
    assert "Knowing customers" in rows[1]
    assert "Answering customers" in rows[2]
    assert "R1 Said, but not shown" in rows[3]


def test_an_importance_changes_the_order_of_gaps(tiny: Path) -> None:
    done("record", "importance", tiny, "answering", "5")

    assert "Answering customers" in done("gaps", tiny).out.splitlines()[1]


def test_the_swot_names_the_item_behind_every_line(sample: Path) -> None:
    out = done("swot", sample).out

    assert "Strengths" in out
    assert "[service." in out


def test_a_plan_begins_on_the_day_that_is_asked_for(sample: Path) -> None:
    data = done("plan", sample, "--start", "2027-03-01", "--json").data

    assert min(task["start"] for task in data["tasks"]) == "2027-03-01"


def test_a_plan_begins_on_the_day_of_the_engagement_otherwise(client: Path) -> None:
    done("interview", client, "--respondent", "md", "--no-layers", "--all", typed="2\n" * 72)

    data = done("plan", client, "--json").data

    assert min(task["start"] for task in data["tasks"]) == "2026-10-05"


def test_tasks_shows_the_activities_of_the_phases_too(sample: Path) -> None:
    few = done("plan", sample).out.splitlines()
    all_ = done("plan", sample, "--tasks").out.splitlines()

    assert not any(line.startswith("A102 ") for line in few)
    assert any(line.startswith("A102 ") for line in all_)
    chains = [[line for line in lines if " → " in line] for lines in (few, all_)]
    assert chains[0] == chains[1]
    assert len(chains[0]) == 1


def test_a_plan_without_answers_is_refused_in_one_sentence(client: Path) -> None:
    outcome = crmplan("plan", client)

    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.err.splitlines() == [
        "crmplan: no dimension has enough answers for a score, so there is nothing to plan",
        "    collect answers first: crmplan interview, or crmplan questionnaire write",
    ]


def test_a_date_that_does_not_exist_is_a_wrong_command_line(sample: Path) -> None:
    outcome = crmplan("plan", sample, "--start", "2026-02-30")

    assert outcome.status == 2
    assert "2026-02-30" in outcome.err


def test_a_framework_that_the_engagement_does_not_use_is_refused(sample: Path) -> None:
    outcome = crmplan("score", sample, "--framework", "drcmr")

    assert outcome.status == 1
    assert "did you mean 'drcrm'?" in outcome.err
