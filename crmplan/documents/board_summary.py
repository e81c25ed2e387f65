"""The summary for a board: two pages, the answer first, three decisions asked."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmplan.documents.sections.board_decision import decision_page
from crmplan.documents.sections.board_position import position

if TYPE_CHECKING:
    from crmplan.documents.sections.choosing import Sections

# No cover and no contents: they would take a page each.
BOARD_SUMMARY: Sections = MappingProxyType({"position": position, "decisions": decision_page})
