"""References that lead nowhere in this document are written out: its targets may be left out.

Sections link freely to gaps, initiatives and questions. Where the other end stands in another
document, or in a section that was left out, plain words take the place of the link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutPair,
    Card,
    Cell,
    CrossReference,
    Gantt,
    Heading,
    Inline,
    NumberedList,
    Paragraph,
    Quadrant,
    Span,
    SwotGrid,
    Table,
    Text,
)
from crmplan.documents.references import anchors_of, is_address, plain_text, quadrants

Change: TypeAlias = Callable[[Text], Text]


def settled(
    blocks: Sequence[Block], *, left_out: Sequence[Block], absent: Callable[[str], str]
) -> tuple[Block, ...]:
    """Give the blocks with references to targets among them only.

    Args:
        blocks: the content that is kept.
        left_out: the content that is not; its titles stand in for references to it.
        absent: writes a title of something that is left out.
    """
    there = set(_titles(blocks))
    titles = _titles(left_out)

    def change(text: Text) -> Text:
        if isinstance(text, str):
            return text
        return tuple(_inline(part, there, titles, absent) for part in text)

    return tuple(_with_texts(block, change) for block in blocks)


def _titles(blocks: Sequence[Block]) -> dict[str, str]:
    """Give the words of everything that can be referred to, by its bookmark."""
    found: dict[str, str] = {}
    for block in blocks:
        if bookmark := getattr(block, "bookmark", None):
            found[bookmark] = _title(block)
        found |= dict(anchors_of(block))
    return found


def _title(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph):
        return plain_text(block.text)
    return str(getattr(block, "caption", ""))


def _inline(
    part: Inline, there: set[str], titles: Mapping[str, str], absent: Callable[[str], str]
) -> Inline:
    if isinstance(part, CrossReference):
        if part.bookmark in there or part.bookmark not in titles:
            # What no section has is our mistake, which the engine reports.
            return part
        return Span(absent(titles[part.bookmark]))
    if isinstance(part, Span) and part.link and not is_address(part.link):
        return part if part.link in there else replace(part, link=None)
    return part


def _with_texts(block: Block, change: Change) -> Block:
    """Give a block with all its texts changed."""
    match block:
        case Paragraph() | Callout():
            return replace(block, text=change(block.text))
        case CalloutPair():
            first, second = (replace(x, text=change(x.text)) for x in (block.first, block.second))
            return CalloutPair(first, second)
        case BulletList() | NumberedList():
            return replace(block, items=tuple(map(change, block.items)))
        case Card():
            facts, long_facts = (
                tuple((name, change(text)) for name, text in pairs)
                for pairs in (block.facts, block.long_facts)
            )
            return replace(block, text=change(block.text), facts=facts, long_facts=long_facts)
        case Table():
            header, *rows = (tuple(_cells(row, change)) for row in (block.header, *block.rows))
            return replace(block, header=header, rows=tuple(rows))
        case Gantt():
            changed = tuple(replace(row, label=change(row.label)) for row in block.rows)
            return replace(block, rows=changed)
        case SwotGrid():
            fields = (_quadrant(field, change) for field in quadrants(block))
            strengths, weaknesses, opportunities, threats = fields
            return replace(
                block,
                strengths=strengths,
                weaknesses=weaknesses,
                opportunities=opportunities,
                threats=threats,
            )
        case _:
            return block


def _cells(row: Sequence[Text | Cell], change: Change) -> Iterator[Text | Cell]:
    for cell in row:
        yield (replace(cell, text=change(cell.text)) if isinstance(cell, Cell) else change(cell))


def _quadrant(field: Quadrant, change: Change) -> Quadrant:
    return replace(field, items=tuple(map(change, field.items)))
