"""An engagement as a file: at rest, locked, unwritable, copied; and nothing half written."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from crmplan.assessment.responses import Organisation
from crmplan.errors import (
    LOCKED_OR_NEWER,
    EngagementError,
    EngagementExistsError,
    EngagementLockedError,
    EngagementMissingError,
    NotAnEngagementError,
)
from crmplan.storage import copy_engagement, create_engagement, open_engagement
from crmplan.storage.sqlite_file import connect, work_with_log

from .engagements import NOON, answer, small_engagement


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_at_rest_an_engagement_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "شرکت 100% #1?.crmplan"
    with create_engagement(path, small_engagement()) as store:
        store.save(answer("a"), by="Anna", at=NOON)
        assert len(names_in(tmp_path)) == 3  # the file, its log and the log's index

    assert names_in(tmp_path) == [path.name]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()

    head = path.read_bytes()[:72]

    assert head.startswith(b"SQLite format 3\0")
    assert head[68:72] == b"CRMP"
    assert head[18:20] == b"\x01\x01"  # no write-ahead log is needed to read it


def test_every_commit_is_flushed_to_the_disk(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "a.crmplan", mode="rwc", wait_seconds=1)) as connection:
        work_with_log(connection)

        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EngagementMissingError):
        open_engagement(tmp_path / "a.crmplan")

    assert names_in(tmp_path) == []


def test_a_file_that_another_program_writes_to_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()

    with open_engagement(path) as other, open_engagement(path, wait_seconds=0.1) as store:
        with other.transaction():
            other.save(answer("a"), by="Bo", at=NOON)
            with pytest.raises(EngagementLockedError) as caught:
                store.save(answer("b"), by="Anna", at=NOON)
            assert store.read().responses == ()  # reading goes on
        assert caught.value.exit_status == LOCKED_OR_NEWER
        assert store.read().responses == (answer("a"),)


def test_a_file_that_is_locked_as_a_whole_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(EngagementLockedError):
            open_engagement(path, wait_seconds=0.1)


def test_a_writer_waits_for_a_short_while(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()
    inside = threading.Event()

    def write() -> None:
        with open_engagement(path) as other, other.transaction():
            inside.set()
            other.save_all([answer(f"i{n}") for n in range(100)], by="Bo", at=NOON)

    thread = threading.Thread(target=write)
    thread.start()
    inside.wait()
    with open_engagement(path) as store:
        store.save(answer("mine"), by="Anna", at=NOON)
        thread.join()
        assert len(store.read().responses) == 101


def test_in_a_folder_that_may_not_be_written_the_error_says_so(read_only_folder: Path) -> None:
    path = read_only_folder / "a.crmplan"
    create_engagement(path, small_engagement()).close()
    before = path.read_bytes()
    read_only_folder.chmod(0o500)

    with pytest.raises(EngagementError, match="cannot be opened for this"):
        open_engagement(path)
    with pytest.raises(EngagementError, match="cannot be opened for this"):
        create_engagement(read_only_folder / "b.crmplan", small_engagement())
    with open_engagement(path, read_only=True) as store:
        assert store.read() == small_engagement()
    assert path.read_bytes() == before
    assert names_in(read_only_folder) == ["a.crmplan"]


def test_a_file_that_may_not_be_written_is_refused_when_opened(read_only_folder: Path) -> None:
    path = read_only_folder / "a.crmplan"
    create_engagement(path, small_engagement()).close()
    path.chmod(0o400)

    with pytest.raises(EngagementError, match="cannot be opened for this"):
        open_engagement(path)

    assert names_in(read_only_folder) == ["a.crmplan"]


def test_a_folder_that_is_not_there_is_told_when_creating(tmp_path: Path) -> None:
    with pytest.raises(EngagementError, match="cannot be opened for this"):
        create_engagement(tmp_path / "missing" / "a.crmplan", small_engagement())


def test_what_cannot_be_created_leaves_nothing(tmp_path: Path) -> None:
    giant = small_engagement().model_copy(
        update={"organisation": Organisation(name="x", staff=10**30)}
    )

    with pytest.raises(EngagementError, match="too large"):
        create_engagement(tmp_path / "a.crmplan", giant)

    assert names_in(tmp_path) == []


def test_another_file_of_that_name_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    path.write_bytes(b"a letter")

    with pytest.raises(EngagementExistsError):
        create_engagement(path, small_engagement())

    assert path.read_bytes() == b"a letter"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_remains_of_an_earlier_file_are_not_mixed_in(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a.crmplan{ending}").write_bytes(b"old")

    with pytest.raises(EngagementError, match="of an earlier file"):
        create_engagement(tmp_path / "a.crmplan", small_engagement())


def test_a_reader_that_stays_keeps_no_answer_out_of_the_file(tmp_path: Path) -> None:
    path, mailed = tmp_path / "a.crmplan", tmp_path / "mailed.crmplan"
    with create_engagement(path, small_engagement()) as store:
        reader = open_engagement(path, read_only=True)
        store.save(answer("a"), by="Anna", at=NOON)

    with reader:
        mailed.write_bytes(path.read_bytes())

    with open_engagement(mailed) as copy:
        assert copy.read().responses == (answer("a"),)


def test_a_copy_holds_what_an_open_engagement_has_saved(tmp_path: Path) -> None:
    with create_engagement(tmp_path / "a.crmplan", small_engagement()) as store:
        store.save(answer("a"), by="Anna", at=NOON)
        copy_engagement(tmp_path / "a.crmplan", tmp_path / "b.crmplan")
        whole, history = store.read(), store.history()

    with open_engagement(tmp_path / "b.crmplan") as copy:
        assert (copy.read(), copy.history()) == (whole, history)
    assert names_in(tmp_path) == ["a.crmplan", "b.crmplan"]


def test_a_copy_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.crmplan"
    create_engagement(path, small_engagement()).close()
    before = path.read_bytes()

    with pytest.raises(EngagementExistsError):
        copy_engagement(path, path)

    assert path.read_bytes() == before


def test_only_an_engagement_is_copied(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a letter")

    with pytest.raises(NotAnEngagementError):
        copy_engagement(tmp_path / "a.txt", tmp_path / "b.crmplan")

    assert names_in(tmp_path) == ["a.txt"]
