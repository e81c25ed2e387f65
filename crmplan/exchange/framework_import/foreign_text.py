"""Words and numbers of strangers, made fit for a definition."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

LONGEST_TEXT = 4_000
"""Characters of one text that are kept; a questionnaire shows each in one cell."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,12})?")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\ufeff\u061c")
# Controls, halves of characters, private and unassigned ones: no document can carry them.
_UNWANTED = frozenset({"Cc", "Cs", "Co", "Cn"})
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Give a text on one line, without characters that nobody sees or that steer the direction.

    Joiners inside words stay: Persian needs them.
    """
    spaced = (" " if one.isspace() else one for one in text)
    kept = (
        one
        for one in spaced
        if one not in _INVISIBLE
        and one not in _STEERING
        and unicodedata.category(one) not in _UNWANTED
    )
    return " ".join("".join(kept).split())


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word, with an ellipsis, if it is longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 2]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + " …"


def sentence(text: str) -> str:
    """Give a text with a full stop at its end, unless it ends with a mark of its own."""
    return text if not text or text[-1] in ".!?…:;)" else f"{text}."


def exact(text: str) -> Fraction | None:
    """Read a whole or decimal number of at most 12 digits on each side; None if it is none."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def version_of(text: str) -> str:
    """Make a version of three numbers of whatever a source calls its version; 1.0.0 if it has none.

    A date or a build number is no version that ours could be compared with.
    """
    numbers = re.findall(r"[0-9]+", text)[:3]
    if not numbers or any(len(one) > 6 for one in numbers):
        return "1.0.0"
    return ".".join(str(int(one)) for one in (*numbers, "0", "0")[:3])
