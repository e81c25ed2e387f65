"""The documents there are, and how each is made from a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from types import MappingProxyType

from crmplan import __version__
from crmplan.assessment.engagement import Engagement
from crmplan.documents.assessment_report import ASSESSMENT_REPORT
from crmplan.documents.blocks import Block, Part
from crmplan.documents.board_summary import BOARD_SUMMARY
from crmplan.documents.edits import Earlier
from crmplan.documents.gap_and_swot import GAP_AND_SWOT
from crmplan.documents.implementation_roadmap import IMPLEMENTATION_ROADMAP
from crmplan.documents.layout import office_program, render_with_pages
from crmplan.documents.regions import with_regions
from crmplan.documents.rendering import render_document
from crmplan.documents.sections.anonymity import without_names
from crmplan.documents.sections.choosing import ALWAYS, WHOLE, Extent, Sections
from crmplan.documents.sections.sourcing import source_of, sourced
from crmplan.documents.settings import DocumentSettings, labels_of
from crmplan.documents.settling import settled
from crmplan.documents.template_model import printed_report
from crmplan.documents.words import Words, words_for
from crmplan.documents.working_papers import working_papers
from crmplan.errors import DocumentError
from crmplan.localisation.locale import Calendar, LanguageCode
from crmplan.problems import closest
from crmplan.report import Report, require_scores

DOCUMENTS: Mapping[str, Sections] = MappingProxyType(
    {
        "board-summary": BOARD_SUMMARY,
        "assessment-report": ASSESSMENT_REPORT,
        "gap-and-swot": GAP_AND_SWOT,
        "implementation-roadmap": IMPLEMENTATION_ROADMAP,
        "working-papers": MappingProxyType({"papers": working_papers}),
    }
)
_IF_USED = "working-papers"
# A cover has a place of its own in templates; working papers name their parts themselves.
_NO_PARTS = (ALWAYS, "papers")


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
    extent: Extent = WHOLE,
    earlier: Earlier | None = None,
) -> MadeDocument:
    """Make one document.

    Args:
        report: the report, with its definitions in the same language.
        name: one of ``DOCUMENTS``.
        language: the language.
        calendar: how dates are written.
        template: a firm's own Word template; None takes ours.
        extent: which sections, and whether people are named; see ``check_extent``.
        earlier: an earlier version, whose edited texts are kept.

    Raises:
        DocumentError: if there is no such document, or the template cannot be used.
    """
    blocks, settings = compose(report, name, language, calendar, extent=extent)
    has_office = office_program() is not None
    render = render_with_pages if has_office else render_document
    content = render(blocks, settings=settings, template=template, earlier=earlier)
    return MadeDocument(name, content, has_office)


def compose(
    report: Report,
    name: str,
    language: LanguageCode,
    calendar: Calendar,
    *,
    extent: Extent = WHOLE,
) -> tuple[tuple[Block, ...], DocumentSettings]:
    """Put a document together: its blocks, and everything that is not content.

    Raises:
        DocumentError: if there is no such document.
        PlanningError: if no answer supports a roadmap that is wanted.
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
    if extent.is_anonymous:
        words = replace(words, report=without_names(words))
    return _blocks(words, name, extent), _settings(words, name)


def _blocks(words: Words, document: str, extent: Extent) -> tuple[Block, ...]:
    """Compose the sections that are wanted; of the others, the titles are needed."""
    kept: list[Block] = []
    left_out: list[Block] = []
    for section, composer in DOCUMENTS[document].items():
        composed = composer(words)
        if document != _IF_USED:
            # Working papers hold what was entered, and say by whom where that is known.
            composed = tuple(sourced(composed, source_of(words, document, section)))
        is_kept = extent.keeps(section)
        # A part that is left out stays a name, so that templates may place it.
        kept += () if section in _NO_PARTS else (Part(section),)
        kept += composed if is_kept else ()
        left_out += () if is_kept else composed

    def absent(title: str) -> str:
        return words("left_out_reference", title=title)

    return with_regions(settled(kept, left_out=left_out, absent=absent))


def _settings(words: Words, name: str) -> DocumentSettings:
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
        values=printed_report(words, name),
    )
