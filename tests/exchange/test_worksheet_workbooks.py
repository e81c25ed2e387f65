"""A worksheet goes out as a workbook with a sheet for each part, and comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import cast

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from crmplan.assessment.client_records import WorksheetEntry
from crmplan.assessment.worksheet import Worksheet
from crmplan.assessment.worksheet_rows import fill_in
from crmplan.definitions.library import load_whole
from crmplan.errors import ExchangeError
from crmplan.exchange.record_sheet import SheetReading
from crmplan.exchange.table_reading import read_tables
from crmplan.exchange.worksheet_cell import cell_reader
from crmplan.exchange.worksheet_workbook import read_worksheet, write_worksheet
from crmplan.localisation.locale import LANGUAGES, LanguageCode, Locale

CHANNELS = "communication-channels"
KNOWN = {"initiative": {"case-management": "Cases"}, "external-factor": {"easy-switching": "Easy"}}
ENTRIES = (
    WorksheetEntry(
        worksheet=CHANNELS,
        part="reactive",
        row="reactive.complaints",
        cells={"used": "used.regularly", "volume": "12.5", "initiative": "case-management"},
    ),
    WorksheetEntry(worksheet=CHANNELS, part="reactive", row="r1", cells={"owner": "=Ann"}),
    WorksheetEntry(
        worksheet=CHANNELS, part="proactive", row="proactive.surveys", cells={"last": "2026-10-05"}
    ),
)
WRITTEN = {(one.part, one.row) for one in ENTRIES}


def sheet(language: str = "en") -> Worksheet:
    return cast("Worksheet", load_whole(CHANNELS, "worksheet", language))


def written(language: LanguageCode = "en") -> bytes:
    locale = Locale(language, "jalali" if language == "fa" else "gregorian")
    filled = fill_in(sheet(language), ENTRIES)
    return write_worksheet(filled, known=KNOWN, locale=locale, made_on=date(2026, 11, 21))


def read(data: bytes) -> SheetReading:
    reader = cell_reader(
        [sheet(one) for one in LANGUAGES],
        factors=KNOWN["external-factor"],
        initiatives=KNOWN["initiative"],
    )
    tables = read_tables(data, name="in.xlsx")
    return read_worksheet(sheet(), tables, name="in.xlsx", reader=reader, written=WRITTEN)


def changed(data: bytes, change: Callable[[Sheet], None]) -> bytes:
    """Let somebody change the sheet of the reactive channels."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def place(found: Sheet, column: str) -> int:
    return int(next(one.column for one in found[1] if one.value == column))


def row_of(found: Sheet, key: str) -> int:
    return int(next(one.row for one in found["A"] if one.value == key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read(language: LanguageCode) -> None:
    found = read(written(language))

    assert found.problems == ()
    assert sorted(found.records, key=str) == sorted(ENTRIES, key=str)
    assert found.left == ()


def test_prepared_rows_are_named_and_shown_as_closed() -> None:
    first = openpyxl.load_workbook(io.BytesIO(written())).worksheets[0]

    assert first.cell(3, 2).value == "Customer complaints, by telephone or in writing"
    assert first.cell(3, 1).value == "reactive.complaints"


def test_a_new_row_and_a_copied_one_get_ids_of_their_own() -> None:
    def add(found: Sheet) -> None:
        last = row_of(found, "r1")
        found.cell(last + 1, place(found, "owner")).value = "Bo"
        found.cell(last + 2, 1).value = "r1"
        found.cell(last + 2, place(found, "owner")).value = "Cy"

    records = read(changed(written(), add)).records
    owners = {one.row: one.cells.get("owner") for one in records}  # type: ignore[attr-defined]

    assert {owners["r1"], owners["r2"], owners["r3"]} == {"=Ann", "Bo", "Cy"}


def test_an_emptied_row_is_taken_out() -> None:
    def empty(found: Sheet) -> None:
        for one in found[row_of(found, "r1")][1:]:
            one.value = None

    assert read(changed(written(), empty)).left == ((CHANNELS, "reactive", "r1"),)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("used", "always", "SHEET-CHOICE"),
        ("volume", "many", "SHEET-NUMBER"),
        ("initiative", "case-managment", "SHEET-UNKNOWN-ID"),
    ],
)
def test_a_fault_is_told_in_its_cell_and_nothing_is_read(column: str, text: str, code: str) -> None:
    def spoil(found: Sheet) -> None:
        found.cell(3, place(found, column)).value = text

    found = read(changed(written(), spoil))

    assert found.records == ()
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].location.line == 3


def test_a_row_with_a_key_that_is_none_is_told() -> None:
    def spoil(found: Sheet) -> None:
        found.cell(3, 1).value = "Not An Id"

    assert [one.code for one in read(changed(written(), spoil)).problems] == ["SHEET-ROW-KEY"]


def test_a_lost_sheet_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    del book[book.sheetnames[1]]
    target = io.BytesIO()
    book.save(target)

    with pytest.raises(ExchangeError, match="sheets are missing: Proactive channels"):
        read(target.getvalue())
