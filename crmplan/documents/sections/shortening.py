"""Texts that must fit: cut at a word, with a sign that something is missing."""

from __future__ import annotations

_CUT = " …"


def shortened(text: str, most: int) -> str:
    """Cut a text at the last word that fits; a text without blanks anywhere.

    Args:
        text: what somebody wrote.
        most: letters that are kept at most, without the sign.
    """
    if len(text) <= most:
        return text
    kept = text[: most + 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept[:most]).rstrip() + _CUT
