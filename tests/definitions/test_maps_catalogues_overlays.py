"""Strategy maps, process catalogues and phase overlays: what ships, and every fault told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import networkx as nx
import pytest
from client_definitions import problems_of, written

from crmplan.assessment.process_catalogue import ProcessCatalogue
from crmplan.assessment.strategy_map import StrategyMap
from crmplan.definitions.kinds import module_of
from crmplan.definitions.library import load_catalogue, load_framework, load_phase_model, load_whole
from crmplan.planning.phase_overlay import PhaseOverlay

KAPLAN = cast("StrategyMap", load_whole("kaplan-norton", "strategy-map"))
APQC = cast("ProcessCatalogue", load_whole("apqc-pcf", "process-catalogue"))
PORTER = cast("ProcessCatalogue", load_whole("porter-value-chain", "process-catalogue"))
CLASSES = cast("ProcessCatalogue", load_whole("rise-wiklund", "process-catalogue"))
SPRINGER = cast("PhaseOverlay", load_whole("springer-2006", "phase-overlay"))

MAP = """\
perspectives:
  - {id: process, number: 1, title: "P", question: "Q", content: "C", dimensions: {service: 1},
     source: "own"}
objectives:
  - {id: fast, perspective: process, title: "F", meaning: "M", dimensions: [service],
     initiatives: [case-management], source: "own"}
  - {id: loyal, perspective: process, title: "L", meaning: "M", source: "own"}
links:
  - {id: first, from: fast, to: loyal, reason: "R", source: "own"}
measures:
  - {id: speed, objective: fast, title: "S", unit: "days", better: lower, method: "M",
     source: "own"}
"""
CATALOGUE = """\
criteria_from: rise-wiklund
categories:
  - {id: front, number: 1, title: "F", process_class: core, source: "own"}
processes:
  - {id: orders, code: "1.1", category: front, title: "O", dimensions: [service], source: "own"}
