from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from crmplan.assessment.responses import Response
from crmplan.errors import ExchangeError
from crmplan.exchange.questionnaire_labels import questionnaire_labels
from exchange.forms import (
    LANGUAGES,
    SPONSOR,
    answer_sheet,
    column_of,
    drcrm,
    labels,
    messages,
    row_of,
    written,
)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_cells_for_answers_can_be_changed(language: str) -> None:
    sheet = answer_sheet(opened(written(language)))
    row = row_of(sheet, SPONSOR)
    keys = [cell.value for cell in sheet[1]]

    unlocked = {
        key for place, key in enumerate(keys, 1) if not sheet.cell(row, place).protection.locked
    }

    assert sheet.protection.sheet
    assert unlocked == {"level", "reason", "evidence", "note"}


def test_every_sheet_in_sight_is_protected() -> None:
    assert all(sheet.protection.sheet for sheet in opened(written()).worksheets[:2])


def test_in_a_form_with_two_levels_a_result_has_one_cell() -> None:
    sheet = answer_sheet(opened(written(layers=True)))
    row = row_of(sheet, drcrm().dimensions[-1].items[0].id)

    assert sheet.cell(row, column_of(sheet, "level.intention")).protection.locked
    assert not sheet.cell(row, column_of(sheet, "level.reality")).protection.locked


def test_persian_sheets_run_from_the_right() -> None:
    first, answers, _ = opened(written("fa")).worksheets

    assert first.sheet_view.rightToLeft
    assert answers.sheet_view.rightToLeft
    assert answers.cell(3, 2).font.name == "Vazirmatn"
    assert not opened(written("zh")).worksheets[0].sheet_view.rightToLeft


def test_a_level_is_chosen_from_a_list_with_hint_and_refusal() -> None:
    book = opened(written())
    sheet = answer_sheet(book)
    cell = sheet.cell(row_of(sheet, SPONSOR), column_of(sheet, "level")).coordinate
    rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)

    assert (rule.type, rule.formula1) == ("list", "'_crmplan'!$D$1:$D$8")
    assert rule.prompt.startswith("0  Absent\n1  Ad hoc")
    assert rule.error == labels().level_error
    choices = [book["_crmplan"].cell(row, 4).value for row in range(1, 9)]
    assert choices == [0, 1, 2, 3, 4, 5, "n/a", "don't know"]


def test_keys_and_ids_are_out_of_sight() -> None:
    book = opened(written())
    sheet = answer_sheet(book)

    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert book["_crmplan"].sheet_state == "veryHidden"


def test_the_printed_form_is_a4_across_with_its_header_on_each_page() -> None:
    sheet = answer_sheet(opened(written()))

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.freeze_panes == "E3"


def test_the_first_sheet_counts_what_is_answered() -> None:
    given = (Response(framework="drcrm", respondent="sara", item=SPONSOR, level=3),)
    book = openpyxl.load_workbook(io.BytesIO(written(responses=given)), data_only=True)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]

    assert [None, "All together", None, 1, 30] in rows


def test_the_file_carries_the_date_that_was_passed() -> None:
    created = opened(written()).properties.created

    assert created.replace(tzinfo=UTC) == datetime(2026, 11, 21, tzinfo=UTC)


def test_a_framework_without_observations_has_no_columns_for_them() -> None:
    keys = [cell.value for cell in answer_sheet(opened(written(bare=True)))[1]]

    assert not any(str(key).startswith("seen-") for key in keys)


def test_a_note_too_long_for_a_cell_is_refused_not_dropped() -> None:
    note = "x" * 32_768
    given = (Response(framework="drcrm", respondent="sara", item=SPONSOR, level=3, note=note),)

    with pytest.raises(ExchangeError, match="32768 characters does not fit"):
        written(responses=given)


def test_missing_words_are_all_named() -> None:
    some = {key: text for key, text in messages().items() if "step-" not in key}

    with pytest.raises(ExchangeError, match=r"questionnaire.step-open, questionnaire.step-compare"):
        questionnaire_labels(some)
