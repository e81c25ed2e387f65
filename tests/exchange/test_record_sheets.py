"""Registers and worksheets as workbooks: what is written is read, or every fault is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from crmplan.assessment.client_records import Requirement
from crmplan.assessment.plan_records import ProjectRisk, TaskProgress
from crmplan.assessment.record import Record
from crmplan.errors import ExchangeError
from crmplan.exchange.record_columns import SHEET_KINDS, columns_of
from crmplan.exchange.record_sheet import (
    SheetReading,
    field_title,
    read_records,
    write_records,
)
from crmplan.exchange.table_reading import read_tables
from crmplan.exchange.typed_values import decimal_text, typed_day, typed_number
from crmplan.localisation.locale import LANGUAGES, LanguageCode, Locale
from crmplan.localisation.messages import catalogue
from tests.storage.engagements import ONE_OF_EACH

MADE_ON = date(2026, 11, 21)
KNOWN: Mapping[str, Mapping[str, str]] = {
    "initiative": {"cases": "Cases", "complaints": "Complaints"},
    "task": {"cases": "Cases", "map": "Map"},
}
NEEDS = (
    Requirement(id="r1", shortage="No log", reason="Asked twice", obligation="must"),
    Requirement(id="r2", shortage="=1+1", reason="@x", initiatives=("cases", "complaints")),
)
FIRST, SECOND, EMPTY = 3, 4, 5
"""Rows of the first two records, and the first empty one."""


def written(
    kind: str,
    records: tuple[Record, ...],
    language: LanguageCode = "en",
    known: Mapping[str, Mapping[str, str]] = KNOWN,
) -> bytes:
    calendar = "jalali" if language == "fa" else "gregorian"
    locale = Locale(language, calendar)
    return write_records(kind, records, known=known, locale=locale, made_on=MADE_ON)


def read(
    kind: str, data: bytes, known: Mapping[str, Mapping[str, str]] = KNOWN, **more: object
) -> SheetReading:
    tables = read_tables(data, name="in.xlsx")
    return read_records(kind, tables, known=known, **more)  # type: ignore[arg-type]


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """Let somebody change the first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def cell(sheet: Worksheet, field: str, row: int) -> openpyxl.cell.cell.Cell:
    column = next(one.column for one in sheet[1] if one.value == field)
    found = sheet.cell(row, column)
    assert isinstance(found, openpyxl.cell.cell.Cell)
    return found


def fill(row: int, **cells: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for field, value in cells.items():
            cell(sheet, field, row).value = value  # type: ignore[assignment]

    return change


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_what_is_written_is_read(kind: str, language: LanguageCode) -> None:
    records = getattr(ONE_OF_EACH, SHEET_KINDS[kind].field)
    assert records

    found = read(kind, written(kind, records, language, known={}), known={})

    assert found.problems == ()
    assert found.records == records
    assert found.left == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_every_field_and_choice_has_a_word(kind: str, language: LanguageCode) -> None:
    messages = catalogue("sheet", language)

    assert messages(f"kinds.{kind}")
    for column in columns_of(kind):
        assert field_title(messages, SHEET_KINDS[kind], column.field)
        assert all(messages(f"values.{value}") for value in column.options)


def test_nothing_that_was_typed_becomes_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written("requirement", NEEDS))).worksheets[0]

    assert cell(sheet, "shortage", SECOND).value == "=1+1"
    assert cell(sheet, "shortage", SECOND).data_type == "s"


def test_equal_records_give_equal_files() -> None:
    assert written("requirement", NEEDS) == written("requirement", NEEDS)


