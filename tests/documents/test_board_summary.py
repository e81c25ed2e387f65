"""The two pages for a board: how many pages, and words that the data choose."""

from __future__ import annotations

from fractions import Fraction

import pypdfium2
import pytest

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.plan_records import InitiativeChoice
from crmplan.assessment.responses import FrameworkUse, Respondent, Response, Target
from crmplan.definitions.library import load_catalogue, load_framework
from crmplan.documents.check import check_document
from crmplan.documents.layout import office_program, to_pdf
from crmplan.documents.making import make_document
from crmplan.documents.settings import Language
from crmplan.planning.plan_inputs import WhatIf
from crmplan.workspace import report_on

from .demo_documents import LANGUAGES, demo
from .test_report_documents import Opened

NAME = "board-summary"
needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice counts the pages")
LONG_NAME = " ".join(f"Word{number}" for number in range(1, 41))


def summary(
    engagement: Engagement, language: Language = "en", *, budgets: tuple[int, ...] = ()
) -> Opened:
    report = report_on(engagement, language=language, what_if=WhatIf(budgets=budgets))
    calendar = engagement.settings.calendar
    document = make_document(report, NAME, language=language, calendar=calendar)
    assert check_document(document.content) == ()
    return Opened(document.content)


def pages(document: Opened) -> int:
    return len(pypdfium2.PdfDocument(to_pdf(document.content)))


def text(document: Opened) -> str:
    return "\n".join(document.paragraphs)


def renamed(language: Language) -> Engagement:
    engagement = demo(language)
    organisation = engagement.organisation.model_copy(update={"name": LONG_NAME})
    return engagement.model_copy(update={"organisation": organisation})


def everybody_says(level: int, framework_id: str = "drcrm") -> Engagement:
    """One person who gives every topic the same level."""
    framework = load_framework(framework_id, "en")
    person = Respondent(id="p", name="P", role="R", group=framework.audiences[0].id)
    use = (
        demo("en")
        .frameworks[0]
        .model_copy(
            update={
                "id": framework_id,
                "version": framework.version,
                "profile": framework.profiles[0].id,
            }
        )
    )
    assert isinstance(use, FrameworkUse)
    return Engagement(
        organisation=demo("en").organisation,
        frameworks=(use,),
        respondents=(person,),
        responses=tuple(
            Response(framework=framework_id, respondent="p", item=item, level=level)
            for item in framework.items
        ),
    )


@needs_office
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_two_pages(language: Language) -> None:
    assert pages(summary(demo(language), language)) == 2


@needs_office
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_client_with_a_name_of_forty_words_still_gets_two_pages(language: Language) -> None:
    document = summary(renamed(language), language)

    assert pages(document) == 2
    assert "…" in document.styled("Lead")[0]


@pytest.mark.usefixtures("without_office")
def test_what_was_cut_or_left_out_is_said() -> None:
    note = summary(renamed("en")).styled("Note")[-1]

    assert "9 further gaps" in note
    assert "full name of the client" in note


@needs_office
def test_a_weak_client_with_every_gap_gets_two_pages() -> None:
    assert pages(summary(everybody_says(0))) == 2


@pytest.mark.usefixtures("without_office")
def test_without_answers_it_asks_for_answers_and_names_no_cost() -> None:
    engagement = demo("en").model_copy(
        update={"responses": (), "evidence": (), "decisions": (), "respondents": ()}
    )

    document = summary(engagement)

    assert "cannot be placed yet" in document.styled("Lead")[0]
    assert "Name the people whose answers are missing" in text(document)
    assert "guesswork" in text(document)
    assert document.charts == []
    # The sample assessment was held on 14 September 2026; four weeks later is 12 October.
    assert "By 12 October 2026" in text(document)


@pytest.mark.usefixtures("without_office")
def test_a_client_that_reaches_every_target_is_asked_to_keep_it() -> None:
    document = summary(everybody_says(4, "idic"))

    assert "No programme is asked for" in document.styled("Lead")[0]
    assert "nothing to pay for" in text(document)
    assert "By 14 September 2027" in text(document)


@pytest.mark.usefixtures("without_office")
def test_a_client_near_its_targets_hears_that_a_few_initiatives_are_enough() -> None:
    engagement = everybody_says(5)
    framework = load_framework("drcrm", "en")
    low = next(iter(framework.dimensions))
    topics = {item.id for item in low.items}
    responses = tuple(
        one.model_copy(update={"level": 2}) if one.item in topics else one
        for one in engagement.responses
    )
    targets = tuple(
        Target(framework="drcrm", dimension=one.id, level=Fraction(1))
        for one in framework.dimensions
        if one.id != low.id
    )
    near = engagement.model_copy(update={"responses": responses, "targets": targets})

    lead = summary(near).styled("Lead")[0]

    assert "only 1 of" in lead
    assert "enough" in lead


@pytest.mark.usefixtures("without_office")
def test_without_a_budget_it_asks_for_one_and_with_one_it_asks_to_confirm_it() -> None:
    without, given = summary(demo("en")), summary(demo("en"), budgets=(600,))

    assert "Set a budget. Nobody has named one yet" in text(without)
    assert "Confirm the budget" in text(given)
    assert "wait because they do not fit" in text(given)


@pytest.mark.usefixtures("without_office")
def test_gaps_that_no_initiative_closes_leave_nothing_to_approve() -> None:
    catalogue = load_catalogue("drcrm")
    assert catalogue is not None
    refused = tuple(
        InitiativeChoice(initiative=one.id, choice="excluded", reason="Not this year")
        for one in catalogue.initiatives
    )

    document = summary(
        everybody_says(2, "drcrm").model_copy(update={"initiative_choices": refused})
    )

    assert "no plan to approve yet" in document.styled("Lead")[0]
    assert "Decide which of the gaps shall be closed first" in text(document)


@pytest.mark.usefixtures("without_office")
def test_the_figure_holds_today_expectation_and_target() -> None:
    (chart,) = summary(demo("en")).charts

    assert list(chart) == ["Today", "Expected after the plan", "Target"]
    today, expected, _ = chart.values()
    assert all((a or 0) <= (b or 0) for a, b in zip(today, expected, strict=True))
