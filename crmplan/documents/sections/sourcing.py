"""Every figure and table says where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crmplan import __version__
from crmplan.documents.blocks import (
    Block,
    Chart,
    Gantt,
    Paragraph,
    Picture,
    SwotGrid,
    Table,
)

if TYPE_CHECKING:
    from crmplan.documents.words import Words

_FIGURES = (Chart, Gantt, Picture, SwotGrid)
# The rules of the method are the framework's; everything of a plan follows from the answers.
_OF_SECTION = {"method": "framework_source"}
_OF_DOCUMENT = {"implementation-roadmap": "plan_source"}


def source_of(words: Words, document: str, section: str) -> str:
    """Name the source of the figures and tables of a section."""
    report = words.report
    framework = report.definitions.framework
    return words(
        _OF_SECTION.get(section) or _OF_DOCUMENT.get(document, "figure_source"),
        count=report.findings.scorecard.respondents,
        date=words.locale.date(report.assessment.use.held_on),
        version=words.locale.digits(__version__),
        framework=framework.title,
        framework_version=words.locale.digits(framework.version),
    )


def sourced(blocks: Sequence[Block], source: str) -> Iterator[Block]:
    """Give the blocks with the source below each figure and table that has a caption.

    A figure that is followed by small print has its source there already.
    """
    for place, block in enumerate(blocks):
        if isinstance(block, Table) and block.caption:
            yield replace(block, note=f"{block.note}\n{source}" if block.note else source)
            continue
        yield block
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        is_told = isinstance(following, Paragraph) and following.style == "note"
        if isinstance(block, _FIGURES) and block.caption and not is_told:
            yield Paragraph(source, style="note")
