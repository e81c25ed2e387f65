"""A report of 82 pages: 100 tables, 30 pictures, 500 paragraphs, in four ways.

Ours, docxtpl with loops in one template, python-docx cell by cell as its documentation shows it,
and pandoc where it is installed. Then how time grows with the length of a table and of a plan.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from measuring import median_seconds, peak_mb, seconds, show, times
from PIL import Image

from crmplan.documents.blocks import Block, Gantt, GanttRow, Heading, Paragraph, Picture, Table
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings

TABLES, ROWS, COLUMNS, PICTURES = 100, 12, 5, 30
PARAGRAPHS = 5
SENTENCE = "The score of the dimension rests on the answers of many people. " * 4
SETTINGS = DocumentSettings(language="en", title="Report", created=datetime(2026, 1, 1))  # noqa: DTZ001


def main() -> None:
    """Measure the four ways, then the growth."""
    ours = median_seconds(with_our_blocks, runs=5)
    memory = peak_mb()
    template = loop_template()
    ways: list[tuple[str, Callable[[], object]]] = [
        ("docxtpl, loops in one template", lambda: with_loops(template)),
        ("python-docx table.cell(r, c)", with_cells),
    ]
    if shutil.which("pandoc"):
        ways.append(("pandoc from Markdown", with_pandoc))
    rows = [("crmplan.documents", f"{ours:.2f}", times(1))]
    for name, way in ways:
        taken = seconds(way) if "python-docx" in name else median_seconds(way, runs=5)
        rows.append((name, f"{taken:.2f}", times(taken / ours)))
    show(
        "A report with 100 tables, 30 pictures and 500 paragraphs",
        ("", "seconds", "of ours"),
        rows,
        f"peak memory of our way: {memory:.0f} MB",
        "goals: python-docx at least 30×, docxtpl at least 0.8× of ours",
        *(() if shutil.which("pandoc") else ("pandoc is not installed",)),
    )
    show(
        "Growth: ten times as much",
        ("", "small", "large", "ratio"),
        [growth("table of 100 and 1,000 rows", table, 100), growth("50 and 500 tasks", plan, 50)],
        "goal: at most 10×",
    )


def growth(name: str, make: Callable[[int], Block], size: int) -> tuple[str, ...]:
    """How long one block takes, and ten times as much of it."""
    small, large = (
        median_seconds(lambda n=n: render_document((make(n),), settings=SETTINGS), runs=5)  # type: ignore[misc]
        for n in (size, size * 10)
    )
    return (name, f"{small:.3f}", f"{large:.3f}", times(large / small))


def table(rows: int, number: int = 0) -> Block:
    """A table of so many items."""
    return Table(
        tuple(f"Column {n}" for n in range(COLUMNS)),
        tuple(_cells(row, number) for row in range(rows)),
    )


def plan(tasks: int) -> Block:
    """A Gantt of so many tasks."""
    rows = tuple(GanttRow(f"Task {n}", n % 20, n % 20 + 4) for n in range(tasks))
    return Gantt(tuple(str(n) for n in range(24)), rows)


def with_our_blocks() -> bytes:
    """Write the report as blocks."""
    blocks: list[Block] = []
    for number in range(TABLES):
        blocks.append(Heading(1, f"Section {number}"))
        blocks += [Paragraph(SENTENCE)] * PARAGRAPHS
        blocks.append(table(ROWS, number))
        if number < PICTURES:
            blocks.append(Picture(_picture(number), 12))
    return render_document(blocks, settings=SETTINGS)


def with_cells() -> bytes:
    """Write the report with python-docx, cell by cell."""
    document = Document()
    for number in range(TABLES):
        document.add_heading(f"Section {number}", 1)
        for _ in range(PARAGRAPHS):
            document.add_paragraph(SENTENCE)
        grid = document.add_table(ROWS, COLUMNS)
        for row in range(ROWS):
            for column, text in enumerate(_cells(row, number)):
                grid.cell(row, column).text = text
        if number < PICTURES:
            document.add_picture(io.BytesIO(_picture(number)), width=Cm(12))
    return _saved(document)


def loop_template() -> bytes:
    """A template in which docxtpl repeats sections, paragraphs and rows."""
    document = Document()
    for line in ("{%p for s in sections %}",):
        document.add_paragraph(line)
    document.add_heading("{{ s.title }}", 1)
    for line in ("{%p for p in s.texts %}", "{{ p }}", "{%p endfor %}"):
        document.add_paragraph(line)
    grid = document.add_table(3, COLUMNS)
    grid.cell(0, 0).text, grid.cell(2, 0).text = "{%tr for r in s.rows %}", "{%tr endfor %}"
    for column in range(COLUMNS):
        grid.cell(1, column).text = f"{{{{ r[{column}] }}}}"
    for line in ("{%p if s.picture %}", "{{ s.picture }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(line)
    return _saved(document)


def with_loops(template: bytes) -> bytes:
    """Fill the template with docxtpl."""
    filled = DocxTemplate(io.BytesIO(template))
    sections = [
        {
            "title": f"Section {number}",
            "texts": [SENTENCE] * PARAGRAPHS,
            "rows": [_cells(row, number) for row in range(ROWS)],
            "picture": InlineImage(filled, io.BytesIO(_picture(number)), width=Cm(12))
            if number < PICTURES
            else "",
        }
        for number in range(TABLES)
    ]
    filled.render({"sections": sections}, autoescape=True)
    return _saved(filled)


def with_pandoc() -> None:
    """Let pandoc write the report from Markdown."""
    parts = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(TABLES):
            parts += [f"# Section {number}", *[SENTENCE] * PARAGRAPHS, _markdown_table()]
            if number < PICTURES:
                (folder / f"{number}.png").write_bytes(_picture(number))
                parts.append(f"![]({number}.png)")
        (folder / "report.md").write_text("\n\n".join(parts), encoding="utf-8")
        command = ("pandoc", "report.md", "-o", "report.docx")
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _markdown_table() -> str:
    lines = [_cells(0), ("---",) * COLUMNS, *(_cells(row) for row in range(1, ROWS))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cells(row: int, number: int = 0) -> tuple[str, ...]:
    return tuple(f"Table {number}, row {row}, {column}" for column in range(COLUMNS))


def _picture(number: int) -> bytes:
    """A picture that differs from the others, so that none is kept once for all."""
    out = io.BytesIO()
    Image.new("RGB", (320, 200), (number * 8, 120, 200)).save(out, "PNG")
    return out.getvalue()


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


if __name__ == "__main__":
    main()
