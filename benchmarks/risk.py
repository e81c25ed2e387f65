"""The simulation of dates, against the same simulation as a plain loop in Python.

python benchmarks/risk.py [--samples 10000] [--tasks 1000] [--looped 100]

The loop draws triangles and walks the tasks one sample after the other; its time for all samples is
that of ``--looped`` of them, multiplied. Both must agree about the median within a percent before a
time counts. Memory is the peak of this process above what it held before.
"""

from __future__ import annotations

import argparse
import random
import statistics
from datetime import date

from measuring import machine, peak_mb, seconds, show, times

from crmplan.planning.estimates import ThreePoint
from crmplan.planning.risk import Settings, simulate
from crmplan.planning.scheduling import schedule
from crmplan.planning.sizing import NO_EFFORT
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, Task, WorkPlan

GOAL, GOAL_MB = 20, 100
NEAR = 0.01
FAR_BEFORE = 60


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--tasks", type=int, default=1_000)
    parser.add_argument("--looped", type=int, default=100, help="samples of the plain loop")
    given = parser.parse_args()
    plan, estimates = _network(given.tasks)
    dated = schedule(plan, WorkCalendar(frozenset({5, 6})), start=date(2026, 1, 5))
    settings = Settings(samples=given.samples, correlation=0)
    simulate(plan, dated, estimates=estimates, settings=Settings(samples=100, correlation=0))
    held, median = peak_mb(), []

    def ours() -> None:
        median.append(simulate(plan, dated, estimates=estimates, settings=settings).curve[50])

    own = statistics.median(seconds(ours) for _ in range(3))
    memory = peak_mb() - held
    ends: list[float] = []
    loop = seconds(lambda: ends.extend(_loop(plan, estimates, given.looped)))
    loop *= given.samples / given.looped
    theirs = statistics.median(ends)
    if abs(median[0] / theirs - 1) > NEAR:
        raise SystemExit(f"the medians differ: {median[0]:.1f} and {theirs:.1f} days")
    show(
        f"Dates of {given.tasks:,} tasks and {len(plan.links):,} links, {given.samples:,} samples",
        ("", "seconds", "ratio", "memory MB"),
        (
            ("plain loop", f"{loop:.1f}", "", ""),
            ("crmplan", f"{own:.2f}", times(loop / own), f"{memory:.0f}"),
        ),
        machine(),
        f"goal: {GOAL}× and {GOAL_MB} MB at most",
    )


def _network(count: int) -> tuple[WorkPlan, dict[str, ThreePoint]]:
    """Make a random plan with about two links a task, from tasks not far before."""
    chance = random.Random(1)
    tasks, links, estimates = [], {}, {}
    for number in range(count):
        name, days = f"t{number:05d}", chance.randint(2, 20)
        tasks.append(Task(name, name, "activity", f"p{number % 5}", NO_EFFORT, days, "pm", ()))
        estimates[name] = ThreePoint(days * 0.8, days, days * 1.8)
        for _ in range(2 if number else 0):
            before = chance.randrange(max(0, number - FAR_BEFORE), number)
            links[f"t{before:05d}", name] = Link(f"t{before:05d}", name, "activity")
    return WorkPlan(tuple(tasks), tuple(links.values())), estimates


def _loop(plan: WorkPlan, estimates: dict[str, ThreePoint], samples: int) -> list[float]:
    """Simulate with nothing but lists and dictionaries; tasks stand in an order that fits links.

    Criticality needs the way back as well, as in the simulation of crmplan.
    """
    chance = random.Random(2)
    before: dict[str, list[str]] = {task.id: [] for task in plan.tasks}
    after: dict[str, list[str]] = {task.id: [] for task in plan.tasks}
    for link in plan.links:
        before[link.after].append(link.before)
        after[link.before].append(link.after)
    critical = dict.fromkeys(before, 0)
    ends = []
    for _ in range(samples):
        days = {
            name: chance.triangular(one.low, one.high, one.mode) for name, one in estimates.items()
        }
        finish: dict[str, float] = {}
        for name, needs in before.items():
            finish[name] = max((finish[one] for one in needs), default=0) + days[name]
        end = max(finish.values())
        late: dict[str, float] = {}
        for name in reversed(before):
            late[name] = min((late[one] - days[one] for one in after[name]), default=end)
            critical[name] += late[name] - finish[name] < 1e-9
        ends.append(end)
    return ends


if __name__ == "__main__":
    main()
