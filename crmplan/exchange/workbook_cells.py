"""The cells of a foreign workbook as texts."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from crmplan.errors import ExchangeError
from crmplan.exchange.archive_guard import packed, workbook_parts
from crmplan.exchange.sheet_extent import check_extent

Rows: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of a sheet, each from the first column on; an empty cell is an empty text."""


def read_workbook(data: bytes, *, name: str) -> dict[str, Rows]:
    """Read all sheets of an .xlsx file, hidden ones too, in order.

    Formulas give their last value. Nothing outside the file is looked at.

    Args:
        data: the file, from anybody.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if the file is no workbook, is damaged, locked, or too large.
    """
    parts = workbook_parts(data, name=name)
    check_extent(parts, name=name)
    try:
        with CalamineWorkbook.from_object(io.BytesIO(packed(parts))) as workbook:
            return {sheet: _rows(workbook, sheet) for sheet in workbook.sheet_names}
    except (CalamineError, ValueError, OSError) as cause:
        raise ExchangeError(
            f"{name}: the file is damaged", hint="ask for it again, or save it again in Excel"
        ) from cause


def _rows(workbook: CalamineWorkbook, sheet: str) -> Rows:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return tuple(tuple(_text(cell) for cell in row) for row in rows)


def _text(cell: float | str | bool | date | time | timedelta) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)
