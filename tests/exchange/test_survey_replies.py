"""Replies to surveys: what a stranger's table says, and what is wrong with it."""

from __future__ import annotations

import io
from datetime import date
from typing import cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.client_records import SurveyReply
from crmplan.assessment.survey import Survey
from crmplan.assessment.survey_forms import number_on
from crmplan.definitions.library import load_whole
from crmplan.errors import ExchangeError
from crmplan.exchange.survey_answers import read_answer, read_day
from crmplan.exchange.survey_labels import SurveyLabels, survey_labels
from crmplan.exchange.survey_replies import ReplyReading, Template, read_replies, table_of
from crmplan.exchange.survey_table import to_table
from crmplan.exchange.survey_workbook import filled_table, to_workbook
from crmplan.exchange.survey_xlsform import to_xlsform
from crmplan.exchange.text_encoding import decode
from crmplan.exchange.workbook_cells import read_workbook
from crmplan.localisation.locale import LANGUAGES, LanguageCode
from crmplan.localisation.messages import catalogue


def survey(language: LanguageCode = "en", name: str = "loyalty-3r") -> Survey:
    return cast("Survey", load_whole(name, "survey", language))


def labels(language: LanguageCode = "en") -> SurveyLabels:
    return survey_labels(catalogue("survey", language).plain)


def template(name: str = "loyalty-3r") -> Template:
    return Template(
        tuple(survey(one, name) for one in LANGUAGES), tuple(labels(one).about for one in LANGUAGES)
    )


def read(text: str, name: str = "loyalty-3r") -> ReplyReading:
    found = template(name)
    return read_replies(
        table_of(text, found.titles(), name="replies.csv"),
        found,
        name="replies.csv",
        stem="replies",
    )


def problems(text: str, name: str = "loyalty-3r") -> list[str]:
    return [str(one).partition("\n")[0] for one in read(text, name).problems]


def test_a_table_with_ids_is_read() -> None:
    found = read("form,group,answered-on,repeat.same,repeat.last\n7,North,2026-03-31,10,45\n")

    assert found.problems == ()
    assert found.replies == (
        SurveyReply(
            survey="loyalty-3r",
            form="7",
            group="North",
            answered_on=date(2026, 3, 31),
            answers={"repeat.same": "10", "repeat.last": "45"},
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_may_be_named_by_their_text_in_any_language(language: LanguageCode) -> None:
    text = survey(language).question["repeat.same"].text
    comma = "," if language != "zh" else ";"
    found = read(f"{labels(language).form}{comma}{text}\n1{comma}8\n")

    assert [one.answers for one in found.replies] == [{"repeat.same": "8"}]


def test_a_question_that_is_asked_twice_has_two_columns() -> None:
    name = "service-quality"
    question = survey("fa", name).question["empathy.fit"].text
    asked = survey("fa", name).prompt
    head = f'"{question} – {asked["expectation"].ask}","{question} - {asked["perception"].ask}"'
    found = read(f"{head}\n۷,۵\n", name)

    assert found.replies[0].answers == {
        "empathy.fit.expectation": "7",
        "empathy.fit.perception": "5",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "4",
        "۴",
        "٤",
        "4.0",
        " 4 ",
        "I can live with it",
        "با آن کنار می‌آیم",
        "勉強接受",
        "4 – I can live with it",
    ],
)
def test_a_step_may_be_a_number_of_any_script_or_its_words(cell: str) -> None:
    found = read(f"contact.messenger.with\n{cell}\n", "kano-features")

    assert found.problems == ()
    assert found.replies[0].answers == {"contact.messenger.with": "4"}


@pytest.mark.parametrize("cell", ["", "-", "n/a", "نمی‌دانم", "不適用"])
def test_no_answer_is_no_fault(cell: str) -> None:
    found = read(f"repeat.same,repeat.other\n{cell},9\n")

    assert found.problems == ()
    assert found.replies[0].answers == {"repeat.other": "9"}


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("1,200", "1200"),
        ("۱٬۲۰۰", "1200"),
        ("3,5", "3.5"),
        ("۳٫۵", "3.5"),
        ("12%", "12"),
        ("007", "7"),
    ],
)
def test_amounts_are_read_as_people_write_them(cell: str, stored: str) -> None:
    found = read(f'repeat.last\n"{cell}"\n')

    assert found.replies[0].answers == {"repeat.last": stored}


