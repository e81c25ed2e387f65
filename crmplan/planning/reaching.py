"""The cheapest and the fastest set of initiatives that reaches all targets.

Two initiatives that lead through the same levels can stand in for one another, so a set may reach
every target that the whole selection reaches with less work, or sooner. Both questions are
mixed-integer programmes for HiGHS. Method and worked example: docs/method/budget.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from crmplan.errors import PlanningError
from crmplan.planning.critical_path import find_times
from crmplan.planning.network.links import (
    HALF_DAYS,
    leads_to_finish,
    leaves_from_finish,
    read_lag,
)
from crmplan.planning.workplan import WorkPlan, expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from fractions import Fraction

    from crmplan.assessment.gaps import GapAnalysis
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel
    from crmplan.planning.selection import Selection
    from crmplan.planning.sizing import EffortRange, Sizing

LONGEST_SEARCH = 10.0
_CHOSEN = 1 / 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a set of initiatives is judged with.

    Attributes:
        selection: everything that answers a gap, before any budget.
    """

    selection: Selection
    gaps: GapAnalysis
    catalogue: Catalogue
    model: PhaseModel
    sizing: Sizing

    def plan_of(self, ids: Collection[str]) -> WorkPlan:
        """Expand some of the selected initiatives into tasks."""
        return expand(keep(self.selection, ids), self.catalogue, self.model, self.sizing)


@dataclass(frozen=True, slots=True)
class TargetSet:
    """Initiatives that reach every target that can be reached, with all standing activities.

    Attributes:
        effort: of the whole plan with them, in person-days.
        length_days: working days of that plan if roles are not limited.
        is_proved: whether no other set is cheaper, or faster.
    """

    ids: frozenset[str]
    effort: EffortRange
    length_days: int
    is_proved: bool


def keep(selection: Selection, ids: Collection[str]) -> Selection:
    """Keep some of the chosen initiatives; the others are simply not there."""
    gone = selection.ids - set(ids)
    return replace(
        selection,
        chosen=tuple(one for one in selection.chosen if one.id in ids),
        orders=tuple(one for one in selection.orders if not {one.before, one.after} & gone),
    )


def cheapest(around: Surroundings) -> TargetSet:
    """Find the set with the least effort, in the middle of the estimates."""
    if not around.selection.ids:
        return set_of(around, frozenset(), is_proved=True)
    model = _Model(around)
    model.minimise(model.effort())
    return model.answer()


def fastest(around: Surroundings) -> TargetSet:
    """Find the set whose plan ends first, and of those the one with the least effort.

    Tasks of initiatives that are left out keep their place in the order of work, without length;
    so a set that breaks a chain may end even sooner than is found here.
    """
    if not around.selection.ids:
        return set_of(around, frozenset(), is_proved=True)
    model = _Model(around)
    end = model.length()
    model.minimise(end)
    model.solver.addConstr(end <= round(model.solver.getInfo().objective_function_value))
    model.minimise(model.effort())
    return model.answer()


