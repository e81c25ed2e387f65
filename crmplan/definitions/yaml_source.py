"""Read one YAML file into plain values that remember their lines.

Only a small, unsurprising part of YAML is understood: mappings, lists, texts, whole numbers, true
and false. ``No`` stays a text, aliases and duplicate keys are faults, size and depth are capped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

Path_ = tuple[str | int, ...]

LARGEST_FILE = 2_000_000
DEEPEST = 20
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?([0-9]*\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?\Z")
_UNSEEN = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees and that turn the direction of text, or split words.

ZWNJ and the single marks of direction are part of good Persian and stand.
"""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of a file, the place of each value, and what is wrong with it."""

    name: str
    value: Any
    places: dict[Path_, Location]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path_) -> Location:
        """Find the place of a value, or of the nearest one that contains it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.name))


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read a file; whatever is wrong with it stands in ``problems``.

    Args:
        path: the file.
        name: how the file is called in messages.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return _unreadable(name, "DEF-UNREADABLE", f"cannot be read: {error.strerror}")
    if len(data) > LARGEST_FILE:
        return _unreadable(name, "DEF-TOO-LARGE", f"is larger than {LARGEST_FILE:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = Location(name, line, 1)
        return YamlFile(
            name,
            None,
            {},
            (Problem(place, "DEF-ENCODING", "is not UTF-8", "save the file as UTF-8"),),
        )
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Parse YAML text; see ``read_yaml``."""
    try:
        if fault := _forbidden_event(text, name):
            return YamlFile(name, None, {}, (fault,))
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return YamlFile(name, None, {}, (_syntax_problem(error, name),))
    except yaml.YAMLError as error:
        return _unreadable(name, "DEF-SYNTAX", str(error).splitlines()[0])
    builder = _Builder(name)
    value = builder.build(node, ()) if node is not None else None
    return YamlFile(name, value, builder.places, tuple(builder.problems))


def _unreadable(name: str, code: str, message: str) -> YamlFile:
    return YamlFile(name, None, {}, (Problem(Location(name), code, message),))


def _syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    return Problem(place, "DEF-SYNTAX", error.problem or "is not YAML")


def _forbidden_event(text: str, name: str) -> Problem | None:
    """Find an alias, or nesting deeper than allowed, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        place = Location(name, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Problem(
                place, "DEF-ALIAS", "anchors and aliases are not read", "write the value out"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return Problem(place, "DEF-TOO-DEEP", f"is nested deeper than {DEEPEST} levels")
    return None


@dataclass(slots=True)
class _Builder:
    """Turns nodes into values and writes down where each one stands."""

    name: str
    places: dict[Path_, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def build(self, node: yaml.Node, path: Path_) -> Any:
        self.places[path] = self._location(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node)
            if key in result:
                self._report(key_node, "DEF-DUPLICATE-KEY", f'"{key}" stands here twice')
                continue
            result[key] = self.build(value_node, (*path, key))
        return result

    def _scalar(self, node: Any) -> Any:
        text: str = node.value
        if unseen := _UNSEEN.search(text):
            name = f"U+{ord(unseen[0]):04X}"
            self._report(node, "DEF-CHARACTER", f"holds {name}, which nobody sees: take it out")
        if node.style:  # quoted or folded: a text, whatever it looks like
            return text
        if _WHOLE_NUMBER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            self._report(node, "DEF-DECIMAL", f'write {text} in quotes: "{text}"')
            return text
        return {"true": True, "false": False, "": None, "null": None}.get(text, text)

    def _report(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(Problem(self._location(node), code, message))

    def _location(self, node: yaml.Node) -> Location:
        return Location(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
