"""The first sheet of a questionnaire as a column of blocks, written from the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmplan.exchange.questionnaire_look import HEADING, WRAPPED, CellFormats, Look
from crmplan.exchange.sheet_text import put_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from crmplan.assessment.questionnaire import Questionnaire
    from crmplan.exchange.questionnaire_labels import QuestionnaireLabels

# Hidden keys, level or number, name, two wide columns.
WIDTHS = (0.0, 7.0, 28.0, 40.0, 40.0)
FIRST, NAME, WIDE, LAST = 1, 2, 3, 4


@dataclass
class StartSheet:
    """The first sheet while it is written; ``row`` is the next free one."""

    sheet: Worksheet
    formats: CellFormats
    look: Look
    questionnaire: Questionnaire
    labels: QuestionnaireLabels
    language: str
    row: int = 0

    def text(self, text: str, column: int, *styles: Mapping[str, Any], last: int = 0) -> None:
        """Write a text into the present row, over several columns if ``last`` is given."""
        style = self.formats.of(WRAPPED, *styles)
        if last > column:
            self.sheet.merge_range(self.row, column, self.row, last, "", style)
        put_text(self.sheet, self.row, column, text, style=style)

    def end_row(self, *texts: tuple[str, float], least: float = 0) -> None:
        """Close the row, high enough for texts of the given widths."""
        heights = [self.look.height(text, width) for text, width in texts]
        self.sheet.set_row(self.row, max(*heights, least, self.look.line_height + 4))
        self.row += 1

    def heading(self, text: str) -> None:
        """Write the title of a block, with air above."""
        self.row += 1
        self.text(text, FIRST, HEADING, last=LAST)
        self.end_row(("", 1), least=self.look.line_height * 1.3 + 6)


def width_from(first: int) -> float:
    """Give the width of all columns from this one on."""
    return sum(WIDTHS[first:])
