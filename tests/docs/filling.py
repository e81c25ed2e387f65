"""Fills in the questionnaires of docs/guide/first-session.md as four imaginary people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

# Usual level of each person, and dimensions where it differs.
_PEOPLE = {
    "director": (2, {"service": 3, "experience": 3, "key-results": 2}),
    "service-lead": (2, {"service": 3, "leadership": 1}),
    "counter": (2, {"service": 2, "experience": 1, "leadership": 1, "competence": 1}),
    "data-lead": (1, {"service": 2, "competence": 2}),
}


def fill_in(path: Path) -> int:
    """Answer every open question of a workbook named after its person; returns how many cells."""
    usual, differing = _PEOPLE[path.stem]
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    columns = {cell.value: cell.column - 1 for cell in sheet[1]}
    filled = 0
    for number, row in enumerate(sheet.iter_rows(min_row=3)):
        item = row[columns["crmplan:item"]].value
        if not item:
            continue
        practice = differing.get(item.split(".")[0], usual) + (number % 4 == 0) - (number % 5 == 0)
        levels = {"level.intention": practice + (number % 3 == 0), "level.reality": practice}
        for key, level in levels.items():
            cell = row[columns[key]] if key in columns else None
            if cell is not None and not cell.protection.locked and cell.value in (None, ""):
                cell.value = level
                filled += 1
    book.save(path)
    return filled
