"""A file from a stranger: told for what it is, and left byte for byte as it came."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.assessment.responses import Target
from crmplan.errors import (
    LOCKED_OR_NEWER,
    EngagementDamagedError,
    EngagementError,
    EngagementNewerError,
    NotAnEngagementError,
)
from crmplan.storage import create_engagement, open_engagement

from .engagements import NOON, answer, small_engagement


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the bytes of a sound engagement with 200 answers and a target."""
    path = tmp_path_factory.mktemp("sound") / "a.crmplan"
    with create_engagement(path, small_engagement()) as store:
        store.save_all([answer(f"i{n}") for n in range(200)], by="Anna", at=NOON)
        target = Target(framework="drcrm", dimension="people", level=3)
        store.save(target, by="Anna", at=NOON)
    return path.read_bytes()


@pytest.fixture
def path(sound: bytes, tmp_path: Path) -> Path:
    """Give a file of them."""
    path = tmp_path / "a.crmplan"
    path.write_bytes(sound)
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refused(path: Path, error: type[EngagementError]) -> EngagementError:
    """Open for writing, expect the error, and check that nothing was touched."""
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        open_engagement(path).close()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert type(caught.value) is error
    return caught.value


def test_a_newer_file_is_left_alone(path: Path) -> None:
    tamper(path, "PRAGMA user_version=99")

    error = refused(path, EngagementNewerError)

    assert isinstance(error, EngagementNewerError)
    assert (error.found, error.exit_status) == (99, LOCKED_OR_NEWER)


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04" + bytes(5000), os.urandom(8192)])
def test_something_else_is_no_engagement(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.crmplan"
    path.write_bytes(content)

    refused(path, NotAnEngagementError)


def test_a_database_of_another_program_is_no_engagement(tmp_path: Path) -> None:
    path = tmp_path / "other.crmplan"
    tamper(path, "CREATE TABLE settings (position)")

    refused(path, NotAnEngagementError)


def test_a_folder_is_no_engagement(tmp_path: Path) -> None:
    with pytest.raises(NotAnEngagementError):
        open_engagement(tmp_path)


@pytest.mark.parametrize("kept", [90, 100, 511, 600, 4096, 4097, 8192, 30_000, -4096, -1])
def test_a_file_that_is_cut_off_is_damaged(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])

    refused(path, EngagementDamagedError)


def test_overwritten_pages_are_damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content)] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    refused(path, EngagementDamagedError)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON responses BEGIN DELETE FROM history; END",
        "CREATE VIEW v AS SELECT * FROM responses",
        "CREATE TABLE more (a)",
        "CREATE INDEX i ON responses (item)",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "ALTER TABLE responses ADD COLUMN more TEXT",
        "ALTER TABLE responses ADD COLUMN more TEXT AS (item || item)",
        "ALTER TABLE responses RENAME COLUMN note TO remark",
        "DROP TABLE history",
        "PRAGMA user_version=0",
        'CREATE VIEW "\x1b[2J" AS SELECT 1',
    ],
)
def test_a_schema_that_is_not_ours_is_damage(path: Path, statement: str) -> None:
    tamper(path, statement)

    refused(path, EngagementDamagedError)


def test_an_answer_of_nobody_is_damage(path: Path) -> None:
    tamper(path, "DELETE FROM respondents")

    error = refused(path, EngagementDamagedError)

    assert "responses refers to respondents" in error.message


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE responses SET state = 'maybe' WHERE item = 'i7'",
            "table responses, key 'drcrm/anna/i7/overall': state: ",
        ),
        ("UPDATE responses SET level = NULL WHERE item = 'i7'", "scored needs a level"),
        ("UPDATE respondents SET id = 'Bö' WHERE id = 'bo'", "table respondents, key 'Bö': id: "),
        ("UPDATE frameworks SET held_on = 'today'", "table frameworks, key 'drcrm': held_on: "),
        ("UPDATE organisation SET weekend = '1,x'", "table organisation, its row: weekend.1: "),
        ("UPDATE settings SET language = 'xx'", "table settings, its row: language: "),
        ("DELETE FROM settings", "table settings is empty"),
        (
            "UPDATE respondents SET name = CAST(x'ff41' AS TEXT) WHERE id = 'bo'",
            "table respondents, key 'bo': name: ",
        ),
        (
            "INSERT INTO entries (kind, key, content) VALUES ('budget', '1', '{')",
            "table entries, budget '1': record: ",
        ),
        (
            """INSERT INTO entries (kind, key, content)
            VALUES ('budget', '2', '{"period": 1, "person_days": 3}')""",
            "table entries, budget '2': the content has another key",
        ),
        ("UPDATE targets SET level = '1e999999999'", "'drcrm/people': level: "),
    ],
)
def test_a_row_that_is_no_record_is_named(path: Path, statement: str, told: str) -> None:
    tamper(path, statement)

    with open_engagement(path) as store, pytest.raises(EngagementDamagedError) as caught:
        store.read()

    assert told in caught.value.detail


def test_an_entry_of_the_history_that_is_none_is_named(path: Path) -> None:
    tamper(path, "UPDATE history SET at = 'noon' WHERE id = 3")

    with open_engagement(path) as store, pytest.raises(EngagementDamagedError) as caught:
        store.history(1000)

    assert "table history, key '3': at: " in caught.value.detail


def test_a_key_that_steers_a_terminal_is_shown_harmless(path: Path) -> None:
    tamper(path, "UPDATE respondents SET id = 'x' || char(27) || '[2J' WHERE id = 'bo'")

    with open_engagement(path) as store, pytest.raises(EngagementDamagedError) as caught:
        store.read()

    assert "\x1b" not in str(caught.value)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_whatever_bytes_are_changed_the_answer_is_an_engagement_or_an_engagement_error(
    data: st.DataObject, sound: bytes, scratch: Path
) -> None:
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    scratch.write_bytes(content)

    try:
        with open_engagement(scratch, read_only=True) as store:
            store.read()
            store.history()
    except EngagementError:
        pass


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a path that many examples may overwrite."""
    return tmp_path_factory.mktemp("scratch") / "a.crmplan"
