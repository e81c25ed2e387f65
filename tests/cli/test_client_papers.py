"""Strategy maps, processes and stages on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import crmplan, done


def test_a_target_and_readings_show_what_lags(sample: Path) -> None:
    # 78.5 to 85 from 1 October 2026 to 30 September 2027: after 61 of 364 days 0.0 of 6.5 are done
    done("strategy", "target", sample, "retention-rate", "85", "--due", "2027-09-30")
    done("strategy", "reading", sample, "retention-rate", "۷۸٫۵", "--on", "2026-10-01")
    done("strategy", "reading", sample, "retention-rate", "78.5", "--on", "2026-12-01")

    data = done("strategy", "show", sample, "--json").data

    found = data["measures"]["retention-rate"]
    assert (found["state"], found["progress"]["exact"], found["expected"]["exact"]) == (
        "behind",
        "0",
        "61/364",
    )
    assert data["objectives"]["retention"]["state"] == "behind"
    assert {"kind": "no-owner", "subject": "retention-rate"} in data["findings"]


def test_a_later_target_replaces_the_earlier_one(sample: Path) -> None:
    done("strategy", "target", sample, "sales-cycle", "30")
    done("strategy", "target", sample, "sales-cycle", "25", "--owner", "Ada")

    target = done("strategy", "show", sample, "--json").data["measures"]["sales-cycle"]["target"]

    assert (target["value"], target["owner"]) == ("25", "Ada")


@pytest.mark.parametrize(
    ("written", "value"), [("80", "80"), ("80.50", "161/2"), ("۸۰٫۵", "161/2"), ("-1/3", "-1/3")]
)
def test_numbers_are_read_exactly_in_either_digits(sample: Path, written: str, value: str) -> None:
    done("strategy", "target", sample, "--", "sales-cycle", written)

    (found,) = json.loads(done("export", sample).out)["measure_targets"]

    assert found["value"] == value


@pytest.mark.parametrize("language", ["en", "fa", "zh"])
@pytest.mark.parametrize("command", [("strategy", "show"), ("processes", "show")])
def test_nothing_entered_yet_is_shown_as_that(
    sample: Path, command: tuple[str, str], language: str
) -> None:
    which = ["--catalogue", "apqc-pcf"] if command[0] == "processes" else []

    assert done(*command, sample, *which, "--language", language).out


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
    sample: Path, arguments: tuple[str, ...], message: str
) -> None:
    outcome = crmplan("strategy", "target", sample, *arguments)

    assert outcome.status != 0
    assert message in outcome.err
    assert json.loads(done("export", sample).out)["measure_targets"] == []


@pytest.mark.parametrize(("name", "start"), [("map.svg", b"<svg"), ("map.PNG", b"\x89PNG")])
def test_the_map_is_drawn_into_a_file(
    sample: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    done("strategy", "draw", sample, tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_picture_of_another_kind_is_refused(sample: Path, tmp_path: Path) -> None:
    outcome = crmplan("strategy", "draw", sample, tmp_path / "map.gif")

    assert (outcome.status, "ends in .svg or .png" in outcome.err) == (1, True)


def test_a_drawing_is_not_overwritten_unasked(sample: Path, tmp_path: Path) -> None:
    done("strategy", "draw", sample, tmp_path / "map.svg")

    assert crmplan("strategy", "draw", sample, tmp_path / "map.svg").status == 1
    done("strategy", "draw", sample, tmp_path / "map.svg", "--force")


def test_a_rating_keeps_what_is_not_named(sample: Path) -> None:
    rate = ("processes", "rate", sample, "pcf-5-2")
    done(*rate, "--catalogue", "apqc-pcf", "--criterion", "strategy-fit=5", "--owner", "Ada")
    done(*rate, "--criterion", "stakeholder-benefit=4", "--initiative", "case-management")

    (found,) = done("processes", "show", sample, "--json").data["processes"]

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
    sample: Path, arguments: tuple[str, ...], message: str
) -> None:
    outcome = crmplan("processes", "rate", sample, *arguments, "--catalogue", "apqc-pcf")

    assert outcome.status != 0
    assert message in outcome.err
    assert json.loads(done("export", sample).out)["process_ratings"] == []


def test_with_several_catalogues_one_must_be_named(sample: Path) -> None:
    outcome = crmplan("processes", "show", sample)

    assert outcome.status == 1
    assert "apqc-pcf" in outcome.err


def test_the_plan_is_shown_in_other_stages(sample: Path) -> None:
    plain = done("plan", sample, "--json").data
    data = done("plan", sample, "--phases", "springer-2006", "--json").data

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
def test_stages_are_told_in_three_languages(sample: Path, language: str) -> None:
    out = done("plan", sample, "--phases", "springer-2006", "--language", language).out

    assert "A101" in out


def test_unknown_stages_are_refused(sample: Path) -> None:
    assert "springer-2006" in crmplan("plan", sample, "--phases", "springer").err


def test_a_definition_is_taken_into_use_once(sample: Path) -> None:
    done("record", "definition", sample, "springer-2006")
    done("record", "definition", sample, "springer-2006")

    used = json.loads(done("export", sample).out)["definitions"]
    assert [(one["id"], one["kind"]) for one in used] == [("springer-2006", "phase-overlay")]


def test_a_framework_is_no_definition_to_take_into_use(sample: Path) -> None:
    assert "is a framework" in crmplan("record", "definition", sample, "drcrm").err


def test_the_working_papers_hold_what_was_entered(
    sample: Path, tmp_path: Path, no_office: None
) -> None:
    done("strategy", "target", sample, "retention-rate", "85")
    done("processes", "rate", sample, "pcf-5-2", "--catalogue", "apqc-pcf")
    done("record", "definition", sample, "springer-2006")

    done("report", sample, "working-papers", "--out", tmp_path)

    assert (tmp_path / "working-papers.en.docx").stat().st_size > 0
