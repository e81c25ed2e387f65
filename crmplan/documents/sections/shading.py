"""Levels as colours, and as the numbers that charts draw; rows that open a group of rows."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan import __version__
from crmplan.documents.blocks import Cell, Paragraph

if TYPE_CHECKING:
    from crmplan.documents.blocks import Align, Block, Text
    from crmplan.documents.words import Words

SHADES = 5


def repeated(align: Align, times: int) -> tuple[Align, ...]:
    """Align several columns alike."""
    return (align,) * times


def group_row(title: Text, columns: int) -> tuple[Cell, ...]:
    """Open a group of rows with its title."""
    return (Cell(title, align="start", fill="pale-neutral", span=columns, bold=True),)


def source(words: Words) -> Block:
    """Say below a figure whose answers it shows."""
    report = words.report
    return Paragraph(
        words(
            "figure_source",
            count=report.findings.scorecard.respondents,
            date=words.locale.date(report.assessment.use.held_on),
            version=words.locale.digits(__version__),
        ),
        style="note",
    )


def level_fill(words: Words, level: Fraction | None) -> str | None:
    """Name the shade of a level: six shades over the scale, whatever its length."""
    if level is None:
        return None
    scale = words.report.definitions.framework.scale
    share = (level - scale.lowest) / (scale.highest - scale.lowest)
    return f"level-{max(0, min(SHADES, int(share * SHADES + Fraction(1, 2))))}"


def printed(value: Fraction | None) -> float | None:
    """Round a number for a chart to the decimal that tables print: the two must not disagree."""
    return None if value is None else int(value * 10 + Fraction(1, 2)) / 10
