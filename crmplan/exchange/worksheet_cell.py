"""What somebody wrote into a cell of a worksheet, as it is stored, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.exchange.answer_words import plain
from crmplan.exchange.typed_text import shown
from crmplan.exchange.typed_values import decimal_text, typed_day, typed_number
from crmplan.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from crmplan.assessment.worksheet import Column, Worksheet


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell, and what to do."""

    code: str
    message: str
    hint: str | None


@dataclass(frozen=True, slots=True)
class CellReader:
    """What is needed to understand the cells of a worksheet.

    Attributes:
        options: option id per plain word, per column.
        factors, initiatives: ids that there are.
    """

    options: Mapping[str, Mapping[str, str]]
    factors: Collection[str]
    initiatives: Collection[str]

    def read(self, column: Column, text: str) -> str | CellFault:
        """Give the text that is stored for a cell: numbers in ASCII, days as in ISO 8601."""
        text = text.strip()
        if not text:
            return ""
        match column.type:
            case "number":
                return _number(text)
            case "date":
                return _day(text)
            case "choice":
                return self._option(column, text)
            case "factor":
                return _known(text, self.factors, "external factor", "crmplan record factor FILE")
            case "initiative":
                return _known(text, self.initiatives, "initiative", "crmplan plan FILE")
        return text

    def _option(self, column: Column, text: str) -> str | CellFault:
        found = self.options[column.id].get(plain(text))
        if found:
            return found
        choices = ", ".join(option.title for option in column.options)
        return CellFault("SHEET-CHOICE", f"{shown(text)} is none of the choices", choices)


def cell_reader(
    worksheets: Iterable[Worksheet], *, factors: Collection[str], initiatives: Collection[str]
) -> CellReader:
    """Make a reader that knows the words of a worksheet in the languages in which it is given."""
    options: dict[str, dict[str, str]] = {}
    for worksheet in worksheets:
        for column in worksheet.columns:
            words = options.setdefault(column.id, {})
            for option in column.options:
                short = option.id.rpartition(".")[2]
                words |= {plain(word): option.id for word in (option.id, short, option.title)}
    return CellReader(options, factors, initiatives)


def _number(text: str) -> str | CellFault:
    number = typed_number(text)
    if number is None:
        return CellFault("SHEET-NUMBER", f"{shown(text)} is no number", "write it in digits")
    return decimal_text(number)


def _day(text: str) -> str | CellFault:
    day = typed_day(text)
    if day is None:
        hint = "year, month, day, such as 2026-10-05 or 1405/07/13"
        return CellFault("SHEET-DAY", f"{shown(text)} is no day", hint)
    return day.isoformat()


def _known(text: str, known: Collection[str], kind: str, command: str) -> str | CellFault:
    if text in known:
        return text
    hint = did_you_mean(text, known) or f"list them with: {command}"
    return CellFault("SHEET-UNKNOWN-ID", f"there is no {kind} {shown(text)}", hint)
