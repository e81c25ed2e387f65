"""How figures look in one language: direction, fonts, digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "fa", "zh"]


def _unchanged(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """The language of a figure and how it writes the few numbers that it makes itself.

    Attributes:
        language: decides direction and fonts.
        digits: turns Latin digits into those of the language. Only counters that a figure makes
            itself pass through it ("1/2", scale marks); other numbers come in as formatted text.
    """

    language: Language
    digits: Callable[[str], str] = _unchanged

    @property
    def is_rtl(self) -> bool:
        """The first lane, column and letter stand on the right."""
        return self.language == "fa"

    @property
    def families(self) -> tuple[str, ...]:
        """Font families, the preferred one first; the next ones fill in missing glyphs."""
        if self.language == "zh":
            return ("Noto Sans TC", "Vazirmatn")
        return ("Vazirmatn", "Noto Sans TC")
