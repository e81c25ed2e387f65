"""Ids for the elements of a foreign framework: readable, unique, the same at each import."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST_PART = 48
"""Characters of one part of an id; an item has two parts, so no id is longer than 100."""

_OTHER = re.compile(r"[^a-z0-9]+")
# Names that scores and test cases use themselves, and that Windows refuses as names of files.
_RESERVED = frozenset(
    {"overall", "all", "con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)


def slug(text: str) -> str:
    """Make words of a-z and 0-9 joined by hyphens; empty if a text has no such sign."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _OTHER.sub("-", plain).strip("-")
    if len(words) <= LONGEST_PART:
        return words
    cut = words[:LONGEST_PART]
    return cut.rpartition("-")[0] if "-" in cut[LONGEST_PART // 2 :] else cut


@dataclass(slots=True)
class Ids:
    """The ids of one framework; what is given out twice is numbered."""

    taken: set[str] = field(default_factory=lambda: set(_RESERVED))

    def new(self, text: str, *, kind: str, inside: str = "") -> str:
        """Give an id that nothing has yet.

        Args:
            text: the words that it is made of.
            kind: the word that stands in where the text has no Latin letter: ``item``.
            inside: the id of the element that this one belongs to; it comes first.
        """
        stem = (f"{inside}." if inside else "") + (slug(text) or kind)
        number, found = 1, stem
        while found in self.taken:
            number += 1
            found = f"{stem}-{number}"
        self.taken.add(found)
        return found
