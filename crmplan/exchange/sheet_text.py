"""Texts in the cells and formulas of a workbook that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel holds; a longer text would be dropped without a word."""


def put_text(
    sheet: Worksheet, row: int, column: int, text: str, *, style: Format | None = None
) -> None:
    """Write a text as a text, whatever it begins with.

    Raises:
        ExchangeError: if it is longer than a cell of Excel can hold.
    """
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ExchangeError(
            f"a text of {len(text)} characters does not fit into a cell of Excel: {text[:40]}…",
            hint=f"shorten it to {LONGEST_TEXT} characters",
        )
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def quoted(text: str) -> str:
    """Write a text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'
