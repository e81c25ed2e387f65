"""Numbers and names of everything a reader can be sent to: headings, figures, tables.

Word counts them again when fields are updated; the same counting here gives the values that
stand in the fields before that, so the document is right when it is opened.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutPair,
    Card,
    Cell,
    Chart,
    CrossReference,
    FormField,
    Gantt,
    Heading,
    NumberedList,
    Paragraph,
    Picture,
    Quadrant,
    Span,
    SwotGrid,
    Table,
    Text,
)
from crmplan.documents.settings import DocumentSettings
from crmplan.errors import DuplicateBookmarkError, UnknownBookmarkError

Kind: TypeAlias = Literal["heading", "figure", "table", "paragraph", "span", "absent"]
_WORD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_COUNTED: tuple[tuple[type, Kind], ...] = (
    (Table, "table"),
    (Gantt, "figure"),
    (Chart, "figure"),
    (Picture, "figure"),
    (SwotGrid, "figure"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the document; ``number`` is empty for what carries none."""

    name: str
    kind: Kind
    number: str
    label: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class References:
    """All targets: by the position of their block and by the content's bookmark."""

    by_position: Mapping[int, Target]
    by_bookmark: Mapping[str, Target]

    def of_kind(self, kind: Kind) -> tuple[Target, ...]:
        """The targets of one kind in reading order."""
        return tuple(t for t in self.by_position.values() if t.kind == kind)


def resolve(
    blocks: Sequence[Block],
    settings: DocumentSettings,
    *,
    numbered_headings: bool = True,
    whole: Sequence[Block] = (),
) -> References:
    """Number the blocks and check that every reference has its target.

    Args:
        blocks: what stands in the document, in reading order.
        settings: label words and digits.
        numbered_headings: whether headings carry numbers.
        whole: the document of which a template may have left out parts; a reference to what is
            left out is shown by its words and leads nowhere.

    Raises:
        DuplicateBookmarkError: if two blocks carry the same bookmark.
        UnknownBookmarkError: if references or links point nowhere; it lists all of them.
    """
    counter = _Counter(settings, numbered_headings)
    by_position: dict[int, Target] = {}
    by_bookmark: dict[str, Target] = {}
    for position, block in enumerate(blocks):
        for anchor, text in anchors_of(block):
            if anchor in by_bookmark:
                raise DuplicateBookmarkError(anchor)
            by_bookmark[anchor] = Target(word_name(anchor), "span", "", text, text)
        if (target := counter.target(block)) is None:
            continue
        by_position[position] = target
        if given := _bookmark_of(block):
            if given in by_bookmark:
                raise DuplicateBookmarkError(given)
            by_bookmark[given] = target
    wanted = {name for block in blocks for name in _wanted(block)}
    absent = _absent(whole, settings, wanted - set(by_bookmark))
    if missing := tuple(sorted(wanted - set(by_bookmark) - set(absent))):
        raise UnknownBookmarkError(missing)
    return References(by_position, {**by_bookmark, **absent})


def _absent(
    whole: Sequence[Block], settings: DocumentSettings, wanted: set[str]
) -> dict[str, Target]:
    """Targets that stand in no part of the document that was placed."""
    counter = _Counter(settings, numbered_headings=False)
    found: dict[str, Target] = {}
    for block in whole if wanted else ():
        for anchor, text in anchors_of(block):
            found[anchor] = Target(word_name(anchor), "absent", "", text, text)
        if (given := _bookmark_of(block)) in wanted and (target := counter.target(block)):
            found[given or ""] = replace(target, kind="absent", number="", label=target.text)
    return found


