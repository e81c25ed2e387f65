"""What else could be done: sets that reach the same targets, one level more, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Heading, Paragraph, Table
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.one_more_level import OneMoreLevel
    from crmplan.planning.reaching import TargetSet
    from crmplan.planning.selection import ChoiceConflict

SETS, MORE = "target-sets", "one-more-level"
CATALOGUE = "alternatives"


def alternatives(roadmap: Words) -> tuple[Block, ...]:
    """Other ways to the targets, and what more would cost."""
    words = roadmap.within(CATALOGUE)
    if not words.report.plan.selection.chosen:
        return ()
    return (
        *conflicts(words),
        Heading(1, words("title"), bookmark=CATALOGUE),
        Paragraph(words.flow(tuple(answers(words))), style="lead"),
        _sets_say(words),
        sets_table(words),
        Heading(2, words("more_title")),
        Paragraph(words("more_lead"), keep_with_next=True),
        says(words, "one_more", MORE, count=len(words.report.alternatives.one_more)),
        more_table(words),
    )


def _sets_say(words: Words) -> Block:
    found, whole = words.report.alternatives, words.locale.whole
    return says(
        words,
        "target_sets",
        SETS,
        whole=whole(len(found.whole.ids)),
        cheapest=whole(len(found.cheapest.ids)),
        fastest=whole(len(found.fastest.ids)),
    )


def conflicts(words: Words) -> tuple[Block, ...]:
    """What people decided against rules or prerequisites."""
    found = words.report.plan.selection.conflicts
    if not found:
        return ()
    return (
        Heading(2, words("conflicts_title")),
        Paragraph(words("conflicts_lead"), keep_with_next=True),
        BulletList(tuple(conflict(words, one) for one in found)),
    )


def conflict(words: Words, one: ChoiceConflict) -> str:
    """Say what a decision contradicts."""
    by = one.by
    if one.kind == "needs-excluded":
        by = words.initiative(one.by)
    elif one.kind == "already-reached":
        by = words.dimension(one.by)
    else:
        rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
        by = words("colon", label=rules[one.by].code, text=rules[one.by].title)
    return words(one.kind, initiative=words.initiative(one.initiative), by=by)


def answers(words: Words) -> Iterator[str]:
    """Say whether fewer initiatives would do, and how much sooner the plan could end."""
    found = words.report.alternatives
    saved = found.whole.effort.middle - found.cheapest.effort.middle
    if saved > 0:
        days = words.locale.whole(saved)
        yield words("saves", count=len(found.cheapest.ids), days=days)
    else:
        yield words("saves_nothing")
    if found.fastest.length_days < found.whole.length_days:
        days = words("working_days", count=found.fastest.length_days)
        whole = words("working_days", count=found.whole.length_days)
        yield words("faster", days=days, whole=whole)


def sets_table(words: Words) -> Table:
    """A row for everything that answers a gap, the cheapest set and the fastest set."""
    found = words.report.alternatives
    return Table(
        header=(
            words("set"),
            words("initiatives"),
            words("columns.effort"),
            words("length"),
            words("without"),
        ),
        rows=tuple(
            _set_row(words, name, one)
            for name, one in (
                ("whole", found.whole),
                ("cheapest", found.cheapest),
                ("fastest", found.fastest),
            )
        ),
        widths=(4, 1.8, 1.8, 1.8, 6.6),
        alignments=("start", *repeated("end", 3), "start"),
        caption=words("sets_caption"),
        bookmark=SETS,
        note=words("sets_note"),
    )


def _set_row(words: Words, name: str, one: TargetSet) -> tuple[str, ...]:
    whole = words.report.alternatives.whole
    return (
        words(name) if one.is_proved else words("not_proved", set=words(name)),
        words.locale.whole(len(one.ids)),
        words.locale.whole(one.effort.middle),
        words.locale.whole(one.length_days),
        codes(words, whole.ids - one.ids),
    )


def codes(words: Words, ids: Iterable[str]) -> str:
    """List initiatives by their codes, in the order of the catalogue."""
    wanted = set(ids)
    catalogue = words.report.definitions.catalogue.initiatives
    return words.join(one.code for one in catalogue if one.id in wanted)


def more_table(words: Words) -> Table:
    """A row for each dimension whose target can be raised."""
    return Table(
        header=(
            words("columns.dimension"),
            words("more_target"),
            words("more_added"),
            words("more_effort"),
            words("more_length"),
        ),
        rows=tuple(_more_row(words, one) for one in words.report.alternatives.one_more),
        widths=(3.6, 1.8, 6, 2.2, 2.4),
        alignments=("start", "center", "start", "end", "end"),
        caption=words("more_caption"),
        bookmark=MORE,
    )


def _more_row(words: Words, one: OneMoreLevel) -> tuple[str, ...]:
    gap = words.report.findings.planning_gaps.gaps[one.dimension]
    step = words(
        "more_step",
        {"from": words.locale.level(gap.target), "to": words.locale.level(one.target)},
    )
    added = codes(words, one.added)
    if not one.is_reached:
        added = words.join(filter(None, (added, words("more_not_reached"))))
    return (
        words.short(one.dimension),
        step,
        added or words("more_reached"),
        words.locale.whole(one.effort_days),
        words.locale.whole(one.length_days),
    )
