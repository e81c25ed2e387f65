"""Text on its way into XML: scrubbed, escaped, and split where the direction changes."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Embedding, override and isolate characters: unspecified in Word, and a way to fake text.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LTR = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0370-\u058f\u1e00-\u1fff\u2e80-\ud7ff\uf900-\ufaff"
_LTR += "\uff21-\uffdc\U00020000-\U0003ffff"
_HAS_LTR = re.compile(f"[{_LTR}]")
_ISLAND = re.compile(f"[{_LTR}0-9](?:[^{_RTL}\n]*[{_LTR}0-9%+#])?")
_CLOSERS = {")": "(", "]": "[", "}": "{"}

# A list of Latin codes or a number after one would run from left to right without a mark.
_MARK = "\u200f"
_DIGIT_FIRST = re.compile("[^\\w\n]*[0-9\u06f0-\u06f9]")
_SEPARATOR = re.compile("\\W*[\u060c\u061b]\\W*")


class Piece(NamedTuple):
    """A part of a text in one direction; ``ltr`` marks a Latin (or Chinese) island."""

    text: str
    ltr: bool


def scrub(text: object) -> str:
    """The text without characters that XML forbids and without bidi control characters.

    Every kind of line end becomes a newline. Joiners and the marks U+200E and U+200F stay.
    """
    return _BIDI_CONTROLS.sub("", _ILLEGAL.sub("", _LINE_ENDS.sub("\n", str(text))))


def escaped(text: object) -> str:
    """The scrubbed text, safe between two tags."""
    return escape(scrub(text))


def quoted(text: object) -> str:
    """The scrubbed text as an attribute value, with its quotation marks."""
    return quoteattr(scrub(text))


def split_islands(text: str) -> list[Piece]:
    """Cut the text of a right-to-left paragraph where the direction changes.

    A Latin island takes inner spaces, digits and signs with it, and a closing bracket only with
    its opening one. Numbers alone are no island: they follow the paragraph.
    """
    if not _HAS_LTR.search(text):
        return [Piece(text, False)] if text else []
    pieces: list[Piece] = []
    position = 0
    for match in _ISLAND.finditer(text):
        if match.start() < position or not _HAS_LTR.search(match.group()):
            continue
        end = _balanced_end(text, match.start(), match.end())
        if match.start() > position:
            pieces.append(Piece(text[position : match.start()], False))
        pieces.append(Piece(text[match.start() : end], True))
        position = end
    if position < len(text):
        pieces.append(Piece(text[position:], False))
    return pieces


def with_marks(pieces: list[Piece]) -> list[Piece]:
    """The pieces with a right-to-left mark where a Latin island would take over what follows.

    By the Unicode algorithm (UAX 9, rule W7) a number after Latin letters runs with them, and so
    does a comma between two islands. Word goes by the direction of the run, others by the text.
    """
    marked: list[Piece] = []
    for position, piece in enumerate(pieces):
        after_island = position > 0 and pieces[position - 1].ltr
        if piece.ltr or not (_SEPARATOR.fullmatch(piece.text) or _takes_over(piece, after_island)):
            marked.append(piece)
        else:
            marked.append(Piece(_MARK + piece.text, False))
    return marked


def _takes_over(piece: Piece, after_island: bool) -> bool:
    return after_island and bool(_DIGIT_FIRST.match(piece.text))


def _balanced_end(text: str, start: int, end: int) -> int:
    """Move the end of an island over the closing brackets that belong to it."""
    open_brackets = [c for c in text[start:end] if c in "([{"]
    for closer in text[start:end]:
        if _CLOSERS.get(closer) in open_brackets:
            open_brackets.remove(_CLOSERS[closer])
    while open_brackets and end < len(text) and _CLOSERS.get(text[end]) == open_brackets[-1]:
        open_brackets.pop()
        end += 1
    return end
