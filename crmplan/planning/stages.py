"""A dated plan in the stages of another author."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.errors import PlanningError

if TYPE_CHECKING:
    from datetime import date

    from crmplan.planning.phase_overlay import PhaseOverlay, Stage
    from crmplan.planning.scheduling import Schedule, ScheduledTask


@dataclass(frozen=True, slots=True)
class StagedTask:
    """A task in a stage.

    Attributes:
        is_added: the author of the stages does not speak of such work; it was put here.
    """

    scheduled: ScheduledTask
    is_added: bool


@dataclass(frozen=True, slots=True)
class DatedStage:
    """The tasks of a stage, by start; there is at least one."""

    stage: Stage
    tasks: tuple[StagedTask, ...]

    @property
    def start(self) -> date:
        """The day on which the first task starts."""
        return min(one.scheduled.start for one in self.tasks)

    @property
    def finish(self) -> date:
        """The day on which the last task ends."""
        return max(one.scheduled.finish for one in self.tasks)


@dataclass(frozen=True, slots=True)
class StagedPlan:
    """A plan in stages; stages without tasks are left out.

    Attributes:
        shared: ids of tasks that stand in more than one stage.
    """

    overlay: PhaseOverlay
    stages: tuple[DatedStage, ...]
    shared: tuple[str, ...]


def staged(overlay: PhaseOverlay, schedule: Schedule) -> StagedPlan:
    """Show the tasks of a plan in the stages of an overlay; no date is changed.

    A task stands in every stage that names it. One that no stage names, such as an initiative of
    another catalogue, stands in the stage of its phase.

    Args:
        overlay: it has a stage for each phase of the plan.
        schedule: the dated tasks.

    Raises:
        PlanningError: if the overlay was made for other phases than those of the plan.
    """
    places = _places(overlay)
    of_phase = {phase: stage.id for stage in overlay.stages for phase in stage.phases}
    if strange := {one.task.phase for one in schedule.tasks} - of_phase.keys():
        raise PlanningError(
            f"{overlay.id!r} has no stage for the phases {', '.join(sorted(strange))}",
            hint=f"it was made for the phases of {overlay.phase_model!r}",
        )
    tasks: dict[str, list[StagedTask]] = defaultdict(list)
    for one in sorted(schedule.tasks, key=lambda one: (one.start, one.finish, one.task.code)):
        here = places.get(one.task.id) or {of_phase[one.task.phase]: True}
        for stage_id, is_added in here.items():
            tasks[stage_id].append(StagedTask(one, is_added))
    return StagedPlan(
        overlay,
        tuple(
            DatedStage(stage, tuple(tasks[stage.id])) for stage in overlay.stages if tasks[stage.id]
        ),
        tuple(one.task.id for one in schedule.tasks if len(places.get(one.task.id, ())) > 1),
    )


def _places(overlay: PhaseOverlay) -> dict[str, dict[str, bool]]:
    """Give the stages of each named task, and whether it was added to them."""
    places: dict[str, dict[str, bool]] = defaultdict(dict)
    for stage in overlay.stages:
        for name in (*stage.activities, *stage.initiatives):
            places[name][stage.id] = False
        for name in stage.also:
            places[name].setdefault(stage.id, True)
    return places
