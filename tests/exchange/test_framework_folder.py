"""A framework written as a folder and read again is the same, in every language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.command_line import crmplan, done

from crmplan.definitions.checking import check_definition
from crmplan.definitions.framework_folder import FrameworkFolder, read_framework_folder
from crmplan.definitions.library import definitions, find
from crmplan.exchange.framework_import import FORMS, Form
from exchange.framework_import.sources import imported, small

FRAMEWORKS = [entry.id for entry in definitions().values() if entry.kind == "framework"]


def values(found: FrameworkFolder) -> tuple[object, ...]:
    return found.framework, found.catalogue, found.crosswalks, found.migrations


@pytest.mark.parametrize("framework_id", FRAMEWORKS)
def test_a_bundled_framework_is_the_same_after_export(framework_id: str, tmp_path: Path) -> None:
    done("framework", "export", framework_id, "--out", tmp_path)

    for language in ("en", "fa", "zh"):
        before = read_framework_folder(find(framework_id, "framework").folder, language)
        assert values(read_framework_folder(tmp_path / framework_id, language)) == values(before)


def test_links_of_all_kinds_are_the_same_after_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "drcrm"
    shutil.copytree(find("drcrm", "framework").folder, folder)
    file = folder / "initiatives" / "leadership.yaml"
    tied = "requires: [{id: crm-governance, kind: SS, lag: 5d, at_most: 20d}]"
    text = file.read_text("utf-8").replace("requires: [crm-governance]", tied, 1)
    file.write_text(text, "utf-8")
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(folder.parent))

    done("framework", "export", "drcrm", "--out", tmp_path / "again")

    again = read_framework_folder(tmp_path / "again" / "drcrm")
    assert values(again) == values(read_framework_folder(folder))
    assert again.catalogue is not None
    kinds = {tie.kind for one in again.catalogue.initiatives for tie in one.requires}
    assert kinds == {"FS", "SS"}


@pytest.mark.parametrize("form", FORMS)
def test_an_imported_framework_is_the_same_after_export(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = imported(small(form, tmp_path), tmp_path).folder
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(folder.parent))

    done("framework", "export", folder.name, "--out", tmp_path / "again")

    again = tmp_path / "again" / folder.name
    assert check_definition(again).problems == ()
    before, after = values(read_framework_folder(folder)), values(read_framework_folder(again))
    assert after[0] == before[0]
    assert after[2:] == before[2:]


def test_an_export_never_overwrites(tmp_path: Path) -> None:
    done("framework", "export", "idic", "--out", tmp_path)

    outcome = crmplan("framework", "export", "idic", "--out", tmp_path)

    assert outcome.status == 1
    assert "exists already" in outcome.err
