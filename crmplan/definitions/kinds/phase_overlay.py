"""Phase overlays: another author's stages over the phases of the plan."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from crmplan.definitions.folder import DefinitionFolder
from crmplan.definitions.found import read_whole
from crmplan.definitions.id_checks import IdCheck, framework_ids
from crmplan.definitions.kinds import head_of
from crmplan.definitions.library import load_phase_model
from crmplan.errors import CrmplanError
from crmplan.planning.phase_overlay import PhaseOverlay
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import YamlFile
    from crmplan.planning.phases import PhaseModel

USE = "see the same plan in other stages: `crmplan plan FILE --phases ID`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[PhaseOverlay]:
    """Read an overlay's folder; a check also looks at the phase model and framework it names."""
    reader = DefinitionFolder(folder)
    whole = reader.file(head_of("phase-overlay"))

    def check_references(one: PhaseOverlay, file: YamlFile) -> Iterator[Problem]:
        yield from IdCheck(file, "this overlay").repeated([("stages", one.stages)])
        if check:
            yield from _phase_model_references(one, file)
            yield from _framework_references(one, file)

    return read_whole(reader, PhaseOverlay, whole, check_references, language=language, check=check)


def _phase_model_references(one: PhaseOverlay, file: YamlFile) -> Iterator[Problem]:
    try:
        model = load_phase_model(definition_id=one.phase_model)
    except CrmplanError as error:
        yield Problem(file.place(("phase_model",)), "DEF-UNKNOWN-ID", error.message, error.hint)
        return
    ids = IdCheck(file, model.id)
    for index, stage in enumerate(one.stages):
        for name in ("activities", "also"):
            path = ("stages", index, name)
            yield from ids.unknown(path, getattr(stage, name), model.activity, "activity")
        yield from ids.unknown(("stages", index, "phases"), stage.phases, model.phase, "phase")
    yield from _left_out(one, model, file)


def _left_out(one: PhaseOverlay, model: PhaseModel, file: YamlFile) -> Iterator[Problem]:
    """Find activities without a stage, and phases that do not belong to exactly one."""
    place = file.place(("stages",))
    staged = {name for stage in one.stages for name in (*stage.activities, *stage.also)}
    for activity in model.activities:
        if activity.id not in staged:
            message = f'the activity "{activity.id}" belongs to no stage'
            yield Problem(place, "DEF-STAGE", message, "put it into activities or also of one")
    claimed = Counter(chain.from_iterable(stage.phases for stage in one.stages))
    for phase in model.phases:
        if claimed[phase.id] != 1:
            message = f'the phase "{phase.id}" belongs to {claimed[phase.id]} stages, not to one'
            yield Problem(place, "DEF-STAGE", message, "put it into phases of one stage")


def _framework_references(one: PhaseOverlay, file: YamlFile) -> Iterator[Problem]:
    known = framework_ids(one.framework, file)
    if isinstance(known, Problem):
        yield known
        return
    ids = IdCheck(file, one.framework)
    for index, stage in enumerate(one.stages):
        path = ("stages", index, "initiatives")
        yield from ids.unknown(path, stage.initiatives, known.initiatives, "initiative")


def counts(one: PhaseOverlay) -> dict[str, int]:
    """Count stages, and the activities and initiatives that have a place in them."""
    return {
        "stages": len(one.stages),
        "activities": len({i for one in one.stages for i in (*one.activities, *one.also)}),
        "initiatives": len({i for one in one.stages for i in one.initiatives}),
    }


def outline(one: PhaseOverlay) -> Iterator[tuple[int, str]]:
    """Give the stages with the activities of each."""
    model = load_phase_model(one.language, one.phase_model)
    yield 0, one.interpretation
    for stage in one.stages:
        yield 0, ""
        yield 0, f"{stage.number}. {stage.title} [{stage.id}]"
        yield 1, stage.purpose
        for name in stage.activities:
            yield 1, f"{model.activity[name].code} {model.activity[name].title}"
        for name in stage.also:
            yield 1, f"({model.activity[name].code} {model.activity[name].title})"


def schemas() -> dict[str, type[PhaseOverlay]]:
    """Give the model of the head file."""
    return {"phase-overlay": PhaseOverlay}