def test_every_fault_is_told_with_row_and_column() -> None:
    text = "form,answered-on,repeat.same,repeat.last\n1,31/03/2026,11,soon\n1,,3,-4\n"

    assert problems(text) == [
        'replies.csv:2:2: SURVEY-DATE: "31/03/2026" is no day',
        'replies.csv:2:3: SURVEY-ANSWER: "11" is no answer to repeat.same',
        'replies.csv:2:4: SURVEY-ANSWER: "soon" is no answer to repeat.last',
        'replies.csv:3:1: SURVEY-FORM: the form "1" stands in row 2 already',
        'replies.csv:3:4: SURVEY-ANSWER: "-4" is no answer to repeat.last',
    ]


def test_forms_without_a_fault_are_kept_beside_faulty_ones() -> None:
    found = read("form,repeat.same\n1,11\n2,10\n")

    assert [one.form for one in found.replies] == ["2"]


def test_a_group_with_arabic_letters_is_the_same_group() -> None:
    found = read("group,repeat.same\nشمالي,9\nشمالی,8\n")

    assert {one.group for one in found.replies} == {"شمالی"}


def test_an_unknown_column_is_a_fault_and_its_question_is_guessed() -> None:
    found = read("repeat.same,repeat.othr\n1,2\n")

    assert [one.hint for one in found.problems] == ['did you mean "repeat.other"?']
    assert found.missing[:1] == ("remain.first-name",)


def test_a_second_column_for_a_question_is_a_fault() -> None:
    assert problems("repeat.same,repeat.same\n1,2\n") == [
        'replies.csv:1:2: SURVEY-COLUMN: "repeat.same" is a second column for repeat.same'
    ]


def test_columns_of_survey_tools_are_left_out_and_their_number_names_the_form() -> None:
    answers = "section-repeat/repeat.same,section-remain-remain.rival"
    found = read(
        f"SubmissionDate,{answers},meta/instanceID,KEY,_index\n2026-03-31,9,8,uuid:1,uuid:1,1\n"
    )

    assert found.problems == ()
    assert found.replies[0].form == "uuid:1"
    assert found.replies[0].answers == {"repeat.same": "9", "remain.rival": "8"}
    assert "SubmissionDate" in found.left_out


def test_a_form_without_a_number_is_named_by_file_and_row() -> None:
    assert [one.form for one in read("repeat.same\n9\n\n8\n").replies] == ["replies-2", "replies-4"]


def test_more_cells_than_columns_are_a_fault() -> None:
    assert problems("form,repeat.same\n1,9,8\n") == [
        "replies.csv:2:3: SURVEY-ROW: the row has more cells than the header"
    ]


def test_a_table_without_any_question_is_refused() -> None:
    with pytest.raises(ExchangeError, match="no column holds an answer to loyalty-3r"):
        read("name,age\nA,3\n")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_found(sign: str) -> None:
    assert read(f"form{sign}repeat.same\n1{sign}9\n").replies[0].answers == {"repeat.same": "9"}


