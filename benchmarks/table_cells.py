"""A long table: our block beside python-docx's cell API, both as whole documents in memory.

python-docx builds the grid of all cells anew for every cell that is asked for, so the time of
``table.cell(r, c)`` grows with the square of the rows; its own faster way is ``row.cells``.
"""

from __future__ import annotations

import argparse
import io
from datetime import datetime

from docx import Document
from measuring import median_seconds, peak_mb, seconds, show, times

from crmplan.documents.blocks import Table
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings

COLUMNS = 7
LONGEST = 400
SETTINGS = DocumentSettings(language="en", title="Table", created=datetime(2026, 1, 1))  # noqa: DTZ001


def main() -> None:
    """Measure as many rows as are asked for; the ratio is always of equally many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200, help="rows of the slow way; 400: minutes")
    rows: int = parser.parse_args().rows
    ours = median_seconds(lambda: with_our_block(rows), runs=7)
    memory = peak_mb()
    longest = median_seconds(lambda: with_our_block(LONGEST), runs=7)
    by_row = seconds(lambda: with_rows(rows))
    by_cell = seconds(lambda: with_cells(rows))
    show(
        f"A table of {rows} × {COLUMNS} cells",
        ("", "seconds", "of our block"),
        [
            ("crmplan.documents Table", f"{ours:.3f}", times(1)),
            ("python-docx row.cells", f"{by_row:.3f}", times(by_row / ours)),
            ("python-docx table.cell(r, c)", f"{by_cell:.1f}", times(by_cell / ours)),
        ],
        f"our block with {LONGEST} rows: {longest:.3f} s; peak memory before python-docx: "
        f"{memory:.0f} MB",
        f"goal: 1,000× at {LONGEST} rows"
        + ("" if rows == LONGEST else f" (this was {rows}; --rows {LONGEST} takes minutes)"),
    )


def with_our_block(rows: int) -> bytes:
    """Write the table as a block."""
    cells = tuple(tuple(_text(row, column) for column in range(COLUMNS)) for row in range(rows))
    header = tuple(f"Column {column}" for column in range(COLUMNS))
    return render_document((Table(header, cells),), settings=SETTINGS)


def with_cells(rows: int) -> bytes:
    """Write the table cell by cell, as python-docx's documentation shows it."""
    document = Document()
    table = document.add_table(rows, COLUMNS)
    for row in range(rows):
        for column in range(COLUMNS):
            table.cell(row, column).text = _text(row, column)
    return _saved(document)


def with_rows(rows: int) -> bytes:
    """Write the table row by row, python-docx's faster way."""
    document = Document()
    table = document.add_table(rows, COLUMNS)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = _text(number, column)
    return _saved(document)


def _text(row: int, column: int) -> str:
    return f"Row {row}, column {column}"


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


if __name__ == "__main__":
    main()
