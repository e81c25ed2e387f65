"""The sentence before a figure or table that says what it means, with numbers of its data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from crmplan.documents.blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words

Kind = TypeVar("Kind")


def says(
    words: Words, message: str, bookmark: str, /, *, count: int | None = None, **values: str
) -> Block:
    """Refer to a figure or table by its number; the sentence stays on the page of what follows."""
    text = words.referring(f"says.{message}", bookmark, count=count, **values)
    return Paragraph(text, keep_with_next=True)


def most_frequent(found: Iterable[Kind]) -> tuple[Kind, int]:
    """Give what comes most often, the first of several, and how often."""
    return Counter(found).most_common(1)[0]
