"""Limited roles with shortest and longest distances, against the published answers of RCPSP/max.

python benchmarks/longest_distances.py PATH_TO_PSPLIB [--seconds 3] [--own]

PATH_TO_PSPLIB holds rcpsp-max/best_known.csv (columns group, instance, optimum: a number, lb..ub or
unsat) and the projects as rcpsp-max/GROUP/INSTANCE. The data is not part of crmplan (Schwindt,
ProGen/max). An answer disagrees if it is infeasible where a schedule is known, or the reverse, or
shorter than, or proved at another length than, the published optimum.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from measuring import machine, show

from crmplan.errors import InfeasiblePlanError, NoScheduleFoundError
from crmplan.planning.resources.check import check_schedule
from crmplan.planning.resources.optimal import solve_and_optimise
from crmplan.planning.resources.problem import Follows, ResourceProblem, ResourceSchedule
from crmplan.planning.resources.solving import deadline, solve

NO_LIMIT = 10**9


@dataclass(frozen=True)
class Answer:
    """What came out of one project: ``length`` is None without a schedule."""

    group: str
    published: str
    length: int | None
    is_proved: bool
    binding: tuple[str, ...]
    seconds: float

    @property
    def disagrees(self) -> bool:
        """Tell whether the answer cannot be right together with the published one."""
        if self.published == "unsat":
            return self.length is not None
        if self.length is None:
            return self.is_proved
        least, _, most = self.published.partition("..")
        shorter = self.length < int(least)
        return shorter or (self.is_proved and self.length > int(most or least))


def main() -> None:
    """Measure group by group."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="PATH_TO_PSPLIB")
    parser.add_argument("--seconds", type=float, default=3.0, help="a project")
    parser.add_argument("--own", action="store_true", help="our own search alone")
    parser.add_argument("--verbose", action="store_true", help="name what contradicts")
    given = parser.parse_args()
    folder = given.folder / "rcpsp-max"
    with (folder / "best_known.csv").open(encoding="utf-8") as file:
        answers = [_answer(given, folder, one) for one in csv.DictReader(file)]
    groups = dict.fromkeys(one.group for one in answers)
    before = os.getloadavg()[0]
    show(
        "Longest distances: answers against those published (RCPSP/max)",
        ("", "projects", "settled", "infeasible", "disagree", "parts", "mean", "longest"),
        [_row(group, [one for one in answers if one.group == group]) for group in groups],
        f"{'own search' if given.own else 'own search, then CP-SAT'}; {machine()}",
        f"load average {before:.1f}",
    )
    if any(one.disagrees for one in answers):
        raise SystemExit("an answer disagrees with the published one")


def _answer(given: argparse.Namespace, folder: Path, one: dict[str, str]) -> Answer:
    path = folder / one["group"] / one["instance"]
    problem = read_sch(path.read_text("latin-1"))
    begin = time.perf_counter()
    found: ResourceSchedule | None = None
    binding: tuple[str, ...] = ()
    proved = False
    try:
        found = _solve(given, problem)
    except InfeasiblePlanError as error:
        binding, proved = error.binding, True
    except NoScheduleFoundError:
        pass
    taken = time.perf_counter() - begin
    if found and (faults := check_schedule(problem, found.starts)):
        raise SystemExit(f"{path}: {faults[0]}")
    if given.verbose and binding:
        print(path.name, f"{taken:.1f} s", *binding, sep="\n  ")
    return Answer(
        one["group"],
        one["optimum"],
        found.makespan if found else None,
        found.is_proved if found else proved,
        binding,
        taken,
    )


def _solve(given: argparse.Namespace, problem: ResourceProblem) -> ResourceSchedule:
    clock = time.perf_counter
    if given.own:
        return solve(problem, schedules=NO_LIMIT, stop=deadline(clock, given.seconds))
    return solve_and_optimise(problem, seconds=given.seconds, now=clock)


def _row(group: str, answers: list[Answer]) -> tuple[str, ...]:
    infeasible = [one for one in answers if one.binding]
    return (
        group,
        str(len(answers)),
        str(sum(one.is_proved for one in answers)),
        str(len(infeasible)),
        str(sum(one.disagrees for one in answers)),
        f"{mean(len(one.binding) for one in infeasible):.1f}" if infeasible else "–",
        f"{mean(one.seconds for one in answers):.2f} s",
        f"{max(one.seconds for one in answers):.1f} s",
    )


def read_sch(text: str) -> ResourceProblem:
    """Read a project of ProGen/max.

    A distance below 0 is a longest one, read backwards; so is one of 0 that leads back to a lower
    number, which would close a circle.
    """
    rows = [line.replace("[", " ").replace("]", " ").split() for line in text.splitlines()]
    rows = [row for row in rows if row]
    count, roles = int(rows[0][0]) + 2, int(rows[0][1])
    links, tasks, last = rows[1 : count + 1], rows[count + 1 : 2 * count + 1], rows[2 * count + 1]
    capacities = {f"R{number}": int(units) for number, units in enumerate(last[:roles])}
    return ResourceProblem(
        ids=tuple(row[0] for row in tasks),
        durations={row[0]: int(row[2]) for row in tasks},
        follows=tuple(link for row in links for link in _follows(row)),
        demands={row[0]: dict(zip(capacities, map(int, row[3:]), strict=True)) for row in tasks},
        capacities=capacities,
    )


def _follows(row: list[str]) -> list[Follows]:
    before, count = row[0], int(row[2])
    pairs = zip(row[3 : 3 + count], map(int, row[3 + count :]), strict=True)
    return [
        Follows(before, after, lag, "SS")
        if lag > 0 or (lag == 0 and int(before) < int(after))
        else Follows(after, before, None, "SS", at_most_days=-lag)
        for after, lag in pairs
    ]


if __name__ == "__main__":
    main()
