"""Worksheets, requirements and packages in the working papers."""

from __future__ import annotations

import io

import pytest
from docx import Document

from crmplan.assessment.client_records import (
    DefinitionUse,
    PackageCandidate,
    PackageScore,
    Requirement,
    WorksheetEntry,
)
from crmplan.assessment.engagement import Engagement
from crmplan.definitions.library import load_whole
from crmplan.documents.making import make_document
from crmplan.documents.settings import Language
from crmplan.workspace import report_on

from .demo_documents import LANGUAGES, assessed

USED = (
    DefinitionUse(id="crm-requirements", kind="requirements-guide", version="1.0.0"),
    DefinitionUse(id="crm-package", kind="package-evaluation", version="1.0.0"),
    DefinitionUse(id="customer-segments", kind="worksheet", version="1.0.0"),
    DefinitionUse(id="customer-identification", kind="worksheet", version="1.0.0"),
)
OPEN_MUST = {"en": "answers r1", "fa": "برنامه چیزی به r1", "zh": "工作回應 r1"}
LITERAL = "Müller & Söhne <b>{{ 7*7 }}</b> =1+1"


def row(
    part: str, row_id: str, sheet: str = "customer-segments", /, **cells: str
) -> WorksheetEntry:
    return WorksheetEntry(worksheet=sheet, part=part, row=row_id, cells=cells)


def need(name: str, **given: object) -> Requirement:
    return Requirement.model_validate(
        {"id": name, "shortage": LITERAL, "reason": "Asked twice", **given}
    )


def engagement(language: Language) -> Engagement:
    criteria = load_whole("crm-package", "package-evaluation").criterion  # type: ignore[attr-defined]
    candidates = tuple(
        PackageCandidate(evaluation="crm-package", id=name, name=name.title())
        for name in ("north", "south")
    )
    scores = tuple(
        PackageScore(
            evaluation="crm-package",
            candidate=name,
            criterion=one,
            score=4 if number % 3 else 2 + (name == "north"),
        )
        for name in ("north", "south")
        for number, one in enumerate(criteria)
    )
    return assessed(language).model_copy(
        update={
            "definitions": USED,
            "requirements": (
                need("r1", obligation="must", entity="entity.order", channel="complaint"),
                need("r2", initiatives=["case-management"], tasks=["gone"]),
            ),
            "package_candidates": candidates,
            "package_scores": scores,
            "worksheet_entries": (
                *(row("pareto", f"r{n}", name=f"C{n}", revenue=str(n * n)) for n in range(1, 11)),
                row("by-use", "by-use.seller", customers="40"),
                row(
                    "external-customers",
                    "r1",
                    "customer-identification",
                    **dict.fromkeys(("name", "lives", "works", "living", "age", "use"), LITERAL),
                    payer="payer.direct",
                ),
            ),
        }
    )


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for line in table.rows for cell in line.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_working_papers_hold_all_three_in_every_language(language: Language) -> None:
    report = report_on(engagement(language), language=language)
    made = make_document(report, "working-papers", language=language, calendar="gregorian")
    text = text_of(made.content)

    for one in USED[1:]:
        assert load_whole(one.id, one.kind, language).title in text
    assert LITERAL in text
    assert OPEN_MUST[language] in text
    # The squares of 1 to 10 add up to 385; the two largest are 100 and 81: 47%.
    assert {"en": "47%", "fa": "۴۷٪", "zh": "47%"}[language] in text


def test_without_records_there_is_no_chapter() -> None:
    bare = assessed("en").model_copy(update={"definitions": USED, "requirements": (need("r1"),)})
    report = report_on(bare)
    text = text_of(
        make_document(report, "working-papers", language="en", calendar="gregorian").content
    )

    assert "Requirements" in text
    assert "Evaluation of CRM packages" not in text
    assert "Customer segments" not in text