def test_what_a_person_wrote_is_kept_as_written() -> None:
    text = 'form,overall.first\n1,"=1+1, ""quoted""\nsecond line"\n'
    found = read(text, "customer-satisfaction")

    assert found.replies[0].answers == {"overall.first": '=1+1, "quoted"\nsecond line'}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026/3/31", date(2026, 3, 31)),
        ("2026-03-31T10:15:00+03:30", date(2026, 3, 31)),
        ("۱۴۰۵/۰۱/۱۱", date(2026, 3, 31)),
        ("2026年3月31日", date(2026, 3, 31)),
        ("2026-02-30", None),
        ("1405/13/01", None),
        ("soon", None),
    ],
)
def test_a_day_begins_with_the_year(cell: str, day: date | None) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1256", "cp1256"),
    ],
)
def test_persian_in_any_encoding(codec: str, named: str) -> None:
    text = "form,group\n1,شمال\n2,بازار بزرگ\n3,سفارش هاي تلفن\n"

    assert decode(text.encode(codec), name="f.csv").text == text
    assert decode(text.encode(codec), name="f.csv").encoding == named


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp950"])
def test_chinese_in_any_encoding(codec: str) -> None:
    text = "form,group\n1,北區\n2,網路訂購\n3,公司客戶，老客戶\n"

    assert decode(text.encode(codec), name="f.csv").text == text


def test_an_encoding_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(ExchangeError, match="its encoding cannot be told"):
        decode("form,group\n1,Café\n".encode("latin-1"), name="f.csv")


def test_a_stated_encoding_is_believed_but_checked() -> None:
    with pytest.raises(ExchangeError, match="row 2 is not in utf-8"):
        decode("form\n1,é".encode("latin-1"), name="f.csv", stated="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_table_is_read_back_as_no_reply(language: LanguageCode) -> None:
    text = decode(to_table(survey(language), labels(language)), name="f.csv").text

    assert read(text).replies == ()
    assert read(text).missing == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_read_back_as_one_row(language: LanguageCode) -> None:
    book = to_workbook(survey(language), labels(language), organisation="Ada", language=language)
    table = filled_table(next(iter(read_workbook(book, name="f.xlsx").values())))

    assert table is not None
    assert table[0] == ["form", "group", "answered-on", *survey().asked]
    assert set(table[1]) == {""}


def test_a_filled_in_form_is_one_reply() -> None:
    found = template("kano-features")
    made = to_workbook(found.survey, labels(), organisation="Ada", language="en")
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book.active
    typed = {"form": 7, "contact.messenger.with": "1 – I like it", "contact.messenger.without": 5}
    for row in sheet.iter_rows():
        if row[0].value in typed:
            row[3].value = typed[row[0].value]
    target = io.BytesIO()
    book.save(target)

    table = filled_table(next(iter(read_workbook(target.getvalue(), name="f.xlsx").values())))

    assert table is not None
    reading = read_replies(table, found, name="f.xlsx", stem="f")
    assert reading.problems == ()
    assert [(one.form, one.answers) for one in reading.replies] == [
        ("7", {"contact.messenger.with": "1", "contact.messenger.without": "5"})
    ]


def test_the_introduction_names_the_client() -> None:
    book = to_workbook(survey(), labels(), organisation="Ada & Sons", language="en")
    cells = [
        cell for row in next(iter(read_workbook(book, name="f.xlsx").values())) for cell in row
    ]

    assert any("Ada & Sons cannot tell who wrote it" in cell for cell in cells)


def test_an_xlsform_asks_the_same_in_three_languages() -> None:
    content = to_xlsform({one: survey(one) for one in LANGUAGES}, organisation="Ada", language="fa")
    book = read_workbook(content, name="f.xlsx")
    head, *rows = book["survey"]
    names = [row[head.index("name")] for row in rows]

    assert [name for name in names if name in survey().asked] == list(survey().asked)
    assert {"label::English (en)", "label::فارسی (fa)", "label::中文 (zh)"} <= set(head)
    assert len(book["choices"]) == 1 + 11
    assert "فارسی (fa)" in book["settings"][1]


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_an_answer_on_the_scale_or_none(cell: str) -> None:
    scale = survey().scale["days"]
    found = read_answer(cell, scale, {})

    assert scale.kind == "amount"
    assert not found or number_on(scale, found) is not None
