from __future__ import annotations

from pathlib import Path

import pytest
from builders import gaps_of, scores

from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.errors import ExchangeError
from crmplan.planning.selection import select_initiatives
from exchange.framework_import.sources import DSOMM, dsomm, imported


def test_activities_are_initiatives_that_require_one_another(tmp_path: Path) -> None:
    read = read_framework_folder(imported(dsomm(tmp_path / "model.yaml"), tmp_path).folder)

    assert read.catalogue is not None
    found = {one.id: one for one in read.catalogue.initiatives}
    assert found["feed-the-soil"].needs == ("turn-the-soil",)
    assert found["choose-seeds"].needs == ("feed-the-soil",)
    assert (found["feed-the-soil"].level.from_, found["feed-the-soil"].level.to) == (2, 3)
    assert found["turn-the-soil"].purpose == (
        "Turn it every spring. Without it: Roots find no air."
    )


def test_difficulty_gives_effort_and_duration(tmp_path: Path) -> None:
    # Time 3 is read as 4 to 8 weeks, resources 2 as two days of each.
    read = read_framework_folder(imported(dsomm(tmp_path / "model.yaml"), tmp_path).folder)

    assert read.catalogue is not None
    feed = read.catalogue.by_id["feed-the-soil"]

    assert feed.duration_weeks == (4, 8)
    assert feed.effort_days == (8, 16)


def test_a_sub_dimension_is_asked_for_its_level(tmp_path: Path) -> None:
    framework = read_framework_folder(
        imported(dsomm(tmp_path / "model.yaml"), tmp_path).folder
    ).framework
    assert framework is not None

    item = framework.items["soil.level"]

    assert item.observe[1] == "Also in place: Turn the soil."
    assert item.observe[2] == "As level 1; DSOMM has no activity of level 2 here."
    assert item.points == ("Level 1: Turn the soil", "Level 3: Feed the soil")
    assert item.evidence == ("Turn the soil: Show the spade",)
    assert [one.title for one in framework.groups] == ["Garden"]
    assert [one.default for one in framework.profiles] == [1, 2, 3, 4, 5]


def test_a_gap_chooses_the_activities_between_two_levels(tmp_path: Path) -> None:
    read = read_framework_folder(imported(dsomm(tmp_path / "model.yaml"), tmp_path).folder)
    assert read.framework is not None
    assert read.catalogue is not None
    scorecard = scores(read.framework, {"soil": 1, "seeds": 2})

    gaps = gaps_of(read.framework, scorecard, {"soil": 3, "seeds": 2})

    assert select_initiatives(gaps, read.catalogue).ids == {"feed-the-soil"}


def test_a_circle_is_refused_by_name(tmp_path: Path) -> None:
    text = DSOMM.replace("uuid: 11", "uuid: 11\n          dependsOn: [21]")
    source = dsomm(tmp_path / "model.yaml", text)

    with pytest.raises(ExchangeError, match=r"in a circle: .*Turn the soil"):
        imported(source, tmp_path)
    assert not (tmp_path / "frameworks").exists()


def test_a_dependency_on_nothing_is_told(tmp_path: Path) -> None:
    source = dsomm(tmp_path / "model.yaml", DSOMM.replace("[12]", "[99]"))

    (lost,) = (one for one in imported(source, tmp_path).lost if one.code == "IMPORT-REFERENCE")

    assert '"99"' in lost.message
    assert lost.location.line == 26


def test_older_files_depend_by_title(tmp_path: Path) -> None:
    source = dsomm(tmp_path / "model.yaml", DSOMM.replace("[12]", "[Feed the soil]"))

    catalogue = read_framework_folder(imported(source, tmp_path).folder).catalogue

    assert catalogue is not None
    assert catalogue.by_id["choose-seeds"].needs == ("feed-the-soil",)