"""
OWN_CRITERIA = """\
classes: [{id: core, title: "C", signs: ["S"], source: "own"}]
criteria: [{id: fit, title: "F", question: "Q", levels: {5: "L"}, source: "own"}]
"""


# digest 0.5: BSC perspectives 4; APQC V3.0 12 categories, 64 groups; process tools 14;
# Springer stages 4; digest 4.3 and 4.4: 46 activities, 48 initiatives


def test_the_map_has_four_perspectives_from_growth_to_money() -> None:
    ordered = sorted(KAPLAN.perspectives, key=lambda one: one.number)

    assert [one.id for one in ordered] == ["growth", "process", "customer", "financial"]


def test_every_objective_of_the_map_has_measures_and_initiatives() -> None:
    for objective in KAPLAN.objectives:
        assert len(KAPLAN.measures_of(objective.id)) >= 2, objective.id
        assert objective.initiatives, objective.id


def test_causes_of_the_map_never_stand_above_their_effects() -> None:
    number = {one.id: KAPLAN.perspective[one.perspective].number for one in KAPLAN.objectives}

    assert [one.id for one in KAPLAN.links if number[one.from_] > number[one.to]] == []


def test_every_objective_of_the_map_leads_to_lasting_value() -> None:
    graph = nx.DiGraph([(one.from_, one.to) for one in KAPLAN.links])

    assert nx.ancestors(graph, "share-value") == set(KAPLAN.objective) - {"share-value"}


def test_dimensions_count_one_or_two_fifths_in_a_perspective() -> None:
    weights = {str(w) for one in KAPLAN.perspectives for w in one.dimensions.values()}

    assert weights == {"1", "2/5"}
    assert {d for one in KAPLAN.perspectives for d in one.dimensions} == set(
        load_framework("drcrm").dimension
    )


def test_results_of_surveys_lead_to_measures_of_the_map() -> None:
    folder = Path(__file__).parents[2] / "frameworks"
    named = {
        name
        for path in folder.glob("*/survey.yaml")
        for name in re.findall(r"^ +measure: ([a-z-]+)$", path.read_text("utf-8"), re.MULTILINE)
    }

    assert named <= set(KAPLAN.measure)


def test_apqc_has_twelve_categories_with_sixty_four_groups() -> None:
    sizes = [sum(one.category == c.id for one in APQC.processes) for c in APQC.categories]

    assert sizes == [3, 2, 6, 5, 5, 6, 8, 9, 5, 6, 5, 4]
    assert sum(sizes) == 64
    assert "developed by APQC" in APQC.attribution


def test_it_relations_are_not_taken_for_crm_technology() -> None:
    # digest 1.12, trap 7.2
    group = APQC.process["pcf-7-2"]

    assert (group.dimensions, group.secondary, group.confidence) == ((), (), "high")
    assert group.note


def test_porter_has_five_primary_and_four_support_activities() -> None:
    sizes = [sum(one.category == c.id for one in PORTER.processes) for c in PORTER.categories]

    assert sizes == [5, 4]
    assert PORTER.outcome == "Margin"


def test_three_classes_three_criteria_four_levels_fourteen_tools() -> None:
    parts = (CLASSES.classes, CLASSES.criteria, CLASSES.detail_levels, CLASSES.tools)

    assert [len(part) for part in parts] == [3, 3, 4, 14]


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_catalogues_take_their_criteria_over_in_the_same_language(language: str) -> None:
    own = cast("ProcessCatalogue", load_whole("rise-wiklund", "process-catalogue", language))
    taken = cast("ProcessCatalogue", load_whole("apqc-pcf", "process-catalogue", language))

    assert taken.criteria == own.criteria
    assert taken.key_from == own.key_from == 4


def test_springer_has_four_stages_with_software_last() -> None:
    assert [one.id for one in SPRINGER.stages] == [
        "strategy-stage",
        "activity-stage",
        "process-stage",
        "software-stage",
    ]


def test_every_activity_and_initiative_has_a_stage() -> None:
    staged = {name for one in SPRINGER.stages for name in (*one.activities, *one.also)}
    catalogue = load_catalogue("drcrm")
    assert catalogue is not None

    assert staged == set(load_phase_model().activity)
    assert len(staged) == 46
    named = [name for one in SPRINGER.stages for name in one.initiatives]
    assert sorted(named) == sorted(catalogue.by_id)
    assert len(named) == 48


@pytest.mark.parametrize(
    "body", [MAP, CATALOGUE, CATALOGUE.replace("criteria_from: rise-wiklund\n", OWN_CRITERIA)]
)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, body: str) -> None:
    kind = "strategy-map" if body == MAP else "process-catalogue"

    assert problems_of(tmp_path / "own", kind, body) == ()


@pytest.mark.parametrize(
    ("kind", "body", "old", "new", "code", "message"),
    [
        ("strategy-map", MAP, "fast, perspective: process", "fast, perspective: proces",
         "DEF-UNKNOWN-ID", '"proces" is no perspective of this map'),
        ("strategy-map", MAP, "to: loyal", "to: loyl", "DEF-UNKNOWN-ID",
         '"loyl" is no objective of this map'),
        ("strategy-map", MAP, "objective: fast", "objective: fats", "DEF-UNKNOWN-ID",
         '"fats" is no objective of this map'),
        ("strategy-map", MAP, "{service: 1}", "{servic: 1}", "DEF-UNKNOWN-ID",
         '"servic" is no dimension of drcrm'),
        ("strategy-map", MAP, "initiatives: [case-management]", "initiatives: [cases]",
         "DEF-UNKNOWN-ID", '"cases" is no initiative of drcrm'),
        ("strategy-map", MAP, "to: loyal", "to: fast", "DEF-CYCLE", "in a circle: fast → fast"),
        ("strategy-map", MAP, "id: speed", "id: fast", "DEF-DUPLICATE-ID",
         '"fast" is the id of 2 things'),
        ("strategy-map", MAP, "better: lower", "better: less", "DEF-CHOICE", "less"),
        ("strategy-map", MAP, "{service: 1}", "{service: 0}", "DEF-VALUE", "above 0"),
        ("process-catalogue", CATALOGUE, "category: front", "category: font", "DEF-UNKNOWN-ID",
         '"font" is no category of this catalogue'),
        ("process-catalogue", CATALOGUE, "[service]", "[servic]", "DEF-UNKNOWN-ID",
         '"servic" is no dimension of drcrm'),
        ("process-catalogue", CATALOGUE, "rise-wiklund", "rise", "DEF-UNKNOWN-ID", "rise"),
        ("process-catalogue", CATALOGUE, "rise-wiklund", "apqc-pcf", "DEF-UNKNOWN-ID",
         '"apqc-pcf" has no criteria of its own'),
        ("process-catalogue", CATALOGUE, "criteria_from: rise-wiklund\n",
         OWN_CRITERIA.replace("5:", "6:"), "DEF-LEVEL", "rated from 1 to 5, not 6"),
        ("process-catalogue", CATALOGUE, "criteria_from: rise-wiklund\n",
         OWN_CRITERIA.partition("criteria")[0], "DEF-MISSING-FIELD", '"criteria" is missing'),
    ],
)  # fmt: skip
def test_each_fault_is_told_once_with_its_place(
    tmp_path: Path, kind: str, body: str, old: str, new: str, code: str, message: str
) -> None:
    assert old in body

    problems = problems_of(tmp_path / "own", kind, body.replace(old, new, 1))

    assert [one.code for one in problems] == [code]
    assert message in problems[0].message
    assert problems[0].location.line


def test_an_id_that_is_not_the_name_of_the_folder_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "own", "strategy-map", MAP).rename(tmp_path / "other")

    (problem,) = module_of("strategy-map").read(folder, check=True).problems

    assert (problem.code, problem.location.line) == ("DEF-NAME", 1)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    body = MAP.replace("to: loyal", "to: loyl").replace("[case-management]", "[cases]")

    problems = problems_of(tmp_path / "own", "strategy-map", body)

    assert len(problems) == 2


OVERLAY = """\
phase_model: five-phases
stages:
  - {{id: all, number: 1, title: "A", purpose: "P", phases: [{phases}], activities: [{activities}],
     initiatives: [{initiatives}], source: "own"}}
