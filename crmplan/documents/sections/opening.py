"""Cover, contents and the words that every document begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cover, TableOfContents

if TYPE_CHECKING:
    from crmplan.documents.sections.choosing import Composer
    from crmplan.documents.words import Words


def cover(words: Words) -> tuple[Block, ...]:
    """The first page."""
    report = words.report
    return (
        Cover(
            title=words("title"),
            subtitle=words("subtitle", framework=report.definitions.framework.title),
            client=report.assessment.organisation.name,
            date=words.locale.date(report.assessment.use.held_on),
            author=report.engagement.settings.consultant,
            confidentiality=words("labels.confidential"),
        ),
    )


def contents_to(levels: int) -> Composer:
    """Compose the contents, on a new page; what follows begins one itself."""

    def contents(_: Words) -> tuple[Block, ...]:
        return (TableOfContents(levels=levels, page_break_before=True),)

    return contents
