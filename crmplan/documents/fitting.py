"""How much room text takes in print: columns that keep words whole, tables that stay on a page.

Measured with the fonts that ship with the program. Word may set a line a little wider or
narrower; what is built on these numbers only decides between two right layouts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crmplan.documents.settings import Language
from crmplan.figures.style import FigureStyle
from crmplan.figures.text import width, wrap

TWIPS_PER_POINT = 20
# Arial is this much wider than the Latin letters of our fonts.
_RESERVE = 1.07
# Height of a single line in sizes of its letters, with the spacing of table text.
_LINE = {"en": 1.21, "fa": 1.48, "zh": 1.42}
_SIZE = {"en": 1.0, "fa": 1.05, "zh": 1.05}
# Texts that a line never parts: a Chinese character, or letters up to a space or hyphen.
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_WHOLE = re.compile(f"[{_CHINESE}]|[^ \t\n{_CHINESE}]+")
# Chinese words of a table head that would look broken if they were parted.
_CHINESE_WORD = 4
# So many of the longest by letters are measured: one of them is the widest.
_MEASURED = 24


def longest_word(texts: Iterable[str], points: float, language: Language, *, bold: bool) -> int:
    """The width of the longest word of some texts, in twips; a code or number is one word."""
    words = {part for text in texts for word in _WHOLE.findall(text) for part in _parts(word)}
    longest = sorted(words, key=lambda word: (-len(word), word))[:_MEASURED]
    return max((text_width(word, points, language, bold=bold) for word in longest), default=0)


def head_room(text: str, points: float, language: Language) -> int:
    """The width that a table head asks for: a Chinese one is no word, but has two lines at most."""
    longest = longest_word((text,), points, language, bold=True)
    if not re.search(f"[{_CHINESE}]", text):
        return longest
    lines = 1 if len(text) <= _CHINESE_WORD else 2
    line = text[: -(-len(text) // lines)]
    return max(longest, text_width(line, points, language, bold=True))


def _parts(word: str) -> tuple[str, ...]:
    if any(character.isdigit() for character in word):
        return (word,)
    return tuple(re.findall(r"[^-]+-?|-", word))


@lru_cache(maxsize=8192)
def text_width(text: str, points: float, language: Language, *, bold: bool = False) -> int:
    """The width of a line in twips."""
    size = points * _SIZE[language] * TWIPS_PER_POINT * _RESERVE
    return round(width(text, size, FigureStyle(language), bold=bold))


def text_height(text: str, room: int, points: float, language: Language) -> int:
    """The height of a text that is set in lines of a width, both in twips."""
    size = points * _SIZE[language] * TWIPS_PER_POINT
    count = sum(_lines(line, room, points, language) for line in text.split("\n"))
    return round(count * size * _LINE[language])


def _lines(line: str, room: int, points: float, language: Language) -> int:
    """The number of lines; most cells hold one, which is told without looking for breaks."""
    if text_width(line, points, language) <= room:
        return 1
    size = points * _SIZE[language] * TWIPS_PER_POINT * _RESERVE
    # A page holds fewer than 200 lines: no need to measure more.
    return len(wrap(line, room, size, FigureStyle(language), max_lines=200))
