"""Sections that are chosen, and documents that name nobody."""

from __future__ import annotations

import pytest

from crmplan.documents.check import check_document
from crmplan.documents.gap_and_swot import GAP_AND_SWOT
from crmplan.documents.making import DOCUMENTS, make_document
from crmplan.documents.sections.choosing import Extent, check_extent
from crmplan.documents.settings import Language
from crmplan.errors import DocumentError
from crmplan.workspace import report_on

from .demo_documents import demo
from .test_report_documents import Opened

pytestmark = pytest.mark.usefixtures("without_office")
DIVISIBLE = [
    (document, section)
    for document, sections in DOCUMENTS.items()
    for section in sections
    if section != "cover" and len(sections) > 1
]


def made(name: str, extent: Extent, language: Language = "en") -> Opened:
    engagement = demo(language)
    report = report_on(engagement, language=language)
    calendar = engagement.settings.calendar
    document = make_document(report, name, language=language, calendar=calendar, extent=extent)
    return Opened(document.content)


@pytest.mark.parametrize(("name", "section"), DIVISIBLE)
def test_a_document_without_any_one_section_is_sound(name: str, section: str) -> None:
    document = made(name, Extent(without=(section,)))

    assert check_document(document.content) == ()


def test_without_the_annex_no_answer_and_no_evidence_is_listed() -> None:
    headings = made("assessment-report", Extent(without=("annex",))).styled("Heading1")

    assert "All answers" not in headings
    assert "Evidence seen" not in headings
    assert "Maturity profile" in headings


def test_only_one_section_is_cover_and_section() -> None:
    document = made("implementation-roadmap", Extent(only=("risk",)))

    assert document.styled("Heading1") == ["How sure the dates are"]
    assert document.styled("CoverClient")


def test_a_reference_to_what_is_left_out_becomes_its_title() -> None:
    text = "\n".join(made("implementation-roadmap", Extent(without=("choice",))).paragraphs)

    assert "“Left out for now” (not in this version)" in text


def test_sections_that_no_document_has_are_refused_with_those_there_are() -> None:
    with pytest.raises(DocumentError, match="no section 'anex'") as refused:
        check_extent(Extent(without=("summary", "anex")), {"gap-and-swot": GAP_AND_SWOT})

    assert "sections: actions, clarify" in str(refused.value.hint)


def test_a_document_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(DocumentError, match="nothing of board-summary is left"):
        check_extent(Extent(only=("risk",)), DOCUMENTS)


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_an_anonymous_report_names_nobody(language: Language) -> None:
    engagement = demo(language)

    document = made("assessment-report", Extent(is_anonymous=True), language)

    # The cover names the firm, which may have decided something; tables and notes name nobody.
    text = "\n".join([*(cell for row in cells(document) for cell in row), *document.styled("Note")])
    names = {one.name for one in engagement.respondents}
    names |= {one.decided_by for one in engagement.decisions} - {engagement.settings.consultant}
    assert [one for one in names if one in text] == []
    assert [one.role for one in engagement.respondents if [one.role] in cells(document)] == []


def cells(document: Opened) -> list[list[str]]:
    return [row for table in document.tables[1:] for row in table]


def test_a_full_name_in_a_remark_is_replaced_too() -> None:
    engagement = demo("en")
    name = engagement.respondents[0].name
    first = engagement.responses[0].model_copy(update={"note": f"Ask {name}, she knows"})
    changed = engagement.model_copy(update={"responses": (first, *engagement.responses[1:])})

    report = report_on(changed, language="en")
    document = make_document(
        report,
        "assessment-report",
        language="en",
        calendar="gregorian",
        extent=Extent(is_anonymous=True),
    )

    assert "Ask Person 1, she knows" in "\n".join(Opened(document.content).paragraphs)
