"""Terminals as they are: without UTF-8, without a language, and readers that leave early."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command_line import (
    EXAMPLES,
    at_terminal,
    command,
    done,
    in_process,
    stored,
    surroundings,
    write_engagement,
)


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("persian") / "persian.crmplan"
    done("import", file, EXAMPLES / "home-appliances" / "engagement.fa.json")
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1256"])
@pytest.mark.parametrize("command_line", ["score", "gaps", "swot", "plan --tasks", "agreement"])
def test_persian_results_are_written_to_every_terminal(
    persian: Path, command_line: str, encoding: str
) -> None:
    name, *options = command_line.split()

    status, out, _ = at_terminal(encoding, name, persian, *options)

    assert status == (3 if name == "agreement" else 0)
    assert out


@pytest.mark.parametrize("command_line", ["score", "swot"])
def test_ascii_means_that_nobody_set_a_language_and_utf8_is_written(
    persian: Path, command_line: str
) -> None:
    _, at_ascii, _ = at_terminal("ascii", command_line, persian)
    _, at_utf8, _ = at_terminal("utf-8", command_line, persian)

    assert at_ascii == at_utf8


def test_what_a_terminal_cannot_show_becomes_a_question_mark(persian: Path) -> None:
    _, out, _ = at_terminal("latin-1", "swot", persian)

    assert out.decode("latin-1").splitlines()[0] == "?" * len("قوت‌ها")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256"])
@pytest.mark.parametrize("options", [("export",), ("score", "--json")], ids=" ".join)
def test_json_is_utf8_whatever_the_terminal_shows(
    persian: Path, options: tuple[str, ...], encoding: str
) -> None:
    _, out, _ = at_terminal(encoding, options[0], persian, *options[1:])

    assert json.loads(out.decode("utf-8"))
    assert b"\\u0" not in out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256"])
def test_a_persian_interview_is_held_at_every_terminal(persian: Path, encoding: str) -> None:
    person = stored(persian).respondents[0].id

    status, out, err = at_terminal(
        encoding, "interview", persian, "--respondent", person, typed=b"?\nq\n"
    )

    assert (status, out) == (0, b"")
    assert err


def test_a_table_is_written_by_a_process_without_a_language(persian: Path) -> None:
    ran = in_process("score", persian, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "همه بُعدها" in ran.stdout.decode()


def test_a_persian_name_goes_in_and_out_where_no_language_is_set(tmp_path: Path) -> None:
    file = tmp_path / "شرکت.crmplan"

    ran = in_process("new", file, "--organisation", "تابان‌رود", LC_ALL="C")

    assert ran.returncode == 0, ran.stderr
    assert json.loads(done("export", file).out)["organisation"]["name"] == "تابان‌رود"


def test_a_text_from_a_strangers_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Escape sequences could otherwise rename the window, or hide what was printed before."""
    evil = "A\x1b[31mred\x1b]0;title\x07\x9b2J"
    people = [{"id": "md", "name": evil, "role": evil, "group": "executive"}]
    file = write_engagement(tmp_path, {"organisation": {"name": evil}, "respondents": people})

    _, asked, told = at_terminal("utf-8", "interview", file, typed=b"md\nq\n")
    _, imported, _ = at_terminal(
        "utf-8", "import", tmp_path / "again.crmplan", tmp_path / "engagement.json"
    )

    for written in (asked, told, imported):
        assert not {"\x1b", "\x07", "\x9b"} & set(written.decode())
    assert b"A?[31mred" in told
    assert b"A?[31mred" in imported


@pytest.mark.parametrize("line", ["framework show drcrm", "export"])
def test_a_reader_who_leaves_early_ends_the_program_silently(persian: Path, line: str) -> None:
    words = [*line.split(), *([str(persian)] if line == "export" else [])]
    with subprocess.Popen(
        command(*words), env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()

    assert told == b""
    assert running.returncode in (0, 1)
