"""A foreign file as values that know their place, and what of it could not be carried over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crmplan.exchange.framework_import.foreign_text import (
    LONGEST_TEXT,
    clean,
    exact,
    shortened,
)
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

ForeignPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """One document of a file: mappings, lists and texts; every number is a text.

    Attributes:
        name: how the file is called in messages.
        places: line and column of each value by its path.
    """

    name: str
    value: Any
    places: Mapping[ForeignPath, Location]

    def place(self, path: ForeignPath) -> Location:
        """Find the place of a value, or of the nearest one that contains it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.name))


@dataclass(slots=True)
class Notes:
    """What could not be carried over so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Location, code: str, message: str, hint: str | None = None) -> None:
        """Note one thing."""
        self.problems.append(Problem(place, code, message, hint))


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a foreign file that is read field by field; wrong kinds are noted, not raised."""

    file: ForeignFile
    notes: Notes
    value: Any
    path: ForeignPath = ()

    @property
    def place(self) -> Location:
        """Where the value stands."""
        return self.file.place(self.path)

    def has(self, *names: str) -> bool:
        """Tell whether this is a mapping with all these fields."""
        return isinstance(self.value, dict) and all(name in self.value for name in names)

    def at(self, name: str) -> Entry:
        """Take a field; its value is None if there is none."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Entry(self.file, self.notes, value, (*self.path, name))

    def text(self, name: str, limit: int = LONGEST_TEXT) -> str:
        """Read a text, cleaned; empty if it is missing."""
        return self.at(name).words(limit)

    def words(self, limit: int = LONGEST_TEXT) -> str:
        """Read this value as a text, cleaned; what is longer than the limit is cut and noted."""
        if self.value is None or self.value == [] or self.value == {}:
            return ""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if not isinstance(self.value, str):
            self.note("IMPORT-SHAPE", "a list or mapping stands where a text is expected")
            return ""
        whole = clean(self.value)
        if len(whole) > limit:
            self.note("IMPORT-CUT", f"cut to {limit:,} of {len(whole):,} characters")
        return shortened(whole, limit)

    def number(self, name: str) -> Fraction | None:
        """Read a number; None if it is missing or none, which is noted."""
        given = self.text(name)
        found = exact(given)
        if given and found is None:
            self.at(name).note("IMPORT-SHAPE", f'"{shortened(given, 40)}" is no number')
        return found

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Read a list; empty if it is missing."""
        return self.at(name).elements()

    def elements(self) -> tuple[Entry, ...]:
        """Read this value as a list."""
        if self.value is None:
            return ()
        if not isinstance(self.value, list):
            self.note("IMPORT-SHAPE", "a list is expected here")
            return ()
        return tuple(
            Entry(self.file, self.notes, one, (*self.path, index))
            for index, one in enumerate(self.value)
        )

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of texts; empty ones are left out."""
        return tuple(words for one in self.entries(name) if (words := one.words()))

    def fields(self) -> Iterator[tuple[str, Entry]]:
        """Read this value as a mapping from names to values, in order."""
        if isinstance(self.value, dict):
            for name in self.value:
                yield name, self.at(name)
        elif self.value is not None:
            self.note("IMPORT-SHAPE", "a mapping of names to values is expected here")

    def note(self, code: str, message: str, hint: str | None = None) -> None:
        """Note that something of this value could not be carried over."""
        self.notes.add(self.place, code, message, hint)

    def lose(self, *names: str, code: str = "IMPORT-TEXT") -> None:
        """Note fields that have a value and no place in a framework of ours."""
        for name in names:
            found = self.at(name)
            if found.value not in (None, "", [], {}):
                found.note(code, f'"{name}" has no place in a framework of crmplan')
