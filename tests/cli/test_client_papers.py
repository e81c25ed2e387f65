"""Strategy maps, processes and stages on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import crmplan, done


def test_a_target_and_readings_show_what_lags(assessed: Path) -> None:
    # 78.5 to 85 from 1 October 2026 to 30 September 2027: after 61 of 364 days 0.0 of 6.5 are done
    done("strategy", "target", assessed, "retention-rate", "85", "--due", "2027-09-30")
    done("strategy", "reading", assessed, "retention-rate", "۷۸٫۵", "--on", "2026-10-01")
    done("strategy", "reading", assessed, "retention-rate", "78.5", "--on", "2026-12-01")

    data = done("strategy", "show", assessed, "--json").data

    found = data["measures"]["retention-rate"]
    assert (found["state"], found["progress"]["exact"], found["expected"]["exact"]) == (
        "behind",
        "0",
        "61/364",
    )
    assert data["objectives"]["retention"]["state"] == "behind"
    assert {"kind": "no-owner", "subject": "retention-rate"} in data["findings"]


def test_a_later_target_replaces_the_earlier_one(assessed: Path) -> None:
    done("strategy", "target", assessed, "sales-cycle", "30")
    done("strategy", "target", assessed, "sales-cycle", "25", "--owner", "Ada")

    target = done("strategy", "show", assessed, "--json").data["measures"]["sales-cycle"]["target"]

    assert (target["value"], target["owner"]) == ("25", "Ada")


@pytest.mark.parametrize(
    ("written", "value"), [("80", "80"), ("80.50", "161/2"), ("۸۰٫۵", "161/2"), ("-1/3", "-1/3")]
)
def test_numbers_are_read_exactly_in_either_digits(
    assessed: Path, written: str, value: str
) -> None:
    done("strategy", "target", assessed, "--", "sales-cycle", written)

    (found,) = json.loads(done("export", assessed).out)["measure_targets"]

    assert found["value"] == value


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
@pytest.mark.parametrize("command", [("strategy", "show"), ("processes", "show")])
def test_nothing_entered_yet_is_shown_as_that(
    assessed: Path, command: tuple[str, str], language: str
) -> None:
    which = ["--catalogue", "apqc-pcf"] if command[0] == "processes" else []

    assert done(*command, assessed, *which, "--language", language).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retention-rat", "85"), "did you mean 'retention-rate'?"),
        (("retention-rate", "1,250"), "'1,250' is no number"),
        (("retention-rate", "many"), "'many' is no number"),
        (("retention-rate", "85", "--map", "kaplan"), "kaplan"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(
    assessed: Path, arguments: tuple[str, ...], message: str
) -> None:
    outcome = crmplan("strategy", "target", assessed, *arguments)

    assert outcome.status != 0
    assert message in outcome.err
    assert json.loads(done("export", assessed).out)["measure_targets"] == []


@pytest.mark.parametrize(("name", "start"), [("map.svg", b"<svg"), ("map.PNG", b"\x89PNG")])
def test_the_map_is_drawn_into_a_file(
    assessed: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    done("strategy", "draw", assessed, tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_picture_of_another_kind_is_refused(assessed: Path, tmp_path: Path) -> None:
    outcome = crmplan("strategy", "draw", assessed, tmp_path / "map.gif")

    assert (outcome.status, "ends in .svg or .png" in outcome.err) == (1, True)


def test_a_drawing_is_not_overwritten_unasked(assessed: Path, tmp_path: Path) -> None:
    done("strategy", "draw", assessed, tmp_path / "map.svg")

    assert crmplan("strategy", "draw", assessed, tmp_path / "map.svg").status == 1
    done("strategy", "draw", assessed, tmp_path / "map.svg", "--force")


def test_a_rating_keeps_what_is_not_named(assessed: Path) -> None:
    rate = ("processes", "rate", assessed, "pcf-5-2")
    done(*rate, "--catalogue", "apqc-pcf", "--criterion", "strategy-fit=5", "--owner", "Ada")
    done(*rate, "--criterion", "stakeholder-benefit=4", "--initiative", "case-management")

    (found,) = done("processes", "show", assessed, "--json").data["processes"]

    assert found["rating"]["criteria"] == {"strategy-fit": 5, "stakeholder-benefit": 4}
    assert (found["rating"]["owner"], found["planned"]) == ("Ada", ["case-management"])
    assert found["importance"]["exact"] == "9/2"
    assert found["is_key"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pcf-5-9",), "there is no process of apqc-pcf 'pcf-5-9'"),
        (("pcf-5-2", "--criterion", "strategy-fit=6"), "a level from 1 to 5"),
        (("pcf-5-2", "--criterion", "strategy=3"), "there is no criterion of apqc-pcf"),
        (("pcf-5-2", "--dimension", "servic"), "did you mean 'service'?"),
        (("pcf-5-2", "--initiative", "case"), "there is no initiative of drcrm 'case'"),
    ],
)
def test_a_rating_that_cannot_be_meant_is_refused(
    assessed: Path, arguments: tuple[str, ...], message: str
) -> None:
    outcome = crmplan("processes", "rate", assessed, *arguments, "--catalogue", "apqc-pcf")

    assert outcome.status != 0
    assert message in outcome.err
    assert json.loads(done("export", assessed).out)["process_ratings"] == []


def test_with_several_catalogues_one_must_be_named(assessed: Path) -> None:
    outcome = crmplan("processes", "show", assessed)

    assert outcome.status == 1
    assert "apqc-pcf" in outcome.err


def test_the_plan_is_shown_in_other_stages(assessed: Path) -> None:
    plain = done("plan", assessed, "--json").data
    data = done("plan", assessed, "--phases", "springer-2006", "--json").data

    assert [one["stage"] for one in data["stages"]] == [
        "strategy-stage",
        "activity-stage",
        "process-stage",
        "software-stage",
    ]
    named = {task for one in data["stages"] for task in one["tasks"]}
    assert named == {one["task"]["id"] for one in plain["tasks"]}
    assert data["tasks"] == plain["tasks"]


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_stages_are_told_in_three_languages(assessed: Path, language: str) -> None:
    out = done("plan", assessed, "--phases", "springer-2006", "--language", language).out

    assert "A101" in out


def test_unknown_stages_are_refused(assessed: Path) -> None:
    assert "springer-2006" in crmplan("plan", assessed, "--phases", "springer").err


def test_a_definition_is_taken_into_use_once(assessed: Path) -> None:
    done("record", "definition", assessed, "springer-2006")
    done("record", "definition", assessed, "springer-2006")

    used = json.loads(done("export", assessed).out)["definitions"]
    assert [(one["id"], one["kind"]) for one in used] == [("springer-2006", "phase-overlay")]


def test_a_framework_is_no_definition_to_take_into_use(assessed: Path) -> None:
    assert "is a framework" in crmplan("record", "definition", assessed, "drcrm").err


def test_the_working_papers_hold_what_was_entered(
    assessed: Path, tmp_path: Path, no_office: None
) -> None:
    done("strategy", "target", assessed, "retention-rate", "85")
    done("processes", "rate", assessed, "pcf-5-2", "--catalogue", "apqc-pcf")
    done("record", "definition", assessed, "springer-2006")

    done("report", assessed, "working-papers", "--out", tmp_path)

    assert (tmp_path / "working-papers.en.docx").stat().st_size > 0
