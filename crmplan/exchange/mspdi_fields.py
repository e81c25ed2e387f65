"""Read the fields of elements as values; what cannot be read becomes a problem with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_parsing import Node

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")
_DURATION = re.compile(
    r"PT(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)S)?"
)
_SHOWN = 40
_K = TypeVar("_K")


@dataclass(slots=True)
class Fields:
    """Reads fields of one file and gathers the problems."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Note a problem at the place of an element."""
        place = Location(self.file, node.line, node.column)
        self.problems.append(Problem(place, code, message, hint))

    def text(self, node: Node, name: str) -> str:
        """Read a text; "" if it is not there."""
        found = node.find(name)
        return found.text.strip() if found else ""

    def whole(self, node: Node, name: str) -> int | None:
        """Read a whole number; None if it is not there or none."""
        text = self._matching(node, name, _WHOLE, "a whole number")
        return None if text is None else int(text)

    def number(self, node: Node, name: str) -> Fraction | None:
        """Read a number."""
        text = self._matching(node, name, _NUMBER, "a number")
        return None if text is None else Fraction(text)

    def flag(self, node: Node, name: str, *, without: bool = False) -> bool:
        """Read yes or no."""
        found = node.find(name)
        if found is None or not (text := found.text.strip()):
            return without
        if text in ("1", "true", "0", "false"):
            return text in ("1", "true")
        self._not_understood(found, "0 or 1")
        return without

    def moment(self, node: Node, name: str) -> datetime | None:
        """Read a date with its time of day, in the local time of the plan."""
        text = self._matching(node, name, _MOMENT, "a date such as 2026-03-21T08:00:00")
        return self._made(node, name, text, datetime.fromisoformat)

    def clock(self, node: Node, name: str) -> time | None:
        """Read a time of day."""
        text = self._matching(node, name, _TIME, "a time such as 08:00:00")
        return self._made(node, name, text, time.fromisoformat)

    def minutes(self, node: Node, name: str) -> Fraction | None:
        """Read a length of time."""
        found = node.find(name)
        if found is None or not (text := found.text.strip()):
            return None
        match = _DURATION.fullmatch(text)
        if match is None or text == "PT":
            self._not_understood(found, "a length such as PT8H0M0S")
            return None
        hours, minutes, seconds = (
            Fraction(match[one] or 0) for one in ("hours", "minutes", "seconds")
        )
        return hours * 60 + minutes + seconds / 60

    def choice(self, node: Node, name: str, known: Mapping[int, _K], without: _K) -> _K:
        """Read one of several kinds, which the file writes as numbers."""
        number = self.whole(node, name)
        if number is None:
            return without
        if number not in known:
            found = node.find(name)
            assert found is not None
            self._not_understood(found, f"one of {', '.join(map(str, sorted(known)))}")
            return without
        return known[number]

    def _matching(
        self, node: Node, name: str, pattern: re.Pattern[str], expected: str
    ) -> str | None:
        found = node.find(name)
        if found is None or not (text := found.text.strip()):
            return None
        if pattern.fullmatch(text):
            return text
        self._not_understood(found, expected)
        return None

    def _made(
        self, node: Node, name: str, text: str | None, make: Callable[[str], _K]
    ) -> _K | None:
        if text is None:
            return None
        try:
            return make(text)
        except ValueError:
            found = node.find(name)
            assert found is not None
            self._not_understood(found, "a day and a time that exist")
            return None

    def _not_understood(self, node: Node, expected: str) -> None:
        shown = node.text.strip()[:_SHOWN]
        self.report(node, "MSPDI-VALUE", f"{node.name}: {shown!r} is not {expected}; left out")
