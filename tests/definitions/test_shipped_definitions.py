"""What ships with the program says what its sources say: the counts are those of the sources."""

from __future__ import annotations

import re
from fractions import Fraction

import networkx as nx
import pytest

from crmplan.definitions.checking import check_definition
from crmplan.definitions.json_schema import json_schema
from crmplan.definitions.kinds import KINDS
from crmplan.definitions.library import (
    DefinitionEntry,
    definitions,
    load_any,
    load_catalogue,
    load_crosswalk,
    load_factors,
    load_framework,
    load_phase_model,
)
from crmplan.definitions.showing import counts, outline
from crmplan.planning.initiatives import Catalogue

ENTRIES = list(definitions().values())
IDS = [entry.id for entry in ENTRIES]
DRCRM = load_framework("drcrm")
MODEL = load_phase_model()


def initiatives() -> Catalogue:
    found = load_catalogue("drcrm")
    assert found is not None
    return found


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_nothing_is_wrong_and_no_translation_is_missing(entry: object) -> None:
    found = check_definition(entry.folder)  # type: ignore[attr-defined]

    assert [str(problem) for problem in found.problems] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_everything_exists_in_three_languages(entry: object) -> None:
    found = load_any(entry)  # type: ignore[arg-type]

    assert {"en", "fa", "zh"} <= set(found.languages)


@pytest.mark.parametrize(
    ("framework", "dimensions", "items"),
    [("drcrm", 10, 72), ("qci", 9, 56), ("buttle-value-chain", 9, 50)],
)
def test_the_number_of_dimensions_and_questions(
    framework: str, dimensions: int, items: int
) -> None:
    found = load_framework(framework)

    assert (len(found.dimensions), len(found.items)) == (dimensions, items)


def test_buttle_has_five_stages_and_four_conditions() -> None:
    # digest 5.5: 30 questions about the stages and 20 about the conditions
    found = load_framework("buttle-value-chain")
    sizes = [len(one.items) for one in found.dimensions]

    assert (sum(sizes[:5]), sum(sizes[5:])) == (30, 20)


def test_the_dimensions_of_drcrm_stand_in_the_order_of_their_source() -> None:
    assert [one.id for one in DRCRM.dimensions] == [
        "leadership",
        "strategy",
        "acquisition",
        "service",
        "loyalty",
        "experience",
        "software",
        "competence",
        "satisfaction-results",
        "key-results",
    ]
    assert [one.kind for one in DRCRM.dimensions] == ["enabler"] * 8 + ["result"] * 2


def test_enablers_weigh_sixty_percent_and_results_forty() -> None:
    weights = [one.weight for one in DRCRM.dimensions]

    assert weights == [Fraction("7.5")] * 8 + [20, 20]
    assert sum(weights) == 100


@pytest.mark.parametrize("framework", ["drcrm", "qci", "buttle-value-chain"])
def test_plan_and_practice_weigh_four_to_six(framework: str) -> None:
    layers = load_framework(framework).layers

    assert layers is not None
    assert (layers.intention, layers.reality) == (Fraction("0.4"), Fraction("0.6"))


def test_the_dependencies_of_drcrm() -> None:
    graph = nx.DiGraph([(link.from_, link.to) for link in DRCRM.dependencies])

    assert len(DRCRM.dependencies) == 28
    assert nx.is_directed_acyclic_graph(graph)
    # digest 4.1: longest path from leadership
    depth = {
        name: max(len(path) for path in nx.all_simple_paths(graph, "leadership", name)) - 1
        for name in graph
        if name != "leadership"
    }
    assert depth == {
        "strategy": 1,
        "competence": 2,
        "software": 3,
        "acquisition": 4,
        "service": 4,
        "experience": 5,
        "loyalty": 6,
        "satisfaction-results": 7,
        "key-results": 8,
    }


def test_there_are_eleven_rules() -> None:
    assert [rule.code for rule in DRCRM.rules] == [f"G{number}" for number in range(1, 12)]


def test_there_are_five_phases_with_forty_six_activities() -> None:
    per_phase = [
        sum(activity.phase == phase.id for activity in MODEL.activities) for phase in MODEL.phases
    ]

    assert [phase.number for phase in MODEL.phases] == [1, 2, 3, 4, 5]
    assert per_phase == [11, 10, 8, 12, 5]
    assert sum(per_phase) == 46


