"""The ids that records of an engagement may name, by what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crmplan.definitions.library import definitions, load_whole
from crmplan.workspace import load_definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.package_evaluation import PackageEvaluation


def known_ids(engagement: Engagement) -> Mapping[str, tuple[str, ...]]:
    """List dimensions, initiatives, activities, tasks, roles, factors, criteria and candidates.

    A task is an initiative or an activity, in the plan or not: the plan changes with the answers.
    Criteria are those of the evaluations in use, or of all while none is.
    """
    chosen = load_definitions(engagement.assessment().use.id, engagement.settings.language)
    initiatives = tuple(chosen.catalogue.by_id)
    activities = tuple(chosen.phase_model.activity)
    return {
        "dimension": tuple(
            dict.fromkeys((*chosen.framework.dimension, *chosen.planning_framework.dimension))
        ),
        "initiative": initiatives,
        "activity": activities,
        "task": (*initiatives, *activities),
        "role": tuple(chosen.phase_model.role),
        "external factor": tuple(one.id for one in chosen.factors.factors),
        "criterion": _criteria(engagement),
        "candidate": tuple(one.id for one in engagement.package_candidates),
    }


def _criteria(engagement: Engagement) -> tuple[str, ...]:
    kind = "package-evaluation"
    used = [one.id for one in engagement.definitions if one.kind == kind]
    ids = used or [one.id for one in definitions().values() if one.kind == kind]
    found = (cast("PackageEvaluation", load_whole(name, kind)) for name in ids)
    return tuple(dict.fromkeys(name for one in found for name in one.criterion))
