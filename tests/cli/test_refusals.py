"""What cannot be used is refused in a sentence, with the right status, and left as it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command_line import crmplan, done, in_process, surroundings
from tests.cli.conftest import ClosedFolder

NOT_OURS = {
    "text": b"Dear client,\n" * 100,
    "empty": b"",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 2000,
}
READING = ["score", "agreement", "gaps", "swot", "plan", "report", "export", "interview"]


@pytest.mark.parametrize("name", READING)
def test_a_file_that_is_not_there_is_told_with_the_command_that_makes_one(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / "nowhere.crmplan"

    outcome = crmplan(name, file)

    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.err.splitlines() == [
        f"crmplan: {file}: no such file",
        f"    make one with: crmplan new {file}",
    ]
    assert not file.exists()


@pytest.mark.parametrize("kind", NOT_OURS)
@pytest.mark.parametrize("name", ["score", "interview"])
def test_a_file_that_is_no_engagement_is_refused_and_left_as_it_is(
    tmp_path: Path, kind: str, name: str
) -> None:
    file = tmp_path / "client.crmplan"
    file.write_bytes(NOT_OURS[kind])

    outcome = crmplan(name, file)

    assert outcome.status == 1
    assert f"{file}: this is no crmplan engagement" in outcome.err
    assert file.read_bytes() == NOT_OURS[kind]


def test_a_folder_is_no_engagement(tmp_path: Path) -> None:
    outcome = crmplan("score", tmp_path)

    assert outcome.status == 1
    assert "this is no crmplan engagement" in outcome.err


def test_a_database_of_another_program_is_no_engagement(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()

    assert "this is no crmplan engagement" in crmplan("score", file).err


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_damaged(sample: Path, share: float) -> None:
    content = sample.read_bytes()
    sample.write_bytes(content[: int(len(content) * share)])

    outcome = crmplan("score", sample)

    assert outcome.status == 1
    assert "the file is damaged" in outcome.err
    assert "go back to a copy" in outcome.err


def test_a_file_of_a_newer_crmplan_is_refused_with_4(client: Path) -> None:
    with sqlite3.connect(client) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    before = client.read_bytes()

    outcome = crmplan("record", "target", client, "service", "3")

    assert outcome.status == 4
    assert "written by a newer crmplan (file format 99" in outcome.err
    assert client.read_bytes() == before


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let another process begin to write to a file, and not go on."""
    program = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.kill()


def test_a_file_that_another_process_writes_to_is_refused_with_4(client: Path) -> None:
    with locked(client):
        outcome = crmplan("record", "target", client, "service", "3")

    assert outcome.status == 4
    assert "another program is writing to this file" in outcome.err
    assert "nothing was changed" in outcome.err


def test_results_are_read_while_another_process_writes(client: Path) -> None:
    with locked(client):
        assert crmplan("gaps", client).status == 0


def test_the_file_works_again_once_the_other_process_is_gone(client: Path) -> None:
    with locked(client):
        assert crmplan("record", "target", client, "service", "3").status == 4

    done("record", "target", client, "service", "3")


def test_a_new_file_in_a_closed_folder_is_refused(closed_folder: ClosedFolder) -> None:
    with closed_folder as folder:
        outcome = crmplan("new", folder / "a.crmplan", "--organisation", "A")

    assert outcome.status == 1
    assert "cannot be opened for this (Permission denied)" in outcome.err


def test_an_export_into_a_closed_folder_is_refused(closed_folder: ClosedFolder) -> None:
    with closed_folder as folder:
        outcome = crmplan("export", folder / "client.crmplan", "--out", folder / "client.json")

    assert outcome.status == 1
    assert "client.json: cannot be written: Permission denied" in outcome.err
    assert "choose another folder with --out" in outcome.err


def test_results_are_read_from_a_folder_that_cannot_be_written(closed_folder: ClosedFolder) -> None:
    with closed_folder as folder:
        outcome = crmplan("gaps", folder / "client.crmplan")

    assert outcome.status == 0, outcome.err
    assert "Customer service" in outcome.out


def test_nothing_is_recorded_in_a_folder_that_cannot_be_written(
    closed_folder: ClosedFolder,
) -> None:
    with closed_folder as folder:
        outcome = crmplan("record", "target", folder / "client.crmplan", "service", "3")

    assert outcome.status == 1
    assert "client.crmplan: the file or its folder cannot be opened for this" in outcome.err


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    outcome = crmplan("new", tmp_path / "nowhere" / "a.crmplan", "--organisation", "A")

    assert outcome.status == 1
    assert "No such file or directory" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_known_error_shows_its_traceback_only_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "nowhere.crmplan"

    plain = in_process("score", file)
    debugged = in_process("--debug", "score", file)

    assert plain.returncode == 1
    assert b"Traceback" not in plain.stderr
    assert debugged.returncode == 1
    assert b"Traceback" in debugged.stderr
    assert b"EngagementMissingError" in debugged.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_an_error_that_nobody_foresaw_is_told_in_a_sentence_too(client: Path) -> None:
    def full_disk(*options: str) -> subprocess.CompletedProcess[bytes]:
        with Path("/dev/full").open("wb") as full:
            return subprocess.run(
                [sys.executable, "-m", "crmplan", *options, "export", str(client)],
                env=surroundings(),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )

    plain, debugged = full_disk(), full_disk("--debug")

    assert plain.returncode == 1
    assert plain.stderr.startswith(b"crmplan: OSError: [Errno 28] No space left on device")
    assert b"crmplan --debug" in plain.stderr
    assert b"Traceback" not in plain.stderr
    assert b"Traceback" in debugged.stderr