def test_every_activity_row_of_the_source_is_covered() -> None:
    rows = {1: 7, 2: 6, 3: 3, 4: 11, 5: 2}
    wanted = {f"s{phase}.{row}" for phase, count in rows.items() for row in range(1, count + 1)}

    named = {
        row for activity in MODEL.activities for row in re.findall(r"\bs\d\.\d+\b", activity.source)
    }

    assert len(wanted) == 29
    assert named == wanted


def test_each_phase_sums_up_to_the_effort_of_its_source() -> None:
    # digest 4.3: person-days of the reference organisation
    sums = [
        tuple(
            sum(one.effort_days[end] for one in MODEL.activities if one.phase == phase.id)
            for end in (0, 1)
        )
        for phase in MODEL.phases
    ]

    assert sums == [(64, 152), (75, 198), (48, 119), (139, 510), (63, 180)]


def test_the_predecessors_that_must_never_be_dropped_are_marked() -> None:
    essential = {activity.code for activity in MODEL.activities if activity.essential}

    assert essential == {
        "A101",
        "A110",
        "A203",
        "A207",
        "A304",
        "A306",
        "A407",
        "A410",
        "A411",
    }


def test_every_phase_ends_at_a_gate() -> None:
    gates = [activity.phase for activity in MODEL.activities if activity.gate]

    assert gates == [phase.id for phase in MODEL.phases]


def test_there_are_forty_eight_initiatives_in_all_dimensions() -> None:
    per_dimension = [
        sum(one.dimension == name for one in initiatives().initiatives) for name in DRCRM.dimension
    ]

    assert per_dimension == [5, 5, 5, 5, 5, 5, 5, 5, 4, 4]
    assert sum(per_dimension) == 48


@pytest.mark.parametrize(
    ("phase", "count", "low", "high"),
    [
        ("planning", 8, 118, 250),
        ("analysis", 10, 138, 295),
        ("design", 8, 124, 270),
        ("implementation", 13, 313, 830),
        ("maintenance", 9, 129, 283),
    ],
)
def test_the_initiatives_of_a_phase_sum_up_as_in_the_source(
    phase: str, count: int, low: int, high: int
) -> None:
    found = [one for one in initiatives().initiatives if one.phase == phase]

    assert len(found) == count
    assert sum(one.effort_days[0] for one in found) == low
    assert sum(one.effort_days[1] for one in found) == high


@pytest.mark.parametrize("framework", ["qci", "buttle-value-chain"])
def test_the_other_frameworks_plan_with_drcrm(framework: str) -> None:
    found = load_framework(framework)

    assert found.plans_with == "drcrm"
    assert load_crosswalk(framework, "drcrm") is not None


@pytest.mark.parametrize("framework", ["qci", "buttle-value-chain"])
def test_every_question_leads_somewhere_through_the_crosswalk(framework: str) -> None:
    crosswalk = load_crosswalk(framework, "drcrm")
    assert crosswalk is not None

    begun = {link.from_ for link in crosswalk.links}

    assert begun <= set(load_framework(framework).items)
    assert all(0 < link.strength <= 1 for link in crosswalk.links)


def test_every_factor_touches_dimensions_that_some_framework_has() -> None:
    known = {
        name
        for entry in ENTRIES
        if entry.kind == "framework"
        for name in load_framework(entry.id).dimension
    }

    for factor in load_factors().factors:
        assert set(factor.dimensions) <= known, factor.id


def test_every_element_says_where_it_comes_from() -> None:
    sources = [
        *(item.source for item in DRCRM.items.values()),
        *(one.source for one in initiatives().initiatives),
        *(one.source for one in MODEL.activities),
    ]

    assert all(sources)


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_definition_can_be_shown(entry: DefinitionEntry) -> None:
    found = load_any(entry)

    assert all(number > 0 for number in counts(entry.kind, found).values())
    assert len(list(outline(entry.kind, found))) > 10


@pytest.mark.parametrize("kind", [*KINDS, "activities", "dimension", "initiatives", "crosswalk"])
def test_there_is_a_schema_for_editors(kind: str) -> None:
    assert json_schema(kind)["type"] == "object"
