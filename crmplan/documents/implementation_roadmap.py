"""The implementation roadmap: what is done, in which order, by whom, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.sections.alternatives import alternatives
from crmplan.documents.sections.assumptions import assumptions, links, roles
from crmplan.documents.sections.budget import budget
from crmplan.documents.sections.choice import choice
from crmplan.documents.sections.dependencies import network
from crmplan.documents.sections.initiative_cards import initiative_cards
from crmplan.documents.sections.method import method
from crmplan.documents.sections.opening import contents, cover
from crmplan.documents.sections.outlook import expected_scores, risk
from crmplan.documents.sections.phases import phases
from crmplan.documents.sections.roadmap_summary import roadmap_summary
from crmplan.documents.sections.timeline import glance
from crmplan.documents.sections.workload import workload

if TYPE_CHECKING:
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words


def implementation_roadmap(words: Words) -> tuple[Block, ...]:
    """Compose the document."""
    return (
        cover(words),
        *roadmap_summary(words),
        *contents(levels=1),
        *choice(words),
        *alternatives(words),
        *budget(words),
        *glance(words),
        *network(words),
        *phases(words),
        *risk(words),
        *expected_scores(words),
        *initiative_cards(words),
        *roles(words),
        *workload(words),
        *assumptions(words),
        *links(words),
        *method(words, "scoring", "gaps", "plan"),
    )
