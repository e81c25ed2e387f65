"""Choosing 500 initiatives under one budget, and 100 under four: seconds until it is proved.

python benchmarks/selection.py [--seeds 3]

The time of the processor is what counts on a machine with other work. Beside it stands the greedy
choice by value a day, which proves nothing.
"""

from __future__ import annotations

import argparse
import random
import time
from fractions import Fraction
from statistics import mean

from measuring import machine, show

from crmplan.planning.budgeting import Candidate, choose_within_budget

PERIODS = 4
SIZES = ((500, 1), (100, PERIODS))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    choose_within_budget(initiatives(5, 0), [10])  # the import of the solver is not measured
    rows = [_row(count, periods, given.seeds) for count, periods in SIZES]
    show(
        "Selection under budgets",
        ("initiatives", "periods", "proved", "mean", "longest", "processor", "greedy loses"),
        rows,
        machine(),
    )


def _row(count: int, periods: int, seeds: int) -> tuple[str, ...]:
    seconds, processor, proved, losses = [], [], 0, []
    for seed in range(seeds):
        candidates = initiatives(count, seed)
        budgets = [sum(one.cost_days for one in candidates) * 2 // (5 * periods)] * periods
        begin, worked = time.perf_counter(), time.process_time()
        choice = choose_within_budget(candidates, budgets)
        seconds.append(time.perf_counter() - begin)
        processor.append(time.process_time() - worked)
        proved += choice.is_proved
        losses.append(1 - float(_greedy_value(candidates, sum(budgets)) / choice.value))
    loss = f"{100 * mean(losses):.1f} %" if periods == 1 else "–"
    times = (f"{mean(seconds):.2f} s", f"{max(seconds):.2f} s", f"{mean(processor):.2f} s")
    return (str(count), str(periods), f"{proved} of {seeds}", *times, loss)


def initiatives(count: int, seed: int) -> tuple[Candidate, ...]:
    """Draw initiatives of which every third requires one before it."""
    chance = random.Random(seed)
    return tuple(
        Candidate(
            f"i{number}",
            chance.randint(5, 120),
            Fraction(chance.randint(1, 100)),
            (f"i{chance.randrange(number)}",) if number and number % 3 == 0 else (),
        )
        for number in range(count)
    )


def _greedy_value(candidates: tuple[Candidate, ...], budget: int) -> Fraction:
    """Take what is worth most a day, once what it requires is in."""
    taken: set[str] = set()
    value = Fraction(0)
    for one in sorted(candidates, key=lambda one: -one.value / one.cost_days):
        if one.cost_days <= budget and taken.issuperset(one.requires):
            taken.add(one.id)
            budget -= one.cost_days
            value += one.value
    return value


if __name__ == "__main__":
    main()
