"""``crmplan history``: who changed what, the latest first."""

from __future__ import annotations

import json
from pathlib import Path

from .command_line import done


def test_changes_are_told_with_who_made_them_the_latest_first(client: Path) -> None:
    done("record", "target", client, "service", "3.5", "--by", "ada")
    done("record", "target", client, "service", "4", "--by", "bob")

    lines = done("history", client).out.splitlines()

    assert "bob" in lines[1]
    assert "level: 4" in lines[1]
    assert "ada" in lines[2]


def test_history_as_json_has_the_record_before_and_after(client: Path) -> None:
    done("record", "importance", client, "service", "5", "--by", "ada")

    (entry, *_) = json.loads(done("history", client, "--json").out)["data"]

    assert (entry["by"], entry["kind"], entry["old"]) == ("ada", "importance", None)
    assert json.loads(entry["new"])["importance"] == 5
