from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from builders import scores

from crmplan.assessment.crosswalk import view_through
from crmplan.assessment.framework import Framework
from crmplan.definitions.checking import check_definition
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.definitions.library import read_framework
from crmplan.errors import ExchangeError
from exchange.framework_import.sources import imported, library, mapping, write

SCORES = """\
min_score: 1
max_score: 3
scores_definition:
- {score: 1, name: Dry, description: No water at all}
- {score: 2, name: Damp}
- {score: 3, name: Wet}"""
QUESTION = """\
- urn: "urn:garden:1.3"
  parent_urn: "urn:garden:1"
  assessable: true
  ref_id: "1.3"
  name: Cans
  questions:
    "urn:garden:1.3:q1":
      type: unique_choice
      text: How many cans?
      choices:
      - {value: None, add_score: 0}
      - {value: One, add_score: 5}
      - {value: Many, add_score: 20}
      - {value: No plants, compute_result: not_applicable}
    "urn:garden:1.3:q2": {type: text, text: Which colour?}
"""


def framework(text: str, tmp_path: Path) -> Framework:
    return read_framework(imported(write(tmp_path / "l.yaml", text), tmp_path).folder)


def test_branches_are_dimensions_and_requirements_items(tmp_path: Path) -> None:
    found = framework(library(), tmp_path)

    assert [one.title for one in found.dimensions] == ["1 Water"]
    assert [(one.id, one.topic) for one in found.items.values()] == [
        ("1-water.1-1", "1.1 Plants get water"),
        ("1-water.1-2", "1.2 Rain is collected"),
    ]
    first = found.items["1-water.1-1"]
    assert first.ask == "How far does this hold? Plants get water"
    assert first.evidence == ("A can",)
    assert found.items["1-water.1-2"].weight / first.weight == Fraction(1, 2)
    assert (found.version, found.licence) == ("3.0.0", "CC0-1.0, for tests")


def test_without_a_scale_there_are_three_steps_of_compliance(tmp_path: Path) -> None:
    names = [one.name for one in framework(library(), tmp_path).scale.levels]

    assert names == ["Not compliant", "Partially compliant", "Compliant"]


def test_a_scale_of_its_own_keeps_its_numbers_and_names(tmp_path: Path) -> None:
    scale = framework(library(scores=SCORES), tmp_path).scale

    assert [(one.level, one.name) for one in scale.levels] == [(1, "Dry"), (2, "Damp"), (3, "Wet")]
    assert scale.step(1).enabler == "No water at all."


def test_a_graded_question_is_an_item_and_another_a_point(tmp_path: Path) -> None:
    # 0, 5 and 20 are 0, 1 and 4 quarters of 20; compliance fits as 0, 2 and 4.
    found = framework(library(nodes=QUESTION), tmp_path)

    item = found.items["1-water.1-3"]

    assert dict(item.observe) == {0: "None", 1: "One", 4: "Many"}
    assert item.points == ("Which colour?",)
    assert dict(found.items["1-water.1-1"].observe) == {
        0: "Not compliant",
        2: "Partially compliant",
        4: "Compliant",
    }


def test_two_upper_branches_are_kept_and_lower_ones_told(tmp_path: Path) -> None:
    deeper = """\
    - {urn: x, parent_urn: "urn:garden:1", name: Sources}
    - {urn: y, parent_urn: x, name: Wells}
    - {urn: z, parent_urn: y, assessable: true, name: Deep enough}
    - {urn: o, name: Light}
    - {urn: p, parent_urn: o, assessable: true, name: Sunny}
    """
    report = imported(write(tmp_path / "l.yaml", library(nodes=deeper)), tmp_path)

    found = read_framework(report.folder)

    assert [(one.title, one.group) for one in found.dimensions] == [
        ("1 Water", None),
        ("Sources", "1-water"),
        ("Light", None),
    ]
    assert [one.message for one in report.lost if one.code == "IMPORT-STRUCTURE"] == [
        '"Wells" is a branch below the dimension "Sources"'
    ]


def test_english_is_taken_where_there_is_a_translation(tmp_path: Path) -> None:
    nodes = """\
    - urn: n
      parent_urn: "urn:garden:1"
      assessable: true
      name: Licht
      translations: {en: {name: Light}}
    """
    text = library(nodes=nodes).replace("locale: en", "locale: de")

    found = framework(text, tmp_path)

    assert found.items["1-water.light"].topic == "Light"


def test_a_mapping_becomes_a_crosswalk_between_two_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = """\
    - {source_requirement_urn: "urn:garden:1.1", target_requirement_urn: "urn:park:1.2",
       relationship: intersect, strength_of_relationship: 8, rationale: Both water}
    - {source_requirement_urn: "urn:garden:1.2", target_requirement_urn: "urn:park:1.2",
       relationship: not_related}
    """
    folder = tmp_path / "libraries"
    write(folder / "garden.yaml", library())
    write(folder / "park.yaml", library("park"))
    write(folder / "mapping.yaml", mapping(links=links))
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(tmp_path / "frameworks"))

    garden, park = (imported(folder, tmp_path, framework_id=one) for one in ("garden", "park"))

    assert check_definition(garden.folder).problems == ()
    read = read_framework_folder(garden.folder)
    (crosswalk,) = read.crosswalks
    assert [(one.from_, one.to, one.relation, one.strength) for one in crosswalk.links] == [
        ("1-water.1-1", "1-water.1-2", "intersects", Fraction(4, 5))
    ]
    assert [one.code for one in garden.lost] == ["IMPORT-MAPPING"]
    assert read.framework is not None
    scorecard = scores(read.framework, {"1-water": 2})
    view = view_through(
        crosswalk, scorecard, source=read.framework, framework=read_framework(park.folder)
    )
    assert view.scorecard.items["1-water.1-2"].value == 2


def test_a_mapping_between_different_scales_carries_levels_over(tmp_path: Path) -> None:
    links = """\
    - {source_requirement_urn: "urn:garden:1.1", target_requirement_urn: "urn:park:1.2",
       relationship: equal}
    """
    folder = tmp_path / "libraries"
    write(folder / "garden.yaml", library())
    write(folder / "park.yaml", library("park", scores=SCORES))
    write(folder / "mapping.yaml", mapping(links=links))

    garden, park = (imported(folder, tmp_path, framework_id=one) for one in ("garden", "park"))

    read, target = read_framework_folder(garden.folder), read_framework(park.folder)
    assert read.framework is not None
    scorecard = scores(read.framework, {"1-water": 2})
    view = view_through(read.crosswalks[0], scorecard, source=read.framework, framework=target)
    # 0 to 2 becomes 1 to 3: the best stays the best
    assert view.scorecard.items["1-water.1-2"].value == 3
    assert garden.lost == ()


def test_of_several_frameworks_one_has_to_be_named(tmp_path: Path) -> None:
    write(tmp_path / "l" / "garden.yaml", library())
    write(tmp_path / "l" / "park.yaml", library("park"))

    with pytest.raises(ExchangeError, match="several frameworks are here: garden, park"):
        imported(tmp_path / "l", tmp_path)


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ("- {urn: a, parent_urn: b}\n- {urn: b, parent_urn: a}\n", "below itself"),
        ("- {urn: a, parent_urn: a}\n", "below itself"),
        ('- {urn: "urn:garden:1"}\n', "of another node"),
        ("- {name: Nameless}\n", "is no URN"),
    ],
)
def test_a_broken_tree_is_refused(tmp_path: Path, nodes: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        imported(write(tmp_path / "l.yaml", library(nodes=nodes)), tmp_path)
