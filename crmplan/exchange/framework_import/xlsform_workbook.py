"""The sheets of an XLSForm as rows with named cells.

Format: xlsform.org, sheets ``survey``, ``choices`` and ``settings``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, ForeignPath, Notes
from crmplan.exchange.workbook_cells import Rows, read_workbook
from crmplan.problems import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEETS = ("survey", "choices", "settings")
_ENGLISH = re.compile(r"english|en|.*\(en([-_][a-z]+)?\)", re.IGNORECASE)
_ALIASES = {"list name": "list_name", "value": "name", "form title": "form_title"}


def read_xlsform(data: bytes, name: str, notes: Notes) -> Entry:
    """Read a form.

    Raises:
        ExchangeError: if it is no workbook, or has no sheet ``survey``.
    """
    sheets = {title.strip().lower(): rows for title, rows in read_workbook(data, name=name).items()}
    if "survey" not in sheets:
        raise ExchangeError(f"{name}: this is no XLSForm: it has no sheet named survey")
    places: dict[ForeignPath, Location] = {(): Location(name)}
    value = {title: _rows(title, sheets.get(title, ()), name, places) for title in SHEETS}
    return Entry(ForeignFile(name, value, places), notes, value)


def _rows(
    title: str, rows: Rows, name: str, places: dict[ForeignPath, Location]
) -> list[dict[str, Any]]:
    """Name the cells of a sheet by its first row that is not empty; empty cells are left out."""
    first = next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if first is None:
        return []
    columns = _columns(rows[first])
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows[first + 1 :], start=first + 2):
        cells = {columns[at]: text for at, text in enumerate(row) if text.strip() and columns[at]}
        if not cells:
            continue
        path = (title, len(found))
        places[path] = Location(f"{name}!{title}", number, 1)
        for at, column in enumerate(columns[: len(row)]):
            places[(*path, column)] = Location(f"{name}!{title}", number, at + 1)
        found.append(cells)
    return found


def _columns(header: tuple[str, ...]) -> list[str]:
    """Name columns in lower case, languages as they are; of the same names the first one counts."""
    names: list[str] = []
    for cell in header:
        kind, mark, language = cell.strip().partition(":")
        kind = " ".join(kind.lower().split())
        name = _ALIASES.get(kind, kind.replace(" ", "_"))
        name += f"::{language.lstrip(':').strip()}" if mark else ""
        names.append("" if name in names else name)
    return names


def label(row: Entry, field: str = "label", limit: int = 4_000) -> str:
    """Read a text in English if the form has it, else in its default or first language."""
    cells: Mapping[str, Any] = row.value
    languages = [name for name in cells if name.startswith(f"{field}::")]
    english = [name for name in languages if _ENGLISH.fullmatch(name.partition("::")[2])]
    chosen = next(iter((*english, *([field] if field in cells else []), *languages)), None)
    return row.text(chosen, limit) if chosen else ""
