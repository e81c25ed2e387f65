"""An engagement and a later version of its framework, from the diff to the upgrade."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import EXAMPLES, TINY_FRAMEWORKS, crmplan, done, levels

NAME = "three-questions"
MIGRATION = """\
to: "2.0.0"
steps:
  - {kind: rename, item: knowing.record, to: knowing.file}
  - {kind: drop, item: answering.promise, reason: "asked in the shop survey now"}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a copy of the small framework, to be changed by the test."""
    folder = tmp_path / "frameworks" / NAME
    shutil.copytree(TINY_FRAMEWORKS / NAME, folder)
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(folder.parent))
    return folder


@pytest.fixture
def shop(tmp_path: Path, own: Path) -> Path:
    """Give the engagement of examples/tiny, pinned to 1.0.0."""
    file = tmp_path / "shop.crmplan"
    done("import", file, EXAMPLES / "tiny" / "engagement.json")
    return file


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def bring_out_version_2(own: Path) -> Path:
    """Keep version 1.0.0, and make 2.0.0: an item has another id, one is gone."""
    kept = own.with_name(f"{NAME}@1.0.0")
    shutil.copytree(own, kept)
    shutil.rmtree(own / "locale")
    replace(own / "framework.yaml", 'version: "1.0.0"', 'version: "2.0.0"')
    replace(own / "framework.yaml", "languages: [en, fa, zh]", "languages: [en]")
    replace(own / "dimensions" / "knowing.yaml", "knowing.record", "knowing.file")
    items = (own / "dimensions" / "answering.yaml").read_text("utf-8")
    begin, item, rest = items.partition("  - id: answering.promise")
    _, mark, after = rest.partition("\n  - id: ")
    (own / "dimensions" / "answering.yaml").write_text(begin + (mark[1:] + after if mark else ""))
    (own / "migrations").mkdir()
    (own / "migrations" / "2.0.0.yaml").write_text(MIGRATION, encoding="utf-8")
    assert item
    return kept


def test_an_engagement_goes_on_with_the_version_it_is_pinned_to(own: Path, shop: Path) -> None:
    before = done("score", shop).out

    bring_out_version_2(own)

    assert done("score", shop).out == before


def test_without_the_older_version_it_is_refused(own: Path, shop: Path) -> None:
    shutil.rmtree(bring_out_version_2(own))

    for command in (
        ("score", shop),
        ("interview", shop, "--respondent", "owner"),
        ("questionnaire", "write", shop),
    ):
        outcome = crmplan(*command)
        assert outcome.status == 1
        assert "the engagement was made with three-questions 1.0.0, here is 2.0.0" in outcome.err
        assert "crmplan upgrade" in outcome.err


def test_the_diff_says_what_changed_and_which_version_that_needs(own: Path) -> None:
    kept = bring_out_version_2(own)

    outcome = done("framework", "diff", kept, NAME)

    rows = [line.split() for line in outcome.out.splitlines()[1:]]
    assert ["major", "items", "knowing.record", "renamed:", "knowing.file"] in rows
    assert "from 1.0.0 to 2.0.0; these changes need 2.0.0 or later" in outcome.err


def test_the_diff_asks_for_a_migration(own: Path) -> None:
    kept = bring_out_version_2(own)
    shutil.rmtree(own / "migrations")

    outcome = crmplan("framework", "diff", kept, NAME)

    assert outcome.status == 3
    assert "no migration says what becomes of items answering.promise" in outcome.err


def test_a_dry_run_shows_everything_and_changes_nothing(
    own: Path, shop: Path, tmp_path: Path
) -> None:
    bring_out_version_2(own)
    before = done("export", shop).out

    outcome = done("upgrade", shop, "--dry-run", "--out", tmp_path / "out")

    assert "dropped (asked in the shop survey now)" in outcome.out
    assert "three-questions 1.0.0 → 2.0.0: nothing was changed" in outcome.err
    assert done("export", shop).out == before
    assert not (tmp_path / "out").exists()


def test_an_upgrade_carries_answers_over_and_keeps_what_is_dropped_in_its_report(
    own: Path, shop: Path, tmp_path: Path
) -> None:
    bring_out_version_2(own)
    old = levels(shop)

    done("upgrade", shop, "--out", tmp_path, "--by", "Ada")

    report = json.loads((tmp_path / f"upgrade-{NAME}-2.0.0.json").read_text("utf-8"))
    dropped = [one for one in report["changed"] if one["fate"] == "dropped"]
    assert levels(shop)["knowing.file", "overall"] == old["knowing.record", "overall"]
    assert {one["before"]["item"] for one in dropped} == {"answering.promise"}
    assert not any(item == "answering.promise" for item, _ in levels(shop))
    assert done("score", shop).status in (0, 3)
    history = done("history", shop).out
    assert "Ada" in history
    assert "removed" in history


def test_a_second_upgrade_has_nothing_to_do(own: Path, shop: Path, tmp_path: Path) -> None:
    bring_out_version_2(own)
    done("upgrade", shop, "--out", tmp_path)

    outcome = done("upgrade", shop, "--out", tmp_path, "--force", "--json")

    assert outcome.data["changed"] == []


def test_an_upgrade_without_a_step_is_refused_and_changes_nothing(own: Path, shop: Path) -> None:
    bring_out_version_2(own)
    shutil.rmtree(own / "migrations")
    before = done("export", shop).out

    outcome = crmplan("upgrade", shop)

    assert outcome.status == 1
    assert "item 'answering.promise' is gone; item 'knowing.record' is gone" in outcome.err
    assert done("export", shop).out == before
