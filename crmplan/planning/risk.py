"""How sure the dates of a plan are: Monte Carlo simulation of its durations.

Each sample draws every duration, adds the risks that come true, and computes the critical path
again. Durations of one phase, or of one role, move together as far as ``correlation`` says (one
common factor each). Method and worked example: docs/method/risk.md. Sources: Van Slyke (1963),
Monte Carlo methods and the PERT problem (criticality index); Williams (1992), Criticality in
stochastic networks (cruciality).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.planning.effort_risk import Shared, effort_percentiles, factor_numbers
from crmplan.planning.estimates import (
    PERCENTILES,
    Distribution,
    ThreePoint,
    normal_share,
    sample,
)
from crmplan.planning.network.calendars import Calendars

if TYPE_CHECKING:
    from crmplan.planning.estimates import Samples
    from crmplan.planning.risk_register import DiscreteRisk
    from crmplan.planning.scheduling import Schedule
    from crmplan.planning.working_time import Days
    from crmplan.planning.workplan import WorkPlan

BLOCK = 1_000
"""Samples computed at once: a row of them stays in the processor's cache."""
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Settings:
    """How a simulation is made; the same settings and plan give the same result.

    Attributes:
        correlation: how far durations that share a factor move together, 0 to 1.
        shared: what shares a factor: the tasks of a phase, or those that a role leads.
    """

    samples: int = 10_000
    seed: int = 1
    distribution: Distribution = "triangular"
    correlation: float = 0.3
    shared: Shared = "phase"


@dataclass(frozen=True, slots=True)
class TaskRisk:
    """What a task means for the end of the plan.

    Attributes:
        criticality: share of samples in which it was critical, 0 to 1.
        cruciality: correlation of its duration with the length of the plan, -1 to 1.
    """

    criticality: float
    cruciality: float


@dataclass(frozen=True, slots=True)
class RiskProfile:
    """The dates of a plan with their probability.

    Attributes:
        days: length of the plan in working days, by percentile.
        dates: last day of the plan, by percentile.
        phase_dates: last day of each phase, by phase and percentile.
        planned_probability: share of samples that end by the planned date, 0 to 1.
        effort_days: person-days of the whole plan, by percentile.
        p80_error: standard error of the 80th percentile from sampling, in working days.
        curve: lengths in working days at 0, 1, … 100 percent.
    """

    settings: Settings
    days: Mapping[int, int]
    dates: Mapping[int, date]
    phase_dates: Mapping[str, Mapping[int, date]]
    planned_days: Days
    planned_probability: float
    p80_error: float
    tasks: Mapping[str, TaskRisk]
    curve: tuple[float, ...]
    effort_days: Mapping[int, int]

    def probability(self, days: float | Days) -> float:
        """Give the share of samples that end within some working days, to the nearest percent."""
        return min(1.0, bisect_right(self.curve, days + _TOLERANCE) / 100)


def simulate(
    plan: WorkPlan,
    schedule: Schedule,
    *,
    estimates: Mapping[str, ThreePoint],
    risks: Sequence[DiscreteRisk] = (),
    settings: Settings = Settings(),
    tell: Callable[[int], None] = lambda _: None,
) -> RiskProfile:
    """Simulate a plan.

    Args:
        plan: tasks and links.
        schedule: the same plan with dates, for the calendar and the planned end.
        estimates: durations by task; a task without one takes its planned duration always.
        risks: what may happen besides.
        settings: samples, seed, distribution, correlation.
        tell: is told how many samples are done, block by block.
    """
    import numpy as np

    simulation = _Simulation(plan, schedule, estimates, risks, settings)
    ends, phase_ends, task_risks = simulation.run(tell)
    planned = schedule.length_days
    days = {one: ceil(float(np.percentile(ends, one)) - _TOLERANCE) for one in PERCENTILES}
    return RiskProfile(
        settings=settings,
        days=days,
        dates={one: _date(schedule, length) for one, length in days.items()},
        phase_dates={
            phase: {one: _date(schedule, float(np.percentile(found, one))) for one in PERCENTILES}
            for phase, found in phase_ends.items()
        },
        planned_days=planned,
        planned_probability=float(np.mean(ends <= planned + _TOLERANCE)),
        p80_error=_percentile_error(ends, 80),
        tasks=task_risks,
        curve=tuple(float(np.percentile(ends, one)) for one in range(101)),
        effort_days=effort_percentiles(
            plan,
            samples=settings.samples,
            seed=settings.seed,
            distribution=settings.distribution,
            correlation=settings.correlation,
            shared=settings.shared,
        ),
    )


def _date(schedule: Schedule, length: float) -> date:
    """Turn a percentile of working days into a date; after the percentile is taken, not before."""
    return schedule.calendar.day(schedule.start, max(0, ceil(length - _TOLERANCE) - 1))


def _percentile_error(values: Samples, percent: int) -> float:
    """Estimate the standard error of a percentile from the order statistics around it."""
    import numpy as np

    share, count = percent / 100, values.size
    step = sqrt(share * (1 - share) / count)
    low, high = max(0.0, share - step), min(1.0, share + step)
    first, last = np.percentile(values, [low * 100, high * 100])
    return float(last - first) / 2