class _Model:
    """Sets that reach the targets: 1 stands for an initiative that is in, or an activity to do."""

    def __init__(self, around: Surroundings) -> None:
        # Imported here: nobody who shows a score should wait for the solver.
        from highspy import Highs

        self.around = around
        self.plan = around.plan_of(around.selection.ids)
        self.bare = around.plan_of(())
        self.solver = Highs()
        for name, value in (("output_flag", False), ("random_seed", 1), ("threads", 1)):
            self.solver.setOptionValue(name, value)
        self.solver.setOptionValue("time_limit", LONGEST_SEARCH)
        self.inside = {one: self.solver.addBinary() for one in sorted(around.selection.ids)}
        self.share: dict[str, Any] = dict(self.inside)
        for task in self.plan.tasks:
            if task.id not in self.inside:
                self.share[task.id] = self._uncovered(task.covered_by)
        self._reach_targets()

    def _uncovered(self, covered_by: tuple[str, ...]) -> Any:
        """Give 1 if nothing covers an activity, so that it must be done by itself."""
        if not covered_by:
            return 1
        share = self.solver.addVariable(lb=0, ub=1)
        self.solver.addConstr(share + sum(self.inside[one] for one in covered_by) >= 1)
        return share

    def _reach_targets(self) -> None:
        for one in self.around.selection.chosen:
            if any(reason.kind in ("rule", "decided") for reason in one.reasons):
                self.solver.addConstr(self.inside[one.id] >= 1)
            for need in self.around.catalogue.by_id[one.id].needs:
                if need in self.inside:
                    self.solver.addConstr(self.inside[one.id] <= self.inside[need])
        for leading in _steps(self.around):
            self.solver.addConstr(sum(self.inside[one] for one in leading) >= 1)

    def effort(self) -> Any:
        """Sum up the effort of what is in; activities count their own where nothing covers them."""
        tasks = (*self.plan.tasks, *self.bare.tasks)  # activities count as if nothing covered them
        whole = {task.id: float(task.effort.middle) for task in tasks}
        return sum(effort * self.share[one] for one, effort in whole.items() if effort)

    def length(self) -> Any:
        """Give the end of the plan, with links as they are; what is not in takes no time."""
        days = {task.id: task.duration_days for task in (*self.plan.tasks, *self.bare.tasks)}
        start = {task.id: self.solver.addVariable(lb=0) for task in self.plan.tasks}
        finish = {one: start[one] + days[one] * self.share[one] for one in start}
        end = self.solver.addVariable(lb=0)
        for one in start:
            self.solver.addConstr(end >= finish[one])
        for link in self.plan.links:
            begin = finish if leaves_from_finish(link.kind) else start
            lag = read_lag(link.lag).half_days(days[link.before]) / HALF_DAYS
            to = finish if leads_to_finish(link.kind) else start
            self.solver.addConstr(to[link.after] - begin[link.before] >= lag)
        return end

    def minimise(self, what: Any) -> None:
        """Find the least.

        Raises:
            PlanningError: if there is no such set; that is a fault of this program.
        """
        from highspy import HighsModelStatus

        self.solver.minimize(what)
        self.status = self.solver.getModelStatus()
        self.is_proved = self.status == HighsModelStatus.kOptimal
        if not self.solver.getSolution().col_value:
            raise PlanningError("no set of initiatives was found that reaches the targets")

    def answer(self) -> TargetSet:
        """Read the set and measure its plan."""
        values = self.solver.getSolution().col_value
        ids = frozenset(one for one, share in self.inside.items() if values[share.index] > _CHOSEN)
        return set_of(self.around, ids, is_proved=self.is_proved)


def set_of(around: Surroundings, ids: frozenset[str], *, is_proved: bool) -> TargetSet:
    """Measure the plan of some of the selected initiatives."""
    plan = around.plan_of(ids)
    return TargetSet(ids, plan.effort, length_of(plan), is_proved)


def length_of(plan: WorkPlan) -> int:
    """Count the working days of a plan if roles are not limited."""
    return ceil(max((one.early_finish for one in find_times(plan).values()), default=0))


def _steps(around: Surroundings) -> Iterator[frozenset[str]]:
    """Give, for each step on the way to a target, the initiatives that lead through it."""
    chosen = [around.catalogue.by_id[one.id] for one in around.selection.chosen]
    for gap in around.gaps.gaps.values():
        if not gap.gap or gap.current is None:
            continue
        leading = [one for one in chosen if one.dimension == gap.dimension_id]
        marks: set[Fraction | int] = {gap.current, gap.target}
        for one in leading:
            marks |= {one.level.from_, one.level.to}
        on_the_way = sorted(mark for mark in marks if gap.current <= mark <= gap.target)
        for low, high in pairwise(on_the_way):
            through = frozenset(
                one.id for one in leading if one.level.from_ <= low and one.level.to >= high
            )
            if through:
                yield through
