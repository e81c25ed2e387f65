"""Read JSON of strangers, with the line of every value."""

from __future__ import annotations

import json
import re
from typing import Any

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.foreign_file import ForeignFile, ForeignPath
from crmplan.problems import Location

DEEPEST = 20
# Possessive, and content with a string that never ends: any other way, hostile text costs n² steps.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}:,]|[^\s\[\]{}:,"]++', re.DOTALL)
_AGAIN = "get the file again from its publisher"


def parse_json(text: str, name: str) -> ForeignFile:
    """Read a text; numbers stay texts.

    Args:
        text: the content of a file.
        name: how the file is called in messages.

    Raises:
        ExchangeError: if it is no JSON, has a name twice in one object, or is nested too deeply.
    """
    _refuse_depth(text, name)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_nothing,
        )
    except json.JSONDecodeError as error:
        place = Location(name, error.lineno, error.colno)
        raise ExchangeError(f"{place}: this is no JSON: {error.msg}", hint=_AGAIN) from error
    except ValueError as error:
        raise ExchangeError(f"{name}: {error}", hint=_AGAIN) from error
    return ForeignFile(name, value, _places(text, name))


def _refuse_depth(text: str, name: str) -> None:
    """Count before parsing, because the parser calls itself for every level."""
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in "[{") - (match[0] in "]}")
        if depth > DEEPEST:
            line = text.count("\n", 0, match.start()) + 1
            raise ExchangeError(f"{name}:{line}: nested deeper than {DEEPEST} levels", hint=_AGAIN)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"{name!r} stands twice in one object")
        made[name] = value
    return made


def _nothing(_name: str) -> None:
    """Read NaN as an empty field: spreadsheets that write JSON leave it where a cell was empty."""


def _places(text: str, name: str) -> dict[ForeignPath, Location]:
    """Walk over the tokens of a text that is known to be JSON."""
    places: dict[ForeignPath, Location] = {}
    path: list[str | int] = []
    inside: list[str] = []
    expects_name = False
    line, line_start, read = 1, 0, 0
    for match in _TOKEN.finditer(text):
        sign, start = match[0], match.start()
        if new_lines := text.count("\n", read, start):
            line += new_lines
            line_start = text.rfind("\n", read, start) + 1
        read = start
        if sign == ":":
            expects_name = False
        elif sign == ",":
            expects_name = inside[-1] == "{"
            if not expects_name:
                path[-1] = int(path[-1]) + 1
        elif sign in "]}":
            inside.pop()
            path.pop()
            expects_name = False
        elif expects_name:
            path[-1] = json.loads(sign)
        else:
            places[tuple(path)] = Location(name, line, start - line_start + 1)
            if sign in "[{":
                inside.append(sign)
                path.append(0)
                expects_name = sign == "{"
    return places
