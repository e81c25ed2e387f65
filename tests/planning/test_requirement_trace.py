"""Needs are traced to what the plan does about them; what has no answer is found."""

from __future__ import annotations

import pytest
from builders import catalogue, network

from crmplan.assessment.client_records import Requirement
from crmplan.planning.requirement_trace import RequirementTrace, trace_requirements
from tests.planning.phase_models import two_phases

CARE = catalogue(
    """
    complaints  service  0>2  covers=listen
    cases       service  1>3
    club        loyalty  1>3
    """
)
PLAN = network(
    """
    listen 5
    complaints 10 listen
    cases 10 complaints
    """,
    kinds={"listen": "covered", "complaints": "initiative", "cases": "initiative"},
)


def need(name: str, **given: object) -> Requirement:
    return Requirement.model_validate(
        {"id": name, "shortage": "no log", "reason": "asked twice", **given}
    )


def traced(*needs: Requirement, entities: tuple[str, ...] = ()) -> RequirementTrace:
    return trace_requirements(
        needs,
        catalogue=CARE,
        model=two_phases(),
        workplan=PLAN,
        dimensions=("service", "loyalty"),
        entities=entities,
    )


def test_a_need_leads_to_initiatives_tasks_and_dimensions() -> None:
    found = traced(need("r1", initiatives=["complaints"], dimensions=["loyalty"])).needs[0]

    assert found.initiatives == ("complaints",)
    # complaints carries out listen, which stands before it in the plan
    assert found.tasks == ("listen", "complaints")
    assert found.dimensions == ("loyalty", "service")


def test_what_is_named_and_not_in_the_plan_is_told() -> None:
    found = traced(need("r1", initiatives=["club"])).needs[0]

    assert (found.initiatives, found.tasks, found.outside_plan) == ((), (), ("club",))


@pytest.mark.parametrize(
    ("given", "unanswered"),
    [
        ({"obligation": "must"}, ("r1",)),
        ({"obligation": "must", "initiatives": ["club"]}, ("r1",)),
        ({"obligation": "must", "tasks": ["listen"]}, ()),
        ({"obligation": "must", "state": "met"}, ()),
        ({"obligation": "must", "state": "dropped"}, ()),
        ({"obligation": "should"}, ()),
    ],
)
def test_a_must_that_nothing_answers(given: dict[str, object], unanswered: tuple[str]) -> None:
    assert traced(need("r1", **given)).unanswered == unanswered


def test_initiatives_of_the_plan_that_no_need_names() -> None:
    assert traced(need("r1", initiatives=["cases"])).without_need == ("complaints",)
    assert traced(need("r1", initiatives=["cases"], state="dropped")).without_need == (
        "complaints",
        "cases",
    )
    assert traced().without_need == ()


def test_ids_that_stand_for_nothing_are_told_once() -> None:
    found = traced(need("r1", tasks=["x"]), need("r2", tasks=["x"], dimensions=["y"]))

    assert found.unknown == ("x", "y")


def test_groups_go_by_obligation_and_then_by_known_entities() -> None:
    found = traced(
        need("r1", obligation="could", entity="order"),
        need("r2", obligation="must", entity="zebra"),
        need("r3", obligation="must", entity="order"),
        need("r4", obligation="must", entity="complaint"),
        need("r5", obligation="must", entity="order"),
        entities=("complaint", "order"),
    )

    assert [
        (group.obligation, group.entity, [one.requirement.id for one in group.needs])
        for group in found.groups
    ] == [
        ("must", "complaint", ["r4"]),
        ("must", "order", ["r3", "r5"]),
        ("must", "zebra", ["r2"]),
        ("could", "order", ["r1"]),
    ]
