"""The assessment report: where the client stands, who says so, and what supports it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.documents.sections.agreement import agreement, inconsistencies
from crmplan.documents.sections.assessment_summary import summary
from crmplan.documents.sections.data_annex import annex, view
from crmplan.documents.sections.dimensions import dimensions
from crmplan.documents.sections.method import method_of
from crmplan.documents.sections.opening import contents_to, cover
from crmplan.documents.sections.profile import profile
from crmplan.documents.sections.scope import scope

if TYPE_CHECKING:
    from crmplan.documents.sections.choosing import Sections

ASSESSMENT_REPORT: Sections = MappingProxyType(
    {
        "cover": cover,
        "summary": summary,
        "contents": contents_to(2),
        "scope": scope,
        "profile": profile,
        "dimensions": dimensions,
        "agreement": agreement,
        "findings": inconsistencies,
        "view": view,
        "annex": annex,
        "method": method_of("scoring", "evidence", "agreement"),
    }
)
