"""Working papers: what was worked out with the client beside the assessment."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from crmplan.documents.parts import part
from crmplan.documents.sections.opening import contents_to, cover
from crmplan.documents.sections.package_sections import packages
from crmplan.documents.sections.process_ranking import processes
from crmplan.documents.sections.requirement_sections import requirements
from crmplan.documents.sections.stages import stages
from crmplan.documents.sections.strategy_map import strategy_maps
from crmplan.documents.sections.surveys import surveys
from crmplan.documents.sections.worksheet_sections import worksheets
from crmplan.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words

SECTIONS: tuple[tuple[str, Callable[[Words], tuple[Block, ...]]], ...] = (
    ("worksheets", worksheets),
    ("requirements", requirements),
    ("packages", packages),
    ("surveys", surveys),
    ("strategy-map", strategy_maps),
    ("process-catalogue", processes),
    ("phase-overlay", stages),
)
"""Catalogue of words and composer of each section; a section without records gives no blocks."""


def working_papers(words: Words) -> tuple[Block, ...]:
    """Compose the document.

    Raises:
        DocumentError: if the engagement uses nothing that belongs into it.
    """
    sections = {name: compose(words.within(name)) for name, compose in SECTIONS}
    if not any(sections.values()):
        raise DocumentError(
            "there are no working papers: nothing was entered beside the assessment",
            hint="they hold strategy maps, processes, requirements, packages, surveys, worksheets",
        )
    parts = (part(name, section) for name, section in sections.items())
    return (
        *cover(words),
        *part("contents", contents_to(2)(words)),
        *itertools.chain.from_iterable(parts),
    )
