"""The command line: each command reads, calls one or two functions, and writes.

Commands are imported when they are called, so that ``--help`` needs nothing but click.
"""

from __future__ import annotations

import codecs
import importlib
import io
import sys
from typing import TYPE_CHECKING, Any

import click

from crmplan import __version__
from crmplan.errors import FAILED, INTERRUPTED, CrmplanError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class LazyGroup(click.Group):
    """A group that knows the names and one-line helps of its commands, and imports them late."""

    def __init__(self, *, lazy: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        """Make the group.

        Args:
            lazy: command name → module and one-line help; the module's ``command`` is the command.
            settings: of ``click.Group``.
        """
        super().__init__(**settings)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the work, not of the alphabet."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        found: click.Command = importlib.import_module(self.lazy[cmd_name][0]).command
        _show_examples(found)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or suggest the one that was meant."""
        from crmplan.problems import closest

        name = args[0]
        if not name.startswith("-") and name not in self.lazy and name not in self.commands:
            meant = closest(name, self.lazy)
            hint = f" Did you mean {meant!r}?" if meant else ""
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 click passes it
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without importing them."""
        rows = [(name, text) for name, (_, text) in self.lazy.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


_COMMANDS = {
    "demo": ("crmplan.cli.demo", "Make a sample engagement and its documents."),
    "new": ("crmplan.cli.new", "Begin an engagement."),
    "framework": ("crmplan.cli.framework", "List, show and check framework definitions."),
    "interview": ("crmplan.cli.interview", "Ask the questions in the terminal."),
    "questionnaire": ("crmplan.cli.questionnaire", "Send questions out and read answers back."),
    "survey": ("crmplan.cli.survey", "Ask customers and employees, and show what they say."),
    "record": ("crmplan.cli.record", "Record people, evidence, decisions, targets, factors."),
    "score": ("crmplan.cli.score", "Show scores, and explain any of them."),
    "agreement": ("crmplan.cli.agreement", "Show where people agree and where they differ."),
    "gaps": ("crmplan.cli.gaps", "Show gaps, the most urgent first."),
    "swot": ("crmplan.cli.swot", "Show strengths, weaknesses, opportunities and threats."),
    "requirements": ("crmplan.cli.requirements", "Keep the register of needs and trace it."),
    "worksheet": ("crmplan.cli.worksheet", "Fill in worksheets, and hand on what they find."),
    "packages": ("crmplan.cli.packages", "Compare software packages by weighted criteria."),
    "strategy": ("crmplan.cli.strategy", "Set targets of a strategy map and see what lags."),
    "processes": ("crmplan.cli.processes", "Choose, classify and rate the client's processes."),
    "sheet": ("crmplan.cli.sheet", "Enter records in Excel, and read them back."),
    "plan": ("crmplan.cli.plan", "Show initiatives, dates and the critical path."),
    "baseline": ("crmplan.cli.baseline", "Keep the plan that the sponsor signed."),
    "progress": ("crmplan.cli.progress", "Show where the project stands."),
    "health": ("crmplan.cli.health", "Check whether the dates of the plan can be believed."),
    "risk": ("crmplan.cli.risk", "Show how sure the dates of the plan are."),
    "forecast": ("crmplan.cli.forecast", "Show the scores to expect phase by phase."),
    "report": ("crmplan.cli.report", "Write Word documents."),
    "template": ("crmplan.cli.template", "Make and check a Word template of your own."),
    "export": ("crmplan.cli.export", "Write the whole engagement as readable JSON."),
    "import": ("crmplan.cli.import_", "Make an engagement from its JSON."),
    "upgrade": ("crmplan.cli.upgrade", "Carry an engagement over to a framework's new version."),
    "history": ("crmplan.cli.history", "Show who changed what and when."),
    "doctor": ("crmplan.cli.doctor", "Tell what this machine has and lacks."),
}


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: crmplan demo",
)
@click.version_option(__version__, prog_name="crmplan")
@click.option("--debug", is_flag=True, help="Show the whole error, for a bug report.")
def cli(debug: bool) -> None:
    """From a CRM maturity assessment to a plan that a sponsor signs."""
    click.get_current_context().obj = {"debug": debug}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    A reader of our output who has had enough, such as ``head``, ends the program silently; click
    sees to that.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _let_every_sign_through()
    try:
        status = cli.main(args=given, prog_name="crmplan", standalone_mode=False)
    except click.exceptions.Abort:
        _tell("stopped; nothing that was saved is lost")
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except CrmplanError as error:
        if "--debug" in given:
            raise
        _tell_error(error)
        status = error.exit_status
    except Exception as error:
        if "--debug" in given:
            raise
        _tell_unforeseen(error)
        status = FAILED
    sys.exit(status if isinstance(status, int) else 0)


def _let_every_sign_through() -> None:
    """Write what a terminal cannot show as "?" instead of stopping.

    ASCII is seldom meant: it is what a container or a service says when nobody set a language.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")


def _show_examples(command: click.Command) -> None:
    """Put the example of a command's docstring below its help."""
    _, _, example = (command.callback.__doc__ or "").partition("Example: ")
    if example:
        command.epilog = f"\b\nExample: {example.strip()}"  # \b keeps it on one line
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _show_examples(one)


def _tell_unforeseen(error: Exception) -> None:
    """Tell of a mistake of ours, or of a machine that fails us, such as a full disk."""
    _tell(f"{type(error).__name__}: {error}")
    click.echo(
        "    this was not foreseen; nothing that was saved is lost. Please report what this says: "
        "crmplan --debug …",
        err=True,
    )


def _tell_error(error: CrmplanError) -> None:
    problems = getattr(error, "problems", ())
    for problem in problems:
        click.echo(str(problem), err=True)
    _tell(error.message)
    if error.hint:
        click.echo(f"    {error.hint}", err=True)


def _tell(message: str) -> None:
    click.echo(f"crmplan: {message}", err=True)
