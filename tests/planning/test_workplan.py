from __future__ import annotations

from fractions import Fraction

import pytest
from builders import catalogue
from phase_models import two_phases

from crmplan.errors import DependencyCycleError, PlanningError
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.selection import ChosenInitiative, Order, Selection
from crmplan.planning.sizing import EffortRange, Sizing
from crmplan.planning.workplan import WorkPlan, expand

MODEL = two_phases()
CARE = catalogue(
    """
    needs-list  software  0>2  phase=analysis covers=require,shortages effort=25-60 weeks=6-10
    survey      software  1>3  phase=analysis effort=10-20 weeks=2-4
    programme   software  1>3  phase=planning effort=30-50 weeks=12-26 runs-on
    charter     software  0>2  phase=planning covers=appoint effort=8-15 weeks=3-4
    listening   software  2>4  phase=analysis needs=survey effort=5-9 weeks=1-3
    """
)


def plan_of(
    *chosen: str,
    orders: tuple[Order, ...] = (),
    of: Catalogue = CARE,
    sizing: Sizing | None = None,
) -> WorkPlan:
    selection = Selection(tuple(ChosenInitiative(one, (), ()) for one in chosen), (), orders)
    return expand(selection, of, MODEL, sizing or Sizing())


def pairs(plan: WorkPlan) -> set[tuple[str, str]]:
    return {(link.before, link.after) for link in plan.links}


def test_without_initiatives_the_standing_activities_remain() -> None:
    # 6+8+1+15+4+15+1 = 50 and 12+18+2+40+10+45+2 = 129 person-days
    plan = plan_of()

    assert [task.id for task in plan.tasks] == list(MODEL.activity)
    assert plan.effort == EffortRange(50, 129)


def test_covered_activities_become_points_in_time_without_effort() -> None:
    plan = plan_of("needs-list")

    covered = plan.task["require"]
    assert (covered.kind, covered.covered_by) == ("covered", ("needs-list",))
    assert covered.is_milestone
    assert covered.effort == EffortRange(0, 0)


def test_no_work_is_counted_twice() -> None:
    # without require and shortages 50 − 19 = 31 and 129 − 50 = 79; with 25–60: 56 and 139
    assert plan_of("needs-list").effort == EffortRange(56, 139)


def test_effort_is_told_by_phase() -> None:
    # planning 15–32; analysis 56 − 15 = 41 and 139 − 32 = 107
    plan = plan_of("needs-list")

    assert plan.effort_of("planning") == EffortRange(15, 32)
    assert plan.effort_of("analysis") == EffortRange(41, 107)


def test_covered_activities_keep_their_links() -> None:
    found = pairs(plan_of("needs-list"))

    assert {("require", "shortages"), ("require", "redesign"), ("shortages", "gate-needs")} <= found


def test_an_initiative_waits_for_what_its_first_activity_waited_for() -> None:
    found = pairs(plan_of("needs-list"))

    assert ("gate-scope", "needs-list") in found
    assert {("needs-list", "require"), ("needs-list", "shortages")} <= found


def test_what_lies_between_two_covered_activities_does_not_hold_the_initiative() -> None:
    # shortages and redesign lie between require and the gate: they follow the initiative
    bracket = catalogue("bracket software 0>2 phase=analysis covers=require,gate-needs")
    found = pairs(plan_of("bracket", of=bracket))

    assert {before for before, after in found if after == "bracket"} == {"gate-scope"}
    assert ("require", "shortages") in found


def test_an_initiative_begins_after_the_gate_before_its_phase_and_ends_before_its_own() -> None:
    plan = plan_of("survey")

    reasons = {(link.before, link.after): link.reason for link in plan.links}
    assert reasons["gate-scope", "survey"] == "phase"
    assert reasons["survey", "gate-needs"] == "gate"


def test_an_initiative_of_the_first_phase_waits_for_no_gate() -> None:
    assert not [link for link in plan_of("programme").links if link.after == "programme"]


def test_a_programme_that_runs_on_holds_no_gate() -> None:
    assert not [link for link in plan_of("programme").links if link.before == "programme"]


def test_an_initiative_waits_for_what_it_requires_if_that_is_in_the_plan() -> None:
    assert ("survey", "listening") in pairs(plan_of("survey", "listening"))
    assert ("survey", "listening") not in pairs(plan_of("listening"))


def test_gates_are_decisions() -> None:
    kinds = {task.id: task.kind for task in plan_of("charter").tasks}

    assert kinds == {
        "appoint": "covered",
        "map": "activity",
        "gate-scope": "gate",
        "charter": "initiative",
        "require": "activity",
        "shortages": "activity",
        "redesign": "activity",
        "gate-needs": "gate",
    }


def test_a_rule_orders_tasks() -> None:
    plan = plan_of("needs-list", orders=(Order("redesign", "survey", "G4"),))
    assert ("redesign", "survey") in pairs(plan)

    (link,) = [link for link in plan.links if link.reason == "rule"]
    assert link.by == "G4"


def test_what_an_initiative_needs_stays_before_it_whatever_a_rule_says() -> None:
    plan = plan_of("survey", "listening", orders=(Order("listening", "survey", "G9"),))

    assert ("listening", "survey") not in pairs(plan)


def test_two_links_between_the_same_tasks_are_one() -> None:
    plan = plan_of("survey", orders=(Order("gate-scope", "survey", "G4"),))

    assert [link.reason for link in plan.links if link.after == "survey"] == ["phase"]


def test_a_circle_made_by_rules_is_refused_and_shown() -> None:
    circle = (Order("survey", "needs-list", "G1"), Order("needs-list", "survey", "G2"))

    with pytest.raises(DependencyCycleError) as error:
        plan_of("survey", "needs-list", orders=circle)

    assert set(error.value.cycle) == {"survey", "needs-list"}
    assert error.value.cycle[0] == error.value.cycle[-1]


def test_an_initiative_may_not_have_the_id_of_an_activity() -> None:
    with pytest.raises(PlanningError, match="share the id 'map'"):
        plan_of("map", of=catalogue("map software 0>2"))


def test_sizes_scale_effort_and_time() -> None:
    # effort 10–20 × 9/5 = 18–36; 2–4 weeks are 10–20 days, middle 15 × 7/5 = 21
    sizing = Sizing(size=Fraction(9, 5), pace=Fraction(7, 5))
    survey = plan_of("survey", sizing=sizing).task["survey"]

    assert (survey.effort, survey.duration_days) == (EffortRange(18, 36), 21)
