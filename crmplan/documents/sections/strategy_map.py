"""Strategy maps: the map with the state of its objectives, the measures, and what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Cell, Heading, Paragraph, Picture, Table
from crmplan.documents.sections.dependencies import style
from crmplan.documents.sections.shading import group_row, level_fill, repeated
from crmplan.figures.figure import printed_width_cm
from crmplan.figures.raster import raster
from crmplan.figures.strategy_map import MapBand, MapBox, draw_strategy_map
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from crmplan.assessment.client_records import MeasureReading
    from crmplan.assessment.strategy_map import Perspective
    from crmplan.assessment.strategy_status import FindingKind, MeasureStatus, StrategyStatus
    from crmplan.documents.words import Words
    from crmplan.figures.figure import Figure

FILLS = {"reached": "pale-positive", "on-the-way": "pale-current", "behind": "pale-negative"}
MOST_WORST = 3
MOST_NAMES = 6


def strategy_maps(words: Words) -> tuple[Block, ...]:
    """One chapter for each map that the engagement uses."""
    found = words.report.papers.strategies
    return tuple(block for status in found for block in _chapter(words, status))


def _chapter(words: Words, status: StrategyStatus) -> Iterator[Block]:
    strategy = status.strategy
    figure = drawing(words, status)
    width = printed_width_cm(figure)
    bookmark = f"strategy-map.{strategy.id}"
    yield Heading(1, strategy.title, page_break_before=True)
    yield Paragraph(summary(words, status), style="lead")
    yield Paragraph(words.referring("map_says", bookmark), keep_with_next=True)
    yield Picture(
        png=raster(figure, width_cm=width),
        width_cm=width,
        caption=words("map_caption"),
        alt=figure.description,
        bookmark=bookmark,
    )
    yield from _measures(words, status)
    yield Heading(2, words("missing_title"))
    missing = tuple(findings(words, status))
    yield BulletList(missing) if missing else Paragraph(words("nothing_missing"))
    yield Heading(2, words("work_title"))
    yield _work(words, status)
    yield _levels(words, status)
    yield Paragraph(strategy.interpretation, style="note")


def summary(words: Words, status: StrategyStatus) -> str:
    """Say how many objectives are measured, in which state they are, and which lag most."""
    states = Counter(one.state for one in status.objectives.values())
    total = words.locale.whole(len(status.objectives))
    if not status.has_targets:
        return words("lead_untargeted", objectives=total)
    said = [
        words(
            "lead",
            objectives=total,
            measured=words.locale.whole(len(status.objectives) - states["not-measured"]),
            reached=words.locale.whole(states["reached"]),
            on_the_way=words.locale.whole(states["on-the-way"]),
            behind=words.locale.whole(states["behind"]),
            begun=words.locale.whole(states["begun"]),
        )
    ]
    behind = [one for one in status.measures.values() if one.state == "behind"]
    behind.sort(key=lambda one: one.progress or 0)
    if behind:
        names = [status.strategy.measure[one.measure_id].title for one in behind[:MOST_WORST]]
        said.append(words("worst", measures=words.join(names)))
    if status.on:
        said.append(words("status_on", date=words.locale.date(status.on)))
    return words.flow(said)


def drawing(words: Words, status: StrategyStatus) -> Figure:
    """Draw the map with the state of each objective and the level of each perspective."""
    strategy = status.strategy
    bands = [
        MapBand(one.id, one.title, _band_note(words, status.levels[one.id]))
        for one in sorted(strategy.perspectives, key=lambda one: one.number)
    ]
    boxes = [
        MapBox(one.id, one.perspective, one.title, state, words(f"state.{state}"))
        for one in strategy.objectives
        if (state := status.objectives[one.id].state)
    ]
    return draw_strategy_map(
        bands,
        boxes,
        [(one.from_, one.to) for one in strategy.links],
        title=strategy.title,
        style=style(words),
    )


def _band_note(words: Words, level: Fraction | None) -> str:
    if level is None:
        return ""
    highest = words.report.definitions.planning_framework.scale.highest
    return words(
        "band_level", level=words.locale.number(level), highest=words.locale.whole(highest)
    )


def findings(words: Words, status: StrategyStatus) -> Iterator[str]:
    """Say what is missing, one sentence for each kind."""
    strategy = status.strategy
    names: dict[FindingKind, list[str]] = {}
    for one in status.findings:
        element = strategy.objective.get(one.subject) or strategy.measure.get(one.subject)
        names.setdefault(one.kind, []).append(element.title if element else one.subject)
    for kind, subjects in names.items():
        yield words(f"finding.{kind}", names=_some(words, subjects))


def _some(words: Words, names: list[str]) -> str:
    """Name the first of many, and say how many more there are."""
    if len(names) <= MOST_NAMES:
        return words.join(names)
    first, rest = names[: MOST_NAMES - 1], len(names) - MOST_NAMES + 1
    return words("more", names=words.join(first), count=rest)


def _measures(words: Words, status: StrategyStatus) -> Iterator[Block]:
    rows = tuple(_measure_rows(words, status))
    if not rows:
        return
    names = ("measure", "baseline", "actual", "target", "due", "owner", "state")
    yield Heading(2, words("measures_title"))
    yield Paragraph(words("measures_lead"), keep_with_next=True)
    yield Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=rows,
        widths=(4.4, 2.1, 2.1, 1.7, 2, 1.9, 1.8),
        alignments=("start", "end", "end", "end", "end", "start", "start"),
        caption=words("measures_caption"),
        bookmark=f"measures.{status.strategy.id}",
        note=words("measures_note"),
    )


def _measure_rows(words: Words, status: StrategyStatus) -> Iterator[tuple[str | Cell, ...]]:
    """Give a row per measure that somebody follows, below the objective that it belongs to."""
    for objective in status.strategy.objectives:
        own = [status.measures[one.id] for one in status.strategy.measures_of(objective.id)]
        followed = [one for one in own if one.target or one.actual]
        if followed:
            yield group_row(objective.title, 7)
            yield from (_measure_row(words, status, one) for one in followed)


def _measure_row(
    words: Words, status: StrategyStatus, one: MeasureStatus
) -> tuple[str | Cell, ...]:
    measure, target = status.strategy.measure[one.measure_id], one.target
    return (
        words("measure_with_unit", measure=measure.title, unit=measure.unit),
        _reading(words, one.baseline),
        _reading(words, one.actual),
        words.locale.amount(target.value if target else None),
        words.locale.short_date(target.due) if target and target.due else NO_VALUE,
        target.owner if target else "",
        Cell(words(f"state.{one.state}"), fill=FILLS.get(one.state)),
    )


def _reading(words: Words, reading: MeasureReading | None) -> str:
    if reading is None:
        return NO_VALUE
    return f"{words.locale.amount(reading.value)}\n{words.locale.short_date(reading.on)}"


def _work(words: Words, status: StrategyStatus) -> Block:
    names = ("objective", "dimensions", "initiatives")
    rows: list[tuple[str | Cell, ...]] = []
    for perspective in status.strategy.perspectives:
        rows.append(group_row(perspective.title, len(names)))
        rows += [
            (
                one.title,
                words.join(_dimension_names(words, one.dimensions)),
                "\n".join(map(words.initiative, status.objectives[one.id].planned))
                or words("no_initiative"),
            )
            for one in status.strategy.objectives_of(perspective.id)
        ]
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(4.2, 4, 7.8),
        caption=words("work_caption"),
        bookmark=f"strategy-work.{status.strategy.id}",
    )


def _dimension_names(words: Words, ids: tuple[str, ...]) -> Iterator[str]:
    known = words.report.definitions.planning_framework.dimension
    return (words.short(one) if one in known else one for one in ids)


def _levels(words: Words, status: StrategyStatus) -> Block:
    names = ("perspective", "level", "dimensions")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                one.title,
                Cell(
                    words.locale.number(status.levels[one.id]),
                    fill=level_fill(words, status.levels[one.id]),
                ),
                words.join(_weighted(words, one)),
            )
            for one in status.strategy.perspectives
        ),
        widths=(4.2, 1.8, 10),
        alignments=("start", *repeated("center", 1), "start"),
        caption=words("levels_caption"),
        bookmark=f"perspectives.{status.strategy.id}",
        note=words("levels_note"),
    )


def _weighted(words: Words, perspective: Perspective) -> Iterator[str]:
    """Name the dimensions of a perspective; those that count less stand in parentheses."""
    known = words.report.definitions.planning_framework.dimension
    for name, weight in perspective.dimensions.items():
        title = words.short(name) if name in known else name
        yield title if weight == 1 else f"({title})"
