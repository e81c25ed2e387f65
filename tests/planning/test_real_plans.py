"""What holds for every plan that the bundled initiatives and phases can give."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import networkx as nx
import pytest
from builders import gaps_of, scores
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.assessment.consistency import find_inconsistencies
from crmplan.definitions.library import load_catalogue, load_framework, load_phase_model
from crmplan.planning.critical_path import find_times
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.selection import (
    ChosenInitiative,
    Selection,
    select_initiatives,
)
from crmplan.planning.sizing import Sizing
from crmplan.planning.workplan import WorkPlan, expand

DRCRM = load_framework("drcrm")
MODEL = load_phase_model()
CATALOGUE = load_catalogue("drcrm") or Catalogue(framework_id="drcrm", initiatives=())
PHASE_NUMBER = {phase.id: phase.number for phase in MODEL.phases}

LEVELS = st.fixed_dictionaries(
    {name: st.sampled_from(["-", 0, 1, 2, 3, 4, 5, "5/0", "4/2"]) for name in DRCRM.dimension}
)
TARGETS = st.fixed_dictionaries({name: st.integers(0, 5) for name in DRCRM.dimension})


def select(levels: Mapping[str, object], targets: Mapping[str, int]) -> Selection:
    """Choose as the report does: with the rules that speak about these levels."""
    results = {"satisfaction-results", "key-results"}
    one_layer = {
        name: 3 if "/" in str(level) and name in results else level
        for name, level in levels.items()
    }
    card = scores(DRCRM, one_layer)
    gaps = gaps_of(DRCRM, card, targets)
    wanted = select_initiatives(gaps, CATALOGUE).ids
    findings = find_inconsistencies(
        DRCRM, card, {name: Fraction(level) for name, level in targets.items()}, wanted=wanted
    )
    return select_initiatives(gaps, CATALOGUE, findings=findings, framework_rules=DRCRM.rules)


def plan_of(selection: Selection) -> WorkPlan:
    return expand(selection, CATALOGUE, MODEL, Sizing())


@settings(max_examples=100)
@given(LEVELS, TARGETS)
def test_every_set_of_gaps_gives_a_plan_without_a_circle(
    levels: dict[str, object], targets: dict[str, int]
) -> None:
    selection = select(levels, targets)
    plan = plan_of(selection)  # raises if tasks wait for one another
    times = find_times(plan)

    assert {one.id for one in selection.chosen} <= set(times)
    assert set(MODEL.activity) <= set(times)
    for link in plan.links:
        assert times[link.after].early_start >= times[link.before].early_finish
    assert all(one.total_float >= 0 for one in times.values())


@settings(max_examples=100)
@given(LEVELS, TARGETS)
def test_everything_chosen_is_there_with_all_that_it_needs(
    levels: dict[str, object], targets: dict[str, int]
) -> None:
    selection = select(levels, targets)
    out = {one.id for one in selection.left_out}

    assert selection.ids | out == set(CATALOGUE.by_id)
    assert not selection.ids & out
    for one in selection.chosen:
        assert one.reasons
        needs = set(CATALOGUE.by_id[one.id].needs)
        assert needs == (needs & selection.ids) | set(one.in_place)


@given(st.sets(st.sampled_from(list(CATALOGUE.by_id))))
def test_any_set_of_initiatives_can_be_expanded(chosen: set[str]) -> None:
    kept = [one.id for one in CATALOGUE.initiatives if one.id in chosen]
    plan = plan_of(Selection(tuple(ChosenInitiative(one, (), ()) for one in kept), (), ()))

    assert nx.is_directed_acyclic_graph(plan.graph)


@given(st.sets(st.sampled_from(list(CATALOGUE.by_id))))
def test_total_effort_is_that_of_the_initiatives_and_of_what_they_do_not_cover(
    chosen: set[str],
) -> None:
    kept = [one for one in CATALOGUE.initiatives if one.id in chosen]
    plan = plan_of(Selection(tuple(ChosenInitiative(one.id, (), ()) for one in kept), (), ()))

    covered = {name for one in kept for name in one.covers}
    rest = [one for one in MODEL.activities if one.id not in covered]
    assert plan.effort.low == sum(one.effort_days[0] for one in (*kept, *rest))
    assert plan.effort.high == sum(one.effort_days[1] for one in (*kept, *rest))


@given(
    st.sets(st.sampled_from(list(CATALOGUE.by_id)), min_size=1), st.randoms(use_true_random=False)
)
def test_the_order_of_the_catalogue_changes_no_date(chosen: set[str], dice: random.Random) -> None:
    kept = [one for one in CATALOGUE.initiatives if one.id in chosen]
    shuffled = dice.sample(kept, len(kept))

    first, second = (
        plan_of(Selection(tuple(ChosenInitiative(one.id, (), ()) for one in order), (), ()))
        for order in (kept, shuffled)
    )

    assert find_times(first) == find_times(second)


def test_no_activity_of_a_phase_begins_before_the_gate_of_the_phase_before() -> None:
    plan = plan_of(select(dict.fromkeys(DRCRM.dimension, 1), dict.fromkeys(DRCRM.dimension, 4)))
    times = find_times(plan)
    gate = {PHASE_NUMBER[task.phase]: task.id for task in plan.tasks if task.kind == "gate"}

    for task in plan.tasks:
        before = gate.get(PHASE_NUMBER[task.phase] - 1)
        if before:
            assert times[task.id].early_start >= times[before].early_finish, task.id


def test_a_weak_leadership_puts_its_mandate_before_all_other_initiatives() -> None:
    levels = {**dict.fromkeys(DRCRM.dimension, 2), "leadership": 1}
    plan = plan_of(select(levels, dict.fromkeys(DRCRM.dimension, 3)))
    times = find_times(plan)

    vision = times["customer-vision"].early_finish
    others = [task.id for task in plan.tasks if task.kind == "initiative"]
    for one in others:
        if one not in ("crm-governance", "customer-vision"):
            assert times[one].early_start >= vision, one


def test_the_platform_waits_for_the_new_processes() -> None:
    levels: dict[str, object] = dict.fromkeys(DRCRM.dimension, 2)
    plan = plan_of(select(levels, dict.fromkeys(DRCRM.dimension, 3)))
    times = find_times(plan)

    assert times["core-platform"].early_start >= times["redesign-processes"].early_finish
    (link,) = [one for one in plan.links if one.by == "processes-before-platform"]
    assert (link.before, link.after) == ("redesign-processes", "core-platform")


@pytest.mark.parametrize("weak", ["service", "experience"])
def test_a_loyalty_programme_is_postponed_where_service_depends_on_chance(weak: str) -> None:
    levels = {**dict.fromkeys(DRCRM.dimension, 2), weak: 1}
    found = select(levels, dict.fromkeys(DRCRM.dimension, 4))

    (left,) = [one for one in found.left_out if one.id == "loyalty-programme"]
    assert (left.kind, left.by) == ("postponed", "programme-without-service")


def test_a_loyalty_programme_beyond_the_target_is_not_called_postponed() -> None:
    levels = {**dict.fromkeys(DRCRM.dimension, 2), "service": 1}
    found = select(levels, dict.fromkeys(DRCRM.dimension, 3))

    (left,) = [one for one in found.left_out if one.id == "loyalty-programme"]
    assert left.kind == "beyond-target"
