from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.definitions.library import read_framework
from exchange.framework_import.sources import imported, lens


def messages(source: Path, tmp_path: Path) -> list[str]:
    return [one.message for one in imported(source, tmp_path).lost if one.code == "IMPORT-RULE"]


def test_rules_say_in_words_what_each_level_means(tmp_path: Path) -> None:
    framework = read_framework(imported(lens(tmp_path / "lens.json"), tmp_path).folder)

    (item,) = framework.items.values()

    assert [step.name for step in framework.scale.levels] == ["High risk", "Medium risk", "No risk"]
    assert dict(item.observe) == {
        0: 'Rule 2: not "Water them".',
        1: "Rule 3: in all other cases.",
        2: 'Rule 1: all of: "Water them"; "Give them light".',
    }


def test_good_practices_are_points_and_none_of_these_is_not(tmp_path: Path) -> None:
    framework = read_framework(imported(lens(tmp_path / "lens.json"), tmp_path).folder)

    (item,) = framework.items.values()

    assert item.points == ("Water them. How: Buy a can", "Give them light")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([("a &&", "NO_RISK")], "cannot be read"),
        ([("a && c", "NO_RISK")], '"c" is no choice'),
        ([("a", "SOME_RISK")], '"SOME_RISK" is no risk'),
        ([("a", "NO_RISK")], "some answers fit no rule"),
        ([("a", "HIGH_RISK"), ("default", "NO_RISK")], "every good practice chosen"),
        ([("a", "NO_RISK"), ("a && b", "HIGH_RISK"), ("default", "MEDIUM_RISK")], "to HIGH_RISK"),
        ([("default", "NO_RISK")], "every answer means the same risk"),
    ],
)
def test_rules_that_cannot_mean_what_they_say_are_told(
    tmp_path: Path, rules: list[tuple[str, str]], message: str
) -> None:
    found = messages(lens(tmp_path / "lens.json", rules=rules), tmp_path)

    assert any(message in one for one in found), found


def test_sound_rules_are_not_complained_about(tmp_path: Path) -> None:
    assert messages(lens(tmp_path / "lens.json"), tmp_path) == []


def test_a_loss_has_its_line(tmp_path: Path) -> None:
    source = lens(tmp_path / "lens.json", _teams=["green"])

    (lost,) = imported(source, tmp_path).lost

    line = 1 + source.read_text("utf-8").split('"_teams"')[0].count("\n")
    assert str(lost.location).startswith(f"lens.json:{line}:")
