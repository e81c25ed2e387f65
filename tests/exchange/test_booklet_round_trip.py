"""A booklet gives back what was chosen and typed, whichever program saved it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from crmplan.assessment.responses import Response
from crmplan.documents.layout import office_program
from crmplan.localisation.locale import LanguageCode

from .booklets import (
    MAIN,
    SARA,
    SPONSOR,
    VISION,
    W,
    booklet,
    changed,
    choose,
    codes,
    entries,
    fill,
    parts_of,
    read,
    saved_by_libreoffice,
    tag,
)

LANGUAGES: tuple[LanguageCode, ...] = ("en", "fa", "zh")
needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice saves the form")


def response(item: str = SPONSOR, **fields: object) -> Response:
    given_fields = {"framework": "drcrm", "respondent": "sara", "item": item, **fields}
    return Response.model_validate(given_fields)


def test_an_untouched_booklet_holds_no_answer_and_no_fault() -> None:
    reading = read(booklet())

    assert reading.responses == ()
    assert reading.problems == ()
    assert not reading.is_complete
    assert reading.person.id == "sara"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", range(6))
def test_a_chosen_level_is_read(language: LanguageCode, level: int) -> None:
    filled = choose(booklet(language), {tag(SPONSOR): str(level)})

    reading = read(filled)

    assert reading.responses == (response(level=level),)
    assert reading.rows[0].understood == "answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_every_level_and_the_two_answers_without_one(
    language: LanguageCode,
) -> None:
    shown = list(entries(booklet(language), tag(SPONSOR)).values())

    assert len(shown) == 8
    digits = "۰۱۲۳۴۵" if language == "fa" else "012345"
    assert [one[0] for one in shown[:6]] == list(digits)
    assert all(" – " in one for one in shown[:6])


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_applicable_unknown_reason_evidence_and_note_are_read(language: LanguageCode) -> None:
    data = booklet(language)
    declined, unknown = list(entries(data, tag(SPONSOR)).values())[6:]
    filled = fill(
        data,
        {
            tag(SPONSOR): declined,
            tag(SPONSOR, "reason"): "We sell through dealers only",
            tag(VISION): unknown,
            tag(VISION, "evidence"): "Strategy paper\nMinutes of the board",
            tag(VISION, "note"): "ask <finance> & sales",
        },
    )

    reading = read(filled)

    assert reading.responses == (
        response(state="not-applicable", reason="We sell through dealers only"),
        response(VISION, state="unknown", note="ask <finance> & sales"),
    )
    assert [one.title for one in reading.evidence] == ["Strategy paper", "Minutes of the board"]


def test_plan_and_practice_are_read_apart() -> None:
    filled = choose(
        booklet(layers=True),
        {tag(SPONSOR, "level.intention"): "4", tag(SPONSOR, "level.reality"): "2"},
    )

    found = [(one.layer, one.level) for one in read(filled).responses]

    assert found == [("intention", 4), ("reality", 2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_earlier_answers_stand_in_the_booklet_and_are_read_back(language: LanguageCode) -> None:
    earlier = (
        response(level=3, note="متن with CRM\nsecond line"),
        response(VISION, state="inherited", level=2, reason="the group does it"),
    )

    reading = read(booklet(language, responses=earlier))

    assert reading.responses == earlier


def test_answers_of_other_people_stay_out_of_the_booklet() -> None:
    other = response(level=3).model_copy(update={"respondent": "reza"})

    assert read(booklet(responses=(other,))).responses == ()


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=60))
@settings(max_examples=40)
def test_any_text_that_is_typed_is_read_as_typed(text: str) -> None:
    filled = fill(choose(booklet(), {tag(SPONSOR): "2"}), {tag(SPONSOR, "note"): text})

    (found,) = read(filled).responses

    expected = text.strip()
    assert found.note == ("" if expected == "write here" else expected)


def test_a_booklet_for_a_group_asks_who_answers() -> None:
    data = booklet(audience="manager", respondent=None)
    filled = fill(data, {"crmplan:name": "Reza Karimi", "crmplan:role": "Planner"})

    person = read(filled, respondent="reza").person

    assert (person.id, person.name, person.role, person.group) == (
        None,
        "Reza Karimi",
        "Planner",
        "manager",
    )
    assert codes(read(filled)) == ["FORM-NO-RESPONDENT"]


def test_tracked_changes_count_as_accepted() -> None:
    def change(root: etree._Element) -> None:
        content = next(
            one.find(f"{W}sdtContent")
            for one in root.iter(f"{W}sdt")
            if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag(SPONSOR, "note")
        )
        old = content.find(f"{W}r/{W}t")
        old.tag = f"{W}delText"
        deleted = etree.SubElement(content, f"{W}del")
        deleted.append(content.find(f"{W}r"))
        added = etree.fromstring(f'<w:ins xmlns:w="{W[1:-1]}"><w:r><w:t>new</w:t></w:r></w:ins>')
        content.append(added)

    filled = fill(choose(booklet(), {tag(SPONSOR): "2"}), {tag(SPONSOR, "note"): "old"})

    assert read(changed(filled, change)).responses == (response(level=2, note="new"),)


@needs_office
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_booklet_that_libreoffice_saved_gives_the_same_answers(language: LanguageCode) -> None:
    filled = choose(
        booklet(language, layers=True),
        {tag(SPONSOR, "level.intention"): "3", tag(SPONSOR, "level.reality"): "1"},
    )
    notes = {"en": "ask finance first", "fa": "گزارش CRM در دست است", "zh": "請先問 CRM 小組"}
    filled = fill(
        filled,
        {tag(SPONSOR, "note"): notes[language], tag(SPONSOR, "evidence"): "Minutes; Letter"},
    )

    saved = read(saved_by_libreoffice(filled))

    assert codes(saved) == []
    assert saved.responses == read(filled).responses
    assert saved.evidence == read(filled).evidence
    assert len(saved.rows) == len(read(filled).rows)


@needs_office
def test_lines_that_libreoffice_joins_are_a_fault_and_not_an_answer() -> None:
    filled = choose(booklet(), {tag(SPONSOR): "2"})
    filled = fill(filled, {tag(SPONSOR, "evidence"): "Minutes\nLetter"})

    reading = read(saved_by_libreoffice(filled))

    assert codes(reading) in (["FORM-LINES-JOINED"], [])
    if not reading.problems:
        assert [one.title for one in reading.evidence] == ["Minutes", "Letter"]


def test_equal_arguments_give_equal_bytes() -> None:
    again = booklet.__wrapped__("fa")

    assert again == booklet("fa")


def test_only_the_fields_can_be_changed() -> None:
    settings_part = parts_of(booklet())["word/settings.xml"].decode()

    assert '<w:documentProtection w:edit="forms" w:enforcement="1"/>' in settings_part
    assert parts_of(booklet())[MAIN].count(b"sdtLocked") == parts_of(booklet())[MAIN].count(
        b"<w:sdt>"
    )


def test_a_person_who_is_named_cannot_be_changed() -> None:
    main = parts_of(booklet())[MAIN].decode()

    assert SARA.name in main
    assert "crmplan:name" not in main
