"""Faults in a file that a person wrote, as values: all of them, each with its place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1, or are 0 for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. The order of problems is the order of their places."""

    location: Location
    code: str
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        first = f"{self.location}: {self.code}: {self.message}"
        return f"{first}\n    {self.hint}" if self.hint else first


def closest(word: str, known: Iterable[str]) -> str | None:
    """Name the known word that looks most like this one, or None if none is close."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Phrase the closest known word as a hint."""
    found = closest(word, known)
    return f'did you mean "{found}"?' if found else None
