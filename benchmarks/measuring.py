"""How the benchmarks measure, and how they print what they found."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def machine() -> str:
    """Describe where the figures come from; they mean little anywhere else."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median_seconds(work: Callable[[], object], *, runs: int) -> float:
    """Time several runs and take the middle one; the first one, which is not counted, warms up."""
    work()
    return statistics.median(seconds(work) for _ in range(runs))


def peak_mb(who: int = resource.RUSAGE_SELF) -> float:
    """Tell the most memory that this process, or its largest child, has held so far."""
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


class Stopwatch:
    """Adds up the time that parts of a work take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def measure(self, part: str) -> Iterator[None]:
        """Add the time of a block to a part."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0) + time.perf_counter() - begin

    def measured(self, part: str, function: Callable[P, R]) -> Callable[P, R]:
        """Give a function that adds the time of every call to a part."""

        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.measure(part):
                return function(*args, **kwargs)

        return call


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], *notes: str) -> None:
    """Print a table: the first column to the left, figures to the right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    print(title)
    for line in lines:
        first, *others = (text.rjust(width) for text, width in zip(line, widths, strict=True))
        print("  " + "  ".join((line[0].ljust(len(first)), *others)))
    for note in notes:
        print(f"  {note}")
    print(flush=True)


def times(value: float) -> str:
    """Write a ratio."""
    return f"{value:,.0f}×" if value >= 100 else f"{value:.1f}×"
