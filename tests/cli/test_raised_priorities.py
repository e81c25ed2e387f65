"""A priority that a rule has raised differs from the product shown beside it, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from crmplan.definitions.library import load_framework
from tests.cli.command_line import all_levels, crmplan, done, write_engagement

SIGN = "↑"


def engagement(folder: Path, *, leadership: int) -> Path:
    """Strategy, which rests on leadership, stands at 3; both shall reach the same target."""
    items = load_framework("drcrm").dimension
    answers = [
        answer
        for name, level in (("leadership", leadership), ("strategy", 3))
        for answer in all_levels("drcrm", [item.id for item in items[name].items], level)
    ]
    return write_engagement(folder, {"responses": answers})


def test_the_table_marks_a_raised_priority_and_explains_it(tmp_path: Path) -> None:
    out = done("gaps", engagement(tmp_path, leadership=0)).out

    (raised,) = [line for line in out.splitlines() if line.endswith(SIGN)]
    assert "Leadership" in raised
    assert "product of the factors × 1.25" in out


def test_without_a_raised_priority_there_is_no_sign(tmp_path: Path) -> None:
    assert SIGN not in done("gaps", engagement(tmp_path, leadership=2)).out


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_the_document_explains_it_below_the_table(
    tmp_path: Path, no_office: None, language: str
) -> None:
    file = engagement(tmp_path, leadership=0)

    crmplan("report", file, "gap-and-swot", "--language", language, "--out", tmp_path)

    document = Document(str(tmp_path / f"gap-and-swot.{language}.docx"))
    notes = [one.text for one in document.paragraphs if one.text.startswith(SIGN)]
    cells = [
        cell.text for table in document.tables for row in table.rows for cell in row.cells[-1:]
    ]
    assert len(notes) == 1
    assert sum(cell.endswith(SIGN) for cell in cells) == 1
