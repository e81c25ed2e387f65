"""The parts of a document by name, so that a firm's template can place them one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crmplan.documents.blocks import (
    Block,
    Chart,
    Gantt,
    Landscape,
    Part,
    Picture,
    Portrait,
    SwotGrid,
    Table,
)
from crmplan.documents.filling import block_name

# Figures and tables by their bookmarks; which of them there are depends on the answers.
FIGURES = (
    "board-figure",
    "board-cost",
    "people",
    "maturity-radar",
    "scores",
    "evidence-bars",
    "group-scores",
    "contested",
    "decided",
    "finding-table",
    "evidence",
    "note-table",
    "gap-chart",
    "gap-table",
    "swot-grid",
    "internal-lines",
    "external-lines",
    "clarify-table",
    "tows-table",
    "survey-findings",
    "phase-table",
    "chosen",
    "left-table",
    "target-sets",
    "one-more-level",
    "budget-phases",
    "budget-in",
    "budget-near",
    "budget-out",
    "gantt",
    "critical-path",
    "dependencies",
    "roles",
    "role-load",
    "role-waits",
    "holidays",
    "links",
    "plan-health",
    "earned-value",
    "earned-value-curve",
    "risk-register",
    "risk-curve",
    "risk-dates",
    "risk-drivers",
    "forecast-radar",
    "forecast",
    "scale",
)
_PLACEABLE = (Chart, Gantt, Picture, SwotGrid, Table)


def part(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as a part; a part without blocks prints nothing, but a template may place it."""
    yield Part(name)
    yield from blocks


def part_names(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names of the parts in their order."""
    return tuple(block.name for block in blocks if isinstance(block, Part))


def named_blocks(blocks: Sequence[Block]) -> Mapping[str, tuple[Block, ...]]:
    """What ``block()`` can place: parts, and figures and tables by their bookmark.

    A part has the name of its bookmarked figure only where both are the same thing.
    """
    found: dict[str, tuple[Block, ...]] = {}
    for block in blocks:
        bookmark: str | None = getattr(block, "bookmark", None)
        if isinstance(block, _PLACEABLE) and bookmark:
            found[block_name(bookmark)] = _on_its_page(blocks, block)
    found.update(_parts(blocks))
    return found


def _parts(blocks: Sequence[Block]) -> dict[str, tuple[Block, ...]]:
    found: dict[str, tuple[Block, ...]] = {}
    starts = [position for position, block in enumerate(blocks) if isinstance(block, Part)]
    for start, end in itertools.pairwise((*starts, len(blocks))):
        first = blocks[start]
        assert isinstance(first, Part)
        found[block_name(first.name)] = tuple(blocks[start:end])
    return found


def _on_its_page(blocks: Sequence[Block], figure: Block) -> tuple[Block, ...]:
    """The figure, on a landscape page if it stands on one."""
    landscape = False
    for block in blocks:
        if block is figure:
            break
        landscape = isinstance(block, Landscape) or (landscape and not isinstance(block, Portrait))
    return (Landscape(), figure, Portrait()) if landscape else (figure,)