class _Counter:
    """Counts headings and captions in reading order."""

    def __init__(self, settings: DocumentSettings, numbered_headings: bool) -> None:
        self._settings = settings
        self._numbered_headings = numbered_headings
        self._levels = [0, 0, 0, 0]
        self._counts: dict[Kind, int] = {"heading": 0, "figure": 0, "table": 0, "paragraph": 0}

    def target(self, block: Block) -> Target | None:
        """The target that a block is, or None."""
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return self._plain(block)
        for kind_of_block, kind in _COUNTED:
            if isinstance(block, kind_of_block):
                return self._captioned(block, kind)
        return None

    def _heading(self, block: Heading) -> Target:
        number = ""
        if block.numbered and self._numbered_headings:
            self._levels[block.level - 1] += 1
            self._levels[block.level :] = [0] * (4 - block.level)
            # A level that was skipped counts as 1 in Word.
            shown = [str(count or 1) for count in self._levels[: block.level]]
            number = self._settings.digits(".".join(shown))
        name = self._name(block.bookmark, "heading")
        return Target(name, "heading", number, number or block.text, block.text, block.level)

    def _plain(self, block: Paragraph) -> Target | None:
        if not block.bookmark:
            return None
        name = self._name(block.bookmark, "paragraph")
        text = plain_text(block.text)
        return Target(name, "paragraph", "", text, text)

    def _captioned(self, block: Block, kind: Kind) -> Target | None:
        caption = getattr(block, "caption", "")
        if not caption:
            return None
        name = self._name(_bookmark_of(block), kind)
        number = self._settings.digits(str(self._counts[kind]))
        labels = self._settings.labels
        label = labels.figure if kind == "figure" else labels.table
        return Target(name, kind, number, f"{label}\u00a0{number}", caption)

    def _name(self, given: str | None, kind: Kind) -> str:
        self._counts[kind] += 1
        return word_name(given) if given else f"_{kind}_{self._counts[kind]:04d}"


def word_name(bookmark: str) -> str:
    """A name that Word accepts: the bookmark itself where possible, else marked by a digest."""
    if _WORD_NAME.fullmatch(bookmark):
        return bookmark
    digest = hashlib.sha256(bookmark.encode()).hexdigest()[:8]
    readable = re.sub(r"[^A-Za-z0-9]+", "_", bookmark).strip("_")[:28]
    return f"b_{readable}_{digest}"


def plain_text(text: Text) -> str:
    """The words of a text without its references; a field counts as what stands in it."""
    if isinstance(text, str):
        return text
    return "".join(
        part.text or part.prompt if isinstance(part, FormField) else part.text
        for part in text
        if not isinstance(part, CrossReference)
    )


def _bookmark_of(block: Block) -> str | None:
    bookmark: str | None = getattr(block, "bookmark", None)
    return bookmark


def _wanted(block: Block) -> Iterator[str]:
    for text in _texts(block):
        for part in () if isinstance(text, str) else text:
            if isinstance(part, CrossReference):
                yield part.bookmark
            elif isinstance(part, Span) and part.link and not is_address(part.link):
                yield part.link


def anchors_of(block: Block) -> Iterator[tuple[str, str]]:
    """Give the pieces of text that can be led to: bookmark and words."""
    for text in _texts(block):
        for part in () if isinstance(text, str) else text:
            if isinstance(part, Span) and part.bookmark:
                yield part.bookmark, part.text


def is_address(link: str) -> bool:
    """Whether a link leads out of the document; every other scheme is taken for a bookmark."""
    return link.lower().startswith(("http:", "https:", "mailto:"))


def _texts(block: Block) -> Iterable[Text]:
    if isinstance(block, Paragraph | Callout):
        return (block.text,)
    if isinstance(block, CalloutPair):
        return (block.first.text, block.second.text)
    if isinstance(block, Card):
        return (block.text, *(text for _, text in (*block.facts, *block.long_facts)))
    if isinstance(block, BulletList | NumberedList):
        return block.items
    if isinstance(block, Table):
        cells = (cell for row in (block.header, *block.rows) for cell in row)
        return (cell.text if isinstance(cell, Cell) else cell for cell in cells)
    if isinstance(block, Gantt):
        return (row.label for row in block.rows)
    if isinstance(block, SwotGrid):
        return (item for field in quadrants(block) for item in field.items)
    return ()


def quadrants(grid: SwotGrid) -> tuple[Quadrant, Quadrant, Quadrant, Quadrant]:
    """The four fields in reading order."""
    return (grid.strengths, grid.weaknesses, grid.opportunities, grid.threats)
