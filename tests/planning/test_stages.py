"""A plan in the stages of another author."""

from __future__ import annotations

from datetime import date

import pytest
from builders import network

from crmplan.errors import PlanningError
from crmplan.planning.phase_overlay import PhaseOverlay
from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.stages import StagedPlan, staged
from crmplan.planning.working_time import WorkCalendar

MONDAY = date(2026, 3, 2)
EVERY_DAY = WorkCalendar(frozenset())


def dated(rows: str) -> Schedule:
    return schedule(network(rows), EVERY_DAY, start=MONDAY)


def overlay(*stages: dict[str, object]) -> PhaseOverlay:
    whole = {
        "id": "two-stages",
        "version": "1.0.0",
        "title": "T",
        "summary": "S",
        "interpretation": "I",
        "licence": "CC0-1.0",
        "source": "own",
        "languages": ["en"],
        "phase_model": "two-phases",
        "framework": "care",
    }
    words = {"title": "T", "purpose": "P", "source": "own"}
    numbered = [{**words, "number": n, **stage} for n, stage in enumerate(stages, 1)]
    return PhaseOverlay.model_validate({**whole, "stages": numbered})


def outline(found: StagedPlan) -> dict[str, list[str]]:
    return {
        one.stage.id: [
            f"({task.scheduled.task.id})" if task.is_added else task.scheduled.task.id
            for task in one.tasks
        ]
        for one in found.stages
    }


def test_tasks_stand_in_their_stages_by_start() -> None:
    # b starts after a, c after b; the phase of all is planning
    plan = dated("a 1\nb 2 a\nc 1 b\nd 1")

    found = staged(
        overlay(
            {"id": "think", "activities": ["c", "a"], "also": ["d"]},
            {"id": "act", "initiatives": ["b"], "phases": ["planning"]},
        ),
        plan,
    )

    assert outline(found) == {"think": ["a", "(d)", "c"], "act": ["b"]}
    assert [(one.start, one.finish) for one in found.stages] == [
        (MONDAY, date(2026, 3, 5)),
        (date(2026, 3, 3), date(2026, 3, 4)),
    ]


def test_what_is_named_nowhere_stands_in_the_stage_of_its_phase() -> None:
    found = staged(
        overlay({"id": "think", "activities": ["a"]}, {"id": "act", "phases": ["planning"]}),
        dated("a 1\nown 1"),
    )

    assert outline(found) == {"think": ["a"], "act": ["(own)"]}


def test_a_task_can_stand_in_two_stages() -> None:
    found = staged(
        overlay(
            {"id": "think", "activities": ["a"], "phases": ["planning"]},
            {"id": "act", "activities": ["a"]},
        ),
        dated("a 1"),
    )

    assert outline(found) == {"think": ["a"], "act": ["a"]}
    assert found.shared == ("a",)


def test_a_stage_without_tasks_is_left_out() -> None:
    found = staged(
        overlay({"id": "think", "phases": ["planning"]}, {"id": "act", "activities": ["z"]}),
        dated("a 1"),
    )

    assert list(outline(found)) == ["think"]


def test_stages_for_other_phases_are_refused() -> None:
    with pytest.raises(PlanningError, match="no stage for the phases planning"):
        staged(overlay({"id": "think", "phases": ["analysis"]}), dated("a 1"))
