"""Which of a client's processes matter most, and which no initiative touches.

Source: docs/method/processes.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.weighting import weighted_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from crmplan.assessment.client_records import ProcessClass, ProcessRating
    from crmplan.assessment.process_catalogue import Process, ProcessCatalogue

SECONDARY = Fraction(2, 5)
"""What a dimension counts that a process only touches."""

ProcessFindingKind = Literal["not-rated", "untouched", "not-planned", "no-owner", "unknown-process"]


@dataclass(frozen=True, slots=True)
class RankedProcess:
    """A process that the client chose.

    Attributes:
        rating: what was entered.
        process_class: what the client says, or else the class of its category.
        dimensions: marked by the client, or else those of the catalogue.
        planned: its initiatives that are in the plan, or may be.
        importance: 1 to 5; None if nothing was rated.
        gap: missing levels of its dimensions; None if none of them has a score.
        priority: None without importance.
        rank: 1 for the highest priority; None without.
    """

    process: Process
    rating: ProcessRating
    process_class: ProcessClass
    dimensions: tuple[str, ...]
    planned: tuple[str, ...]
    importance: Fraction | None
    is_key: bool
    gap: Fraction | None
    priority: Fraction | None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class ProcessFinding:
    """Something about a process that asks for a decision."""

    kind: ProcessFindingKind
    process_id: str


@dataclass(frozen=True, slots=True)
class ProcessRanking:
    """The chosen processes, first those with a rank in its order, then those without."""

    catalogue: ProcessCatalogue
    processes: tuple[RankedProcess, ...]
    findings: tuple[ProcessFinding, ...]


def rank_processes(
    catalogue: ProcessCatalogue,
    ratings: Iterable[ProcessRating],
    *,
    gaps: Mapping[str, Fraction | None],
    scale_length: int,
    planned: Collection[str] | None = (),
) -> ProcessRanking:
    """Rank the processes that the client chose from a catalogue.

    Args:
        catalogue: with its criteria.
        ratings: those of other catalogues are left out.
        gaps: missing levels per dimension of the catalogue's framework; None without a score.
        scale_length: highest level less lowest, 1 or more.
        planned: ids of initiatives that are in the plan; None if the plan is made with those of
            another framework: none is then called left out.
    """
    own = {one.process: one for one in ratings if one.catalogue == catalogue.id}
    chosen = [
        _weighed(catalogue, process, own[process.id], gaps, scale_length, planned)
        for process in catalogue.processes
        if process.id in own
    ]
    ordered = sorted(chosen, key=lambda one: (one.priority is None, -(one.priority or 0)))
    ranked = tuple(
        replace(one, rank=place) if one.priority is not None else one
        for place, one in enumerate(ordered, 1)
    )
    unknown = sorted(own.keys() - catalogue.process.keys())
    return ProcessRanking(
        catalogue,
        ranked,
        (
            *(finding for one in ranked for finding in _findings(catalogue, one)),
            *(ProcessFinding("unknown-process", name) for name in unknown),
        ),
    )


def _weighed(
    catalogue: ProcessCatalogue,
    process: Process,
    rating: ProcessRating,
    gaps: Mapping[str, Fraction | None],
    scale_length: int,
    planned: Collection[str] | None,
) -> RankedProcess:
    levels = [
        (one.weight, Fraction(rating.criteria[one.id]))
        for one in catalogue.criteria
        if one.id in rating.criteria
    ]
    importance = weighted_mean(levels)
    weights = _dimension_weights(process, rating)
    gap = weighted_mean([(weight, gaps.get(name)) for name, weight in weights.items()])
    share = 1 + (gap or 0) / Fraction(scale_length)
    return RankedProcess(
        process=process,
        rating=rating,
        process_class=rating.process_class or catalogue.category[process.category].process_class,
        dimensions=tuple(weights),
        planned=tuple(one for one in rating.initiatives if planned is None or one in planned),
        importance=importance,
        is_key=importance is not None and importance >= catalogue.key_from,
        gap=gap,
        priority=None if importance is None else importance * share,
    )


def _dimension_weights(process: Process, rating: ProcessRating) -> dict[str, Fraction]:
    if rating.dimensions:
        return dict.fromkeys(rating.dimensions, Fraction(1))
    return {
        **dict.fromkeys(process.secondary, SECONDARY),
        **dict.fromkeys(process.dimensions, Fraction(1)),
    }


def _findings(catalogue: ProcessCatalogue, one: RankedProcess) -> Iterator[ProcessFinding]:
    name = one.process.id
    if any(criterion.id not in one.rating.criteria for criterion in catalogue.criteria):
        yield ProcessFinding("not-rated", name)
    if not one.is_key:
        return
    if not one.rating.initiatives:
        yield ProcessFinding("untouched", name)
    elif not one.planned:
        yield ProcessFinding("not-planned", name)
    if not one.rating.owner:
        yield ProcessFinding("no-owner", name)
