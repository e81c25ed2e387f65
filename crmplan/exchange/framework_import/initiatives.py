"""Initiatives with the ids that the assembled framework gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.element_ids import Ids
from crmplan.planning.initiatives import Initiative, LevelStep
from crmplan.planning.ties import Tie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.exchange.framework_import.assembling import Assembled
    from crmplan.exchange.framework_import.draft import FrameworkDraft, InitiativeDraft

PHASE = "implementation"
LEAD = "it-manager"


def initiatives_for(draft: FrameworkDraft, assembled: Assembled) -> tuple[Initiative, ...]:
    """Make the initiatives of a framework.

    What no source says is the same everywhere: one phase, so that none waits for a later one, one
    lead, the title as deliverable, and a share of teams as indicator.
    """
    framework = assembled.framework
    taken = {*framework.items, *framework.dimension, *(one.id for one in framework.groups)}
    ids = Ids()
    ids.taken |= taken
    keys = {one.key: ids.new(one.title, kind="initiative") for one in draft.initiatives}
    counted: dict[str, int] = {}
    made = []
    for one in draft.initiatives:
        dimension = framework.dimension[assembled.ids[one.dimension]]
        counted[dimension.id] = counted.get(dimension.id, 0) + 1
        code = f"{dimension.number}-{counted[dimension.id]}"
        made.append(_initiative(one, code, dimension.id, keys))
    return tuple(made)


def _initiative(
    draft: InitiativeDraft, code: str, dimension_id: str, keys: Mapping[str, str]
) -> Initiative:
    low, high = draft.level
    return Initiative(
        id=keys[draft.key],
        code=code,
        title=draft.title,
        dimension=dimension_id,
        purpose=draft.purpose,
        level=LevelStep.model_validate({"from": low, "to": high}),
        phase=PHASE,
        effort_days=draft.effort_days,
        duration_weeks=draft.duration_weeks,
        lead=LEAD,
        support=(),
        deliverables=(draft.title,),
        requires=tuple(Tie(id=keys[one]) for one in draft.requires),
        kpis=("Teams in which it is in place (%)",),
        source=draft.source,
    )
