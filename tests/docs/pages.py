"""The Markdown pages of the project: their links, and the examples that are marked for running.

A fenced ``console`` block below one of these comments is run, in order with the others of a page:

``<!-- run -->`` every command leaves with 0;
``<!-- run: exit 3 -->`` the last command leaves with 3, those before it with 0;
``<!-- run: types 3 / 2 / q -->`` these lines are typed, one after the other.

What the block shows below a command must be in what the command really writes, line by line and in
order; a line that is only ``…`` stands for any lines. Between the blocks a page may say what its
reader does by hand: ``<!-- by hand: fill in FOLDER -->``, ``<!-- by hand: misspell FILE as FILE
-->`` and ``<!-- by hand: in FILE write "NEW" for "OLD" -->``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
GUIDE = PROJECT / "docs" / "guide"

_COMMENT_OR_BLOCK = re.compile(
    r"^<!-- (?P<kind>run|by hand)(?:: (?P<how>.*?))? -->$(?:\n```console\n(?P<block>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command of a page with what the page shows below it, or something done by hand."""

    command: str
    shown: tuple[str, ...] = ()
    status: int = 0
    typed: str = ""
    by_hand: bool = False


def pages() -> tuple[Path, ...]:
    """All pages, those of the method too."""
    own = (PROJECT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"))
    return (*own, *sorted((PROJECT / "docs").rglob("*.md")))


def links(page: Path) -> tuple[str, ...]:
    """The targets of the links of a page that lead to files, without their anchors."""
    text = _CODE.sub("", page.read_text("utf-8"))
    targets = (match["target"] for match in _LINK.finditer(text))
    return tuple(
        target.split("#")[0]
        for target in targets
        if not target.startswith(("#", "http://", "https://", "mailto:"))
    )


def steps(page: Path) -> tuple[Step, ...]:
    """Everything that a reader who follows a page does."""
    return tuple(_steps(page.read_text("utf-8")))


def _steps(text: str) -> Iterator[Step]:
    for match in _COMMENT_OR_BLOCK.finditer(text):
        how = match["how"] or ""
        if match["kind"] == "by hand":
            yield Step(how, by_hand=True)
            continue
        if match["block"] is None:
            raise ValueError(f"no console block below <!-- run: {how} -->")
        yield from _commands(match["block"], how)


def _commands(block: str, how: str) -> Iterator[Step]:
    exits = re.search(r"exit (\d+)", how)
    types = re.search(r"types (.*)", how)
    typed = "".join(f"{line}\n" for line in types[1].split(" / ")) if types else ""
    parts = re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]
    for number, part in enumerate(parts, start=1):
        command, *shown = part.splitlines()
        is_last = number == len(parts)
        status = int(exits[1]) if exits and is_last else 0
        yield Step(command, tuple(shown), status, typed)
