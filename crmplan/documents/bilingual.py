"""A document in two languages: the second follows the first, as a full part of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crmplan.documents.blocks import Block, Region, RegionEnd
from crmplan.documents.facing import SECOND
from crmplan.documents.joining import join, name_in_second
from crmplan.documents.layout import measure_pages, office_program
from crmplan.documents.making import MadeDocument, compose
from crmplan.documents.rendering import NO_PAGES, render_document
from crmplan.documents.sections.choosing import WHOLE, Extent
from crmplan.documents.settings import DocumentSettings
from crmplan.documents.typography import typography
from crmplan.localisation.locale import Calendar, LanguageCode
from crmplan.report import Report


@dataclass(frozen=True, slots=True)
class Spoken:
    """A document in one of its languages, before it is written."""

    blocks: tuple[Block, ...]
    settings: DocumentSettings


def make_bilingual(
    reports: Mapping[LanguageCode, Report],
    name: str,
    *,
    calendar: Calendar,
    template: bytes | None = None,
    extent: Extent = WHOLE,
) -> MadeDocument:
    """Make one document in two languages.

    Args:
        reports: the same engagement in two languages, in the order of the document.
        name: one of ``DOCUMENTS``.
        calendar: how dates are written.
        template: a firm's own Word template, filled once for each language; None takes ours.
        extent: which sections, and whether people are named.

    Raises:
        DocumentError: if there is no such document, or the template cannot be used.
    """
    first, second = (
        _spoken(report, name, language, calendar, extent) for language, report in reports.items()
    )
    made = _joined(first, second, template, NO_PAGES)
    has_office = office_program() is not None
    if has_office:
        made = _joined(first, second, template, measure_pages(made))
    return MadeDocument(name, made, has_office)


def _spoken(
    report: Report, name: str, language: LanguageCode, calendar: Calendar, extent: Extent
) -> Spoken:
    blocks, settings = compose(report, name, language, calendar, extent=extent)
    # Texts that people change are kept by their place, which would stand twice in the file.
    unmarked = tuple(one for one in blocks if not isinstance(one, Region | RegionEnd))
    return Spoken(unmarked, settings)


class _SecondPages(Mapping[str, int]):
    """The pages of a file by the names that the second document alone gives its bookmarks."""

    def __init__(self, pages: Mapping[str, int]) -> None:
        self._pages = pages

    def __getitem__(self, name: str) -> int:
        return self._pages[name_in_second(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def _joined(
    first: Spoken, second: Spoken, template: bytes | None, pages: Mapping[str, int]
) -> bytes:
    own = _SecondPages(pages)
    one, other = (
        render_document(part.blocks, settings=part.settings, template=template, pages=measured)
        for part, measured in ((first, pages), (second, own))
    )
    page = pages.get(SECOND)
    shown = second.settings.digits(str(page)) if page else ""
    return join(one, other, look=typography(second.settings.language), page=shown)
