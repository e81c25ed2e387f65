"""The fields of a record as cells, and cells as the values that a record is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from crmplan.exchange.answer_words import plain
from crmplan.exchange.typed_text import shown
from crmplan.exchange.typed_values import decimal_text, typed_day, typed_number
from crmplan.exchange.worksheet_cell import CellFault
from crmplan.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmplan.exchange.record_columns import RecordColumn
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages

_LIST_MARKS = str.maketrans(
    {"،": ",", "、": ",", "，": ",", ";": ",", "؛": ",", "；": ",", "\n": ","}
)
_COLONS = str.maketrans({"：": ":"})
_LONGEST_DECIMAL = 30


def cell_of(column: RecordColumn, value: Any, *, locale: Locale, messages: Messages) -> str:
    """Write a value of a record as the text of its cell; None is empty."""
    if value is None:
        return ""
    match column.type:
        case "choice":
            return option_word(messages, value)
        case "day":
            return locale.short_date(value)
        case "exact":
            return _exact_text(value)
        case "ids":
            return ", ".join(value)
        case "pairs":
            return "\n".join(f"{key}: {one}" for key, one in value.items())
        case "steps":
            return "\n".join(f"{locale.short_date(one.on)}: {one.tasks}" for one in value)
    return str(value)


def option_word(messages: Messages, value: str) -> str:
    """Give the word for a value of a choice."""
    return messages(f"values.{value}")


def _exact_text(value: Fraction) -> str:
    """Write a number with decimals if it ends, else as a fraction."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    written = decimal_text(value) if rest == 1 else ""
    return written if written and len(written) <= _LONGEST_DECIMAL else str(value)


@dataclass(frozen=True, slots=True)
class RecordReader:
    """What is needed to understand the cells of a record.

    Attributes:
        words: value per plain word, in all languages.
        known: ids, by what they stand for; nothing is checked against what is not in it.
    """

    words: Mapping[str, str]
    known: Mapping[str, Iterable[str]]

    def read(self, column: RecordColumn, text: str) -> Any:
        """Give the value that a cell holds, a ``CellFault``, or None for an empty cell."""
        if not text:
            return None
        match column.type:
            case "choice":
                return self._choice(column, text)
            case "day":
                return typed_day(text) or _no_day(text)
            case "whole" | "exact":
                return _number(column, text)
            case "ids":
                found = tuple(filter(None, map(str.strip, text.translate(_LIST_MARKS).split(","))))
                return self._known(column, found) or found
            case "pairs":
                return _pairs(text)
            case "steps":
                return _steps(text)
        return self._known(column, (text,)) or text

    def _choice(self, column: RecordColumn, text: str) -> str | CellFault:
        value = self.words.get(plain(text), "")
        if value in column.options:
            return value
        choices = ", ".join(column.options)
        return CellFault("SHEET-CHOICE", f"{shown(text)} is none of the choices", choices)

    def _known(self, column: RecordColumn, ids: Iterable[str]) -> CellFault | None:
        known = self.known.get(column.names or "")
        if known is None:
            return None
        for one in ids:
            if one not in known:
                message = f"there is no {(column.names or '').replace('-', ' ')} {shown(one)}"
                return CellFault("SHEET-UNKNOWN-ID", message, did_you_mean(one, known))
        return None


def words_of(options: Iterable[str], catalogues: Iterable[Messages]) -> dict[str, str]:
    """Give the value of each word that a choice may be written with: its id, or any language's."""
    options = list(options)
    words = {plain(one): one for one in options}
    for messages in catalogues:
        words |= {plain(option_word(messages, one)): one for one in options}
    return words


def _no_day(text: str) -> CellFault:
    hint = "year, month, day, such as 2026-10-05 or 1405/07/13"
    return CellFault("SHEET-DAY", f"{shown(text)} is no day", hint)


def _number(column: RecordColumn, text: str) -> int | Fraction | CellFault:
    number = typed_number(text)
    if number is None and column.type == "exact":
        number = _quotient(text)
    if number is None:
        return CellFault("SHEET-NUMBER", f"{shown(text)} is no number", "write it in digits")
    if column.type == "exact":
        return number
    if number.denominator != 1:
        return CellFault("SHEET-NUMBER", f"{shown(text)} is no whole number", None)
    return int(number)


def _quotient(text: str) -> Fraction | None:
    """Read a fraction such as 1/3."""
    above, slash, below = text.partition("/")
    first, second = typed_number(above), typed_number(below)
    return first / second if slash and first is not None and second else None


def _pairs(text: str) -> dict[str, str] | CellFault:
    found = {}
    for line in _lines(text):
        key, colon, value = line.translate(_COLONS).partition(":")
        if not colon or not key.strip():
            return CellFault(
                "SHEET-PAIRS", f"{shown(line)} is no pair", 'a line each, such as "effort: 3"'
            )
        found[key.strip()] = value.strip()
    return found


def _steps(text: str) -> list[dict[str, Any]] | CellFault:
    found = []
    for line in _lines(text):
        day, _, number = line.translate(_COLONS).partition(":")
        on, tasks = typed_day(day.strip()), typed_number(number.strip())
        if not isinstance(on, date) or tasks is None or tasks.denominator != 1:
            return CellFault(
                "SHEET-PAIRS",
                f"{shown(line)} is no day with a number",
                'a line each, such as "2026-10-05: 2"',
            )
        found.append({"on": on, "tasks": int(tasks)})
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