def estimates_of(plan: WorkPlan) -> dict[str, ThreePoint]:
    """Give the estimates that the tasks carry: shortest, planned, longest."""
    return {
        task.id: ThreePoint(
            min(task.range_days[0], task.duration_days),
            task.duration_days,
            max(task.range_days[1], task.duration_days),
        )
        for task in plan.tasks
        if task.range_days and task.duration_days
    }


class _Simulation:
    """The plan as arrays, and the sums over all samples."""

    def __init__(
        self,
        plan: WorkPlan,
        schedule: Schedule,
        estimates: Mapping[str, ThreePoint],
        risks: Sequence[DiscreteRisk],
        settings: Settings,
    ) -> None:
        import numpy as np

        from crmplan.planning.network.sampling import SampledNetwork
        from crmplan.planning.network.timing import date_tasks

        self.plan, self.settings = plan, settings
        self.order = list(nx.lexicographical_topological_sort(plan.graph))
        place = {one: index for index, one in enumerate(self.order)}
        calendars = schedule.calendars or Calendars(schedule.calendar)
        timing = date_tasks(plan, calendars, start=schedule.start)
        self.network = SampledNetwork(timing, [timing.network.number[one] for one in self.order])
        self.estimates = [_estimate(plan, estimates, one) for one in self.order]
        phases = sorted({task.phase for task in plan.tasks})
        self.phase_of = [phases.index(plan.task[one].phase) for one in self.order]
        self.phases = phases
        self.factor_of = factor_numbers([plan.task[one] for one in self.order], settings.shared)
        self.risks = [(risk, [place[one] for one in risk.tasks if one in place]) for risk in risks]
        self.generator = np.random.default_rng(settings.seed)

    def run(
        self, tell: Callable[[int], None]
    ) -> tuple[Samples, dict[str, Samples], dict[str, TaskRisk]]:
        """Compute all samples, a block at a time, so that memory stays small."""
        import numpy as np

        count = len(self.order)
        ends, phase_ends = [], []
        critical = np.zeros(count)
        sums = np.zeros((3, count))
        for done in range(0, self.settings.samples, BLOCK):
            size = min(BLOCK, self.settings.samples - done)
            durations = self._durations(size)
            starts = self.network.starts(durations)
            finishes = self.network.ends(starts, durations)
            end = finishes.max(0)
            critical += self.network.critical(starts, durations, finishes)
            sums += [durations.sum(1), (durations**2).sum(1), durations @ end]
            ends.append(end)
            phase_ends.append(self._phase_ends(finishes))
            tell(done + size)
        whole = np.concatenate(ends)
        by_phase = np.concatenate(phase_ends, axis=1)
        return (
            whole,
            {phase: by_phase[index] for index, phase in enumerate(self.phases)},
            self._task_risks(critical, sums, whole),
        )

    def _durations(self, size: int) -> Samples:
        """Draw the durations of a block: one row a task, one column a sample."""
        import numpy as np

        common = self.generator.standard_normal((max(self.factor_of, default=0) + 1, size))
        share = self.settings.correlation
        durations = np.empty((len(self.order), size))
        for index, estimate in enumerate(self.estimates):
            own = self.generator.standard_normal(size)
            mixed = sqrt(share) * common[self.factor_of[index]] + sqrt(1 - share) * own
            durations[index] = sample(
                estimate, normal_share(mixed), self.settings.distribution, self.generator
            )
        for risk, tasks in self.risks:
            happens = self.generator.random(size) < risk.probability
            delay = sample(
                risk.delay,
                self.generator.random(size),
                self.settings.distribution,
                self.generator,
            )
            durations[tasks] += np.where(happens, delay, 0)
        return durations

    def _phase_ends(self, finishes: Samples) -> Samples:
        import numpy as np

        rows = [
            finishes[[at for at, phase in enumerate(self.phase_of) if phase == index]].max(0)
            for index in range(len(self.phases))
        ]
        return np.array(rows)

    def _task_risks(self, critical: Samples, sums: Samples, ends: Samples) -> dict[str, TaskRisk]:
        """Turn sums into criticality and correlation with the end."""
        import numpy as np

        count = ends.size
        means, squares, products = sums / count
        spread = np.sqrt(np.maximum(squares - means**2, 0)) * ends.std()
        covariance = products - means * ends.mean()
        moves = spread > _TOLERANCE
        cruciality = np.where(moves, covariance / np.where(moves, spread, 1), 0)
        return {
            task.id: TaskRisk(
                float(critical[self.order.index(task.id)] / count),
                float(cruciality[self.order.index(task.id)]),
            )
            for task in self.plan.tasks
        }


def _estimate(plan: WorkPlan, estimates: Mapping[str, ThreePoint], task_id: str) -> ThreePoint:
    planned = plan.task[task_id].duration_days
    return estimates.get(task_id, ThreePoint(planned, planned, planned))
