"""The Word booklet as people get it: valid, in their language, with all that filling in needs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import etree

from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import Questionnaire, questionnaire
from crmplan.definitions.library import load_framework
from crmplan.documents.check import check_document
from crmplan.documents.questionnaire_booklet import BookletPurpose, make_booklet
from crmplan.documents.settings import Language
from crmplan.errors import DocumentError
from crmplan.localisation.locale import Locale

from .demo_documents import LANGUAGES
from .test_report_documents import Opened, W

PURPOSE = BookletPurpose("Lantern & Sons", "Consultants", date(2026, 11, 21))


def made(asked: Questionnaire, language: Language = "en") -> Opened:
    locale = Locale(language, "jalali" if language == "fa" else "gregorian")
    content = make_booklet(asked, respondent=None, responses=(), purpose=PURPOSE, locale=locale)
    return Opened(content)


def whole(language: Language = "en", framework_id: str = "drcrm") -> tuple[Framework, Opened]:
    framework = load_framework(framework_id, language)
    return framework, made(questionnaire(framework, audience=None), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_format_is_kept(language: Language) -> None:
    assert check_document(whole(language)[1].content) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_stands_in_it_with_its_levels(language: Language) -> None:
    framework, document = whole(language)
    text = "\n".join(document.paragraphs)

    for item in framework.items.values():
        assert item.ask in text
        assert all(seen in text for seen in item.observe.values())


@pytest.mark.parametrize("framework_id", ["buttle-value-chain", "customer-driven-organisation"])
def test_tags_and_bookmarks_are_short_enough_and_differ(framework_id: str) -> None:
    framework, document = whole("en", framework_id)
    tags = [one.get(f"{W}val") for one in document.body.iter(f"{W}tag")]
    names = [one.get(f"{W}name") for one in document.body.iter(f"{W}bookmarkStart")]

    assert len(tags) == len(set(tags)) >= 4 * len(framework.items)
    assert max(map(len, tags)) <= 64
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 40


def test_rows_of_questions_repeat_their_header() -> None:
    _, document = whole()
    tables = [one for one in document.body.iter(f"{W}tbl") if one.find(f".//{W}sdt") is not None]

    assert all(one.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for one in tables)


def test_persian_fields_run_from_the_right_with_persian_digits() -> None:
    _, document = whole("fa")
    entries = [one.get(f"{W}displayText") for one in document.body.iter(f"{W}listItem")]
    runs = [run for sdt in document.body.iter(f"{W}sdt") for run in sdt.iter(f"{W}r")]

    assert not any(re.search("[0-9]", one) for one in entries)
    assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in runs)


def test_the_overview_leads_to_each_part() -> None:
    framework, document = whole()
    anchors = {one.get(f"{W}anchor") for one in document.body.iter(f"{W}hyperlink")}
    names = {one.get(f"{W}name") for one in document.body.iter(f"{W}bookmarkStart")}

    assert len(anchors) == len(framework.dimensions)
    assert anchors <= names


def test_nothing_to_ask_is_refused() -> None:
    empty = Questionnaire(load_framework("drcrm"), "manager", False, ())

    with pytest.raises(DocumentError, match="no question"):
        made(empty)


def test_a_value_with_markup_stays_text() -> None:
    purpose = BookletPurpose("<w:p/> & {{ client }}", "", date(2026, 11, 21))
    asked = questionnaire(load_framework("drcrm"), audience=None, short=True)

    content = make_booklet(
        asked, respondent=None, responses=(), purpose=purpose, locale=Locale("en")
    )

    assert check_document(content) == ()
    assert "<w:p/> & {{ client }}" in "\n".join(Opened(content).paragraphs)
    assert etree.fromstring(Opened(content).parts["docProps/custom.xml"]) is not None
