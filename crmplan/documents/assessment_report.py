"""The assessment report: where the client stands, who says so, and what supports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.sections.agreement import agreement, inconsistencies
from crmplan.documents.sections.assessment_summary import summary
from crmplan.documents.sections.data_annex import answers, evidence, view
from crmplan.documents.sections.dimensions import dimensions
from crmplan.documents.sections.method import method
from crmplan.documents.sections.opening import contents, cover
from crmplan.documents.sections.profile import profile, scope

if TYPE_CHECKING:
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words


def assessment_report(words: Words) -> tuple[Block, ...]:
    """Compose the document."""
    return (
        cover(words),
        *summary(words),
        *contents(),
        *scope(words),
        *profile(words),
        *dimensions(words),
        *agreement(words),
        *inconsistencies(words),
        *view(words),
        *evidence(words),
        *answers(words),
        *method(words, "scoring", "evidence", "agreement"),
    )