"""


def overlay(**changed: str) -> str:
    model = load_phase_model()
    whole = {
        "phases": ", ".join(model.phase),
        "activities": ", ".join(model.activity),
        "initiatives": "",
    }
    return OVERLAY.format(**{**whole, **changed})


@pytest.mark.parametrize(
    ("changed", "code", "message"),
    [
        ({"initiatives": "cases"}, "DEF-UNKNOWN-ID", '"cases" is no initiative of drcrm'),
        ({"phases": "planning, analysis, design, implementation"}, "DEF-STAGE",
         'the phase "maintenance" belongs to 0 stages'),
    ],
)  # fmt: skip
def test_each_fault_of_an_overlay_is_told(
    tmp_path: Path, changed: dict[str, str], code: str, message: str
) -> None:
    (problem,) = problems_of(tmp_path / "own", "phase-overlay", overlay(**changed))

    assert problem.code == code
    assert message in problem.message


def test_an_activity_without_a_stage_is_told(tmp_path: Path) -> None:
    left_out = ", ".join(list(load_phase_model().activity)[1:])

    (problem,) = problems_of(tmp_path / "own", "phase-overlay", overlay(activities=left_out))

    assert (problem.code, "appoint-sponsor" in problem.message) == ("DEF-STAGE", True)


def test_an_overlay_for_all_phases_and_activities_is_sound(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "own", "phase-overlay", overlay()) == ()
