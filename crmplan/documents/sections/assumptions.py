"""Roles, calendar, estimates, and the list of all dependencies."""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Heading, Paragraph, Span, Table
from crmplan.documents.network_findings import Findings
from crmplan.documents.sections.choice import rule_text
from crmplan.documents.sections.saying import most_frequent, says
from crmplan.documents.sections.tracing import linked, place
from crmplan.localisation.network_words import NetworkWords

ROLES, HOLIDAYS, LINKS = "roles", "holidays", "links"
EXCEPTIONS, CONSTRAINTS = "exceptions", "constraints"

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.documents.blocks import Inline, Text
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
        Heading(1, words("roles.title")),
        Paragraph(words("roles.lead"), style="lead"),
        *_roles_say(words),
        Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(
                _role_row(words, role)
                for role in words.report.definitions.phase_model.roles
                if role.id in used
            ),
            widths=(3.4, 8, 1.4, 1.5, 1.7),
            alignments=("start", "start", "end", "end", "end"),
            caption=words("roles.caption"),
            bookmark=ROLES,
        ),
    )


def _roles_say(words: Words) -> Iterator[Block]:
    leads = [task.lead for task in words.report.plan.workplan.tasks if not task.is_milestone]
    if leads:
        role, count = most_frequent(leads)
        yield says(words, "roles", ROLES, count=count, role=words.role(role))


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
    special = tuple(_special(words))
    if not days:
        return (*blocks, Paragraph(words("calendar.none")), *special)
    cells = [(locale.date(day), names[day.weekday()]) for day in days]
    half = -(-len(cells) // 2)
    pairs = zip_longest(cells[:half], cells[half:], fillvalue=("", ""))
    table = Table(
        header=(words("calendar.day"), words("calendar.holiday")) * 2,
        rows=tuple((*left, *right) for left, right in pairs),
        widths=(4, 4, 4, 4),
        caption=words("calendar.holidays_caption"),
        bookmark=HOLIDAYS,
        dense=True,
    )
    return (*blocks, says(words, "holidays", HOLIDAYS, count=len(days)), table, *special)


def _special(words: Words) -> Iterator[Block]:
    """Days worked otherwise than usual, and dates that bind tasks."""
    found = Findings(words)
    if exceptions := tuple(found.exceptions()):
        yield says(words, "exceptions", EXCEPTIONS, count=len(exceptions))
        yield Table(
            header=tuple(words(f"calendar.{name}") for name in ("subject", "day", "works")),
            rows=exceptions,
            widths=(6, 4, 6),
            caption=words("calendar.exceptions_caption"),
            bookmark=EXCEPTIONS,
            dense=True,
        )
    if constraints := tuple(found.constraints()):
        yield says(words, "constraints", CONSTRAINTS, count=len(constraints))
        yield Table(
            header=(words("columns.task"), words("calendar.constraint")),
            rows=constraints,
            widths=(9, 7),
            caption=words("calendar.constraints_caption"),
            bookmark=CONSTRAINTS,
            dense=True,
        )


def links(words: Words) -> tuple[Block, ...]:
    """What waits for what, and why: the graph as a table, a row for each task that waits."""
    waits: dict[str, dict[str, list[tuple[str, str]]]] = {}
    network = NetworkWords(words.locale)
    for link in words.report.plan.workplan.links:
        shown = words.report.plan.workplan.task[link.before].code
        if tie := network.tie(link):
            shown = words("parenthesis", text=shown, extra=tie)
        reasons = waits.setdefault(link.after, {}).setdefault(_because(words, link), [])
        reasons.append((shown, place("t", link.before)))
    order = [task.id for task in words.report.plan.workplan.tasks if task.id in waits]
    order.sort(key=lambda one: words.report.plan.schedule.by_id[one].times.early_start)
    return (
        Heading(1, words("links.title")),
        Paragraph(words("links.lead"), keep_with_next=True),
        *_links_say(words, order),
        Table(
            header=(words("columns.task"), words("columns.after")),
            rows=tuple((_waiting(words, one), _reasons(words, waits[one])) for one in order),
            widths=(7, 9),
            caption=words("links.caption"),
            bookmark=LINKS,
            dense=True,
        ),
    )


def _links_say(words: Words, waiting: Sequence[str]) -> Iterator[Block]:
    if waiting:
        task, number = most_frequent(link.after for link in words.report.plan.workplan.links)
        yield says(
            words,
            "links",
            LINKS,
            count=len(waiting),
            task=words.coded(task),
            number=words.locale.whole(number),
        )


def _waiting(words: Words, task_id: str) -> Text:
    task = words.report.plan.workplan.task[task_id]
    # An initiative leads from the table of its phase to its card instead.
    here = None if task.kind == "initiative" else place("l", task_id)
    first = Span(task.code, link=place("t", task_id), bookmark=here)
    return first, Span(f" {words.task(task_id)}")


def _reasons(words: Words, waits: Mapping[str, list[tuple[str, str]]]) -> Text:
    """Give the reasons, a line each, with the codes of what is waited for."""
    spans: list[Inline] = []
    for reason, before in waits.items():
        label = words("colon", label=reason, text="")
        spans.append(Span(f"\n{label}" if spans else label))
        spans += linked(words, before)
    return tuple(spans)


def _because(words: Words, link: Link) -> str:
    if link.reason == "rule" and link.by:
        return rule_text(words, "links.rule", link.by)
    return words(f"links.{link.reason}")