def test_a_sheet_shows_what_can_be_chosen_and_lists_the_ids() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("requirement", NEEDS)))
    sheet, ids = book.worksheets[:2]

    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert len(lists) == 2  # obligation and state
    assert [one.value for one in ids["A"]][:3] == ["Initiatives", "cases", "complaints"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert book.worksheets[-1].sheet_state == "veryHidden"


def test_a_persian_sheet_runs_from_the_right_and_dates_are_jalali() -> None:
    done = TaskProgress(task="a", percent=0, reported_on=date(2026, 10, 5))
    sheet = openpyxl.load_workbook(
        io.BytesIO(written("progress", (done,), "fa", known={}))
    ).worksheets[0]

    assert sheet.sheet_view.rightToLeft
    assert cell(sheet, "reported_on", FIRST).value == "۱۴۰۵/۰۷/۱۳"


def test_a_new_row_gets_an_id_and_defaults() -> None:
    data = changed(
        written("requirement", NEEDS), fill(EMPTY, shortage="No view", reason="Orders lost")
    )
    found = read("requirement", data, taken=["r1", "r2", "requirement-1"])

    assert found.records[2] == Requirement(
        id="requirement-2", shortage="No view", reason="Orders lost"
    )


def test_words_of_every_language_digits_and_list_marks_are_understood() -> None:
    data = changed(
        written("requirement", NEEDS),
        fill(FIRST, obligation="مطلوب", state="已同意", initiatives="cases، complaints"),
    )
    first = read("requirement", data).records[0]

    assert isinstance(first, Requirement)
    assert (first.obligation, first.state) == ("could", "agreed")
    assert first.initiatives == ("cases", "complaints")


def test_rows_columns_and_sheets_may_be_moved() -> None:
    def move(sheet: Worksheet) -> None:
        sheet.title = "Ours"
        sheet.insert_cols(3)
        sheet["C2"] = "our remark"
        sheet["C3"] = "not read"
        sheet.insert_rows(3)

    found = read("requirement", changed(written("requirement", NEEDS), move))

    assert found.records == NEEDS


def test_another_id_replaces_the_record_and_an_emptied_row_takes_it_out() -> None:
    renamed = read("requirement", changed(written("requirement", NEEDS), fill(FIRST, id="r9")))

    def empty(sheet: Worksheet) -> None:
        for one in sheet[SECOND][1:]:
            one.value = None

    emptied = read("requirement", changed(written("requirement", NEEDS), empty))

    assert renamed.left == (("r1",),)
    assert [one.id for one in renamed.records] == ["r9", "r2"]  # type: ignore[attr-defined]
    assert emptied.left == (("r2",),)
    assert emptied.records == NEEDS[:1]


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"obligation": "perhaps"}, "SHEET-CHOICE", "E3"),
        ({"shortage": None}, "SHEET-MISSING", "C3"),
        ({"id": "r2"}, "SHEET-ROW-TWICE", "B4"),
        ({"id": "R 1"}, "SHEET-VALUE", "B3"),
        ({"initiatives": "cases, casses"}, "SHEET-UNKNOWN-ID", "L3"),
    ],
)
def test_a_fault_is_told_in_its_cell_and_nothing_is_read(
    cells: dict[str, object], code: str, place: str
) -> None:
    found = read("requirement", changed(written("requirement", NEEDS), fill(FIRST, **cells)))

    assert found.records == ()
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].message.startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ({"percent": "many"}, "SHEET-NUMBER", "is no number"),
        ({"percent": "1.5"}, "SHEET-NUMBER", "is no whole number"),
        ({"likely": "99999"}, "SHEET-VALUE", "less than or equal"),
        ({"likely": "0", "shortest": "3"}, "SHEET-VALUE", "must not fall"),
    ],
)
def test_numbers_and_rules_of_a_record(cells: dict[str, object], code: str, said: str) -> None:
    risk = ProjectRisk(id="r1", title="Strike", percent=10, likely=3, longest=5)
    found = read("risk", changed(written("risk", (risk,)), fill(FIRST, **cells)))

    assert [problem.code for problem in found.problems] == [code]
    assert said in found.problems[0].message


def test_all_faults_are_told_at_once_in_the_order_of_their_places() -> None:
    data = changed(written("requirement", NEEDS), fill(SECOND, state="x", initiatives="y"))
    data = changed(data, fill(FIRST, obligation="z"))

    places = [problem.message.split(":")[0] for problem in read("requirement", data).problems]

    assert places == ["E3", "L4", "P4"]


def test_a_rule_over_several_fields_is_told_in_the_field_it_names() -> None:
    progress = TaskProgress(task="map", percent=0, reported_on=date(2026, 3, 2))
    data = changed(written("progress", (progress,)), fill(FIRST, percent="50"))

    problem = read("progress", data).problems[0]

    assert problem.message.startswith("D3: started_on:")


def test_a_days_number_in_steps_and_pairs() -> None:
    data = written("capacity", ONE_OF_EACH.capacities, known={})
    found = read("capacity", changed(data, fill(FIRST, changes="1405/07/13: ۲")), known={})

    assert found.records[0].changes[0].on == date(2026, 10, 5)  # type: ignore[attr-defined]
    broken = read("capacity", changed(data, fill(FIRST, changes="soon: 2")), known={})
    assert [problem.code for problem in broken.problems] == ["SHEET-PAIRS"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id;shortage\n"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        read("requirement", data)


def test_a_workbook_of_somebody_else_is_refused() -> None:
    book = openpyxl.Workbook()
    target = io.BytesIO()
    book.save(target)

    with pytest.raises(ExchangeError, match="no sheet of crmplan"):
        read("requirement", target.getvalue())


def test_a_lost_column_is_told() -> None:
    def lose(sheet: Worksheet) -> None:
        sheet.delete_cols(3)

    with pytest.raises(ExchangeError, match="columns are missing: shortage"):
        read("requirement", changed(written("requirement", NEEDS), lose))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zs", "Zl", "Zp"]), min_size=1)


@given(shortage=TEXT, reason=TEXT, place=TEXT)
def test_any_text_is_read_as_it_was_typed(shortage: str, reason: str, place: str) -> None:
    need = Requirement(id="r1", shortage=shortage, reason=reason, place=place)

    assert read("requirement", written("requirement", (need,))).records == (need,)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250.5", "2501/2"),
        ("۱٬۲۵۰٫۵", "2501/2"),
        ("1,250", "1250"),
        ("3,5", "7/2"),
        ("−2", "-2"),
        (" ７ ", "7"),
        ("1e9", None),
        ("", None),
        ("1,25,0", None),
    ],
)
def test_numbers_as_they_are_typed(text: str, number: str | None) -> None:
    assert typed_number(text) == (None if number is None else Fraction(number))


@pytest.mark.parametrize(
    "text", ["2026-10-05", "2026/10/5", "۱۴۰۵/۰۷/۱۳", "1405-7-13", "115/10/05", "民國115年10月5日"]
)
def test_a_day_of_three_calendars(text: str) -> None:
    assert typed_day(text) == date(2026, 10, 5)


@pytest.mark.parametrize("text", ["05.10.2026", "2026-13-01", "1405/12/31", "tomorrow", ""])
def test_what_is_no_day(text: str) -> None:
    assert typed_day(text) is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_a_decimal_is_written_as_it_is_read(number: object) -> None:
    exact = Fraction(str(number))

    assert typed_number(decimal_text(exact)) == exact
