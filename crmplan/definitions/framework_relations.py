"""Check what a framework says about other definitions: initiatives, rules and crosswalks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.definitions.folder_names import check_crosswalk_names
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.definitions.library import find, load_phase_model
from crmplan.definitions.references import check_catalogue_against, check_crosswalk
from crmplan.definitions.rule_references import check_holds
from crmplan.errors import CrmplanError
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.definitions.framework_folder import FrameworkFolder


def check_against_others(read: FrameworkFolder) -> Iterator[Problem]:
    """Check what refers to other definitions; those are read only if this one is sound."""
    if read.framework is None or read.problems:
        return
    if read.catalogue:
        model = load_phase_model()
        yield from check_catalogue_against(read.catalogue, model, read.initiatives)
        yield from check_holds(read.framework, model, read.head)
    yield from _crosswalk_to_plan_with(read)
    for crosswalk, file in zip(read.crosswalks, read.crosswalk_files, strict=True):
        try:
            target = read_framework_folder(find(crosswalk.to, "framework").folder).framework
        except CrmplanError as error:
            yield Problem(file.place(("to",)), "DEF-UNKNOWN-ID", error.message, error.hint)
            continue
        if target:
            yield from check_crosswalk_names(read.framework.id, crosswalk, file)
            yield from check_crosswalk(crosswalk, read.framework, target, file)


def _crosswalk_to_plan_with(read: FrameworkFolder) -> Iterator[Problem]:
    wanted = read.framework.plans_with if read.framework else None
    if wanted and wanted not in {crosswalk.to for crosswalk in read.crosswalks}:
        message = f'plans with "{wanted}", but there is no crosswalk to it'
        hint = f"write crosswalks/{wanted}.yaml"
        yield Problem(read.head.place(("plans_with",)), "DEF-UNKNOWN-ID", message, hint)
