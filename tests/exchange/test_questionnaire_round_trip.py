from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmplan.assessment.questionnaire import questionnaire
from crmplan.assessment.responses import Respondent, Response
from exchange.forms import (
    LANGUAGES,
    SARA,
    SPONSOR,
    VISION,
    changed,
    codes,
    drcrm,
    filled,
    labels,
    messages,
    read,
    written,
)


def response(item: str, **values: object) -> Response:
    return Response.model_validate(
        {"framework": "drcrm", "respondent": "sara", "item": item, **values}
    )


def every_answer(*, layers: bool) -> dict[str, dict[str, object]]:
    """A level, and something else now and then, for every question of the whole form."""
    asked = questionnaire(drcrm(), audience=None, layers=layers)
    answers: dict[str, dict[str, object]] = {}
    for number, one in enumerate(asked.items):
        level = number % 6
        if not layers:
            answers[one.item.id] = {"level": level}
        elif len(one.layers) > 1:
            answers[one.item.id] = {"level.intention": level, "level.reality": 5 - level}
        else:
            answers[one.item.id] = {"level.reality": level}
    return answers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layers", [False, True])
def test_what_is_filled_in_is_read(language: str, *, layers: bool) -> None:
    answers = every_answer(layers=layers)
    data = filled(written(language, layers=layers, short=False), answers)

    reading = read(data, language=language)

    assert reading.problems == ()
    assert reading.is_complete
    assert len(reading.rows) == 72
    assert len(reading.responses) == (72 + 58 if layers else 72)
    first = answers[SPONSOR]
    assert [one.level for one in reading.responses if one.item == SPONSOR] == list(first.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layers", [False, True])
def test_a_form_with_earlier_answers_gives_them_back(language: str, *, layers: bool) -> None:
    given: tuple[Response, ...] = (
        response(SPONSOR, level=4, note="=1+1"),
        response(VISION, state="not-applicable", reason="@ B2B only"),
        response(drcrm().dimensions[0].items[2].id, state="unknown"),
        response("strategy.strategy", state="inherited", level=2, reason="head office"),
        response("acquisition.identification", state="out-of-control", reason="-law"),
    )
    if layers:
        given = tuple(
            one.model_copy(update={"layer": layer, "note": one.note if place == 0 else ""})
            for one in given
            for place, layer in enumerate(("intention", "reality"))
        )

    reading = read(written(language, layers=layers, responses=given), language=language)

    assert reading.problems == ()
    assert reading.responses == given


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_form_are_understood(language: str) -> None:
    words = labels(language)
    answers: dict[str, dict[str, object]] = {
        SPONSOR: {"level": words.not_applicable, "reason": "B2B"},
        VISION: {"level": words.unknown},
    }

    reading = read(filled(written(language), answers), language=language)

    assert [row.understood for row in reading.rows[:3]] == ["na", "unknown", "empty"]
    assert [one.state for one in reading.responses] == ["not-applicable", "unknown"]
    assert not reading.is_complete


def test_equal_arguments_give_equal_bytes() -> None:
    again = written.__wrapped__("fa", layers=True)

    assert again == written("fa", layers=True)


def test_answers_of_other_people_and_frameworks_are_not_shown() -> None:
    strange = (
        response(SPONSOR, level=4).model_copy(update={"respondent": "reza"}),
        response(SPONSOR, level=4).model_copy(update={"framework": "qci"}),
    )

    assert read(written(responses=strange)).responses == ()


def test_evidence_is_one_title_per_line() -> None:
    typed = "• Appointment letter\nBudget line ؛ Calendar\n\n• Budget line"
    reading = read(filled(written(), {SPONSOR: {"level": 3, "evidence": typed}}))

    assert [one.title for one in reading.evidence] == [
        "Appointment letter",
        "Budget line",
        "Calendar",
    ]


def test_one_word_is_enough_to_leave_out_both_levels() -> None:
    data = filled(written(layers=True), {SPONSOR: {"level.intention": "n/a", "reason": "B2B"}})

    reading = read(data)

    assert [(one.layer, one.state) for one in reading.responses] == [
        ("intention", "not-applicable"),
        ("reality", "not-applicable"),
    ]


def test_half_an_answer_is_partial_and_kept() -> None:
    reading = read(filled(written(layers=True), {SPONSOR: {"level.reality": 2}}))

    assert (reading.rows[0].understood, reading.rows[0].levels) == ("partial", (None, 2))
    assert [one.layer for one in reading.responses] == ["reality"]


def test_a_form_for_nobody_needs_to_be_told_whose_answers_it_holds() -> None:
    data = filled(written(respondent=None), {SPONSOR: {"level": 3}})

    assert codes(read(data)) == ["FORM-NO-RESPONDENT"]
    assert [one.respondent for one in read(data, respondent="reza").responses] == ["reza"]


def test_name_role_and_group_are_read_from_a_form_for_nobody() -> None:
    def sign(book: object) -> None:
        sheet = book.worksheets[0]  # type: ignore[attr-defined]
        for row in sheet.iter_rows():
            value = {"crmplan:name": "Reza", "crmplan:role": "Sales", "crmplan:group": "Managers"}
            if row[0].value in value:
                row[3].value = value[row[0].value]

    person = read(changed(written(respondent=None), sign), respondent="reza").person

    assert (person.name, person.role, person.group) == ("Reza", "Sales", "manager")


def test_a_form_made_out_to_a_person_says_so() -> None:
    person = read(written()).person

    assert (person.id, person.name, person.group) == ("sara", "Sara Amini", "manager")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\r")))
def test_any_note_is_read_as_it_was_written(note: str) -> None:
    # XML knows neither surrogates nor the two last code points; Excel ends lines with \n.
    given = (response(SPONSOR, level=4, note=note.strip()),)

    reading = read(written(responses=given, audience="executive"))

    assert reading.responses == given


@pytest.mark.parametrize("text", ["=1+1", "+7", "-3", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_typed_text_becomes_a_formula(text: str) -> None:
    who = Respondent(id="sara", name=text, role=text, group="manager")
    given = (response(SPONSOR, level=4, note=text, reason=text),)
    found: list[object] = []

    def look(book: object) -> None:
        for sheet in book.worksheets:  # type: ignore[attr-defined]
            for row in sheet.iter_rows():
                found.extend(cell.value for cell in row if cell.data_type == "f")

    changed(written(respondent=who, responses=given), look)

    assert all(str(one).startswith(("=SUM(", "=IF(OR(AND(TRIM(")) for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_messages_fit_where_excel_is_strict(language: str) -> None:
    words = labels(language)

    assert len(messages(language)) == len(messages("en"))
    assert len(words.start_sheet) <= 31
    assert len(words.answers_sheet) <= 31
    for title in (words.level_title, words.level_error_title, words.reason_title):
        assert len(title) <= 32
    for text in (words.level_error, words.reason_hint, words.evidence_hint, words.group_error):
        assert len(text) <= 255


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    answers = every_answer(layers=True) | {
        VISION: {"level.intention": "نامرتبط", "reason": "دلیل\nدوم"}
    }
    source = tmp_path / "form.xlsx"
    source.write_bytes(filled(written("fa", layers=True, short=False), answers))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(source)], check=False, capture_output=True, timeout=60)
    saved = tmp_path / "saved" / "form.xlsx"
    if not saved.exists():
        pytest.skip("LibreOffice Calc is not installed")

    reading = read(saved.read_bytes(), language="fa")

    assert reading.problems == ()
    assert reading.is_complete
    assert reading.responses == read(source.read_bytes(), language="fa").responses


def test_the_person_who_answers_is_the_one_the_form_is_for() -> None:
    data = filled(written(), {SPONSOR: {"level": 3}})

    assert {one.respondent for one in read(data, respondent="reza").responses} == {SARA.id}
