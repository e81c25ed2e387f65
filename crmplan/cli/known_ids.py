"""The ids that records of an engagement may name, with what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmplan.definitions.library import definitions, load_whole
from crmplan.workspace import load_definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.engagement import Engagement

EVALUATION = "package-evaluation"
OWNING_KINDS = ("strategy-map", "process-catalogue", EVALUATION, "survey")
"""Kinds of definition that records belong to."""


def known_ids(
    engagement: Engagement, language: str | None = None
) -> Mapping[str, Mapping[str, str]]:
    """Give the titles of ids, by what the ids stand for.

    A task is an initiative or an activity, in the plan or not: the plan changes with the answers.
    Criteria are those of the evaluations in use, or of all while none is.
    """
    spoken: Any = language or engagement.settings.language
    chosen = load_definitions(engagement.assessment().use.id, spoken)
    dimensions = {**chosen.planning_framework.dimension, **chosen.framework.dimension}
    initiatives = {name: one.title for name, one in chosen.catalogue.by_id.items()}
    activities = {name: one.title for name, one in chosen.phase_model.activity.items()}
    criteria = _parts(engagement, EVALUATION, "criterion", spoken)
    groups = _parts(engagement, EVALUATION, "group", spoken)
    return {
        "dimension": {name: one.title for name, one in dimensions.items()},
        "initiative": initiatives,
        "task": initiatives | activities,
        "role": {name: one.title for name, one in chosen.phase_model.role.items()},
        "external-factor": {one.id: one.text for one in chosen.factors.factors},
        "criterion": criteria,
        "weighable": groups | criteria,
        "candidate": {one.id: one.name for one in engagement.package_candidates},
        "measure": _parts(engagement, "strategy-map", "measure", spoken),
        "process": _parts(engagement, "process-catalogue", "process", spoken),
        **{kind: _in_use(engagement, kind, spoken) for kind in OWNING_KINDS},
    }


def _in_use(engagement: Engagement, kind: str, language: str) -> dict[str, str]:
    """Name the definitions of a kind: those in use, or all while none is."""
    used = [one.id for one in engagement.definitions if one.kind == kind]
    known = [one.id for one in definitions().values() if one.kind == kind]
    return {name: load_whole(name, kind, language).title for name in used or known}


def _parts(engagement: Engagement, kind: str, part: str, language: str) -> dict[str, str]:
    """Name the parts of a sort that the definitions of a kind hold."""
    found: dict[str, str] = {}
    for name in _in_use(engagement, kind, language):
        definition: Any = load_whole(name, kind, language)
        found |= {one.id: one.title for one in getattr(definition, part).values()}
    return found
