"""Libraries of CISO Assistant: frameworks, requirement trees and mapping sets.

Format: github.com/intuitem/ciso-assistant-community, ``tools/README.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.element_ids import slug
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes
from crmplan.exchange.framework_import.foreign_text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class CisoFramework:
    """A framework, and the library it stands in."""

    library: Entry
    framework: Entry

    def quiet(self) -> CisoFramework:
        """Give the same, to be read without noting what it loses: its own import tells that."""
        notes = Notes()
        return CisoFramework(
            replace(self.library, notes=notes), replace(self.framework, notes=notes)
        )

    @property
    def urn(self) -> str:
        """What mapping sets call it."""
        return self.framework.text("urn", 300).lower()

    @property
    def id(self) -> str:
        """The id that it gets without another wish."""
        given = self.framework.text("ref_id", 200) or self.framework.text("name", 200)
        return slug(given) or "framework"

    def words(self, entry: Entry, field: str, limit: int = 4_000) -> str:
        """Read a text in English if there is one, else in the language of the library."""
        if not self.is_english:
            english = entry.at("translations").at("en").text(field, limit)
            if english:
                return english
        return entry.text(field, limit)

    @property
    def is_english(self) -> bool:
        """Tell whether the library is written in English."""
        return self.library.text("locale", 10).lower().startswith("en")


@dataclass(frozen=True, slots=True)
class CisoLibraries:
    """All frameworks and mapping sets of some files."""

    frameworks: tuple[CisoFramework, ...]
    mapping_sets: tuple[Entry, ...]

    def choose(self, framework_id: str | None) -> CisoFramework:
        """Choose the framework to import.

        Raises:
            ExchangeError: if there is none, or several and none has this id.
        """
        if not self.frameworks:
            hint = "a mapping set is imported together with the two frameworks that it joins"
            raise ExchangeError("no framework is in these libraries", hint=hint)
        named = [one for one in self.frameworks if one.id == framework_id]
        if len(named) == 1 or len(self.frameworks) == 1:
            return (*named, *self.frameworks)[0]
        ids = ", ".join(sorted({one.id for one in self.frameworks})[:20])
        raise ExchangeError(f"several frameworks are here: {ids}", hint="say which one by its id")


def read_libraries(documents: Iterable[ForeignFile], notes: Notes) -> CisoLibraries:
    """Find frameworks and mapping sets."""
    frameworks: list[CisoFramework] = []
    mapping_sets: list[Entry] = []
    for document in documents:
        library = Entry(document, notes, document.value)
        objects = library.at("objects")
        framework = objects.at("framework")
        if isinstance(framework.value, dict):
            frameworks.append(CisoFramework(library, framework))
        for name in ("requirement_mapping_set", "requirement_mapping_sets"):
            found = objects.at(name)
            one = isinstance(found.value, dict)
            mapping_sets += (found,) if one else found.elements()
    return CisoLibraries(tuple(frameworks), tuple(mapping_sets))


@dataclass(frozen=True, slots=True)
class Node:
    """A requirement, or a heading above some.

    Attributes:
        above: the nodes above it, the topmost first.
        is_branch: whether other nodes stand below it.
    """

    entry: Entry
    urn: str
    above: tuple[str, ...]
    is_branch: bool

    @property
    def is_assessable(self) -> bool:
        """Tell whether it is asked about."""
        return self.entry.text("assessable", 10).lower() == "true"

    @property
    def chain(self) -> tuple[str, ...]:
        """The branches that it belongs to; one that is asked about itself belongs to itself."""
        return (*self.above, self.urn) if self.is_branch else self.above


def nodes_of(framework: CisoFramework) -> tuple[Node, ...]:
    """Read the requirement tree, in the order of the file.

    Raises:
        ExchangeError: if a node has no URN or the URN of another, or is its own ancestor.
    """
    entries: dict[str, Entry] = {}
    for entry in framework.framework.entries("requirement_nodes"):
        urn = entry.text("urn", 300).lower()
        if not urn or urn in entries:
            raise ExchangeError(f'{entry.place}: "{urn}" is no URN, or that of another node')
        entries[urn] = entry
    parents = {urn: entry.text("parent_urn", 300).lower() for urn, entry in entries.items()}
    used = set(parents.values())
    return tuple(
        Node(entry, urn, _above(urn, parents, entry), urn in used) for urn, entry in entries.items()
    )


def _above(urn: str, parents: dict[str, str], entry: Entry) -> tuple[str, ...]:
    found: list[str] = []
    parent = parents[urn]
    while parent:
        if parent not in parents:
            entry.note("IMPORT-REFERENCE", f'its parent "{parent[-60:]}" is not in this framework')
            break
        if parent == urn or len(found) > _DEEPEST:
            raise ExchangeError(f'{entry.place}: "{urn}" stands below itself, or too deep')
        found.append(parent)
        parent = parents[parent]
    return tuple(reversed(found))


def titles(nodes: Iterable[Node], framework: CisoFramework) -> dict[str, str]:
    """Give each node a title: its number and name, or the beginning of its text."""
    found = {}
    for node in nodes:
        name = framework.words(node.entry, "name", 300)
        words = name or framework.words(node.entry, "description")
        number = node.entry.text("ref_id", 60)
        starts = words.lower().startswith(number.lower())
        whole = words if starts else f"{number} {words}".strip()
        found[node.urn] = shortened(whole or node.urn.rpartition(":")[2], 120)
    return found
