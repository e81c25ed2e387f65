"""What may happen to the plan: recorded risks with their exposure, and what findings suggest.

Method and worked example: docs/method/risk.md, section "Recorded risks".
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.planning.estimates import ThreePoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.plan_records import ProjectRisk
    from crmplan.assessment.swot import ExternalLine
    from crmplan.planning.workplan import WorkPlan

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class DiscreteRisk:
    """Something that may happen and then delays some tasks.

    Attributes:
        probability: from 0 to 1.
        delay: working days that it adds to each of the tasks.
    """

    id: str
    probability: float
    delay: ThreePoint
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A recorded risk.

    Attributes:
        tasks: those of its tasks that are in the plan and not finished.
        exposure: expected delay of each of them, in working days.
        is_simulated: whether the dates of the plan know it; without tasks or a delay they do not.
    """

    risk: ProjectRisk
    tasks: tuple[str, ...]
    exposure: Fraction

    @property
    def is_simulated(self) -> bool:
        """Tell whether the simulation of dates knows the risk."""
        return bool(self.tasks and self.risk.longest)


@dataclass(frozen=True, slots=True)
class RiskRegister:
    """What may happen to the plan.

    Attributes:
        lines: the recorded risks, the highest exposure first.
        suggested: threats that people chose and nobody recorded as a risk, the weightiest first.
    """

    lines: tuple[RegisterLine, ...]
    suggested: tuple[ExternalLine, ...]

    @property
    def simulated(self) -> tuple[DiscreteRisk, ...]:
        """The risks as the simulation takes them."""
        return tuple(
            DiscreteRisk(
                id=line.risk.id,
                probability=line.risk.percent / _WHOLE,
                delay=ThreePoint(line.risk.shortest, line.risk.likely, line.risk.longest),
                tasks=line.tasks,
            )
            for line in self.lines
            if line.is_simulated
        )


def register(
    risks: Iterable[ProjectRisk],
    threats: Iterable[ExternalLine],
    *,
    plan: WorkPlan,
    finished: frozenset[str] = frozenset(),
) -> RiskRegister:
    """Put risks into a register.

    Args:
        risks: as they were recorded.
        threats: external factors that people chose; one whose id a risk has is recorded.
        plan: the tasks; a risk delays those of them that it names.
        finished: tasks that nothing delays any more.
    """
    open_tasks = {task.id for task in plan.tasks} - finished
    lines = [
        RegisterLine(one, tuple(task for task in one.tasks if task in open_tasks), _exposure(one))
        for one in risks
    ]
    recorded = {line.risk.id for line in lines}
    return RiskRegister(
        tuple(sorted(lines, key=lambda line: (-line.exposure, line.risk.id))),
        tuple(one for one in threats if one.factor_id not in recorded),
    )


def _exposure(risk: ProjectRisk) -> Fraction:
    """Multiply the probability with the mean of the triangle."""
    mean = Fraction(risk.shortest + risk.likely + risk.longest, 3)
    return Fraction(risk.percent, _WHOLE) * mean
