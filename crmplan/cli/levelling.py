"""Long work of the levelling, watched: progress on standard error, Ctrl-C keeps the best so far."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from crmplan.cli.output import progress, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from crmplan.planning.resources.engines import EngineName
    from crmplan.planning.resources.levelling import Solver
    from crmplan.planning.resources.search import Progress

    Command = TypeVar("Command", bound=Callable[..., Any])

ENGINES = ("auto", "search", "optimal")


def solver_options(function: Command) -> Command:
    """Which engine dates tasks with limited roles, for how long, and from which chance."""
    for option in (
        click.option(
            "--seed",
            type=click.IntRange(0),
            default=1,
            show_default=True,
            help="Beginning of chance in the search; the same seed gives the same dates.",
        ),
        click.option(
            "--seconds",
            type=click.FloatRange(0, min_open=True),
            help="How long the search may take; without, it counts schedules and is repeatable.",
        ),
        click.option(
            "--solver",
            type=click.Choice(ENGINES),
            default="auto",
            show_default=True,
            help="With limited roles: own search, the solver of crmplan[optimize] after it, or "
            "the solver if it is installed and our plan is not proved.",
        ),
    ):
        function = option(function)
    return function


@contextmanager
def watched(name: EngineName, *, seconds: float | None, seed: int) -> Iterator[Solver]:
    """Give an engine whose progress is shown, and which Ctrl-C ends with the best plan so far.

    A second Ctrl-C ends the program.
    """
    from crmplan.planning.resources.engines import engine

    stopped = threading.Event()
    with progress() as bar, _interrupts(stopped):
        task = bar.add_task("schedules", total=None)

        def show(reached: Progress) -> None:
            text = f"schedules; best {reached.makespan}, at least {reached.lower_bound} days"
            bar.update(task, completed=reached.schedules, description=text)

        yield engine(
            name,
            seed=seed,
            seconds=seconds,
            now=time.monotonic,
            stop=stopped.is_set,
            tell=show,
        )
    if stopped.is_set():
        tell("stopped: this is the best plan so far")


@contextmanager
def _interrupts(stopped: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears Ctrl-C
        return

    def stop(number: int, frame: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        del number, frame
        stopped.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
