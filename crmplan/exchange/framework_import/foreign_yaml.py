"""Read YAML of strangers: nothing is constructed, nothing is expanded.

Aliases, names that stand twice, deep nesting and large files are refused. Every scalar is a text,
so ``No`` stays a word and 0.25 stays exact.
"""

from __future__ import annotations

from typing import Any

import yaml

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.foreign_file import ForeignFile, ForeignPath
from crmplan.problems import Location

DEEPEST = 20
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(text: str, name: str) -> tuple[ForeignFile, ...]:
    """Read all documents of a text.

    Args:
        text: the content of a file.
        name: how the file is called in messages.

    Raises:
        ExchangeError: if it is no YAML, or holds what is refused.
    """
    try:
        _refuse_expansion(text, name)
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
        raise _refused(place, error.problem or "this is no YAML") from error
    except yaml.YAMLError as error:
        raise _refused(Location(name), str(error).splitlines()[0]) from error
    return tuple(_document(node, name) for node in nodes if node is not None)


def _refuse_expansion(text: str, name: str) -> None:
    """Find what could grow without bounds, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(_place(event, name), "anchors and aliases are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused(_place(event, name), f"nested deeper than {DEEPEST} levels")


def _document(node: yaml.Node, name: str) -> ForeignFile:
    places: dict[ForeignPath, Location] = {}
    value = _value(node, (), places, name)
    return ForeignFile(name, value, places)


def _value(
    node: yaml.Node, path: ForeignPath, places: dict[ForeignPath, Location], name: str
) -> Any:
    places[path] = _place(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*path, at), places, name) for at, one in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return None if not node.style and node.value in _NOTHING else node.value  # type: ignore[attr-defined]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _refused(_place(key_node, name), "a list or mapping stands as a name")
        if key_node.value in result:
            raise _refused(_place(key_node, name), f"{key_node.value!r} stands here twice")
        result[key_node.value] = _value(value_node, (*path, key_node.value), places, name)
    return result


def _place(marked: Any, name: str) -> Location:
    return Location(name, marked.start_mark.line + 1, marked.start_mark.column + 1)


def _refused(place: Location, why: str) -> ExchangeError:
    return ExchangeError(f"{place}: {why}", hint="get the file again from its publisher")
