"""What the budget pays for, phase by phase and period by period, and why not for the rest."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.alternatives import CATALOGUE, codes
from crmplan.documents.sections.shading import repeated

if TYPE_CHECKING:
    from crmplan.documents.words import Words
    from crmplan.planning.budget_outlook import BudgetReason
    from crmplan.planning.budgeting import BudgetChoice


def budget(roadmap: Words) -> tuple[Block, ...]:
    """The budget by phase and period, reasons, other choices; nothing without a budget."""
    words = roadmap.within(CATALOGUE)
    choice = words.report.plan.budget
    if choice is None:
        return ()
    blocks = (
        Heading(2, words("budget.title"), bookmark="budget"),
        Paragraph(words.flow((lead(words, choice), proof(words, choice), leaves_first(words)))),
        phases_table(words, choice),
    )
    tables = (
        in_table(words),
        out_table(words),
        near_table(words, choice),
    )
    return (*blocks, *(table for table in tables if table.rows))


def lead(words: Words, choice: BudgetChoice) -> str:
    """Say how many initiatives the budget pays for."""
    whole = words.locale.whole(sum(words.report.plan.inputs.budgets))
    return words("budget.lead", count=len(choice.ids), budget=whole)


def proof(words: Words, choice: BudgetChoice) -> str:
    """Say whether a better choice exists."""
    if choice.is_proved or not choice.bound:
        return words("budget.proved")
    missing = (choice.bound - choice.value) / choice.bound
    return words("budget.not_proved", share=_percent(words, missing))


def leaves_first(words: Words) -> str:
    """Say what a smaller budget would change."""
    outlook = words.report.alternatives.budget
    if outlook is None or outlook.leaving is None:
        return words("budget.leaves_none")
    if not outlook.leaving:
        return words("budget.leaves_nothing")
    leaving = _named(words, outlook.leaving)
    if not outlook.coming:
        return words("budget.leaves", leaving=leaving)
    coming = _named(words, outlook.coming)
    return words("budget.leaves_and_comes", leaving=leaving, coming=coming)


def _named(words: Words, ids: frozenset[str]) -> str:
    catalogue = words.report.definitions.catalogue.initiatives
    return words.join(words.initiative(one.id) for one in catalogue if one.id in ids)


def phases_table(words: Words, choice: BudgetChoice) -> Table:
    """Person-days by phase (rows) and period of the start (columns), with what there is."""
    periods = range(len(choice.cost_days))
    names = [words("budget.period", period=words.locale.whole(one + 1)) for one in periods]
    spent = _by_phase(words, choice)
    rows: list[tuple[str | Cell, ...]] = [
        (words.phase(phase), *_days(words, days)) for phase, days in spent.items() if any(days)
    ]
    rows.append(_bold(words("budget.spent"), *_days(words, list(choice.cost_days))))
    rows.append((words("budget.available"), *_days(words, list(words.report.plan.inputs.budgets))))
    return Table(
        header=(words("columns.phase"), *names, words("budget.total")),
        rows=tuple(rows),
        alignments=("start", *repeated("end", len(names) + 1)),
        caption=words("budget.caption"),
        bookmark="budget-phases",
        note=words("budget.note"),
    )


def _by_phase(words: Words, choice: BudgetChoice) -> dict[str, list[int]]:
    """Sum up the person-days of the initiatives, in the order of the phases."""
    definitions = words.report.definitions
    cost = words.report.alternatives.budget
    found = {phase.id: [0] * len(choice.cost_days) for phase in definitions.phase_model.phases}
    for one, period in choice.periods.items():
        days = cost.reasons[one].cost_days if cost else 0
        found[definitions.catalogue.by_id[one].phase][period] += days
    return found


def _days(words: Words, days: list[int]) -> tuple[str, ...]:
    return (*(words.locale.whole(one) for one in days), words.locale.whole(sum(days)))


def _bold(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, bold=True) for text in texts)


def in_table(words: Words) -> Table:
    """Why initiatives are in: a row for each reason, with the initiatives it holds for."""
    by_reason: dict[str, list[str]] = {}
    for one, reason in _reasons(words, is_in=True).items():
        by_reason.setdefault(because(words, reason), []).append(one)
    outlook = words.report.alternatives.budget
    cost = {one: reason.cost_days for one, reason in outlook.reasons.items()} if outlook else {}
    return Table(
        header=(words("columns.because"), words("initiatives"), words("columns.effort")),
        rows=tuple(
            (text, codes(words, ids), words.locale.whole(sum(cost[one] for one in ids)))
            for text, ids in by_reason.items()
        ),
        widths=(5, 9, 2),
        alignments=("start", "start", "end"),
        caption=words("budget.in_caption"),
        bookmark="budget-in",
    )


def out_table(words: Words) -> Table:
    """Why initiatives are out, one by one."""
    return Table(
        header=(
            words("columns.initiative"),
            words("budget.needs_days"),
            words("columns.because"),
        ),
        rows=tuple(
            (words.initiative(one), words.locale.whole(reason.cost_days), because(words, reason))
            for one, reason in _reasons(words, is_in=False).items()
        ),
        widths=(6, 1.6, 8.4),
        alignments=("start", "end", "start"),
        caption=words("budget.out_caption"),
        bookmark="budget-out",
        dense=True,
    )


def _reasons(words: Words, *, is_in: bool) -> dict[str, BudgetReason]:
    choice, outlook = words.report.plan.budget, words.report.alternatives.budget
    if choice is None or outlook is None:
        return {}
    return {one: why for one, why in outlook.reasons.items() if (one in choice.ids) == is_in}


def because(words: Words, reason: BudgetReason) -> str:
    """Say why an initiative is in or out under the budget."""
    named = codes(words, reason.by)
    if reason.kind != "worth-less":
        return words(f"budget.{reason.kind}", initiatives=named)
    if not reason.lost_share:
        return words("budget.as-good", initiatives=named)
    share = _percent(words, reason.lost_share)
    message = "worth-less" if reason.by else "worth-less-nobody"
    return words(f"budget.{message}", share=share, initiatives=named)


def _percent(words: Words, share: Fraction) -> str:
    """Write a share; less than half a percent is not nothing."""
    return words.locale.percent(share, 0 if share >= Fraction(1, 200) else 1)


def near_table(words: Words, choice: BudgetChoice) -> Table:
    """Other choices of nearly the same value: what comes in and what leaves."""
    outlook = words.report.alternatives.budget
    others = outlook.alternatives if outlook else ()
    return Table(
        header=(
            words("columns.number"),
            words("budget.near_value"),
            words("budget.near_in"),
            words("budget.near_out"),
        ),
        rows=tuple(
            (
                words.locale.whole(number),
                words.locale.percent_of(float(other.value / choice.value)),
                codes(words, other.ids - choice.ids) or words("none"),
                codes(words, choice.ids - other.ids) or words("none"),
            )
            for number, other in enumerate(others, 1)
        ),
        widths=(1.2, 1.8, 6.5, 6.5),
        alignments=("end", "end", "start", "start"),
        caption=words("budget.near_caption"),
        bookmark="budget-near",
    )
