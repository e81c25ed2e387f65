"""Gaps and SWOT: what is missing, what carries, what threatens, and what to do about it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.documents.sections.agreement import inconsistencies
from crmplan.documents.sections.gap_sections import gap_summary, gaps
from crmplan.documents.sections.method import method_of
from crmplan.documents.sections.opening import contents_to, cover
from crmplan.documents.sections.survey_findings import survey_findings
from crmplan.documents.sections.swot_sections import swot, to_clarify, tows

if TYPE_CHECKING:
    from crmplan.documents.sections.choosing import Sections

GAP_AND_SWOT: Sections = MappingProxyType(
    {
        "cover": cover,
        "summary": gap_summary,
        "contents": contents_to(2),
        "gaps": gaps,
        "swot": swot,
        "surveys": survey_findings,
        "clarify": to_clarify,
        "actions": tows,
        "findings": inconsistencies,
        "method": method_of("scoring", "evidence", "gaps", "swot"),
    }
)
