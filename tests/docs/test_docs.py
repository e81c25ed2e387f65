"""The documentation says what the program does: commands, codes, links and examples."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crmplan import errors
from crmplan.cli import cli
from tests.cli.command_line import crmplan
from tests.docs.filling import fill_in, misspell
from tests.docs.pages import GUIDE, PROJECT, Step, links, pages, steps

PAGES_WITH_EXAMPLES = [page for page in pages() if steps(page)]
_CODE = re.compile(r"\"((?:DEF|FORM|MSPDI|PLAN|SHEET|SURVEY)-[A-Z]+(?:-[A-Z]+)*)\"")


def _commands(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command with its path, such as ``record evidence``."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from _commands(inner, (*path, name))


COMMANDS = dict(_commands())


def _section(page: Path, title: str) -> str:
    """The text below a heading of any level, up to the next heading."""
    text = page.read_text("utf-8")
    found = re.search(rf"^#+ {re.escape(title)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no heading {title!r}"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_of_a_command_is_explained(name: str) -> None:
    section = _section(GUIDE / "commands.md", f"`crmplan {name}`")
    options = [one for one in COMMANDS[name].params if isinstance(one, click.Option)]

    missing = [
        written
        for option in options
        for written in (*option.opts, *option.secondary_opts)
        if f"`{written}" not in section
    ]

    assert not missing


@pytest.mark.parametrize("option", ["--version", "--debug", "--help"])
def test_the_options_of_the_program_are_explained(option: str) -> None:
    assert f"`{option}`" in (GUIDE / "commands.md").read_text("utf-8")


def test_no_command_is_explained_that_is_not_there() -> None:
    text = (GUIDE / "commands.md").read_text("utf-8")

    explained = re.findall(r"^#+ `crmplan (.+)`$", text, re.MULTILINE)

    assert sorted(explained) == sorted(COMMANDS)


def test_every_exit_status_is_explained() -> None:
    section = _section(GUIDE / "commands.md", "Exit status")
    statuses = (
        *(errors.DONE, errors.FAILED, errors.WRONG_COMMAND_LINE),
        *(errors.FINDINGS, errors.LOCKED_OR_NEWER, errors.INTERRUPTED),
    )

    assert [one for one in statuses if f"| {one} |" not in section] == []


def _error_codes(kind: type[errors.CrmplanError] = errors.CrmplanError) -> set[str]:
    return {kind.code}.union(*map(_error_codes, kind.__subclasses__()))


def _problem_codes() -> set[str]:
    sources = (PROJECT / "crmplan").rglob("*.py")
    return {code for path in sources for code in _CODE.findall(path.read_text("utf-8"))}


def test_every_code_says_what_to_do() -> None:
    text = (GUIDE / "problems.md").read_text("utf-8")
    codes = _error_codes() | _problem_codes()

    assert sorted(code for code in codes if f"| `{code}` |" not in text) == []


def test_no_code_is_explained_that_is_not_there() -> None:
    text = (GUIDE / "problems.md").read_text("utf-8")

    explained = re.findall(r"^\| `([A-Z-]+)` \|", text, re.MULTILINE)

    assert sorted(explained) == sorted(_error_codes() | _problem_codes())


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    broken = [target for target in links(page) if not (page.parent / target).exists()]

    assert not broken


@pytest.mark.parametrize("page", PAGES_WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_examples_of_a_page_do_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")  # without LibreOffice documents are made sooner
    monkeypatch.delenv("CRMPLAN_FRAMEWORKS", raising=False)
    for name in ("examples", "frameworks"):
        shutil.copytree(PROJECT / name, tmp_path / name)

    for step in steps(page):
        if step.by_hand:
            _do_by_hand(step.command)
        elif step.command.startswith("export "):
            name, value = step.command.removeprefix("export ").split("=")
            monkeypatch.setenv(name, value)
        elif step.command.startswith("cp -r "):
            source, target = shlex.split(step.command)[2:]
            shutil.copytree(source, target)
        else:
            _run(step)


def _run(step: Step) -> None:
    program, *arguments = shlex.split(step.command)
    assert program == "crmplan", step.command
    given = [one for word in arguments for one in _expanded(word)]
    outcome = crmplan(*given, typed=step.typed)
    written = [" ".join(line.split()) for line in (outcome.out + outcome.err).splitlines()]

    assert outcome.status == step.status, f"{step.command}\n{outcome.err}"
    position = 0
    for line in step.shown:
        wanted = " ".join(line.split())
        if wanted in ("", "…"):
            continue
        assert wanted in written[position:], f"{step.command}\ndoes not write: {line}"
        position = written.index(wanted, position) + 1


def _expanded(word: str) -> list[str]:
    """A word as the shell gives it: a pattern becomes the names of files."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


def _do_by_hand(what: str) -> None:
    if found := re.fullmatch(r"fill in (\S+)", what):
        for path in sorted(Path(found[1]).glob("*.xlsx")):
            fill_in(path)
    elif found := re.fullmatch(r"misspell (\S+) as (\S+)", what):
        misspell(Path(found[1]), to=Path(found[2]))
    elif found := re.fullmatch(r'in (\S+) write "(.*)" for "(.*)"', what):
        path, new, old = Path(found[1]), found[2], found[3]
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        raise ValueError(f"nobody can do this by hand: {what}")
