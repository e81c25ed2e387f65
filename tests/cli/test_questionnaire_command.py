"""Questionnaires by mail: workbooks out, answers in, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from crmplan.assessment.responses import Evidence
from crmplan.storage import open_engagement
from tests.cli.command_line import answers, crmplan, done, stored
from tests.exchange.booklets import choose, tag
from tests.exchange.booklets import fill as fill_in
from tests.exchange.forms import column_of, row_of

SPONSOR, VISION = "leadership.sponsor", "leadership.customer-vision"
OVERALL = ("--no-layers", "--short")


def written(client: Path, *options: str) -> Path:
    """Write the form of the managing director."""
    out = client.parent / "forms"
    done("questionnaire", "write", client, *(options or OVERALL), "--out", out)
    return out / "md.xlsx"


def fill(form: Path, cells: Mapping[tuple[str, str], object]) -> None:
    """Type into a form: item and column key → what is typed."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[1]
    for (item, key), value in cells.items():
        sheet.cell(row_of(sheet, item), column_of(sheet, key)).value = value  # type: ignore[assignment]
    book.save(form)


def test_every_person_gets_a_workbook(client: Path, tmp_path: Path) -> None:
    done("record", "respondent", client, "agent", "--name", "Bo", "--group", "front-line")

    outcome = done("questionnaire", "write", client, "--short", "--out", tmp_path / "forms")

    assert outcome.out.splitlines() == [
        str(tmp_path / "forms" / "md.xlsx"),
        str(tmp_path / "forms" / "agent.xlsx"),
    ]


def test_answers_are_read_back_into_the_file(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3, (SPONSOR, "note"): "Since May", (VISION, "level"): "۲"})

    outcome = done("questionnaire", "read", client, form)

    assert answers(client)[SPONSOR, "overall"].level == 3
    assert answers(client)[SPONSOR, "overall"].note == "Since May"
    assert answers(client)[VISION, "overall"].level == 2
    assert "2 answers were imported" in outcome.err
    assert SPONSOR in outcome.out


def test_plan_and_practice_are_read_from_their_columns(client: Path) -> None:
    form = written(client, "--short")
    fill(form, {(SPONSOR, "level.intention"): 4, (SPONSOR, "level.reality"): 1})

    done("questionnaire", "read", client, form)

    assert answers(client)[SPONSOR, "intention"].level == 4
    assert answers(client)[SPONSOR, "reality"].level == 1


def test_evidence_that_is_named_becomes_a_record_once(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3, (SPONSOR, "evidence"): "Letter of May"})

    done("questionnaire", "read", client, form)
    done("questionnaire", "read", client, form)

    assert [(one.item, one.title, one.grade) for one in stored(client).evidence] == [
        (SPONSOR, "Letter of May", "D")
    ]


def test_evidence_of_a_form_replaces_none_that_is_there(client: Path) -> None:
    minutes = Evidence(id="x2", framework="drcrm", item=VISION, kind="document", title="Minutes")
    with open_engagement(client) as store:
        store.save(minutes, by="nina", at=datetime.now(UTC))
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3, (SPONSOR, "evidence"): "Letter of May"})
    fill(form, {(VISION, "level"): 3, (VISION, "evidence"): "Plan of June"})

    done("questionnaire", "read", client, form)

    assert sorted(one.title for one in stored(client).evidence) == [
        "Letter of May",
        "Minutes",
        "Plan of June",
    ]


def test_a_dry_run_changes_nothing(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3})
    before = client.read_bytes()

    outcome = done("questionnaire", "read", client, form, "--dry-run")

    assert "1 answers would be imported" in outcome.err
    assert client.read_bytes() == before


def test_one_mistake_and_nothing_is_imported(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3, (VISION, "level"): 9})

    outcome = crmplan("questionnaire", "read", client, form)

    assert outcome.status == 3
    assert "md.xlsx:" in outcome.out
    assert "FORM-" in outcome.out
    assert "nothing was imported" in outcome.err
    assert answers(client) == {}


def test_a_mistake_in_one_of_several_workbooks_imports_none(client: Path) -> None:
    form = written(client)
    other = form.with_name("other.xlsx")
    other.write_bytes(form.read_bytes())
    fill(form, {(SPONSOR, "level"): 3})
    fill(other, {(VISION, "level"): "very good"})

    outcome = crmplan("questionnaire", "read", client, form, other)

    assert outcome.status == 3
    assert "other.xlsx:" in outcome.out
    assert answers(client) == {}


