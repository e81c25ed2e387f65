"""An interview that ends badly: what was said is in the file before the next question is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import command, levels, surroundings

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
THREE = {
    ("leadership.sponsor", "intention"): 3,
    ("leadership.sponsor", "reality"): 2,
    ("leadership.customer-vision", "intention"): 1,
}


def _after_three_answers(file: Path) -> subprocess.Popen[bytes]:
    """Start an interview, type three answers, and wait until the fourth question is asked."""
    running = subprocess.Popen(
        command("interview", file, "--respondent", "md"),
        env=surroundings(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin is not None
    assert running.stderr is not None
    running.stdin.write(b"3\n2\n1\n")
    running.stdin.flush()
    told = b""
    while b"4 of " not in told:
        piece = os.read(running.stderr.fileno(), 4096)
        assert piece, told
        told += piece
    return running


@POSIX_ONLY
def test_answers_survive_when_the_process_is_killed(client: Path) -> None:
    with _after_three_answers(client) as running:
        running.kill()

    assert levels(client) == THREE


@POSIX_ONLY
def test_ctrl_c_leaves_with_130_and_keeps_the_answers(client: Path) -> None:
    with _after_three_answers(client) as running:
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)

    assert running.returncode == 130
    assert out == b""
    assert b"nothing that was saved is lost" in err
    assert b"Traceback" not in err
    assert levels(client) == THREE


@POSIX_ONLY
def test_an_answer_is_in_the_file_before_the_next_question(client: Path) -> None:
    with _after_three_answers(client) as running:
        seen_meanwhile = levels(client)
        running.kill()

    assert seen_meanwhile == THREE


def test_bytes_that_are_no_utf8_are_no_reason_to_stop(client: Path) -> None:
    ran = subprocess.run(
        command("interview", client, "--respondent", "md"),
        env=surroundings(),
        input=b"\xff\xfe\n3\nq\n",
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert levels(client) == {("leadership.sponsor", "intention"): 3}


def test_the_tests_run_the_program_that_is_tested() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import crmplan; print(crmplan.__file__)"],
        env=surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )

    import crmplan

    assert ran.stdout.strip() == crmplan.__file__
