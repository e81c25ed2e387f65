"""What was acknowledged is there: after a crash, and with two processes at work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import crmplan
from crmplan.errors import EngagementError
from crmplan.storage import create_engagement, open_engagement

from .engagements import NOON, answer, small_engagement

SCRIPT = Path(__file__).with_name("answering_process.py")


def answering(path: Path, person: str, count: int) -> subprocess.Popen[str]:
    """Start a process that saves answers."""
    checkout = str(Path(crmplan.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), person, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": checkout},
    )


@pytest.mark.parametrize("read_before_the_end", [1, 77, 400])
def test_every_acknowledged_answer_survives_a_killed_process(
    tmp_path: Path, read_before_the_end: int
) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()

    with answering(path, "anna", 100_000) as process:
        assert process.stdout
        acknowledged = [int(process.stdout.readline()) for _ in range(read_before_the_end)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]

    with open_engagement(path) as store:
        found = {one.item: one.level for one in store.read().responses}
        entries = len(store.history(1_000_000))
    # An answer may be stored and its acknowledgement not yet printed; never the other way round.
    assert entries - len(acknowledged) in (0, 1)
    for number in acknowledged[-50:]:
        assert (found[f"i{number % 50}"] or 0) >= number
    assert [one.name for one in tmp_path.iterdir()] == ["a.crmplan"]


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()

    both = [answering(path, person, 100) for person in ("anna", "bo")]
    for process in both:
        process.communicate(timeout=25)

    assert [process.returncode for process in both] == [0, 0]
    with open_engagement(path) as store:
        found = {(one.respondent, one.item): one.level for one in store.read().responses}
        assert len(store.history(1000)) == 200
    assert found == {
        (person, f"i{number}"): 50 + number for person in ("anna", "bo") for number in range(50)
    }
    assert [one.name for one in tmp_path.iterdir()] == ["a.crmplan"]


def test_a_change_that_was_cut_off_half_way_is_undone_when_opened_to_write(tmp_path: Path) -> None:
    path, crashed = tmp_path / "a.crmplan", tmp_path / "crashed.crmplan"
    with create_engagement(path, small_engagement()) as store:
        store.save_all([answer(f"i{n}") for n in range(300)], by="Anna", at=NOON)
        whole = store.read()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")  # so that pages go to the disk before COMMIT
        connection.execute("BEGIN")
        connection.execute("UPDATE responses SET note = hex(randomblob(500))")
        shutil.copy(path, crashed)
        shutil.copy(f"{path}-journal", f"{crashed}-journal")
        connection.execute("ROLLBACK")
    assert crashed.read_bytes() != path.read_bytes()

    with pytest.raises(EngagementError):
        open_engagement(crashed, read_only=True)
    with open_engagement(crashed) as store:
        assert store.read() == whole
