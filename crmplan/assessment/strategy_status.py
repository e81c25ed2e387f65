"""Where the measures and objectives of a strategy map stand.

Source: docs/method/strategy.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.weighting import weighted_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from crmplan.assessment.client_records import MeasureReading, MeasureTarget
    from crmplan.assessment.strategy_map import Better, Measure, Objective, StrategyMap

MeasureState = Literal["no-target", "not-read", "reached", "behind", "begun", "on-the-way"]
ObjectiveState = Literal["not-measured", "behind", "reached", "on-the-way", "begun"]
FindingKind = Literal[
    "no-measure", "no-target", "no-owner", "no-reading", "no-initiative", "unknown-measure"
]


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """How far a measure has come.

    Attributes:
        baseline: first reading; None without one.
        actual: last reading up to the status day.
        progress: part of the way from baseline to target; None if there is no way to measure.
        expected: part of the way that should be done on the day of the actual value; None without a
            due day.
    """

    measure_id: str
    state: MeasureState
    target: MeasureTarget | None
    baseline: MeasureReading | None
    actual: MeasureReading | None
    progress: Fraction | None
    expected: Fraction | None


@dataclass(frozen=True, slots=True)
class ObjectiveStatus:
    """How far an objective has come.

    Attributes:
        planned: its initiatives that are in the plan.
    """

    objective_id: str
    state: ObjectiveState
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrategyFinding:
    """Something that the map, the records and the plan do not agree on.

    Attributes:
        subject: id of the objective or measure.
    """

    kind: FindingKind
    subject: str


@dataclass(frozen=True, slots=True)
class StrategyStatus:
    """A strategy map with what is known about it.

    Attributes:
        on: the status day; None if nothing was read yet.
        measures, objectives: in the order of the map.
        levels: level of each perspective, derived from the assessment; None without scores.
    """

    strategy: StrategyMap
    on: date | None
    measures: Mapping[str, MeasureStatus]
    objectives: Mapping[str, ObjectiveStatus]
    levels: Mapping[str, Fraction | None]
    findings: tuple[StrategyFinding, ...]

    @property
    def has_targets(self) -> bool:
        """Whether anything was agreed on at all."""
        return any(one.target for one in self.measures.values())


def strategy_status(
    strategy: StrategyMap,
    targets: Iterable[MeasureTarget],
    readings: Iterable[MeasureReading],
    *,
    on: date | None = None,
    levels: Mapping[str, Fraction | None],
    planned: Collection[str] | None = (),
) -> StrategyStatus:
    """Say where every measure and objective stands.

    Args:
        strategy: the map.
        targets: agreed values; those of other maps are left out.
        readings: in any order; those of other maps are left out.
        on: the status day, later readings are left out; None takes the day of the last reading.
        levels: level per dimension of the map's framework, None without a score; a dimension that
            is not named has none.
        planned: ids of initiatives that are in the plan; None if the plan is made with those of
            another framework, so that nothing can be said about it.
    """
    target = {one.measure: one for one in targets if one.strategy_map == strategy.id}
    ordered = sorted(
        (one for one in readings if one.strategy_map == strategy.id), key=lambda one: one.on
    )
    on = on or (ordered[-1].on if ordered else None)
    read: dict[str, list[MeasureReading]] = defaultdict(list)
    for reading in ordered:
        if on is not None and reading.on <= on:
            read[reading.measure].append(reading)
    measures = {
        one.id: _measure_status(one, target.get(one.id), read[one.id], on)
        for one in strategy.measures
    }
    objectives = {
        one.id: _objective_status(one, strategy.measures_of(one.id), measures, planned or ())
        for one in strategy.objectives
    }
    unknown = {*target, *(one.measure for one in ordered)} - set(strategy.measure)
    return StrategyStatus(
        strategy=strategy,
        on=on,
        measures=measures,
        objectives=objectives,
        levels={
            one.id: weighted_mean([(w, levels.get(name)) for name, w in one.dimensions.items()])
            for one in strategy.perspectives
        },
        findings=(
            *_findings(strategy, measures, objectives, is_planned=planned is not None),
            *(StrategyFinding("unknown-measure", name) for name in sorted(unknown)),
        ),
    )


def _measure_status(
    measure: Measure,
    target: MeasureTarget | None,
    readings: Sequence[MeasureReading],
    on: date | None,
) -> MeasureStatus:
    baseline = readings[0] if readings else None
    actual = readings[-1] if readings else None
    if target is None or baseline is None or actual is None:
        state: MeasureState = "no-target" if target is None else "not-read"
        return MeasureStatus(measure.id, state, target, baseline, actual, None, None)
    progress = _progress(baseline.value, actual.value, target.value, measure.better)
    expected = _expected(baseline.on, actual.on, target.due)
    if _as_good(actual.value, target.value, measure.better):
        state = "reached"
    elif _is_late(progress, expected, is_overdue=bool(target.due and on and target.due < on)):
        state = "behind"
    elif baseline is actual:
        state = "begun"
    elif expected is None and progress is not None and progress <= 0:
        state = "behind"
    else:
        state = "on-the-way"
    return MeasureStatus(measure.id, state, target, baseline, actual, progress, expected)


def _as_good(value: Fraction, target: Fraction, better: Better) -> bool:
    return value >= target if better == "higher" else value <= target


def _progress(
    baseline: Fraction, actual: Fraction, target: Fraction, better: Better
) -> Fraction | None:
    """Give the part of the way that is done; None if the work began at the target or beyond."""
    if _as_good(baseline, target, better):
        return None
    return (actual - baseline) / (target - baseline)


def _is_late(progress: Fraction | None, expected: Fraction | None, *, is_overdue: bool) -> bool:
    """Tell whether a target that is not reached should be nearer, or was lost again."""
    return is_overdue or progress is None or (expected is not None and progress < expected)


def _expected(begin: date, today: date, due: date | None) -> Fraction | None:
    if due is None:
        return None
    if due <= begin:
        return Fraction(1)
    return min(Fraction((today - begin).days, (due - begin).days), Fraction(1))


def _objective_status(
    objective: Objective,
    measures: Sequence[Measure],
    status: Mapping[str, MeasureStatus],
    planned: Collection[str],
) -> ObjectiveStatus:
    states = {status[one.id].state for one in measures} - {"no-target"}
    state: ObjectiveState
    if not states:
        state = "not-measured"
    elif "behind" in states:
        state = "behind"
    elif states == {"reached"}:
        state = "reached"
    elif states & {"on-the-way", "reached"}:
        state = "on-the-way"
    else:
        state = "begun"
    return ObjectiveStatus(
        objective.id, state, tuple(one for one in objective.initiatives if one in planned)
    )


def _findings(
    strategy: StrategyMap,
    measures: Mapping[str, MeasureStatus],
    objectives: Mapping[str, ObjectiveStatus],
    *,
    is_planned: bool,
) -> Iterator[StrategyFinding]:
    for objective in strategy.objectives:
        if not strategy.measures_of(objective.id):
            yield StrategyFinding("no-measure", objective.id)
        if is_planned and not objectives[objective.id].planned:
            yield StrategyFinding("no-initiative", objective.id)
    for name, status in measures.items():
        if status.target is None:
            yield StrategyFinding("no-target", name)
            continue
        if not status.target.owner:
            yield StrategyFinding("no-owner", name)
        if status.state == "not-read":
            yield StrategyFinding("no-reading", name)
