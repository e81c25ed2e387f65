"""Cases inside a framework, and the folder that an own framework begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.definitions.checking import check_definition
from crmplan.definitions.new_framework import new_framework
from crmplan.errors import DefinitionError


def problems(folder: Path) -> list[str]:
    return [str(problem).splitlines()[0] for problem in check_definition(folder).problems]


def write_case(folder: Path, text: str) -> None:
    (folder / "tests" / "own.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_framework(tmp_path / "my-framework")
    return tmp_path / "my-framework"


def test_a_new_framework_checks_clean_under_its_own_id(folder: Path) -> None:
    assert problems(folder) == []
    assert "id: my-framework" in (folder / "framework.yaml").read_text("utf-8")


def test_a_case_that_does_not_hold_is_told_with_its_place(folder: Path) -> None:
    write_case(
        folder,
        'tests:\n  - name: "half"\n    answers: {first: 1, second: 2}\n'
        '    expect: {scores: {overall: "7/4"}}\n',
    )

    # (1 + 2) / 2 = 3/2
    assert problems(folder) == [
        'my-framework/tests/own.yaml:4:32: DEF-TEST: test "half": overall is 3/2, not 7/4'
    ]


def test_answers_of_several_people_can_leave_an_item_open(folder: Path) -> None:
    write_case(
        folder,
        'tests:\n  - name: "far apart"\n    answers: {all: [2, 2], first.one: [1, 3]}\n'
        "    expect: {scores: {first.one: 2}, open: [first.one]}\n",
    )

    assert problems(folder) == []


def test_an_unknown_id_in_a_case_is_told_with_the_one_that_was_meant(folder: Path) -> None:
    write_case(
        folder,
        'tests:\n  - name: "typo"\n    answers: {frist: 1}\n    expect: {}\n',
    )

    (problem,) = check_definition(folder).problems
    assert problem.code == "DEF-UNKNOWN-ID"
    assert problem.hint == 'did you mean "first"?'


def test_a_name_that_is_no_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="is no id"):
        new_framework(tmp_path / "My Framework")


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    with pytest.raises(DefinitionError, match="exists already"):
        new_framework(folder)
    assert problems(folder) == []
