from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from crmplan.cli import framework_import
from crmplan.exchange.framework_import import FORMS
from exchange.framework_import.sources import lens, samm


def run(*arguments: object) -> Result:
    return CliRunner().invoke(framework_import.import_command, [str(one) for one in arguments])


def test_it_tells_what_became_what_and_what_was_lost(tmp_path: Path) -> None:
    out = tmp_path / "own"

    done = run(samm(tmp_path / "model"), "--out", out, "--id", "garden")

    assert done.exit_code == 0, done.output
    assert "quality criteria" in done.stdout
    assert "lost: 5 × IMPORT-TEXT" in done.stderr
    assert (out / "garden" / "framework.yaml").exists()


def test_everything_that_was_lost_can_be_listed(tmp_path: Path) -> None:
    done = run(samm(tmp_path / "model"), "--out", tmp_path / "own", "--all")

    assert done.stdout.count(": IMPORT-TEXT: ") == 5


def test_json_holds_counts_and_losses(tmp_path: Path) -> None:
    done = run(lens(tmp_path / "l.json", _note="x"), "--out", tmp_path / "own", "--json")

    data = json.loads(done.stdout)["data"]
    assert data["form"] == "aws-lens"
    assert {"what": "questions", "became": "items", "number": 1} in data["counts"]
    assert [one["code"] for one in data["lost"]] == ["IMPORT-TEXT"]
    assert data["problems"] == []


def test_a_licence_can_be_stated(tmp_path: Path) -> None:
    done = run(lens(tmp_path / "l.json"), "--out", tmp_path, "--id", "x", "--licence", "MIT-0")

    assert done.exit_code == 0
    assert 'licence: "MIT-0"' in (tmp_path / "x" / "framework.yaml").read_text("utf-8")


def test_the_command_knows_all_formats() -> None:
    (option,) = (one for one in framework_import.import_command.params if one.name == "form")

    assert tuple(getattr(option.type, "choices", ())) == FORMS
