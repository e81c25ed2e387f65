"""Where the project stands: earned value, the new end, and work out of sequence."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Series,
    Table,
)
from crmplan.documents.sections.shading import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from crmplan.documents.words import Words
    from crmplan.planning.earned_value import EarnedValue, Standing
    from crmplan.planning.progress import Replanned

CATALOGUE = "progress"
MOST_POINTS = 40
TABLE, CURVE = "earned-value", "earned-value-curve"


def standing(words: Words) -> tuple[Block, ...]:
    """Say how far the work is; nothing before the work begins."""
    progress = words.report.plan.progress
    if progress is None:
        return ()
    own = words.within(CATALOGUE)
    return (
        Heading(1, own("standing.title")),
        *_compared(own),
        *_out_of_sequence(own, progress),
    )


def sentences(words: Words, found: Standing) -> Iterator[str]:
    """Say what the comparison means, one thing after the other."""
    date, whole = words.locale.date, words.locale.whole
    overall = found.overall
    figures = {
        "earned": whole(overall.earned),
        "budget": whole(overall.budget),
        "planned": whole(overall.planned),
        "share": words.locale.percent(overall.schedule_index),
        "spent": whole(overall.spent),
        "estimate": whole(overall.estimate),
        "day": date(found.earned_until or found.curve[0][0]),
    }
    yield words("standing.lead", figures, date=date(found.status_on))
    if overall.planned:
        variance = overall.schedule_variance
        yield words(f"standing.{_sign(variance)}", figures)
    if found.without_cost:
        yield words("standing.cost_unknown", count=len(found.without_cost))
    elif overall.cost_variance is not None and overall.spent:
        yield words("standing.cheap" if overall.cost_variance >= 0 else "standing.dear", figures)
    yield _finish(words, found)
    for name, tasks in (("dropped", found.dropped), ("added", found.added)):
        if tasks:
            yield words(f"standing.{name}", tasks=words.join(map(words.task, tasks)))


def _sign(variance: Fraction) -> str:
    return "behind" if variance < 0 else "ahead" if variance > 0 else "level"


def _finish(words: Words, found: Standing) -> str:
    date, plan = words.locale.date, words.report.plan
    signed = max(one.finish for one in plan.inputs.baseline)
    finish = plan.schedule.finish
    return words(
        "standing.finish_same" if finish == signed else "standing.finish",
        date=date(found.status_on),
        finish=date(finish),
        signed=date(signed),
    )


def _compared(words: Words) -> Iterator[Block]:
    found = words.report.plan.standing
    if found is None:
        yield Paragraph(words("standing.no_baseline"), "lead")
        return
    yield Paragraph(words.flow(sentences(words, found)), "lead")
    yield _figures(words, found)
    yield _table(words, found)
    yield _curve(words, found)


def _figures(words: Words, found: Standing) -> Block:
    plan, locale = words.report.plan, words.locale
    signed = max(one.finish for one in plan.inputs.baseline)
    share = found.overall.earned / found.overall.budget if found.overall.budget else None
    return KeyFigures(
        (
            KeyFigure(locale.percent(share), words("figures.done"), words("figures.done_note")),
            KeyFigure(
                locale.number(found.time_index, 2),
                words("figures.time"),
                words("figures.time_note"),
            ),
            KeyFigure(
                locale.number(found.overall.cost_index, 2),
                words("figures.cost"),
                words("figures.cost_note"),
            ),
            KeyFigure(
                locale.short_date(plan.schedule.finish),
                words("figures.finish"),
                words("figures.finish_note", date=locale.short_date(signed)),
            ),
        )
    )


def table_rows(words: Words, found: Standing) -> Iterator[tuple[str, ...]]:
    """Give the cells of the table: a row for each phase, and the whole plan at the end."""
    for phase, value in found.phases.items():
        yield _row(words, words.phase(phase), value)
    yield _row(words, words("standing.whole"), found.overall)


def table_header(words: Words) -> tuple[str, ...]:
    """Name the columns of the table."""
    names = ("budget", "planned", "earned", "spent", "spi", "cpi", "estimate")
    return (words("columns.phase"), *(words(f"columns.{name}") for name in names))


def _row(words: Words, name: str, value: EarnedValue) -> tuple[str, ...]:
    whole, number = words.locale.whole, words.locale.number
    return (
        name,
        whole(value.budget),
        whole(value.planned),
        whole(value.earned),
        whole(value.spent),
        number(value.schedule_index, 2),
        number(value.cost_index, 2),
        whole(value.estimate),
    )


def _table(words: Words, found: Standing) -> Block:
    *phases, whole = table_rows(words, found)
    return Table(
        header=table_header(words),
        rows=(*phases, tuple(Cell(text, bold=True) for text in whole)),
        widths=(4.2, *(1.9,) * 7),
        alignments=("start", *repeated("end", 7)),
        caption=words("standing.table_caption"),
        bookmark=TABLE,
        note=words("standing.table_note"),
    )


def _curve(words: Words, found: Standing) -> Block:
    """Draw what was planned, and straight lines to what is earned and spent on the status date."""
    step = -(-len(found.curve) // MOST_POINTS)
    points = tuple(dict.fromkeys((*found.curve[::step], found.curve[-1])))
    here = min(bisect_left([day for day, _ in points], found.status_on), len(points) - 1)

    def line(value: Fraction) -> tuple[float | None, ...]:
        way = [float(value) * number / here if here else float(value) for number in range(here + 1)]
        return (*way, *(None,) * (len(points) - here - 1))

    lines = [(words("columns.earned"), found.overall.earned, "current")]
    if found.overall.spent is not None:
        lines.append((words("columns.spent"), found.overall.spent, "special"))
    planned = tuple(float(value) for _, value in points)
    return Chart(
        kind="line",
        categories=tuple(words.locale.short_date(day) for day, _ in points),
        series=(
            Series(words("columns.planned"), planned, "neutral"),
            *(Series(name, line(value), colour) for name, value, colour in lines),
        ),
        caption=words("standing.curve_caption"),
        bookmark=CURVE,
        number_format="0",
        value_labels=False,
        height_cm=6.5,
    )


def _out_of_sequence(words: Words, progress: Replanned) -> Iterator[Block]:
    if not progress.out_of_sequence:
        return
    yield Heading(2, words("standing.sequence_title"))
    yield BulletList(
        tuple(
            words("standing.sequence", task=words.task(one.task), before=words.task(one.before))
            for one in progress.out_of_sequence
        )
    )
    yield Paragraph(words("standing.sequence_note"))
