"""The implementation roadmap: what is done, in which order, by whom, and until when."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.documents.sections.alternatives import alternatives
from crmplan.documents.sections.assumptions import assumptions, links, roles
from crmplan.documents.sections.budget import budget
from crmplan.documents.sections.choice import choice
from crmplan.documents.sections.dependencies import network
from crmplan.documents.sections.health import health
from crmplan.documents.sections.initiative_cards import initiative_cards
from crmplan.documents.sections.method import method_of
from crmplan.documents.sections.opening import contents_to, cover
from crmplan.documents.sections.outlook import expected_scores, risk
from crmplan.documents.sections.phases import phases
from crmplan.documents.sections.risk_register import risk_register
from crmplan.documents.sections.roadmap_summary import roadmap_summary
from crmplan.documents.sections.standing import standing
from crmplan.documents.sections.timeline import glance
from crmplan.documents.sections.workload import workload

if TYPE_CHECKING:
    from crmplan.documents.sections.choosing import Sections

IMPLEMENTATION_ROADMAP: Sections = MappingProxyType(
    {
        "cover": cover,
        "summary": roadmap_summary,
        "contents": contents_to(1),
        "standing": standing,
        "choice": choice,
        "alternatives": alternatives,
        "budget": budget,
        "timeline": glance,
        "network": network,
        "phases": phases,
        "risk": risk,
        "risk-register": risk_register,
        "health": health,
        "forecast": expected_scores,
        "initiatives": initiative_cards,
        "roles": roles,
        "workload": workload,
        "calendar": assumptions,
        "annex": links,
        "method": method_of("scoring", "gaps", "plan"),
    }
)
