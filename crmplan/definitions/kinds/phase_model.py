"""Phase models: the phases of a project with their activities and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, create_model

from crmplan.assessment.definition import Definition, Id
from crmplan.definitions.folder import DefinitionFolder, append, insert
from crmplan.definitions.found import read_whole
from crmplan.definitions.kinds import head_of
from crmplan.definitions.references import check_phase_model
from crmplan.definitions.ties_shown import ties_shown
from crmplan.planning.phases import Activity, Phase, PhaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import YamlFile

USE = "every roadmap is dated in its phases"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[PhaseModel]:
    """Read a phase model's folder; see ``read_whole``."""
    reader = DefinitionFolder(folder)
    whole = reader.file(head_of("phase-model"))
    if isinstance(whole.value, dict):
        _insert_roles(reader, whole)
        _insert_activities(reader, whole)
    return read_whole(reader, PhaseModel, whole, check_phase_model, language=language, check=check)


def _insert_roles(reader: DefinitionFolder, whole: YamlFile) -> None:
    file = reader.file("roles.yaml")
    reader.expect_only(file, ("roles",))
    if isinstance(file.value, dict) and "roles" in file.value:
        insert(whole, ("roles",), file, at=("roles",))


def _insert_activities(reader: DefinitionFolder, whole: YamlFile) -> None:
    """Put the activities of each phase's file into the model, phase after phase."""
    whole.value["activities"] = []
    phases = whole.value.get("phases")
    for phase in phases if isinstance(phases, list) else ():
        if not isinstance(phase, dict):
            continue
        file = reader.file(f"activities/{phase.get('id')}.yaml")
        reader.expect_only(file, ("phase", "activities"))
        if isinstance(file.value, dict):
            append(whole, "activities", file, phase=file.value.get("phase"))


def counts(model: PhaseModel) -> dict[str, int]:
    """Count phases, activities and roles."""
    return {
        "phases": len(model.phases),
        "activities": len(model.activities),
        "roles": len(model.roles),
    }


def outline(model: PhaseModel) -> Iterator[tuple[int, str]]:
    """Give the phases with their activities, and what these wait for."""
    for phase in model.phases:
        yield 0, ""
        yield 0, f"{phase.number}. {phase.title} [{phase.id}]"
        for activity in model.activities:
            if activity.phase == phase.id:
                yield 1, f"{activity.code} {activity.title}"
                yield from ties_shown(activity.after, model.activity, model.language)


def schemas() -> dict[str, type[BaseModel]]:
    """Give the models of the head file and of the activities of a phase; roles stand beside."""
    head = create_model(
        "PhaseModelFile",
        __base__=PhaseModel,
        phases=(tuple[Phase, ...], ...),
        activities=(tuple[()], ()),
        roles=(tuple[()], ()),
    )
    activity = create_model(
        "ActivityEntry",
        __base__=Activity,
        phase=(Id | None, Field(default=None, description="the file's without")),
    )
    activities = create_model(
        "ActivitiesFile",
        __base__=Definition,
        phase=(Id, ...),
        activities=(tuple[activity, ...], ...),
    )
    return {"phase-model": head, "activities": activities}
