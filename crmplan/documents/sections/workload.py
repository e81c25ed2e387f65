"""How busy each role is over time, what limited roles do to the plan, and who waits for whom."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import repeated
from crmplan.documents.sections.timeline import months
from crmplan.planning.resources.load import loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.resources.levelling import LevelledSchedule
    from crmplan.planning.resources.load import PeriodLoad

LOAD = "role-load"
CATALOGUE = "workload"
MOST_PERIODS = 12
MOST_WAITS = 20
DARKEST = 5
SMALLEST = Fraction(1, 20)
"""Averages below it would be printed as 0.0."""

Loads = dict[str, tuple["PeriodLoad", ...]]


def workload(roadmap: Words) -> tuple[Block, ...]:
    """A heat table of roles and periods; with limited roles, delays and their reasons."""
    words = roadmap.within(CATALOGUE)
    found = role_loads(words)
    if not found:
        return ()
    levelled = words.report.plan.levelled
    sentences = [words("lead"), _busiest(words, found)]
    blocks: list[Block] = [
        Heading(1, words("title"), bookmark=CATALOGUE),
        Paragraph(words.flow(tuple(sentences)), style="lead"),
    ]
    if levelled:
        blocks.append(Paragraph(words.flow(tuple(what_limits(words, levelled)))))
    blocks += [says(words, "role_load", LOAD, count=len(found)), load_table(words, found)]
    if levelled and levelled.waits:
        blocks += _waits(words, levelled)
    return tuple(blocks)


def role_loads(words: Words) -> Loads:
    """Sum up the load of each role by months, or by several of them in a long plan."""
    plan = words.report.plan
    capacities = plan.levelled.problem.capacities if plan.levelled else {}
    return loads(plan.schedule, months(words, most=MOST_PERIODS), capacities)


def _busiest(words: Words, found: Loads) -> str:
    role, load = max(
        ((role, load) for role, row in found.items() for load in row),
        key=lambda pair: (pair[1].peak, pair[1].average),
    )
    return words(
        "busiest",
        role=words.role(role),
        peak=words.locale.whole(load.peak),
        date=words.locale.date(max(load.first, words.report.plan.schedule.start)),
    )


def what_limits(words: Words, levelled: LevelledSchedule) -> Iterator[str]:
    """Say how much longer limited roles make the plan, how good that is, and what found it."""
    answer = levelled.answer
    if levelled.delay_days:
        days = words("working_days", count=levelled.delay_days)
        yield words("limited", days=days, bound=words.locale.whole(answer.lower_bound))
    else:
        yield words("not_longer")
    if answer.is_proved:
        yield words("proved")
    else:
        more = answer.makespan - answer.lower_bound
        yield words("gap", gap=words("working_days", count=more))
    found_by = words(f"engines.{answer.engine}")
    yield words("engine", engine=found_by, seed=words.locale.whole(answer.seed))
    if levelled.unlimited_roles:
        yield words("unlimited", roles=words.join(map(words.role, levelled.unlimited_roles)))


def load_table(words: Words, found: Loads) -> Table:
    """A row for each role, a column for each period, a shade for each share."""
    periods = next(iter(found.values()))
    most = max(load.average for row in found.values() for load in row) or Fraction(1)
    return Table(
        header=(
            words("columns.role"),
            *(words.locale.short_date(load.first)[2:7] for load in periods),
        ),
        rows=tuple(
            (words.role(role), *(_cell(words, load, most) for load in row))
            for role, row in found.items()
        ),
        widths=(4, *(1.0 for _ in periods)),
        alignments=("start", *repeated("center", len(periods))),
        caption=words("caption"),
        bookmark=LOAD,
        note=words("note"),
        dense=True,
    )


def _cell(words: Words, load: PeriodLoad, most: Fraction) -> Cell:
    """Shade an average by the share of the capacity; without one, by the busiest of all."""
    if not load.busy_days:
        return Cell("")
    share = load.average / most if load.share is None else load.share
    # The last shade, of another colour, is for roles that have no time left.
    shade = DARKEST if load.share == 1 else 1 + int(min(share, Fraction(99, 100)) * (DARKEST - 1))
    places = 1 if load.average >= SMALLEST else 2
    return Cell(words.locale.number(load.average, places), fill=f"load-{shade}")


def _waits(words: Words, levelled: LevelledSchedule) -> tuple[Block, ...]:
    rows = [
        (
            words.coded(task),
            words("days", count=wait.days),
            words.role(wait.role),
            words.join(map(words.coded, wait.behind)) or words("nobody"),
        )
        for task, waits in levelled.waits.items()
        for wait in waits
    ]
    more = len(rows) - MOST_WAITS
    return (
        Heading(2, words("waits_title")),
        Table(
            header=(
                words("columns.task"),
                words("waits"),
                words("columns.role"),
                words("behind"),
            ),
            rows=tuple(rows[:MOST_WAITS]),
            widths=(5.4, 1.8, 3.4, 5.4),
            alignments=("start", "end", "start", "start"),
            caption=words("waits_caption"),
            bookmark="role-waits",
            note=words("more", count=more) if more > 0 else "",
        ),
    )
