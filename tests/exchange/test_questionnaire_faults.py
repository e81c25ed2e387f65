from __future__ import annotations

import pytest
from openpyxl.workbook.workbook import Workbook

from crmplan.errors import ExchangeError
from crmplan.problems import Location, Problem
from exchange.forms import (
    SPONSOR,
    VISION,
    answer_sheet,
    changed,
    codes,
    column_of,
    drcrm,
    filled,
    read,
    row_of,
    written,
)


def test_a_problem_names_the_file_the_cell_and_what_to_do() -> None:
    reading = read(filled(written(), {SPONSOR: {"level": "seven"}}))

    assert reading.problems == (
        Problem(
            Location("sara.xlsx", 4, 9),
            "FORM-LEVEL-WORD",
            'I4: "seven" is no level',
            "write a whole number from 0 to 5, or n/a, or don't know",
        ),
    )


def test_one_problem_holds_back_all_answers() -> None:
    reading = read(
        filled(written(), {SPONSOR: {"level": 3, "evidence": "x"}, VISION: {"level": 9}})
    )

    assert (reading.responses, reading.evidence) == ((), ())
    assert [row.understood for row in reading.rows[:3]] == ["answered", "problem", "empty"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"level": 6}, "FORM-LEVEL-RANGE"),
        ({"level": -1}, "FORM-LEVEL-RANGE"),
        ({"level": 2.5}, "FORM-LEVEL-FRACTION"),
        ({"level": True}, "FORM-LEVEL-WORD"),
        ({"level": "n/a"}, "FORM-REASON-MISSING"),
        ({"level": "done elsewhere 3"}, "FORM-REASON-MISSING"),
        ({"note": "ask finance"}, "FORM-LEVEL-MISSING"),
        ({"reason": "B2B"}, "FORM-LEVEL-MISSING"),
    ],
)
def test_a_mistake_in_a_row_is_a_problem(cells: dict[str, object], code: str) -> None:
    assert codes(read(filled(written(), {SPONSOR: cells}))) == [code]


def test_a_question_cannot_apply_in_one_column_only() -> None:
    cells = {"level.intention": "n/a", "level.reality": 3, "reason": "B2B"}

    assert codes(read(filled(written(layers=True), {SPONSOR: cells}))) == [
        "FORM-LEVEL-CONTRADICTION"
    ]


def test_a_result_has_one_level_only() -> None:
    result = drcrm().dimensions[-1].items[0].id

    assert codes(read(filled(written(layers=True), {result: {"level.intention": 3}}))) == [
        "FORM-LEVEL-CLOSED"
    ]


def set_id(item: str, value: object) -> bytes:
    def change(book: Workbook) -> None:
        sheet = answer_sheet(book)
        sheet.cell(row_of(sheet, item), 1).value = value  # type: ignore[assignment]

    return changed(filled(written(), {item: {"level": 3}}), change)


def test_a_changed_id_is_named_with_the_one_that_was_meant() -> None:
    reading = read(set_id(SPONSOR, "leadership.sponsors"))

    assert codes(reading) == ["FORM-ROW-MISSING", "FORM-ROW-UNKNOWN"]
    assert reading.problems[1].hint == 'did you mean "leadership.sponsor"?'


def test_a_deleted_id_is_a_problem_if_the_row_was_answered() -> None:
    assert codes(read(set_id(SPONSOR, None))) == ["FORM-ROW-MISSING", "FORM-ROW-NO-ID"]


def test_an_id_that_is_there_twice_is_a_problem() -> None:
    reading = read(set_id(SPONSOR, VISION))

    assert codes(reading) == ["FORM-ROW-MISSING", "FORM-ROW-TWICE"]
    assert "stands in row 4 already" in reading.problems[1].message


def test_a_deleted_row_is_a_problem() -> None:
    def change(book: Workbook) -> None:
        sheet = answer_sheet(book)
        sheet.cell(row_of(sheet, SPONSOR), 1).value = None

    assert codes(read(changed(written(), change))) == ["FORM-ROW-MISSING"]


def test_a_question_that_was_not_asked_is_no_question_of_the_form() -> None:
    unasked = drcrm().dimensions[0].items[5].id

    assert codes(read(set_id(SPONSOR, unasked))) == ["FORM-ROW-MISSING", "FORM-ROW-UNKNOWN"]


def test_moved_rows_inserted_columns_and_renamed_sheets_change_nothing() -> None:
    data = filled(written(), {SPONSOR: {"level": 1}, VISION: {"level": 2, "note": "x"}})

    def move(book: Workbook) -> None:
        sheet = answer_sheet(book)
        sheet.merged_cells.ranges.clear()
        first, second = row_of(sheet, SPONSOR), row_of(sheet, VISION)
        for column in range(1, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value
        sheet.insert_cols(2, 2)
        sheet.insert_rows(1, 3)
        sheet.title = "Blatt 1"

    reading = read(changed(data, move))

    assert reading.problems == ()
    assert {one.item: one.level for one in reading.responses} == {SPONSOR: 1, VISION: 2}


def test_an_unknown_group_is_a_problem_in_a_form_for_nobody() -> None:
    def sign(book: Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            if row[0].value == "crmplan:group":
                row[3].value = "Gardeners"

    reading = read(changed(written(respondent=None), sign), respondent="reza")

    assert codes(reading) == ["FORM-GROUP-UNKNOWN"]


def mark(key: str, value: str | None) -> bytes:
    def change(book: Workbook) -> None:
        for row in book["_crmplan"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return changed(written(), change)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (mark("framework", "qci"), 'asks about "qci", not drcrm'),
        (mark("version", "1.1.0"), 'is of version "1.1.0" of drcrm'),
        (mark("version", "2.0.0"), 'is of version "2.0.0" of drcrm'),
        (mark("format", "2"), "this crmplan reads 1"),
        (mark("format", None), "no crmplan questionnaire"),
        (mark("item", None), "no crmplan questionnaire"),
    ],
)
def test_a_form_for_something_else_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError) as error:
        read(data)

    assert message in str(error.value)
    assert error.value.hint


def test_a_correction_of_words_in_the_framework_does_not_hinder() -> None:
    assert read(mark("version", "1.0.7")).problems == ()


@pytest.mark.parametrize(("sheet", "message"), [(1, "sheet with the answers"), (2, "hidden sheet")])
def test_a_missing_sheet_is_named(sheet: int, message: str) -> None:
    data = changed(written(), lambda book: book.remove(book.worksheets[sheet]))

    with pytest.raises(ExchangeError, match=message):
        read(data)


def test_a_missing_column_is_named() -> None:
    def change(book: Workbook) -> None:
        sheet = answer_sheet(book)
        sheet.cell(1, column_of(sheet, "note")).value = "remarks"

    with pytest.raises(ExchangeError, match="columns are missing or there twice: note"):
        read(changed(written(), change))
