"""Codes by which questions, gaps and risks are named, and the links from one place to the other.

Q-3.4 is a question, G-3 the gap of a dimension, R-2.1 a risk of a phase; initiatives and tasks have
the codes of their catalogues. A link to a place that the document lacks becomes plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.documents.blocks import Inline, Text
    from crmplan.documents.words import Words

ASKED, ANSWERED = "q", "a"
"""Where a question is scored, and where its answers stand."""


def place(kind: str, name: str) -> str:
    """Name a place of a document."""
    return f"trace.{kind}.{name}"


def traced_question(
    words: Words, item_id: str, *, at: str | None = None, to: str = ASKED, text: str = ""
) -> Text:
    """Write a question with its code.

    Args:
        words: the words of the document.
        item_id: the question.
        at: the kind of place that this is; None for a mention.
        to: the kind of place that the code leads to.
        text: instead of the topic.
    """
    code = Span(
        words.question_code(item_id),
        link=place(to, item_id),
        bookmark=place(at, item_id) if at else None,
    )
    return code, Span(f" {text or words.topic(item_id)}")


def traced_gap(
    words: Words, dimension_id: str, text: str, *, to: str, at: str | None = None
) -> tuple[Inline, ...]:
    """Write something about a dimension behind the code of its gap."""
    code = Span(
        words.gap_code(dimension_id),
        link=place(to, dimension_id),
        bookmark=place(at, dimension_id) if at else None,
    )
    return code, Span(f" {text}")


def linked(words: Words, codes: Iterable[tuple[str, str]]) -> tuple[Inline, ...]:
    """Join codes with commas; each is a pair of what is shown and where it leads."""
    comma = words.join(("", ""))
    spans: list[Inline] = []
    for shown, bookmark in codes:
        spans += [Span(comma)] if spans else []
        spans.append(Span(shown, link=bookmark))
    return tuple(spans)
