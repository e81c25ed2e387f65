"""The documents there are, and how each is made from a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from types import MappingProxyType

from crmplan import __version__
from crmplan.assessment.engagement import Engagement
from crmplan.documents.assessment_report import assessment_report
from crmplan.documents.blocks import Block
from crmplan.documents.board_summary import board_summary
from crmplan.documents.gap_and_swot import gap_and_swot
from crmplan.documents.implementation_roadmap import implementation_roadmap
from crmplan.documents.layout import office_program, render_with_pages
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings, labels_of
from crmplan.documents.words import Words, words_for
from crmplan.documents.working_papers import working_papers
from crmplan.errors import DocumentError
from crmplan.localisation.locale import Calendar, LanguageCode
from crmplan.problems import closest
from crmplan.report import Report, require_scores

Composer = Callable[[Words], tuple[Block, ...]]

DOCUMENTS: Mapping[str, Composer] = MappingProxyType(
    {
        "board-summary": board_summary,
        "assessment-report": assessment_report,
        "gap-and-swot": gap_and_swot,
        "implementation-roadmap": implementation_roadmap,
        "working-papers": working_papers,
    }
)
_IF_USED = "working-papers"


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A Word document.

    Attributes:
        has_page_numbers: whether the contents carry page numbers; they need LibreOffice.
    """

    name: str
    content: bytes
    has_page_numbers: bool


def documents_for(engagement: Engagement) -> tuple[str, ...]:
    """Name the documents that an engagement has something for."""
    has_papers = bool(engagement.definitions or engagement.requirements)
    return tuple(name for name in DOCUMENTS if has_papers or name != _IF_USED)


def make_document(
    report: Report,
    name: str,
    *,
    language: LanguageCode,
    calendar: Calendar,
    template: bytes | None = None,
) -> MadeDocument:
    """Make one document.

    Args:
        report: the report, with its definitions in the same language.
        name: one of ``DOCUMENTS``.
        language: the language.
        calendar: how dates are written.
        template: a firm's own Word template; None takes ours.

    Raises:
        DocumentError: if there is no such document, or the template cannot be used.
    """
    if name not in DOCUMENTS:
        suggestion = closest(name, DOCUMENTS)
        raise DocumentError(
            f"there is no document {name!r}",
            hint=(f"did you mean {suggestion!r}? " if suggestion else "")
            + f"documents: {', '.join(DOCUMENTS)}",
        )
    if name == "implementation-roadmap":
        require_scores(report)
    words = words_for(report, name, language, calendar)
    blocks, settings = DOCUMENTS[name](words), _settings(words)
    has_office = office_program() is not None
    render = render_with_pages if has_office else render_document
    content = render(blocks, settings=settings, template=template)
    return MadeDocument(name, content, has_office)


def _settings(words: Words) -> DocumentSettings:
    assessment = words.report.assessment
    title, client = words("title"), assessment.organisation.name
    return DocumentSettings(
        language=words.locale.language,
        title=title,
        subject=words("subtitle", framework=words.report.definitions.framework.title),
        client=client,
        author=words.report.engagement.settings.consultant,
        date=words.locale.date(assessment.use.held_on),
        # Not the time of making: the same input must give the same bytes.
        created=datetime.combine(assessment.use.held_on, time(), UTC),
        version=words.locale.digits(__version__),
        labels=labels_of(words),
        digits=words.locale.digits,
        header=f"{client} · {title}",
        footer=words("labels.confidential"),
    )
