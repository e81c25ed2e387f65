"""Levels as colours, and as the numbers that charts draw."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.documents.blocks import Align
    from crmplan.documents.words import Words

SHADES = 5


def repeated(align: Align, times: int) -> tuple[Align, ...]:
    """Align several columns alike."""
    return (align,) * times


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
