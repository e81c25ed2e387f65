"""Two frameworks in one engagement: what was answered for one is not asked for the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from crmplan.definitions.library import load_framework
from tests.cli.command_line import crmplan, done, levels, write_engagement

# The crosswalk of QCI to DrCRM calls these two equal.
QCI, DRCRM = "activities.win-back", "loyalty.win-back"


def engagement(folder: Path, *responses: tuple[str, str, int]) -> Path:
    """An engagement with DrCRM and QCI: framework, item and level of answers of one person."""
    uses = [
        {
            "id": name,
            "version": load_framework(name).version,
            "profile": load_framework(name).profiles[0].id,
            "held_on": "2026-09-14",
        }
        for name in ("drcrm", "qci")
    ]
    given = [
        {"framework": name, "respondent": "md", "item": item, "level": level}
        for name, item, level in responses
    ]
    return write_engagement(folder, {"frameworks": uses, "responses": given})


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Give an engagement in which win-back is answered with 4 for QCI only."""
    return engagement(tmp_path, ("qci", QCI, 4))


def test_an_answer_to_one_framework_counts_for_the_other(both: Path) -> None:
    outcome = crmplan("score", both, "--framework", "drcrm", "--json")

    assert outcome.data["items"][DRCRM]["value"]["exact"] == "4"
    assert "answers that were given for equal questions of qci: 1" in outcome.err


def test_what_is_stored_stays_what_was_said(both: Path) -> None:
    crmplan("score", both, "--framework", "drcrm")

    assert set(levels(both)) == {(QCI, "overall")}


def test_the_interview_does_not_ask_it_again(both: Path) -> None:
    total = len(load_framework("drcrm").items)

    outcome = done(
        "interview", both, "--framework", "drcrm", "--respondent", "md", "--all", typed="q\n"
    )

    assert "answered them for another framework: 1." in outcome.err
    assert f"0 of {total - 1} questions answered" in outcome.err


def test_the_questionnaire_leaves_it_out(both: Path, tmp_path: Path) -> None:
    outcome = done(
        "questionnaire", "write", both, "--framework", "drcrm", "--out", tmp_path / "forms"
    )

    assert "md: left out, because answered for another framework: 1" in outcome.err


def test_an_own_answer_wins(tmp_path: Path) -> None:
    file = engagement(tmp_path, ("drcrm", DRCRM, 1), ("qci", QCI, 4))

    data = crmplan("score", file, "--framework", "drcrm", "--json").data

    assert data["items"][DRCRM]["value"]["exact"] == "1"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Answered once, for"),
        ("fa", "یک بار برای"),
        ("zh", "作答一次"),
    ],
)
def test_the_report_says_where_the_answer_was_given(
    both: Path, tmp_path: Path, no_office: None, language: str, words: str
) -> None:
    done(
        "report", both, "assessment-report", "--framework", "drcrm", "--language", language,
        "--out", tmp_path,
    )  # fmt: skip

    document = Document(str(tmp_path / f"assessment-report.{language}.docx"))
    # Most of what is written stands in regions that a consultant may edit.
    paragraphs = ["".join(one.itertext()) for one in document.element.body.iter(qn("w:p"))]
    told = [one for one in paragraphs if words in one]
    assert len(told) == 1
    assert load_framework("drcrm", language).items[DRCRM].topic in told[0]
