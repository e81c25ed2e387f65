from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_definitions import place_of

from crmplan.data_files import data_folder
from crmplan.definitions.checking import check_definition
from crmplan.definitions.kinds import phase_model
from crmplan.problems import Problem

DESIGN, ANALYSIS = "activities/design.yaml", "activities/analysis.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled phase model, to be spoilt."""
    copy = tmp_path / "five-phases"
    shutil.copytree(data_folder("frameworks") / "five-phases", copy)
    return copy


def problems(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    """Everything that is told after one text was replaced, translations left out."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = check_definition(folder).problems
    return [one for one in found if "locale" not in one.location.file]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "hint"),
    [
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [curent-state]",
            "DEF-UNKNOWN-ID",
            'did you mean "current-state"?',
        ),
        (
            DESIGN,
            "lead: project-manager",
            "lead: project-manger",
            "DEF-UNKNOWN-ID",
            'did you mean "project-manager"?',
        ),
        (ANALYSIS, "after: [current-state]", "after: [contract]", "DEF-PHASE", None),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: curent-state, kind: SS}]",
            "DEF-UNKNOWN-ID",
            'did you mean "current-state"?',
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: contract, kind: FF}]",
            "DEF-PHASE",
            None,
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: current-state, kind: ss}]",
            "DEF-CHOICE",
            None,
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: current-state, lag: 5 days}]",
            "DEF-PATTERN",
            None,
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: current-state, lag: 5d, at_most: 2d}]",
            "DEF-VALUE",
            None,
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [{id: current-state, lags: 5d}]",
            "DEF-UNKNOWN-FIELD",
            'did you mean "lag"?',
        ),
        (
            ANALYSIS,
            "after: [current-state]",
            "after: [current-state, {id: current-state, lag: 5d}]",
            "DEF-DUPLICATE-ID",
            "keep one, or tie other ends: kind: SS, FF or SF",
        ),
        (DESIGN, "essential: true", "esential: true", "DEF-UNKNOWN-FIELD", None),
    ],
)
def test_a_fault_in_an_activity(
    folder: Path, file: str, old: str, new: str, code: str, hint: str | None
) -> None:
    found = problems(folder, file, old, new)

    line, _ = place_of((folder / file).read_text("utf-8"), new)
    told = [one for one in found if (one.location.file, one.location.line) == (_named(file), line)]
    assert [one.code for one in told] == [code]
    if hint:
        assert told[0].hint == hint


def _named(file: str) -> str:
    return f"five-phases/{file}"


def test_an_activity_that_stands_twice(folder: Path) -> None:
    found = problems(folder, DESIGN, "id: estimate-cost", "id: select-package")

    assert "DEF-DUPLICATE-ID" in [one.code for one in found]


def test_activities_that_wait_for_one_another(folder: Path) -> None:
    (circle,) = problems(folder, DESIGN, "after: [evaluate-packages]", "after: [select-package]")

    assert circle.code == "DEF-CYCLE"
    assert "select-package –FS→ estimate-cost" in circle.message


def test_a_circle_names_its_links_and_begins_at_the_file_place_of_one(folder: Path) -> None:
    new = "after: [{id: select-package, kind: SS, lag: 3d}]"

    (circle,) = problems(folder, DESIGN, "after: [evaluate-packages]", new)

    assert circle.message == (
        "activities wait for one another in a circle: "
        "estimate-cost –FS→ select-package –SS+3d→ estimate-cost"
    )
    text = (folder / DESIGN).read_text("utf-8")
    assert circle.location.file == "five-phases/activities/design.yaml"
    assert circle.location.line == text[: text.index("estimate-cost]")].count("\n") + 1


def test_links_of_all_kinds_are_shown(folder: Path) -> None:
    path = folder / DESIGN
    text = path.read_text("utf-8")
    new = "after: [{id: evaluate-packages, kind: SS, lag: 2d, at_most: 10d}]"
    path.write_text(text.replace("after: [evaluate-packages]", new, 1), "utf-8")

    lines = [line for _, line in phase_model.outline(phase_model.read(folder).value)]

    shown = "start to start, 2 working days later, within 10 working days at most"
    assert any(line.endswith(f"({shown})") for line in lines if line.startswith("← A3"))


def test_roles_that_are_not_there(folder: Path) -> None:
    (folder / "roles.yaml").unlink()

    codes = {(one.location.file, one.code) for one in check_definition(folder).problems}

    assert codes == {
        ("five-phases/phase-model.yaml", "DEF-MISSING-FIELD"),
        ("five-phases/roles.yaml", "DEF-UNREADABLE"),
    }


@pytest.mark.parametrize("file", ["roles.yaml", DESIGN])
def test_a_file_that_begins_with_the_wrong_word(folder: Path, file: str) -> None:
    word = "roles:" if file == "roles.yaml" else "activities:"
    (told, *_) = [
        one
        for one in problems(folder, file, f"{word}\n", f"x-{word}\n")
        if one.location.file == _named(file)
    ]

    assert told.code == "DEF-UNKNOWN-FIELD"
    assert told.hint == f'did you mean "{word[:-1]}"?'


def test_a_phase_that_is_only_a_word(folder: Path) -> None:
    (told,) = problems(folder, "phase-model.yaml", "phases:\n", "phases:\n  - hello\n")

    assert (told.code, told.location.line) == ("DEF-VALUE", 13)


def test_a_phase_whose_activities_have_no_file(folder: Path) -> None:
    (folder / DESIGN).unlink()

    assert (_named(DESIGN), "DEF-UNREADABLE") in [
        (one.location.file, one.code) for one in check_definition(folder).problems
    ]
