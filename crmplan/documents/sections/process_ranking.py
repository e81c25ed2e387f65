"""The client's processes: order, ratings, what touches them, and what asks for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Chart,
    Heading,
    Paragraph,
    Series,
    Table,
)
from crmplan.documents.sections.shading import printed, repeated
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.process_catalogue import Process
    from crmplan.assessment.process_ranking import (
        ProcessFindingKind,
        ProcessRanking,
        RankedProcess,
    )
    from crmplan.documents.words import Words

MOST_BARS = 10
BAR_CM, AXIS_CM = 0.85, 1.4


def processes(words: Words) -> tuple[Block, ...]:
    """One chapter for each catalogue that processes were chosen from."""
    found = words.report.papers.rankings
    return tuple(block for ranking in found for block in _chapter(words, ranking))


def _chapter(words: Words, ranking: ProcessRanking) -> Iterator[Block]:
    catalogue = ranking.catalogue
    yield Heading(1, words("heading", catalogue=catalogue.title), page_break_before=True)
    yield Paragraph(summary(words, ranking), style="lead")
    if ranking.processes:
        yield from _chart(words, ranking)
        yield _order(words, ranking)
        yield Heading(2, words("missing_title"))
        missing = tuple(findings(words, ranking))
        yield BulletList(missing) if missing else Paragraph(words("nothing_missing"))
        yield Heading(2, words("touch_title"))
        yield _touched(words, ranking)
        yield Heading(2, words("ratings_title"))
        yield _ratings(words, ranking)
    yield Paragraph(catalogue.interpretation, style="note")
    if catalogue.attribution:
        yield Paragraph(catalogue.attribution, style="note")


def summary(words: Words, ranking: ProcessRanking) -> str:
    """Say how many processes were chosen, how many are key processes, and which comes first."""
    if not ranking.processes:
        return words("lead_none")
    keys = sum(one.is_key for one in ranking.processes)
    said = [words("lead", count=len(ranking.processes), key=words.locale.whole(keys))]
    first = ranking.processes[0]
    if first.importance is not None:
        message = "first" if first.gap else "first_without_gap"
        values = {"gap": words.locale.number(first.gap)} if first.gap else {}
        said.append(
            words(
                message,
                values,
                process=name_of(words, first.process),
                importance=words.locale.number(first.importance),
            )
        )
    return words.flow(said)


def name_of(words: Words, process: Process) -> str:
    """Name a process with its code; a code with letters, such as P5, is a name and stays."""
    is_number = not any(sign.isalpha() for sign in process.code)
    code = words.locale.digits(process.code) if is_number else process.code
    return f"{code} {process.title}"


def class_name(ranking: ProcessRanking, one: RankedProcess) -> str:
    """Name the class of a process."""
    titles = {kind.id: kind.title for kind in ranking.catalogue.classes}
    return titles.get(one.process_class, one.process_class)


def findings(words: Words, ranking: ProcessRanking) -> Iterator[str]:
    """Say what asks for a decision, one sentence for each kind."""
    names: dict[ProcessFindingKind, list[str]] = {}
    for one in ranking.findings:
        process = ranking.catalogue.process.get(one.process_id)
        name = name_of(words, process) if process else one.process_id
        names.setdefault(one.kind, []).append(name)
    for kind, subjects in names.items():
        yield words(f"finding.{kind}", names=words.join(subjects))


def _chart(words: Words, ranking: ProcessRanking) -> Iterator[Block]:
    ranked = [one for one in ranking.processes if one.priority is not None][:MOST_BARS]
    if len(ranked) < 2:
        return
    bookmark = f"process-priority.{ranking.catalogue.id}"
    yield Paragraph(words.referring("chart_says", bookmark), keep_with_next=True)
    yield Chart(
        kind="bar",
        categories=tuple(name_of(words, one.process) for one in ranked),
        series=(Series(words("series"), tuple(printed(one.priority) for one in ranked)),),
        caption=words("chart_caption"),
        bookmark=bookmark,
        height_cm=BAR_CM * len(ranked) + AXIS_CM,
    )


def _order(words: Words, ranking: ProcessRanking) -> Block:
    names = ("rank", "process", "class", "importance", "gap", "priority", "owner")
    scale = words.report.definitions.planning_framework.scale
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                NO_VALUE if one.rank is None else words.locale.whole(one.rank),
                Cell(name_of(words, one.process), bold=one.is_key),
                class_name(ranking, one),
                words.locale.number(one.importance),
                words.locale.number(one.gap),
                words.locale.number(one.priority),
                one.rating.owner,
            )
            for one in ranking.processes
        ),
        widths=(1.1, 5.2, 2.6, 1.8, 1.4, 1.7, 2.2),
        alignments=("end", "start", "start", *repeated("end", 3), "start"),
        caption=words("table_caption"),
        bookmark=f"processes.{ranking.catalogue.id}",
        note=words(
            "table_note",
            length=words.locale.whole(scale.highest - scale.lowest),
            key_from=words.locale.level(ranking.catalogue.key_from),
        ),
    )


def _touched(words: Words, ranking: ProcessRanking) -> Block:
    names = ("process", "dimensions", "initiatives")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                Cell(name_of(words, one.process), bold=one.is_key),
                words.join(dimension_names(words, one)),
                "\n".join(initiative_names(words, one)) or words("no_initiative"),
            )
            for one in ranking.processes
        ),
        widths=(5, 4, 7),
        caption=words("touch_caption"),
        bookmark=f"process-links.{ranking.catalogue.id}",
    )


def dimension_names(words: Words, one: RankedProcess) -> Iterator[str]:
    """Name the dimensions of a process."""
    known = words.report.definitions.planning_framework.dimension
    return (words.short(name) if name in known else name for name in one.dimensions)


def initiative_names(words: Words, one: RankedProcess) -> Iterator[str]:
    """Name the initiatives of a process, and say which are not in the plan."""
    known = words.report.definitions.catalogue.by_id
    for name in one.rating.initiatives:
        title = words.initiative(name) if name in known else name
        yield title if name in one.planned else words("not_planned", initiative=title)


def _ratings(words: Words, ranking: ProcessRanking) -> Block:
    criteria = ranking.catalogue.criteria
    return Table(
        header=(
            words("columns.process"),
            *(one.title for one in criteria),
            words("columns.note"),
        ),
        rows=tuple(
            (
                name_of(words, one.process),
                *(words.locale.whole(one.rating.criteria.get(name.id)) for name in criteria),
                one.rating.note,
            )
            for one in ranking.processes
        ),
        widths=(5, *(2.2,) * len(criteria), 4.4),
        alignments=("start", *repeated("center", len(criteria)), "start"),
        caption=words("ratings_caption"),
        bookmark=f"process-ratings.{ranking.catalogue.id}",
    )
