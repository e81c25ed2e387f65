"""Run all benchmarks, one after the other, each in a process of its own.

python benchmarks/run.py [--rows 400] [--only NAME] [--psplib PATH_TO_PSPLIB]

Schedules under limited roles are measured only if a path to the projects of PSPLIB is given.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from measuring import machine

FOLDER = Path(__file__).parent
BENCHMARKS = (
    "starting",
    "nine_documents",
    "table_cells",
    "long_report",
    "many_respondents",
    "critical_path",
    "risk",
    "large_framework",
    "selection",
)
ON_PSPLIB = (("resources",), ("resources", "--optimize"), ("longest_distances",))


def main() -> None:
    """Run what is asked for and leave with the status of the first that failed."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and print ratios.")
    parser.add_argument("--rows", default="200", help="rows of the slow table; 400 takes minutes")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="run only this one")
    parser.add_argument("--psplib", type=Path, metavar="PATH", help="projects of PSPLIB")
    given = parser.parse_args()
    print(f"{machine()}\n", flush=True)
    for name in given.only or BENCHMARKS:
        _run(name, *(("--rows", given.rows) if name == "table_cells" else ()))
    if given.psplib:
        for name, *options in ON_PSPLIB:
            _run(name, str(given.psplib), *options)


def _run(name: str, *options: str) -> None:
    ran = subprocess.run(
        [sys.executable, str(FOLDER / f"{name}.py"), *options],
        env={**os.environ, "PYTHONPATH": str(FOLDER.parent)},
        check=False,
    )
    if ran.returncode:
        sys.exit(ran.returncode)


if __name__ == "__main__":
    main()
