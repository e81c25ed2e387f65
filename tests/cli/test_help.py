"""Help: there for every command, with an example, and quick because it imports next to nothing."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from crmplan.cli import cli
from tests.cli.command_line import crmplan, done, surroundings

HEAVY = ("pydantic", "networkx", "numpy", "docx", "jinja2", "sqlalchemy", "rich", "yaml", "lxml")


def _paths(group: click.Group, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        found.append((*before, name))
        if isinstance(one, click.Group):
            found += _paths(one, (*before, name))
    return found


COMMANDS = _paths(cli)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_one_sentence(path: tuple[str, ...]) -> None:
    outcome = done(*path, "--help")

    assert outcome.out.startswith(f"Usage: crmplan {' '.join(path)} ")
    assert outcome.err == ""


@pytest.mark.parametrize(
    "path", [one for one in COMMANDS if not any(len(o) > len(one) and o[0] == one[0] for o in
    COMMANDS)], ids=" ".join,
)  # fmt: skip
def test_every_command_shows_an_example_of_itself(path: tuple[str, ...]) -> None:
    assert f"Example: crmplan {' '.join(path)}" in done(*path, "--help").out


def test_the_help_of_the_program_imports_no_heavy_package() -> None:
    program = (
        "import sys\n"
        "from crmplan.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n"
        f"    heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "    sys.stderr.write(' '.join(heavy))\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], env=surroundings(), capture_output=True, check=True
    )

    assert ran.stdout.startswith(b"Usage: crmplan")
    assert ran.stderr == b""


def test_help_lists_the_commands_in_the_order_of_the_work() -> None:
    out = done("--help").out

    assert out.index("  new ") < out.index("  interview ") < out.index("  score ")
    assert out.index("  score ") < out.index("  plan ") < out.index("  report ")


def test_the_version_is_told() -> None:
    from crmplan import __version__

    assert done("--version").out == f"crmplan, version {__version__}\n"


def test_a_command_that_does_not_exist_is_answered_with_the_one_that_was_meant() -> None:
    outcome = crmplan("scroe", "client.crmplan")

    assert outcome.status == 2
    assert "No such command 'scroe'. Did you mean 'score'?" in outcome.err


def test_an_option_that_does_not_exist_is_a_wrong_command_line() -> None:
    outcome = crmplan("score", "client.crmplan", "--jsno")

    assert outcome.status == 2
    assert "--json" in outcome.err


def test_each_command_goes_by_the_name_it_is_listed_under() -> None:
    context = click.Context(cli)

    for name in cli.list_commands(context):
        one = cli.get_command(context, name)
        assert one is not None
        assert one.name == name
