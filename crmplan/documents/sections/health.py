"""Whether the dates of the plan can be believed: fourteen checks, and what to do about them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.saying import says
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.health import Check

CATALOGUE = "health"
TABLE = "plan-health"
COLUMNS = ("check", "measured", "limit", "state", "tasks")
MOST_TASKS = 6


def health(words: Words) -> tuple[Block, ...]:
    """Show the checks; tasks are named only where a check asks for attention."""
    own = words.within(CATALOGUE)
    asking = tuple(remedies(own))
    return (
        Heading(1, own("health.title")),
        Paragraph(summary(own), "lead"),
        _table_says(own),
        _table(own),
        *(
            (Heading(2, own("health.remedies"), numbered=False), BulletList(asking))
            if asking
            else ()
        ),
    )


def _table_says(words: Words) -> Block:
    checks = words.report.plan.health
    failed = words.locale.whole(sum(check.state == "not-met" for check in checks))
    return says(words, "health", TABLE, count=len(checks), failed=failed)


def summary(words: Words) -> str:
    """Say how many checks ask for attention."""
    checks = words.report.plan.health
    count = sum(check.state == "not-met" for check in checks)
    whole = words.locale.whole(len(checks))
    if count:
        return words("health.lead", count=count, checks=whole)
    return words("health.lead_good", checks=whole)


def remedies(words: Words) -> Iterator[str]:
    """Say what to do about each check that asks for attention."""
    for check in words.report.plan.health:
        if check.state == "not-met":
            yield words(f"health.remedy.{check.id}")


def rows(words: Words) -> Iterator[tuple[str, ...]]:
    """Give the cells of the table, a row for each check."""
    for check in words.report.plan.health:
        yield (
            words(f"health.check.{check.id}"),
            _value(words, check, check.measured),
            _limit(words, check),
            words(f"health.state.{check.state}"),
            _tasks(words, check),
        )


def header(words: Words) -> tuple[str, ...]:
    """Name the columns of the table."""
    return tuple(words(f"health.columns.{name}") for name in COLUMNS)


def _limit(words: Words, check: Check) -> str:
    if check.is_most and not check.limit:
        return words("health.none")
    bound = "health.at_most" if check.is_most else "health.at_least"
    return words(bound, value=_value(words, check, check.limit))


def _value(words: Words, check: Check, value: Fraction | None) -> str:
    """Write a value, rounded against the plan: what is not met never looks as if it were."""
    if value is None:
        return NO_VALUE
    if check.unit == "days":
        return words.locale.days(value)
    rounded = Fraction((ceil if check.is_most else floor)(value * 100), 100)
    if check.unit == "share":
        return words.locale.percent(rounded)
    return words.locale.number(rounded, 2)


def _tasks(words: Words, check: Check) -> str:
    if check.state != "not-met":
        return ""
    tasks = words.report.plan.workplan.task
    codes = [tasks[one].code if one in tasks else one for one in check.tasks]
    shown, more = words.join(codes[:MOST_TASKS]), len(codes) - MOST_TASKS
    return words("health.more", count=more, tasks=shown) if more > 0 else shown


def _table(words: Words) -> Block:
    fills = {"met": "pale-positive", "not-met": "pale-negative", "open": None}
    checks = words.report.plan.health
    return Table(
        header=header(words),
        rows=tuple(
            (name, measured, limit, Cell(state, fill=fills[check.state]), tasks)
            for check, (name, measured, limit, state, tasks) in zip(
                checks, rows(words), strict=True
            )
        ),
        widths=(5.6, 1.8, 2.4, 2.2, 4.6),
        alignments=("start", "end", "end", "start", "start"),
        caption=words("health.caption"),
        bookmark=TABLE,
        note=words("health.note"),
    )
