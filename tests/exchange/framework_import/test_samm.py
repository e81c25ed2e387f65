from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from builders import scores

from crmplan.definitions.library import read_framework
from crmplan.errors import ExchangeError
from exchange.framework_import.sources import imported, samm


def test_functions_are_groups_practices_dimensions_questions_items(tmp_path: Path) -> None:
    framework = read_framework(imported(samm(tmp_path / "model"), tmp_path).folder)

    assert [one.title for one in framework.groups] == ["Growing"]
    assert [(one.id, one.group) for one in framework.dimensions] == [
        ("watering", "growing"),
        ("pruning", "growing"),
    ]
    assert list(framework.items) == [
        *("watering.w-1-a", "watering.w-2-a", "pruning.p-1-a", "pruning.p-2-a"),
    ]


def test_answers_keep_their_distances(tmp_path: Path) -> None:
    # 0, 0.25, 0.5 and 1 are 0, 1, 2 and 4 quarters; nobody answers 3.
    framework = read_framework(imported(samm(tmp_path / "model"), tmp_path).folder)

    item = framework.items["watering.w-1-a"]

    assert dict(item.observe) == {0: "No", 1: "Some", 2: "Half", 4: "Most"}
    assert item.points == ("Daily", "With care")
    assert framework.scale.step(3).name == "Between 2 and 4"


def test_a_score_is_that_of_samm_times_a_factor(tmp_path: Path) -> None:
    # Of two levels: watering 0.25 + 0.25 = 0.5, pruning 1 + 1 = 2, function 1.25.
    # Here: levels 1 and 4, mean 2.5, times 2/4 = 1.25.
    framework = read_framework(imported(samm(tmp_path / "model"), tmp_path).folder)

    scorecard = scores(framework, {"watering": 1, "pruning": 4})

    assert scorecard.groups["growing"].score is not None
    assert scorecard.groups["growing"].score * Fraction(2, 4) == Fraction(5, 4)
    assert "times 1/2" in framework.interpretation


def test_streams_of_a_level_share_its_weight(tmp_path: Path) -> None:
    extra = {
        "streams/W-B": "{type: Stream, id: s3, practice: p1, name: Can, letter: B, order: 2}",
        "activities/b": "{type: Activity, id: b, stream: s3, level: p1l1, title: Also}",
        "questions/b": "{type: Question, id: qb, activity: b, answerSet: a1, text: Also?}",
    }

    framework = read_framework(imported(samm(tmp_path / "model", extra), tmp_path).folder)

    weights = {item.id: item.weight for item in framework.dimension["watering"].items}
    assert weights == {
        "watering.w-1-a": Fraction(1, 2),
        "watering.w-1-b": Fraction(1, 2),
        "watering.w-2-a": 1,
    }


def test_the_licence_beside_the_model_is_kept(tmp_path: Path) -> None:
    folder = samm(tmp_path / "model")
    (folder / "LICENSE").write_text("MIT No Attribution\n\nCopyright …", "utf-8")

    assert read_framework(imported(folder, tmp_path).folder).licence == "MIT-0"


def test_texts_without_a_place_are_told(tmp_path: Path) -> None:
    lost = imported(samm(tmp_path / "model"), tmp_path).lost

    assert {str(one.location) for one in lost if "longDescription" in one.message} == {
        "practices/Watering.yml:2:56"
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("questions/p1l1", "{type: Question, id: q, activity: gone, answerSet: a1}", "gone"),
        ("streams/X", "{type: Stream, id: s1, practice: p1}", "of another Stream"),
        ("streams/X", "{type: Stream, practice: p1}", "has no id"),
    ],
)
def test_a_broken_model_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    folder = samm(tmp_path / "model", {name: text})

    with pytest.raises(ExchangeError, match=message):
        imported(folder, tmp_path)
    assert not (tmp_path / "frameworks").exists()
