from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.definitions.library import read_framework
from crmplan.errors import ExchangeError
from exchange.framework_import.sources import FORM, imported, xlsform


def form(tmp_path: Path, choices: list[str]) -> Path:
    """A form with one question whose choices have these names."""
    return xlsform(
        tmp_path / "f.xlsx",
        {
            "survey": [["type", "name", "label"], ["select_one l", "q", "How much?"]],
            "choices": [
                ["list name", "name", "label"],
                *(["l", one, one] for one in choices),
            ],
        },
    )


def test_groups_are_dimensions_and_graded_questions_items(tmp_path: Path) -> None:
    found = read_framework(imported(xlsform(tmp_path / "form.xlsx"), tmp_path).folder)

    assert (found.title, found.version) == ("Garden form", "2.1.0")
    assert [one.title for one in found.dimensions] == ["Water"]
    assert {one.id: dict(one.observe) for one in found.items.values()} == {
        "water.can": {0: "Never", 1: "Sometimes", 2: "Always"},
        "water.rain": {0: "No", 2: "Yes"},
    }


def test_what_has_no_place_is_told_with_its_cell(tmp_path: Path) -> None:
    lost = imported(xlsform(tmp_path / "form.xlsx"), tmp_path).lost

    assert [(str(one.location), one.code) for one in lost if one.code != "IMPORT-LANGUAGE"] == [
        ("form.xlsx!survey:4:5", "IMPORT-CONDITION"),
        ("form.xlsx!survey:6:1", "IMPORT-ANSWERS"),
    ]


@pytest.mark.parametrize(
    ("choices", "levels"),
    [
        (["3", "2", "1"], {1: "1", 2: "2", 3: "3"}),
        (["level_0", "level_1"], {0: "level_0", 1: "level_1"}),
        (["yes", "partly", "no", "dont_know"], {0: "no", 1: "partly", 2: "yes"}),
    ],
)
def test_the_order_of_answers_is_told_by_their_names(
    tmp_path: Path, choices: list[str], levels: dict[int, str]
) -> None:
    (item,) = read_framework(imported(form(tmp_path, choices), tmp_path).folder).items.values()

    assert dict(item.observe) == levels


@pytest.mark.parametrize("choices", [["north", "south"], ["1", "1"], ["a1", "b2"], ["only"]])
def test_choices_without_an_order_are_not_guessed(tmp_path: Path, choices: list[str]) -> None:
    with pytest.raises(ExchangeError, match="no question with graded answers"):
        imported(form(tmp_path, choices), tmp_path)


def test_answers_that_share_no_steps_are_rounded_and_told(tmp_path: Path) -> None:
    sheets = {
        **FORM,
        "choices": [
            *FORM["choices"],
            *(["many", str(one), f"Answer {one}"] for one in range(0, 101, 7)),
        ],
        "survey": [*FORM["survey"], ["select_one many", "share", "Which share?"]],
    }

    report = imported(xlsform(tmp_path / "form.xlsx", sheets), tmp_path)

    assert read_framework(report.folder).scale.highest == 10
    assert any(one.code == "IMPORT-LEVEL" for one in report.lost)


def test_a_workbook_without_a_survey_is_refused(tmp_path: Path) -> None:
    source = xlsform(tmp_path / "form.xlsx", {"Sheet1": [["a"]]})

    with pytest.raises(ExchangeError, match="no sheet named survey"):
        imported(source, tmp_path)
