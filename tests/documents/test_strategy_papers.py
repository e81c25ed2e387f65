"""Strategy maps, processes and stages in the working papers."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pytest
from docx import Document

from crmplan.assessment.client_records import (
    DefinitionUse,
    MeasureReading,
    MeasureTarget,
    ProcessRating,
)
from crmplan.assessment.engagement import Engagement
from crmplan.documents.blocks import Block, BulletList, Paragraph, Picture, Table
from crmplan.documents.check import check_document
from crmplan.documents.making import make_document
from crmplan.documents.references import plain_text
from crmplan.documents.sections.process_ranking import processes
from crmplan.documents.sections.stages import stages
from crmplan.documents.sections.strategy_map import strategy_maps
from crmplan.documents.settings import Language
from crmplan.workspace import report_on

from .demo_documents import LANGUAGES, demo, words_of

MAP, CATALOGUE = "kaplan-norton", "apqc-pcf"
USED = (
    DefinitionUse(id=MAP, kind="strategy-map", version="1.0.0"),
    DefinitionUse(id=CATALOGUE, kind="process-catalogue", version="1.0.0"),
    DefinitionUse(id="springer-2006", kind="phase-overlay", version="1.0.0"),
)
LITERAL = "Müller & Söhne <b>{{ 7*7 }}</b> =1+1"


def reading(measure: str, on: date, value: str) -> MeasureReading:
    return MeasureReading.model_validate(
        {"strategy_map": MAP, "measure": measure, "on": on, "value": value}
    )


@cache
def engagement(language: Language) -> Engagement:
    begin, later = date(2026, 10, 1), date(2026, 12, 31)
    targets = [
        ("retention-rate", "85", date(2027, 12, 31)),
        ("sales-cycle", "30", date(2027, 9, 30)),
    ]
    return demo(language).model_copy(
        update={
            "definitions": USED,
            "measure_targets": tuple(
                MeasureTarget.model_validate(
                    {"strategy_map": MAP, "measure": name, "value": value, "due": due,
                     "owner": LITERAL}
                )
                for name, value, due in targets
            ),
            "measure_readings": (
                reading("retention-rate", begin, "78.5"),
                reading("retention-rate", later, "81"),
                reading("sales-cycle", begin, "42"),
                reading("sales-cycle", later, "43"),
            ),
            "process_ratings": (
                ProcessRating(
                    catalogue=CATALOGUE,
                    process="pcf-5-2",
                    criteria={"strategy-fit": 5, "stakeholder-benefit": 5},
                    note=LITERAL,
                ),
                ProcessRating(catalogue=CATALOGUE, process="pcf-8-5", criteria={"strategy-fit": 1}),
            ),
        }
    )  # fmt: skip


def said(blocks: tuple[Block, ...]) -> str:
    """All sentences of the blocks, without tables."""
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(plain_text(block.text))
        elif isinstance(block, BulletList):
            texts += map(plain_text, block.items)
    return "\n".join(texts)


def test_the_chapter_of_a_map_says_from_the_data_what_stands_where() -> None:
    words = words_of(engagement("en"), "working-papers", "en").within("strategy-map")

    blocks = strategy_maps(words)

    text = said(blocks)
    assert "Objectives that have a measure with a target: 2 of 14." in text
    assert "Most in need of attention: Length of the sales cycle." in text
    assert "Measures without a target: " in text
    assert "and 22 more." in text
    (picture,) = (one for one in blocks if isinstance(one, Picture))
    assert "Customers who stay and recommend (on the way)" in picture.alt


def test_the_chapter_of_processes_ranks_them_and_asks_for_decisions() -> None:
    words = words_of(engagement("en"), "working-papers", "en").within("process-catalogue")

    blocks = processes(words)

    text = said(blocks)
    assert "First in line is 5.2 Manage customer service: importance 5.0 of 5" in text
    assert "Key processes that no initiative touches: 5.2 Manage customer service." in text
    assert "The PCF was developed by APQC" in text


def test_the_chapter_of_stages_holds_every_task_of_the_plan() -> None:
    words = words_of(engagement("en"), "working-papers", "en").within("phase-overlay")

    tables = [one for one in stages(words) if isinstance(one, Table)]

    rows = {plain_text(row[0]) for row in tables[1].rows if isinstance(row[0], str)}  # type: ignore[arg-type]
    plan = words.report.plan.workplan.tasks
    assert {row.strip("()").split()[0] for row in rows} == {one.code for one in plan}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_working_papers_are_a_sound_document_in_every_language(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # page numbers are not the point
    given = engagement(language)
    report = report_on(given, language=language)

    made = make_document(
        report, "working-papers", language=language, calendar=given.settings.calendar
    )

    assert check_document(made.content) == ()
    found = Document(io.BytesIO(made.content))
    cells = "\n".join(
        cell.text for table in found.tables for row in table.rows for cell in row.cells
    )
    assert LITERAL in cells
    assert len(found.inline_shapes) == 2  # the map and a chart


def test_the_same_records_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    given = engagement("fa")
    report = report_on(given, language="fa")

    made = [
        make_document(report, "working-papers", language="fa", calendar="jalali").content
        for _ in range(2)
    ]

    assert made[0] == made[1]
