"""Registers go out as Excel workbooks and come back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command_line import crmplan, done, stored


def filled(path: Path, sheet: int, row: int, **cells: str) -> None:
    """Write into a row of a workbook as a person would."""
    book = openpyxl.load_workbook(path)
    found = book.worksheets[sheet]
    columns = {one.value: one.column for one in found[1]}
    for name, text in cells.items():
        found.cell(row, columns[name]).value = text
    book.save(path)


def test_a_register_is_written_filled_in_and_read(client: Path, tmp_path: Path) -> None:
    book = tmp_path / "needs.xlsx"
    done("sheet", "write", client, "requirement", book)
    filled(book, 0, 3, shortage="No log", reason="Asked twice", initiatives="case-management")
    filled(book, 0, 4, shortage="No view", reason="Orders lost", obligation="must")

    tried = done("sheet", "read", client, book, "--dry-run")
    assert "2 rows would be entered" in tried.err
    assert stored(client).requirements == ()

    done("sheet", "read", client, book)
    assert [(one.id, one.obligation) for one in stored(client).requirements] == [
        ("requirement-1", "should"),
        ("requirement-2", "must"),
    ]
    assert [one.id for one in stored(client).definitions] == ["crm-requirements"]


def test_a_renamed_row_takes_the_place_of_the_old_one(client: Path, tmp_path: Path) -> None:
    done("requirements", "add", client, "r1", "--shortage", "No log", "--reason", "Asked twice")
    book = tmp_path / "needs.xlsx"
    done("sheet", "write", client, "requirement", book)
    filled(book, 0, 3, id="needs.log")

    outcome = done("sheet", "read", client, book)

    assert [one.id for one in stored(client).requirements] == ["needs.log"]
    assert "1 were taken out" in outcome.err


def test_nothing_is_entered_while_a_cell_is_wrong(client: Path, tmp_path: Path) -> None:
    book = tmp_path / "needs.xlsx"
    done("sheet", "write", client, "requirement", book)
    filled(book, 0, 3, shortage="No log", reason="Asked twice")
    filled(book, 0, 4, shortage="No view", reason="Orders lost", initiatives="case-managment")

    outcome = crmplan("sheet", "read", client, book)

    assert outcome.status == 3
    assert "needs.xlsx:4:" in outcome.out
    assert 'did you mean "case-management"?' in outcome.out
    assert stored(client).requirements == ()


def test_scores_of_packages_need_no_evaluation_while_there_is_one(
    client: Path, tmp_path: Path
) -> None:
    packages, scores = tmp_path / "packages.xlsx", tmp_path / "scores.xlsx"
    done("sheet", "write", client, "package", packages)
    filled(packages, 0, 3, name="North CRM", id="north")
    done("sheet", "read", client, packages)
    done("sheet", "write", client, "package-score", scores, "--language", "zh")
    filled(scores, 0, 3, candidate="north", criterion="system-modules.sales", score="۴")
    done("sheet", "read", client, scores)

    score = stored(client).package_scores[0]
    assert (score.evaluation, score.candidate, score.score) == ("crm-package", "north", 4)


def test_a_worksheet_is_written_filled_in_and_read(client: Path, tmp_path: Path) -> None:
    book = tmp_path / "segments.xlsx"
    done("sheet", "write", client, "customer-segments", book, "--language", "fa")
    filled(book, 6, 3, name="Acme", revenue="۱٬۲۵۰")
    done("sheet", "read", client, book)

    entry = stored(client).worksheet_entries[0]
    assert (entry.part, entry.row) == ("pareto", "r1")
    assert entry.cells == {"name": "Acme", "revenue": "1250"}


def test_a_workbook_is_not_overwritten_unasked(client: Path, tmp_path: Path) -> None:
    book = tmp_path / "risks.xlsx"
    done("sheet", "write", client, "risk", book)

    assert crmplan("sheet", "write", client, "risk", book).status == 1
    done("sheet", "write", client, "risk", book, "--force")


def test_an_unknown_sheet_is_answered_with_the_closest(client: Path, tmp_path: Path) -> None:
    outcome = crmplan("sheet", "write", client, "requirment", tmp_path / "x.xlsx")

    assert outcome.status == 1
    assert "did you mean 'requirement'" in outcome.err


def test_everything_that_has_a_sheet_is_listed() -> None:
    names = [one["name"] for one in done("sheet", "list", "--json").data]

    assert {"requirement", "risk", "link", "progress", "customer-segments"} <= set(names)
    assert "definition" not in names


@pytest.mark.parametrize("content", [b"nothing", b""])
def test_what_is_no_workbook_is_refused(client: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    assert crmplan("sheet", "read", client, path).status == 1
