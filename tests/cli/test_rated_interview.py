"""The interview attribute by attribute, and what other commands make of it.

The managing director rates EFQM 2010; 1a, the first question, has seven attributes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from tests.cli.command_line import Outcome, answers, crmplan, done, levels

MISSION = ("leadership.mission", "overall")
SEVEN = ("40", "40", "80", "60", "80", "90", "70")
"""Approach 40, deployment 70, assessment and refinement 80: capped at 40, which is level 2."""


@pytest.fixture
def efqm(tmp_path: Path) -> Path:
    file = tmp_path / "efqm.crmplan"
    start = ("--framework", "efqm-2010", "--start", "2026-10-05")
    done("new", file, "--organisation", "Lantern & Sons", "--country", "GB", *start)
    done("record", "respondent", file, "md", "--name", "Ada Lee", "--group", "executive")
    return file


def interview(file: Path, *typed: str, options: str = "") -> Outcome:
    lines = "".join(f"{line}\n" for line in (*typed, "q"))
    return done("interview", file, "--respondent", "md", *options.split(), typed=lines)


def test_a_question_is_saved_when_all_attributes_are_rated(efqm: Path) -> None:
    err = interview(efqm, *SEVEN).err

    assert [*answers(efqm)[MISSION].ratings.values()] == [40, 40, 80, 60, 80, 90, 70]
    assert "1 of 7 · Approach · Sound" in err
    assert "total 40.0%, level 2.00: capped by “Approach”; the mean is 63.3%" in err


def test_a_question_that_is_not_rated_to_the_end_is_told_as_not_kept(efqm: Path) -> None:
    err = interview(efqm, "40", "40").err

    assert answers(efqm) == {}
    assert "“1a Mission, vision and values” is not rated to the end" in err


def test_back_goes_one_attribute_back(efqm: Path) -> None:
    interview(efqm, "10", "b", *SEVEN)

    assert [*answers(efqm)[MISSION].ratings.values()] == [40, 40, 80, 60, 80, 90, 70]


def test_an_empty_line_keeps_the_rating_given_before(efqm: Path) -> None:
    interview(efqm, *SEVEN)

    interview(efqm, "b", "85", *[""] * 6)

    assert [*answers(efqm)[MISSION].ratings.values()] == [85, 40, 80, 60, 80, 90, 70]


@pytest.mark.parametrize("typed", ["3", "42", "105", ""])
def test_what_is_no_step_is_told_and_asked_again(efqm: Path, typed: str) -> None:
    err = interview(efqm, typed, *SEVEN).err

    assert f"“{typed}” is not understood. 0–100 in steps of 5" in err
    assert [*answers(efqm)[MISSION].ratings.values()] == [40, 40, 80, 60, 80, 90, 70]


def test_persian_digits_and_a_sign_of_percent_are_understood(efqm: Path) -> None:
    interview(efqm, "۴۰٪", "40 %", *SEVEN[2:])

    assert answers(efqm)[MISSION].ratings["approach.sound"] == 40


def test_a_whole_question_may_be_unknown_or_not_apply(efqm: Path) -> None:
    interview(efqm, "40", "u", "n", "One owner")

    assert answers(efqm)[MISSION].state == "unknown"
    assert answers(efqm)["leadership.management-system", "overall"].state == "not-applicable"


def test_skip_goes_on_to_the_next_question(efqm: Path) -> None:
    interview(efqm, "40", "s", *SEVEN)

    assert [*levels(efqm)] == [("leadership.management-system", "overall")]


def test_what_ratings_look_like_is_told_for_the_attribute(efqm: Path) -> None:
    err = interview(efqm, "l").err

    assert "50%: About half of what matters here has a reasoned and described way" in err


def test_without_ratings_levels_are_asked_for(efqm: Path) -> None:
    interview(efqm, "3", "2", options="--no-ratings")

    assert [*levels(efqm).values()] == [3, 2]


def test_ratings_replace_earlier_answers_about_plan_and_practice(efqm: Path) -> None:
    interview(efqm, "3", "2", options="--no-ratings")

    err = interview(efqm, "b", *SEVEN).err

    assert [*answers(efqm)] == [MISSION]
    assert "This replaces the earlier answers about plan and practice" in err


def test_a_framework_without_a_scheme_asks_for_levels(client: Path) -> None:
    interview(client, "3")

    assert levels(client) == {("leadership.sponsor", "intention"): 3}


def test_the_score_is_explained_down_to_the_attributes(efqm: Path) -> None:
    interview(efqm, *SEVEN)

    out = crmplan("score", efqm, "--explain", "leadership.mission").out

    assert "md: 2.00 (ratings-capped by approach)" in out
    assert "deployment.systematic: 60.0% × 50% (rating)" in out


def test_points_stand_beside_scores(efqm: Path) -> None:
    interview(efqm, *(SEVEN * 5))

    out = crmplan("score", efqm).out

    assert "40 of 100" in out  # leadership: all five parts at level 2 of 5
    assert "– of 1,000" in out


def test_ratings_survive_export_and_import(efqm: Path, tmp_path: Path) -> None:
    interview(efqm, *SEVEN, "u")
    exported = tmp_path / "efqm.json"
    done("export", efqm, "--out", exported)

    copy = tmp_path / "copy.crmplan"
    done("import", copy, exported)

    assert answers(copy) == answers(efqm)
    with_ratings = ["ratings" in one for one in json.loads(exported.read_text())["responses"]]
    assert with_ratings == [True, False]


def test_the_history_shows_what_was_rated(efqm: Path) -> None:
    interview(efqm, *SEVEN)

    change = json.loads(done("history", efqm, "--json").out)["data"][0]
    assert json.loads(change["new"])["ratings"]["approach.sound"] == 40


def test_the_framework_shows_elements_attributes_and_the_cap() -> None:
    out = done("framework", "show", "efqm-2010").out

    assert "Approach [approach, caps the total]" in out
    assert "Sound [approach.sound]" in out


@pytest.mark.usefixtures("no_office")
def test_the_report_lists_ratings_and_points(efqm: Path, tmp_path: Path) -> None:
    interview(efqm, *(SEVEN * 5))
    done("report", efqm, "assessment-report", "--out", tmp_path / "out")

    document = Document(str(tmp_path / "out" / "assessment-report.en.docx"))
    rows = [
        [cell.text for cell in row.cells]
        for table in document.tables
        for row in table.rows
        if row.cells[0].text.startswith(("Q-1.1", "Leadership"))
    ]

    assert ["Leadership", "2.0", "40 of 100"] in rows
    (rated,) = [row for row in rows if len(row) == 5 and row[4] == "2.00"]
    assert rated[3:] == ["40.0%, capped by “Approach” (mean 63.3%)", "2.00"]
    assert rated[2].splitlines()[1] == "Deployment 70.0%: Implemented 80%, Systematic 60%"
