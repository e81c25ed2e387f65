"""Export and import: nothing is lost, nothing is overwritten, foreign files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import EXAMPLES, crmplan, done, stored

SAMPLES = sorted((EXAMPLES / "home-appliances").glob("engagement.*.json"))


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.name)
def test_what_is_imported_is_exported_again_to_the_letter(source: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "a.crmplan", tmp_path / "copy.json"

    done("import", file, source)
    done("export", file, "--out", copy)
    done("import", tmp_path / "b.crmplan", copy)
    done("export", tmp_path / "b.crmplan", "--out", tmp_path / "copy-of-copy.json")

    assert copy.read_text("utf-8") == source.read_text("utf-8")
    assert (tmp_path / "copy-of-copy.json").read_bytes() == copy.read_bytes()


def test_everything_that_can_be_recorded_goes_round(client: Path, tmp_path: Path) -> None:
    typed = "3\nn\nOne branch\nu\nt\nA “note” — ‌‍\n2\nq\n"
    done("interview", client, "--respondent", "md", typed=typed)
    done("record", "evidence", client, "service.complaints", "--title", "Log", "--supports", "3")
    done("record", "decision", client, "leadership.culture", "--level", "2", "--reason", "R")
    done("record", "target", client, "service", "7/3")
    done("record", "importance", client, "service", "5")
    done("record", "factor", client, "ai-assistants", "--note", "Soon")

    done("import", tmp_path / "again.crmplan", _export(client, tmp_path))

    assert stored(tmp_path / "again.crmplan") == stored(client)


def test_without_a_file_json_goes_to_standard_output_and_nothing_else_does(client: Path) -> None:
    outcome = done("export", client)

    assert json.loads(outcome.out)["organisation"]["name"] == "Lantern & Sons"
    assert outcome.err == ""


def test_an_export_overwrites_nothing_unasked(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "client.json"
    target.write_text("mine")

    refused = crmplan("export", client, "--out", target)
    assert refused.status == 1
    assert target.read_text() == "mine"

    done("export", client, "--out", target, "--force")
    assert json.loads(target.read_text("utf-8"))["format"] == "crmplan-engagement"


def test_an_import_never_overwrites_a_file(client: Path, tmp_path: Path) -> None:
    before = client.read_bytes()

    outcome = crmplan("import", client, _export(client, tmp_path))

    assert outcome.status == 1
    assert "exists already" in outcome.err
    assert client.read_bytes() == before


FOREIGN = {
    "text": (b"Dear client", "this is no JSON"),
    "empty": (b"", "this is no JSON"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\xff", "is not UTF-8"),
    "a list": (b"[]", "this is no engagement of crmplan"),
    "other JSON": (b'{"format": "other"}', "this is no engagement of crmplan"),
    "newer": (b'{"format": "crmplan-engagement", "version": 99}', "newer crmplan"),
    "a text for a number": (
        b'{"format": "crmplan-engagement", "version": 1, "organisation": {"staff": "many"}}',
        "organisation.staff",
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_refused_by_name_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    content, message = FOREIGN[name]
    source = tmp_path / "foreign.json"
    source.write_bytes(content)

    outcome = crmplan("import", tmp_path / "client.crmplan", source)

    assert outcome.status in (1, 3)
    assert str(source) in outcome.err
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert list(tmp_path.iterdir()) == [source]


def test_a_source_that_is_not_there_is_a_wrong_command_line(tmp_path: Path) -> None:
    assert crmplan("import", tmp_path / "a.crmplan", tmp_path / "nowhere.json").status == 2


def _export(file: Path, folder: Path) -> Path:
    path = folder / "exported.json"
    done("export", file, "--out", path)
    return path
