"""Gaps and SWOT: what is missing, what carries, what threatens, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.sections.agreement import inconsistencies
from crmplan.documents.sections.gap_sections import gap_summary, gaps
from crmplan.documents.sections.method import method
from crmplan.documents.sections.opening import contents, cover
from crmplan.documents.sections.survey_findings import survey_findings
from crmplan.documents.sections.swot_sections import swot, to_clarify, tows

if TYPE_CHECKING:
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words


def gap_and_swot(words: Words) -> tuple[Block, ...]:
    """Compose the document."""
    return (
        cover(words),
        *gap_summary(words),
        *contents(),
        *gaps(words),
        *swot(words),
        *survey_findings(words),
        *to_clarify(words),
        *tows(words),
        *inconsistencies(words),
        *method(words, "scoring", "evidence", "gaps", "swot"),
    )
