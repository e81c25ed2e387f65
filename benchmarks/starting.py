"""How long ``crmplan --help`` takes, beside a click program with one command; the goal is 3×."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from measuring import seconds, show, times

RUNS = 15
PROGRAMS = {
    "python -c pass": ("-c", "pass"),
    "bare click --help": (str(Path(__file__).with_name("bare_click.py")), "--help"),
    "crmplan --help": ("-m", "crmplan", "--help"),
    "crmplan doctor": ("-m", "crmplan", "doctor"),
}


def main() -> None:
    """Run the programs in turns, so that whatever else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(RUNS + 1):
        for name, arguments in PROGRAMS.items():
            taken[name].append(seconds(lambda given=arguments: _run(given)))  # type: ignore[misc]
    medians = {name: statistics.median(found[1:]) for name, found in taken.items()}
    bare = medians["bare click --help"]
    show(
        f"Starting: median of {RUNS} processes",
        ("", "ms", "of bare click"),
        [(name, f"{one * 1000:.0f}", times(one / bare)) for name, one in medians.items()],
        "goal: crmplan --help at most 3.0×",
    )


def _run(arguments: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
