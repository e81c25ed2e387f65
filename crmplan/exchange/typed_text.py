"""What somebody typed, as it can stand in a message."""

from __future__ import annotations

_LONGEST = 40


def shown(text: str) -> str:
    """Show a text in quotes: at most 40 letters of it, and only those that print."""
    printed = "".join(letter if letter.isprintable() else " " for letter in text)
    return f'"{printed[:_LONGEST]}…"' if len(printed) > _LONGEST else f'"{printed}"'
