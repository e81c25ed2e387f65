"""Surveys at the keyboard: a form out, replies in, results on the screen and in Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.documents.making import make_document
from crmplan.documents.package import unpack
from crmplan.workspace import report_of
from tests.cli.command_line import crmplan, done, stored

HEAD = "form,group,repeat.same,repeat.other,remain.rival,remain.next-year,remain.first-name"


def replies(folder: Path, rows: int, *, name: str = "replies.csv", level: int = 9) -> Path:
    lines = [f"{number},{'North' if number % 3 else 'South'}" for number in range(rows)]
    path = folder / name
    cells = ",".join([str(level)] * 5)
    path.write_text("\n".join([HEAD, *(f"{one},{cells}" for one in lines)]), encoding="utf-8")
    return path


def test_the_survey_is_known_by_its_columns(client: Path, tmp_path: Path) -> None:
    outcome = done("survey", "read", client, replies(tmp_path, 3))

    assert "3 forms were imported" in outcome.err
    assert [(one.id, one.kind) for one in stored(client).definitions] == [("loyalty-3r", "survey")]


def test_the_same_file_again_changes_nothing(client: Path, tmp_path: Path) -> None:
    file = replies(tmp_path, 3)
    done("survey", "read", client, file)
    before = stored(client)

    assert (
        "0 forms were imported, 3 stand there already" in done("survey", "read", client, file).err
    )
    assert stored(client) == before


def test_other_answers_of_a_known_form_are_not_taken_unasked(client: Path, tmp_path: Path) -> None:
    done("survey", "read", client, replies(tmp_path, 3))
    changed = replies(tmp_path, 3, level=2)

    refused = crmplan("survey", "read", client, changed)
    assert refused.status == 1
    assert "3 forms were read before with other answers: 0, 1, 2" in refused.err
    done("survey", "read", client, changed, "--replace")
    assert stored(client).survey_replies[0].answers["repeat.same"] == "2"


def test_one_fault_keeps_everything_out(client: Path, tmp_path: Path) -> None:
    file = replies(tmp_path, 3)
    file.write_text(file.read_text("utf-8").replace("1,North,9", "1,North,99"), encoding="utf-8")

    outcome = crmplan("survey", "read", client, file)

    assert outcome.status == 3
    assert 'replies.csv:3:3: SURVEY-ANSWER: "99" is no answer to repeat.same' in outcome.out
    assert stored(client).survey_replies == ()


def test_the_other_forms_can_be_taken(client: Path, tmp_path: Path) -> None:
    file = replies(tmp_path, 3)
    file.write_text(file.read_text("utf-8").replace("1,North,9", "1,North,99"), encoding="utf-8")

    assert crmplan("survey", "read", client, file, "--skip-faulty").status == 3
    assert [one.form for one in stored(client).survey_replies] == ["0", "2"]


def test_a_dry_run_changes_nothing(client: Path, tmp_path: Path) -> None:
    outcome = done("survey", "read", client, replies(tmp_path, 3), "--dry-run")

    assert "3 forms would be imported" in outcome.err
    assert stored(client).survey_replies == ()


def test_columns_that_tell_no_survey_are_refused(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    file.write_text("form,nothing\n1,3\n", encoding="utf-8")

    outcome = crmplan("survey", "read", client, file)

    assert outcome.status == 1
    assert "the columns do not tell which survey this is" in outcome.err


def test_columns_that_fit_two_surveys_alike_are_asked_about(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    file.write_text("form,products.complaints,products.quality\n1,3,4\n", encoding="utf-8")

    assert crmplan("survey", "read", client, file).status == 1
    outcome = crmplan("survey", "read", client, file, "--survey", "efqm-6a-perceptions")
    assert '"products.complaints" is no question of this survey' in outcome.out


def test_the_group_of_a_file_can_be_stated(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    file.write_text("form,repeat.same\n1,9\n", encoding="utf-8")
    done("survey", "read", client, file, "--group", "North", "--encoding", "utf-8")

    assert [one.group for one in stored(client).survey_replies] == ["North"]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("csv", "loyalty-3r.fa.csv"),
        ("xlsx", "loyalty-3r.fa.xlsx"),
        ("xlsform", "loyalty-3r.xlsform.xlsx"),
    ],
)
def test_a_form_is_written(client: Path, tmp_path: Path, form: str, name: str) -> None:
    arguments = ("--format", form, "--language", "fa", "--out", tmp_path / "forms")
    outcome = done("survey", "write", client, "loyalty-3r", *arguments)

    assert outcome.out.strip().endswith(name)
    assert (tmp_path / "forms" / name).stat().st_size > 500


def test_an_empty_form_holds_no_answer(client: Path, tmp_path: Path) -> None:
    done("survey", "write", client, "loyalty-3r", "--out", tmp_path)
    done("survey", "read", client, tmp_path / "loyalty-3r.en.xlsx")

    assert [one.answers for one in stored(client).survey_replies] == []


def test_results_are_shown_with_their_judgement(client: Path, tmp_path: Path) -> None:
    done("survey", "read", client, replies(tmp_path, 45))

    shown = done("survey", "show", client, "loyalty-3r", "--by-group").out
    assert "Remain: 9.00. The whole interval, 9.00 to 9.00, reaches 8.00: a strength." in shown
    assert "North (30 forms)" in shown
    assert "loyalty-3r" in done("survey", "show", client).out


def test_results_as_json_have_no_comments_unless_asked_for(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    rows = "\n".join(f"{number},5,slow" for number in range(6))
    file.write_text(f"form,overall.satisfaction,overall.first\n{rows}\n", encoding="utf-8")
    done("survey", "read", client, file)

    show = ("survey", "show", client, "customer-satisfaction", "--json")
    assert done(*show).data["results"]["comments"] == {}
    assert done(*show, "--comments").data["results"]["comments"] == {"overall.first": ["slow"] * 6}
    assert "slow" in done("survey", "show", client, "customer-satisfaction", "--comments").out


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
@pytest.mark.usefixtures("no_office")
def test_results_stand_in_the_working_papers(client: Path, tmp_path: Path, language: str) -> None:
    done("survey", "read", client, replies(tmp_path, 45))
    report = report_of(str(client), language=language)  # type: ignore[arg-type]
    survey = report.papers.surveys[0].survey

    made = make_document(
        report,
        "working-papers",
        language=language,  # type: ignore[arg-type]
        calendar="gregorian",
    )

    body = unpack(made.content)["word/document.xml"].decode()
    assert survey.title in body
    assert survey.result["remaining"].meaning in body


def test_results_beyond_chance_stand_beside_the_swot(client: Path, tmp_path: Path) -> None:
    done("survey", "read", client, replies(tmp_path, 45))

    shown = done("swot", client).out
    assert "What surveys add\n  Remain  9.00  (Strengths in the eyes of those asked" in shown
    found = done("swot", client, "--json").data["surveys"]
    assert [one["result_id"] for one in found][:2] == ["remaining", "repeating"]


def test_results_become_readings_of_a_strategy_map(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    rows = "\n".join(f"{number},2026-03-0{number + 1},6" for number in range(6))
    file.write_text(f"form,answered-on,overall.satisfaction\n{rows}\n", encoding="utf-8")
    done("survey", "read", client, file)

    done("survey", "measures", client, "customer-satisfaction", "--map", "kaplan-norton")

    # all six give 6 of 7: 100 percent; the day of the last reply
    (reading,) = stored(client).measure_readings
    assert (reading.measure, reading.value) == ("customer-satisfaction", 100)
    assert reading.on.isoformat() == "2026-03-06"
    assert {one.id for one in stored(client).definitions} == {
        "customer-satisfaction",
        "kaplan-norton",
    }


def test_replies_without_a_day_need_one_for_readings(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    rows = "\n".join(f"{number},6" for number in range(6))
    file.write_text(f"form,overall.satisfaction\n{rows}\n", encoding="utf-8")
    done("survey", "read", client, file)
    measures = ("survey", "measures", client, "customer-satisfaction", "--map", "kaplan-norton")

    assert "the replies have no dates" in crmplan(*measures).err
    assert "2026-04-01" in done(*measures, "--on", "2026-04-01").out


def test_a_survey_without_a_linked_result_gives_no_reading(client: Path, tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    rows = "\n".join(f"{number},1,5" for number in range(6))
    file.write_text(
        f"form,contact.messenger.with,contact.messenger.without\n{rows}\n", encoding="utf-8"
    )
    done("survey", "read", client, file)
    measures = ("survey", "measures", client, "kano-features", "--map", "kaplan-norton")

    assert "no result of kano-features gives a value" in crmplan(*measures).err
