"""Second page for a board: what is asked, what it costs, what follows, and what was left out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Heading,
    NumberedList,
    Paragraph,
    Table,
)
from crmplan.documents.sections.board_position import (
    LEVEL_TEXT,
    SUBJECT,
    client,
    expected,
    shown_dimensions,
    situation,
)
from crmplan.documents.sections.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words

MOST_ROLES, MOST_THREATS = 4, 2
COST = "board-cost"
# When to look again if nothing is planned. Source: own; a convention, not a rule of the models.
UNTIL_ANSWERS, UNTIL_NEXT = timedelta(weeks=4), timedelta(days=365)


def decision_page(words: Words) -> tuple[Block, ...]:
    """Decisions, cost and time, the price of doing nothing, the next step."""
    return (
        Heading(1, words("decisions.title"), numbered=False, page_break_before=True),
        NumberedList(tuple(_decisions(words))),
        *_cost(words),
        Heading(2, words("nothing.title"), numbered=False),
        BulletList(tuple(_nothing(words))),
        Callout("\n".join(_next(words)), title=words("next.title"), tone="success"),
        *_left_out(words),
    )


def _decisions(words: Words) -> Iterator[str]:
    """Ask for three decisions, whatever the answers say."""
    report, locale = words.report, words.locale
    found = situation(words)
    if found != "planned":
        yield from words.listed(f"decisions.{found}")
        return
    yield words("decisions.scope", count=len(report.plan.selection.chosen))
    yield _resources(words)
    if open_items := len(report.findings.scorecard.overall.open_items):
        yield words("decisions.open", count=open_items)
    else:
        first = report.findings.gaps.ranked[0]
        yield words(
            "decisions.target",
            dimension=shortened(words.dimension(first.dimension_id), SUBJECT),
            target=locale.level(first.target),
        )


def _resources(words: Words) -> str:
    plan, locale = words.report.plan, words.locale
    first = words.report.definitions.phase_model.phases[0].id
    leads = dict.fromkeys(
        one.task.lead for one in plan.schedule.of_phase(first) if not one.task.is_milestone
    )
    roles = words.join(shortened(words.role(one), SUBJECT) for one in list(leads)[:MOST_ROLES])
    if plan.budget is None:
        days = locale.whole(plan.risk.effort_days[80])
        return words("decisions.no_budget", days=days, roles=roles)
    waiting = sum(one.kind == "over-budget" for one in plan.selection.left_out)
    return words(
        "decisions.budget" if waiting else "decisions.budget_enough",
        count=waiting,
        days=locale.whole(sum(plan.budget.cost_days)),
        roles=roles,
    )


def _cost(words: Words) -> Iterator[Block]:
    """Compare an even chance with a safe promise."""
    yield Heading(2, words("cost.title"), numbered=False)
    if situation(words) != "planned":
        yield Paragraph(words(f"cost.{situation(words)}"))
        return
    profile, locale = words.report.plan.risk, words.locale
    days = (profile.days[50], profile.days[80])
    yield Paragraph(
        words.referring(
            "cost.says",
            COST,
            planned=locale.date(words.report.plan.schedule.finish),
            share=locale.percent_of(profile.planned_probability),
            safe=locale.date(profile.dates[80]),
        ),
        keep_with_next=True,
    )
    yield Table(
        header=(words("cost.what"), words("cost.even"), words("cost.safe")),
        rows=(
            (words("cost.effort"), *(locale.whole(profile.effort_days[one]) for one in (50, 80))),
            (words("cost.finish"), *(locale.date(profile.dates[one]) for one in (50, 80))),
            (words("cost.days"), *map(locale.whole, days)),
        ),
        widths=(7, 4.5, 4.5),
        alignments=("start", "end", "end"),
        caption=words("cost.caption"),
        bookmark=COST,
        note=words("cost.note", samples=locale.whole(profile.settings.samples)),
    )


def _nothing(words: Words) -> Iterator[str]:
    """Say what stays as it is without a decision; a description of today, no prophecy."""
    report = words.report
    for gap in report.findings.gaps.ranked[:1]:
        level = words.standing(gap.current)
        yield words(
            "nothing.stays",
            dimension=shortened(words.dimension(gap.dimension_id), SUBJECT),
            level=words.locale.whole(level),
            level_text=shortened(words.level_text(gap.dimension_id, level), LEVEL_TEXT),
        )
    if warnings := _warnings(words):
        yield words("nothing.warnings", count=warnings)
    if threats := _threats(words):
        yield words("nothing.threats", threats=words("semicolon").join(threats[:MOST_THREATS]))
    elif not report.findings.swot.threats:
        yield words("nothing.outside_unknown")
    if not report.findings.gaps.ranked:
        share = words.locale.percent(report.findings.scorecard.overall.evidence_share)
        unscored = situation(words) == "unscored"
        yield words("nothing.unscored" if unscored else "nothing.reached", share=share)


def _warnings(words: Words) -> int:
    rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
    found = {one.rule_id for one in words.report.findings.inconsistencies}
    return sum(rules[one].severity == "warning" for one in found)


def _threats(words: Words) -> list[str]:
    """Name the threats that meet a weakness, each once."""
    met = (pair for pair in words.report.findings.swot.pairs if pair.kind == "WT")
    return [
        shortened(words.factor(one), LEVEL_TEXT)
        for one in dict.fromkeys(pair.factor_id for pair in met)
    ]


def _next(words: Words) -> Iterator[str]:
    """Date the next steps: the first work and the first gate, or the next look."""
    report, locale, found = words.report, words.locale, situation(words)
    if found != "planned":
        wait = UNTIL_NEXT if found == "reached" else UNTIL_ANSWERS
        yield words(f"next.{found}", date=locale.date(report.assessment.use.held_on + wait))
        return
    schedule = report.plan.schedule
    first = min(
        (one for one in schedule.tasks if not one.task.is_milestone),
        key=lambda one: (one.start, one.finish, one.task.code),
    )
    yield words(
        "next.begins",
        date=locale.date(first.start),
        task=shortened(words.coded(first.task.id), SUBJECT),
        role=shortened(words.role(first.task.lead), SUBJECT),
    )
    if schedule.gates:
        gate = min(schedule.gates, key=lambda one: one.finish)
        name = shortened(words.coded(gate.task.id), SUBJECT)
        yield words("next.gate", date=locale.date(gate.finish), gate=name)


def _left_out(words: Words) -> Iterator[Block]:
    """Say what two pages have no room for, and where it stands."""
    report, said = words.report, []
    if (further := len(report.findings.gaps.ranked) - 1) > 0:
        said.append(words("left_out.gaps", count=further))
    scored = sum(gap.current is not None for gap in report.findings.planning_gaps.gaps.values())
    if (hidden := scored - len(shown_dimensions(words))) > 0:
        said.append(words("left_out.dimensions", count=hidden))
    if expected(words) is not None:
        said.append(words("left_out.initiatives"))
    if client(words) != report.assessment.organisation.name:
        said.append(words("left_out.names"))
    if said:
        yield Paragraph(words("left_out.all", what=words.flow(said)), style="note")
