"""Which initiatives were chosen and why, and why the others were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cell, Heading, Paragraph, Span, Table
from crmplan.documents.sections.saying import most_frequent, says
from crmplan.documents.sections.shading import group_row
from crmplan.documents.sections.tracing import traced_gap

if TYPE_CHECKING:
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words
    from crmplan.planning.selection import ChosenInitiative, LeftOutInitiative, Reason

CHOICE, LEFT_OUT, LEFT_TABLE = "choice", "left-out", "left-table"


def choice(words: Words) -> tuple[Block, ...]:
    """Chosen and left-out initiatives with their reasons."""
    selection = words.report.plan.selection
    blocks: list[Block] = [
        Heading(1, words("choice.title"), bookmark=CHOICE, page_break_before=True),
        Paragraph(words("choice.lead"), style="lead"),
        *(
            (_chosen_say(words), _chosen(words))
            if selection.chosen
            else (Paragraph(words("choice.none")),)
        ),
    ]
    if selection.left_out:
        blocks += [
            Heading(2, words("choice.left_title"), bookmark=LEFT_OUT),
            Paragraph(words("choice.left_lead"), keep_with_next=True),
            _left_out_says(words),
            _left_out(words),
        ]
    return tuple(blocks)


def _chosen_say(words: Words) -> Block:
    chosen = words.report.plan.selection.chosen
    by_id = words.report.definitions.catalogue.by_id
    dimension, number = most_frequent(by_id[one.id].dimension for one in chosen)
    return says(
        words,
        "chosen",
        "chosen",
        count=len(chosen),
        number=words.locale.whole(number),
        dimension=words.dimension(dimension),
    )


def _left_out_says(words: Words) -> Block:
    left_out = words.report.plan.selection.left_out
    reached = sum(one.kind in ("no-gap", "already-reached") for one in left_out)
    number = words.locale.whole(reached)
    return says(words, "left_out", LEFT_TABLE, count=len(left_out), reached=number)


def _chosen(words: Words) -> Block:
    """List the chosen initiatives below the dimension whose gap they answer."""
    names = ("code", "initiative", "level", "phase", "effort", "because")
    by_dimension: dict[str, list[ChosenInitiative]] = {}
    for one in words.report.plan.selection.chosen:
        dimension = words.report.definitions.catalogue.by_id[one.id].dimension
        by_dimension.setdefault(dimension, []).append(one)
    rows: list[tuple[Text | Cell, ...]] = []
    for dimension, chosen in by_dimension.items():
        gap = traced_gap(words, dimension, _gap(words, dimension), at="g", to="meaning")
        rows.append(group_row(gap, len(names)))
        rows += [_chosen_row(words, one) for one in chosen]
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(1.2, 5.4, 1.3, 2.2, 1.5, 4.4),
        alignments=("start", "start", "center", "start", "end", "start"),
        caption=words("choice.chosen_caption"),
        bookmark="chosen",
    )


def _gap(words: Words, dimension: str) -> str:
    """Name a dimension with its gap, if it has one."""
    gap = words.report.findings.planning_gaps.gaps[dimension]
    if not gap.gap:
        return words.dimension(dimension)
    return words(
        "choice.gap",
        dimension=words.dimension(dimension),
        current=words.locale.number(gap.current),
        target=words.locale.level(gap.target),
    )


def _chosen_row(words: Words, one: ChosenInitiative) -> tuple[Text, ...]:
    definition = words.report.definitions.catalogue.by_id[one.id]
    task = words.report.plan.workplan.task[one.id]
    level = definition.level
    reasons = [_reason(words, reason, definition.dimension) for reason in _telling(one.reasons)]
    if one.in_place:
        in_place = words.join(
            words.report.definitions.catalogue.by_id[need].code for need in one.in_place
        )
        reasons.append(words("choice.in_place", initiatives=in_place))
    return (
        (Span(definition.code, link=f"initiative.{one.id}"),),
        definition.title,
        words(
            "choice.level",
            {"from": words.locale.whole(level.from_), "to": words.locale.whole(level.to)},
        ),
        words.report.definitions.phase_model.phase[definition.phase].short,
        words.effort(task.effort),
        "\n".join(reasons),
    )


def _telling(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Keep the reasons that tell most: gaps and rules, or else what needs it."""
    own = tuple(reason for reason in reasons if reason.kind != "required-by")
    return own or reasons


def _reason(words: Words, reason: Reason, dimension: str) -> str:
    report = words.report
    if reason.kind == "closes-gap" and reason.by == dimension:
        return words("choice.own-gap")
    if reason.kind == "closes-gap":
        gap = report.findings.planning_gaps.gaps[reason.by]
        return words(
            "choice.closes-gap",
            dimension=words.short(reason.by),
            current=words.locale.number(gap.current),
            target=words.locale.level(gap.target),
        )
    if reason.kind == "required-by":
        code = report.definitions.catalogue.by_id[reason.by].code
        return words("choice.required-by", initiative=code)
    if reason.kind == "decided":
        return words("choice.decided", reason=_decision(words, reason.by))
    return rule_text(words, "choice.rule", reason.by)


def _decision(words: Words, initiative: str) -> str:
    """Give the words in which people decided about an initiative."""
    decided = {one.initiative: one.reason for one in words.report.plan.inputs.choices}
    return decided[initiative]


def rule_text(words: Words, message: str, rule_id: str) -> str:
    """Name a rule in a sentence that has places for its code and title."""
    rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
    return words(message, code=rules[rule_id].code, title=rules[rule_id].title)


def _left_out(words: Words) -> Block:
    return Table(
        header=(words("columns.code"), words("columns.initiative"), words("columns.because")),
        rows=tuple(_left_out_row(words, one) for one in words.report.plan.selection.left_out),
        widths=(1.2, 7.2, 7.6),
        caption=words("choice.left_caption"),
        bookmark=LEFT_TABLE,
    )


def _left_out_row(words: Words, one: LeftOutInitiative) -> tuple[str, ...]:
    catalogue = words.report.definitions.catalogue
    definition = catalogue.by_id[one.id]
    if one.kind == "postponed" and one.by:
        because = rule_text(words, "choice.postponed", one.by)
    elif one.kind in ("needs-postponed", "needs-excluded") and one.by:
        because = words(f"choice.{one.kind}", initiative=words.initiative(one.by))
    elif one.kind == "excluded":
        because = words("choice.excluded", reason=_decision(words, one.id))
    else:
        because = words(f"choice.{one.kind}", dimension=words.dimension(definition.dimension))
    return (definition.code, definition.title, because)
