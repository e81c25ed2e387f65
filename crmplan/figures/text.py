"""Text as figures need it: how wide it is, where it breaks, and in which direction it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import uharfbuzz as hb

from crmplan.figures.fonts import face, family_for

if TYPE_CHECKING:
    from crmplan.figures.style import FigureStyle

ELLIPSIS = "…"

_RIGHT_TO_LEFT_ISOLATE, _LEFT_TO_RIGHT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2066", "\u2069"
# No line starts with the first, none ends with the second (the Chinese "kinsoku" rules).
_NO_START = frozenset("，。、；：？！）〕】》」』〉”’…—・,.;:?!)]}%‰％،؛؟»٪")
_NO_END = frozenset("（〔【《「『〈“‘([{«")
_RTL_CLASSES = frozenset({"R", "AL"})
_WIDE_CLASSES = frozenset({"W", "F"})


def width(text: str, size: float, style: FigureStyle, *, bold: bool = False) -> float:
    """How wide a line is when set in this size, in the same unit as the size."""
    return _em_width(text, style.families, bold) * size


@lru_cache(maxsize=8192)
def _em_width(text: str, families: tuple[str, ...], bold: bool) -> float:
    runs = groupby(text, key=lambda character: family_for(character, families))
    return sum(_shaped_width("".join(run), family, bold=bold) for family, run in runs)


def _shaped_width(text: str, family: str, *, bold: bool) -> float:
    opened = face(family, bold=bold)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(opened), buffer)
    advances = (position.x_advance for position in buffer.glyph_positions)
    return float(sum(advances)) / float(opened.upem)


def wrap(
    text: str,
    limit: float,
    size: float,
    style: FigureStyle,
    *,
    bold: bool = False,
    max_lines: int | None = None,
    first_indent: float = 0,
) -> tuple[str, ...]:
    """Break a text into lines that are no wider than the limit.

    Latin and Persian break at spaces, Chinese between characters; a word that is too wide alone
    is broken inside.

    Args:
        text: one paragraph; line breaks in it count as spaces.
        limit: width of a line.
        size: of the letters, in the unit of the limit.
        style: fonts.
        bold: measure the bold weight.
        max_lines: what does not fit is cut and ends in "…"; None is no limit.
        first_indent: room to leave at the start of the first line.

    Returns:
        At least one line; an empty text gives one empty line.
    """

    def fits(line: str, number: int) -> bool:
        room = limit - (first_indent if number == 0 else 0)
        return width(line.rstrip(), size, style, bold=bold) <= room

    lines = [""]
    for piece in _pieces(" ".join(text.split())):
        _place(piece, lines, fits)
    lines = [line.strip() for line in lines]
    if max_lines is None or len(lines) <= max_lines:
        return tuple(lines)
    last = lines[max_lines - 1]
    while last and not fits(last + ELLIPSIS, max_lines - 1):
        last = last[:-1].rstrip()
    return (*lines[: max_lines - 1], last + ELLIPSIS)


def _place(piece: str, lines: list[str], fits: Callable[[str, int], bool]) -> None:
    """Append one unbreakable piece to the last line, to a new one, or over several."""
    if fits(lines[-1] + piece, len(lines) - 1):
        lines[-1] += piece
        return
    if lines[-1]:
        lines.append("")
    if fits(piece, len(lines) - 1):
        lines[-1] = piece
        return
    for character in piece:
        if lines[-1] and not fits(lines[-1] + character, len(lines) - 1):
            lines.append("")
        lines[-1] += character


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where a line may end; spaces stay with the word before them."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    return before in " /" or _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE_CLASSES


def isolated(text: str, style: FigureStyle, *, prose: bool = False) -> str:
    """The text, marked so that it is ordered on its own in every renderer.

    The rasteriser takes every line as left to right unless an isolate says otherwise; a sign or
    a date inside a right-to-left line would change sides. Numbers, dates and codes run from left
    to right; what has a Persian letter, or is `prose` in Persian, runs from right to left.
    """
    runs_left = has_rtl(text) or (prose and style.is_rtl)
    if not style.is_rtl and not runs_left:
        return text
    start = _RIGHT_TO_LEFT_ISOLATE if runs_left else _LEFT_TO_RIGHT_ISOLATE
    return f"{start}{text}{_POP_ISOLATE}"


def has_rtl(text: str) -> bool:
    """Whether a letter of the text is written from right to left; digits do not count."""
    return any(unicodedata.bidirectional(character) in _RTL_CLASSES for character in text)