def test_a_form_for_a_group_needs_the_name_of_who_answers(client: Path) -> None:
    out = client.parent / "forms"
    done("questionnaire", "write", client, "--audience", "executive", *OVERALL, "--out", out)
    form = out / "executive.xlsx"
    fill(form, {(SPONSOR, "level"): 3})

    assert crmplan("questionnaire", "read", client, form).status != 0
    assert answers(client) == {}
    done("questionnaire", "read", client, form, "--respondent", "md")
    assert answers(client)[SPONSOR, "overall"].respondent == "md"


def test_a_form_of_somebody_unknown_is_refused(client: Path) -> None:
    form = written(client)

    outcome = crmplan("questionnaire", "read", _other(client), form)

    assert outcome.status == 1
    assert "there is no respondent 'md'" in outcome.err


def test_what_is_understood_comes_as_json_too(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3})

    (reading,) = done("questionnaire", "read", client, form, "--dry-run", "--json").data

    assert reading["name"] == "md.xlsx"
    assert [one["item"] for one in reading["responses"]] == [SPONSOR]


def test_a_form_is_never_overwritten_unasked(client: Path) -> None:
    form = written(client)
    fill(form, {(SPONSOR, "level"): 3})
    before = form.read_bytes()

    outcome = crmplan("questionnaire", "write", client, "--out", form.parent)

    assert outcome.status == 1
    assert "--force" in outcome.err
    assert form.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"item,level\n", b"\x89PNG\r\n\x1a\n\x00\xff"])
def test_a_file_that_is_no_workbook_is_refused(client: Path, content: bytes) -> None:
    form = client.parent / "answers.xlsx"
    form.write_bytes(content)

    outcome = crmplan("questionnaire", "read", client, form)

    assert outcome.status == 1
    assert "answers.xlsx" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--respondent", "mdd"), "did you mean 'md'?"),
        (("--audience", "exec"), "did you mean 'executive'?"),
        (("--audience", "../../executive"), "there is no audience"),
    ],
)
def test_a_form_for_nobody_known_is_refused(
    client: Path, options: tuple[str, str], message: str
) -> None:
    out = client.parent / "forms"

    outcome = crmplan("questionnaire", "write", client, *options, "--out", out)

    assert outcome.status == 1
    assert message in outcome.err
    assert not out.exists()


def test_without_people_it_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"
    done("new", file, "--organisation", "A")

    outcome = crmplan("questionnaire", "write", file)

    assert outcome.status == 1
    assert "--audience" in outcome.err


def _other(client: Path) -> Path:
    other = client.with_name("other.crmplan")
    done("new", other, "--organisation", "Other")
    done("record", "respondent", other, "sales", "--name", "C", "--group", "manager")
    return other


def booklet(client: Path) -> Path:
    """Write the Word booklet of the managing director."""
    out = client.parent / "forms"
    done("questionnaire", "write", client, *OVERALL, "--format", "docx", "--out", out)
    return out / "md.docx"


def test_a_booklet_is_read_back_by_the_rules_of_a_workbook(client: Path) -> None:
    form = booklet(client)
    chosen = choose(form.read_bytes(), {tag(SPONSOR): "3"})
    form.write_bytes(fill_in(chosen, {tag(SPONSOR, "evidence"): "Letter of May"}))

    outcome = done("questionnaire", "read", client, form)

    assert answers(client)[SPONSOR, "overall"].level == 3
    assert [one.title for one in stored(client).evidence] == ["Letter of May"]
    assert "1 answers were imported" in outcome.err


def test_a_mistake_in_a_booklet_keeps_a_workbook_out_as_well(client: Path) -> None:
    workbook, form = written(client), booklet(client)
    fill(workbook, {(SPONSOR, "level"): 3})
    form.write_bytes(fill_in(form.read_bytes(), {tag(VISION): "very good"}))

    outcome = crmplan("questionnaire", "read", client, workbook, form)

    assert outcome.status == 3
    assert "FORM-LEVEL-WORD: question 1.2, level" in outcome.out
    assert answers(client) == {}


def test_a_booklet_holds_what_was_answered_before(client: Path) -> None:
    form = booklet(client)
    form.write_bytes(choose(form.read_bytes(), {tag(SPONSOR): "4"}))
    done("questionnaire", "read", client, form)

    done(
        "questionnaire",
        "write",
        client,
        *OVERALL,
        "--format",
        "docx",
        "--force",
        "--out",
        form.parent,
    )
    outcome = done("questionnaire", "read", client, form, "--dry-run")

    assert "1 answers would be imported" in outcome.err
