"""The summary for a board: two pages, the answer first, three decisions asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.sections.board_decision import decision_page
from crmplan.documents.sections.board_position import position

if TYPE_CHECKING:
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words


def board_summary(words: Words) -> tuple[Block, ...]:
    """Compose the document; it has no cover and no contents, which would take a page each."""
    return (*position(words), *decision_page(words))
