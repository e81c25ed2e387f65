"""Roles, calendar, estimates, and the list of all dependencies."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Heading, Paragraph, Table
from crmplan.documents.sections.choice import rule_text

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.planning.phases import Role
    from crmplan.planning.workplan import Link


def roles(words: Words) -> tuple[Block, ...]:
    """Every role with its duty, the tasks it leads, and their effort."""
    used = {
        role for task in words.report.plan.workplan.tasks for role in (task.lead, *task.support)
    }
    names = ("role", "duty", "leads", "supports_tasks", "effort")
    return (
        Heading(1, words("roles.title"), page_break_before=True),
        Paragraph(words("roles.lead"), style="lead"),
        Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(
                _role_row(words, role)
                for role in words.report.definitions.phase_model.roles
                if role.id in used
            ),
            widths=(3, 6.4, 1.8, 1.9, 2),
            alignments=("start", "start", "end", "end", "end"),
            caption=words("roles.caption"),
        ),
    )


def _role_row(words: Words, role: Role) -> tuple[str, ...]:
    tasks = words.report.plan.workplan.tasks
    leads = [task for task in tasks if task.lead == role.id and not task.is_milestone]
    supports = [task for task in tasks if role.id in task.support and not task.is_milestone]
    effort = sum((task.effort.middle for task in leads), Fraction(0))
    return (
        role.title,
        role.duty,
        words.locale.whole(len(leads)),
        words.locale.whole(len(supports)),
        words.locale.whole(effort),
    )


def assumptions(words: Words) -> tuple[Block, ...]:
    """Weekend, holidays and factors on the estimates."""
    plan, locale = words.report.plan, words.locale
    names = words.listed("weekdays")
    weekend = words.join(names[day] for day in sorted(plan.schedule.calendar.weekend))
    sizing = plan.sizing
    blocks: list[Block] = [
        Heading(1, words("calendar.title")),
        Paragraph(words("calendar.start", date=locale.date(plan.schedule.start))),
        Paragraph(words("calendar.weekend", days=weekend)),
        Paragraph(
            words(
                "calendar.sizing",
                size=locale.number(sizing.size, 1),
                complexity=locale.number(sizing.complexity, 1),
                readiness=locale.number(sizing.readiness, 1),
                pace=locale.number(sizing.pace, 1),
            )
        ),
    ]
    days = [
        day
        for day in sorted(plan.schedule.calendar.holidays)
        if plan.schedule.start <= day <= plan.schedule.finish
    ]
    if not days:
        return (*blocks, Paragraph(words("calendar.none")))
    table = Table(
        header=(words("calendar.day"), words("calendar.holiday")),
        rows=tuple((locale.date(day), names[day.weekday()]) for day in days),
        widths=(6, 6),
        caption=words("calendar.holidays_caption"),
    )
    return (*blocks, table)


def links(words: Words) -> tuple[Block, ...]:
    """What waits for what, and why: the graph as a table."""
    return (
        Heading(1, words("links.title"), page_break_before=True),
        Table(
            header=(words("columns.task"), words("columns.after"), words("columns.because")),
            rows=tuple(_link_row(words, link) for link in words.report.plan.workplan.links),
            widths=(5.6, 5.6, 4.4),
            caption=words("links.caption"),
        ),
    )


def _link_row(words: Words, link: Link) -> tuple[str, str, str]:
    because = (
        rule_text(words, "links.rule", link.by)
        if link.reason == "rule" and link.by
        else words(f"links.{link.reason}")
    )
    return (words.coded(link.after), words.coded(link.before), because)
