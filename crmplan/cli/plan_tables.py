"""What ``crmplan plan`` says about limits and alternatives: the tables and words of the roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.cli.output import say, write_table
from crmplan.documents.blocks import Cell
from crmplan.documents.sections import alternatives, budget, workload

if TYPE_CHECKING:
    from crmplan.documents.blocks import Table
    from crmplan.documents.words import Words
    from crmplan.planning.budgeting import BudgetChoice
    from crmplan.planning.resources.levelling import LevelledSchedule


def show_levelling(words: Words, levelled: LevelledSchedule) -> None:
    """Say how much longer limited roles make the plan, how good that is, and who waits for whom."""
    for sentence in workload.what_limits(words.within(workload.CATALOGUE), levelled):
        say(sentence)
    for task, waits in levelled.waits.items():
        for wait in waits:
            behind = words.join(map(words.coded, wait.behind))
            say(
                words(
                    "capacity.wait" if behind else "capacity.away",
                    task=words.coded(task),
                    days=words("days", count=wait.days),
                    role=words.role(wait.role),
                    behind=behind,
                )
            )


def show_conflicts(roadmap: Words) -> None:
    """Name the decisions that contradict rules or prerequisites."""
    words = roadmap.within(alternatives.CATALOGUE)
    for one in roadmap.report.plan.selection.conflicts:
        say(alternatives.conflict(words, one))


def show_budget(roadmap: Words, choice: BudgetChoice) -> None:
    """Show what the budgets pay for, by phase and period, and what leaves first."""
    words = roadmap.within(alternatives.CATALOGUE)
    say()
    _show(budget.phases_table(words, choice))
    say()
    say(budget.lead(words, choice))
    say(budget.proof(words, choice))
    say(budget.leaves_first(words))
    left_out = roadmap.report.plan.selection.left_out
    if over := [one.id for one in left_out if one.kind == "over-budget"]:
        say(roadmap("budget.over", initiatives=words.join(map(words.initiative, over))))


def show_alternatives(roadmap: Words) -> None:
    """Show the cheapest and the fastest set, one more level, and other choices in the budget."""
    words = roadmap.within(alternatives.CATALOGUE)
    tables = [alternatives.sets_table(words), alternatives.more_table(words)]
    if choice := roadmap.report.plan.budget:
        tables += [budget.in_table(words), budget.out_table(words)]
        tables.append(budget.near_table(words, choice))
    say()
    for sentence in alternatives.answers(words):
        say(sentence)
    for table in tables:
        if table.rows:
            say()
            _show(table)


def show_load(roadmap: Words) -> None:
    """Show how many tasks each role leads at once, period by period."""
    words = roadmap.within(workload.CATALOGUE)
    say()
    _show(workload.load_table(words, workload.role_loads(words)))


def _show(table: Table) -> None:
    """Write a table of a document to the terminal."""
    rows = [[_text(cell) for cell in row] for row in table.rows]
    numbers = 0
    for alignment in reversed(table.alignments):
        if alignment == "start":
            break
        numbers += 1
    write_table([_text(one) for one in table.header], rows, title=table.caption, numbers=numbers)


def _text(cell: object) -> str:
    return str(cell.text if isinstance(cell, Cell) else cell)
