"""Frameworks of one's own: a small one all the way to Word, and what is said about a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import TINY_FRAMEWORKS, crmplan, done, levels

THREE_QUESTIONS = TINY_FRAMEWORKS / "three-questions"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a copy of the small framework, to be changed by the test."""
    folder = tmp_path / "frameworks" / "three-questions"
    shutil.copytree(THREE_QUESTIONS, folder)
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(folder.parent))
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_small_framework_has_no_problems() -> None:
    outcome = done("framework", "check", THREE_QUESTIONS)

    assert outcome.out == ""
    assert outcome.err.startswith("0 problems in ")


def test_an_own_framework_is_listed_beside_the_bundled_ones(own: Path) -> None:
    ids = [one["id"] for one in done("framework", "list", "--json").data]

    assert own.name in ids
    assert {"drcrm", "qci", "buttle-value-chain", "five-phases", "external-factors"} < set(ids)


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_an_own_framework_leads_to_all_documents(
    tiny: Path, tmp_path: Path, no_office: None, language: str
) -> None:
    out = tmp_path / "out"

    done("report", tiny, "--language", language, "--out", out)

    assert sorted(one.name for one in out.iterdir()) == [
        f"assessment-report.{language}.docx",
        f"board-summary.{language}.docx",
        f"gap-and-swot.{language}.docx",
        f"implementation-roadmap.{language}.docx",
    ]


def test_its_scale_is_the_scale_of_the_interview(tiny: Path) -> None:
    done("record", "respondent", tiny, "new", "--name", "Kim", "--group", "staff")

    outcome = done("interview", tiny, "--respondent", "new", typed="4\n3\nq\n")

    assert "“4” is not understood. 0–3" in outcome.err
    assert levels(tiny)["knowing.record", "overall"] == 3


def test_its_scale_is_the_scale_of_targets(tiny: Path) -> None:
    outcome = crmplan("record", "target", tiny, "knowing", "4")

    assert outcome.status == 1
    assert "levels go from 0 to 3" in outcome.err


def test_it_has_no_groups_and_none_is_shown(tiny: Path) -> None:
    rows = done("score", tiny).out.splitlines()

    assert [row.split()[0] for row in rows] == ["id", "knowing", "answering", "overall"]


def test_its_title_is_shown_as_written(own: Path) -> None:
    """The table would otherwise take brackets for colours and words between colons for pictures."""
    title = "[red]Care[/red] :smile:"
    change(own / "framework.yaml", "Three questions: customer care in a small firm", title)

    assert title in done("framework", "list").out


def test_without_its_folder_the_engagement_says_which_framework_is_missing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CRMPLAN_FRAMEWORKS")

    outcome = crmplan("score", tiny)

    assert outcome.status == 1
    assert "there is no framework 'three-questions'" in outcome.err


def test_every_fault_of_a_framework_is_told_with_its_place(own: Path, tmp_path: Path) -> None:
    change(own / "framework.yaml", "confirmed_from: 2", "confirmed_form: 2")
    change(own / "consistency.yaml", "severity: warning", "severity: waring")

    outcome = crmplan("new", tmp_path / "a.crmplan", "--organisation", "A", "--framework", own.name)

    assert outcome.status == 3
    first, first_hint, second, second_hint, summary, *_ = outcome.err.splitlines()
    assert first.startswith("three-questions/consistency.yaml:7:15: DEF-CHOICE: 'waring'")
    assert first_hint == '    did you mean "warning"?'
    assert second.startswith("three-questions/framework.yaml:36:19: DEF-UNKNOWN-FIELD")
    assert second_hint == '    did you mean "confirmed_from"?'
    assert summary == f"crmplan: {own} has 2 problems"
    assert not (tmp_path / "a.crmplan").exists()


def test_an_unknown_id_in_a_framework_is_told_with_its_place(own: Path) -> None:
    change(
        own / "dependencies.yaml",
        "    to: answering\n    strength",
        "    to: anwering\n    strength",
    )

    outcome = crmplan("framework", "check", own)

    assert outcome.status == 3
    assert "dependencies.yaml:4:9: DEF-UNKNOWN-ID" in outcome.out
    assert 'did you mean "answering"?' in outcome.out
    assert outcome.err.startswith("1 problem in ")


def test_faults_come_as_json_too(own: Path) -> None:
    change(own / "framework.yaml", "confirmed_from: 2", "confirmed_form: 2")

    outcome = crmplan("framework", "check", own, "--json")

    assert outcome.status == 3
    assert [one["code"] for one in outcome.data] == ["DEF-UNKNOWN-FIELD"]
    assert outcome.data[0]["location"]["line"] == 36


@pytest.mark.parametrize(
    "content", ["", "id: [", "\x00", "- a list", "id: three-questions\nid: x\n"]
)
def test_a_head_file_that_cannot_be_read_is_a_fault_and_no_crash(own: Path, content: str) -> None:
    (own / "framework.yaml").write_text(content, encoding="utf-8")

    checked = crmplan("framework", "check", own)
    shown = crmplan("framework", "show", own.name)

    assert checked.status == 3
    assert "framework.yaml" in checked.out
    assert shown.status == 3
    assert "Traceback" not in checked.err + shown.err


def test_one_broken_framework_does_not_hide_the_others(own: Path, tmp_path: Path) -> None:
    (own / "framework.yaml").write_text("id: [", encoding="utf-8")

    done("new", tmp_path / "a.crmplan", "--organisation", "A")
    listed = crmplan("framework", "list")

    assert listed.status == 3
    assert "drcrm" in listed.out
    assert f"crmplan framework check {own}" in listed.err


def test_a_folder_that_is_no_definition_is_told(tmp_path: Path) -> None:
    outcome = crmplan("framework", "check", tmp_path)

    assert outcome.status == 1
    assert f"{tmp_path} holds no definition" in outcome.err


def test_an_unknown_definition_is_refused_with_a_suggestion() -> None:
    outcome = crmplan("framework", "show", "drcm")

    assert outcome.status == 1
    assert "did you mean 'drcrm'?" in outcome.err


@pytest.mark.parametrize("name", ["drcrm", "qci", "buttle-value-chain", "five-phases"])
@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_every_bundled_definition_is_shown_in_every_language(name: str, language: str) -> None:
    assert len(done("framework", "show", name, "--language", language).out.splitlines()) > 40


@pytest.mark.parametrize(
    "kind", ["framework", "dimension", "initiatives", "phase-model", "factor-library", "crosswalk"]
)
def test_every_kind_of_file_has_a_schema(kind: str) -> None:
    import json

    assert json.loads(done("framework", "schema", kind).out)["type"] == "object"
