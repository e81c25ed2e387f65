"""Scheduling under limited resources, measured on projects of PSPLIB.

python benchmarks/resources.py PATH_TO_PSPLIB [--groups j30] [--optimize | --processor]

PATH_TO_PSPLIB holds best_known_dev.csv (columns set, group, instance, best_known) and the projects
as SET/GROUP/INSTANCE.sm. The data is not part of crmplan: PSPLIB gives it for research (Kolisch &
Sprecher, 1997). Every schedule is checked before it counts.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from measuring import machine, show

from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.optimal import solve_and_optimise
from crmplan.planning.resources.problem import (
    Follows,
    ResourceProblem,
    ResourceSchedule,
)
from crmplan.planning.resources.solving import deadline, solve

NO_LIMIT = 10**9
SECONDS = {"j30": 1.0, "j60": 3.0, "j90": 4.0, "j120": 5.0}
GOALS = {"j30": 0.1, "j60": 1.2, "j120": 2.8}
GOALS_OPTIMIZED = {"j30": 0.1, "j60": 0.6, "j120": 2.0}


@dataclass(frozen=True)
class Run:
    """One project, scheduled."""

    answer: ResourceSchedule
    best_known: int
    seconds: float

    @property
    def gap(self) -> float:
        """Percent above the best known."""
        return 100 * (self.answer.makespan - self.best_known) / self.best_known


def main() -> None:
    """Measure group by group."""
    given = _arguments()
    before = os.getloadavg()[0]
    rows = []
    with (given.folder / "best_known_dev.csv").open(encoding="utf-8") as file:
        known = list(csv.DictReader(file))
    for group in given.groups.split(","):
        seconds = given.seconds or SECONDS.get(group, 3.0)
        runs = [_run(given, one, seconds) for one in known[:: given.every] if one["group"] == group]
        rows.append(_row(group, seconds, runs, GOALS_OPTIMIZED if given.optimize else GOALS))
    show(
        "Limited resources: mean gap to the best known of PSPLIB",
        ("", "projects", "seconds", "gap", "goal", "hits", "proved", "longest", "schedules/s"),
        rows,
        f"{'own search, then CP-SAT' if given.optimize else 'own search'}; {machine()}",
        f"load average {before:.1f} before, {os.getloadavg()[0]:.1f} after",
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="PATH_TO_PSPLIB")
    parser.add_argument("--groups", default="j30,j60,j120")
    parser.add_argument("--seconds", type=float, help="a project; else 1, 3 or 5 by its group")
    parser.add_argument("--optimize", action="store_true", help="let CP-SAT prove and improve")
    parser.add_argument("--every", type=int, default=1, help="take every n-th project only")
    parser.add_argument(
        "--processor",
        action="store_true",
        help="count seconds of the processor, for our own search on a machine with other work",
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _run(given: argparse.Namespace, one: dict[str, str], seconds: float) -> Run:
    path = given.folder / one["set"] / one["group"] / f"{one['instance']}.sm"
    problem = read_sm(path.read_text("latin-1"))
    clock = time.process_time if given.processor else time.perf_counter
    begin = clock()
    if given.optimize:
        answer = solve_and_optimise(problem, seconds=seconds, now=clock, seed=given.seed)
    else:
        stop = deadline(clock, seconds)
        answer = solve(problem, seed=given.seed, schedules=NO_LIMIT, stop=stop)
    taken = clock() - begin
    if faults := check_schedule(problem, answer.starts):
        raise SystemExit(f"{path}: {faults[0]}")
    return Run(answer, int(one["best_known"]), taken)


def _row(
    group: str, seconds: float, runs: Sequence[Run], goals: dict[str, float]
) -> tuple[str, ...]:
    count = len(runs)
    tried = sum(run.answer.schedules for run in runs)
    return (
        group,
        str(count),
        f"{seconds:g}",
        f"{mean(run.gap for run in runs):.2f} %",
        f"{goals[group]} %" if group in goals else "–",
        str(sum(run.gap <= 0 for run in runs)),
        str(sum(run.answer.is_proved for run in runs)),
        f"{max(run.seconds for run in runs):.1f} s",
        f"{tried / sum(run.seconds for run in runs):,.0f}",
    )


def read_sm(text: str) -> ResourceProblem:
    """Read a single-mode project of PSPLIB."""
    _, rest = text.split("PRECEDENCE RELATIONS:")
    links, rest = rest.split("REQUESTS/DURATIONS:")
    requests, capacities = rest.split("RESOURCEAVAILABILITIES:")
    roles = re.findall(r"R\s*\d+", capacities)
    units = next(row for row in _numbers(capacities) if len(row) == len(roles))
    tasks = {str(row[0]): row for row in _numbers(requests)}
    return ResourceProblem(
        ids=tuple(tasks),
        durations={task: row[2] for task, row in tasks.items()},
        follows=tuple(
            Follows(str(row[0]), str(after)) for row in _numbers(links) for after in row[3:]
        ),
        demands={task: dict(zip(roles, row[3:], strict=True)) for task, row in tasks.items()},
        capacities=dict(zip(roles, units, strict=True)),
    )


def _numbers(text: str) -> list[list[int]]:
    """Give the rows that consist of numbers."""
    rows = (line.split() for line in text.splitlines())
    return [[int(cell) for cell in row] for row in rows if row and all(map(str.isdigit, row))]


if __name__ == "__main__":
    main()
