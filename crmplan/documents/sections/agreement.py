"""Where people differ: open questions, decided ones, and what does not fit together."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cell, Heading, Paragraph, Span, Table
from crmplan.documents.sections.assessment_summary import AGREEMENT
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import repeated
from crmplan.documents.sections.tracing import traced_question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.consistency import Finding
    from crmplan.assessment.item_scores import ItemScore
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words

MOST_SUBJECTS = 12
CONTESTED, DECIDED = "contested", "decided"


def agreement(words: Words) -> tuple[Block, ...]:
    """Open and decided contested questions."""
    items = words.report.findings.scorecard.items.values()
    open_items = [item for item in items if item.is_open]
    decided = [item for item in items if item.decision]
    return (
        Heading(1, words("agreement.title"), bookmark=AGREEMENT),
        Paragraph(words("agreement.lead"), style="lead"),
        Heading(2, words("agreement.open_title")),
        *(
            contested_table(words, open_items, words("agreement.open_caption"), CONTESTED)
            if open_items
            else (Paragraph(words("agreement.open_none")),)
        ),
        Heading(2, words("agreement.decided_title")),
        *(_decided(words, decided) if decided else (Paragraph(words("agreement.decided_none")),)),
    )


def contested_table(
    words: Words, items: list[ItemScore], caption: str, bookmark: str
) -> tuple[Block, ...]:
    """List contested questions with the median of each group, and name the widest."""
    widest = max(items, key=lambda item: (item.high or 0) - (item.low or 0))
    groups = [
        one.id
        for one in words.report.definitions.framework.audiences
        if any(one.id in item.groups for item in items)
    ]
    meaning = says(
        words,
        "contested",
        bookmark,
        count=len(items),
        topic=words.topic(widest.item_id),
        low=words.locale.number(widest.low),
        high=words.locale.number(widest.high),
    )
    table = Table(
        header=(
            words("columns.dimension"),
            words("columns.item"),
            words("columns.range"),
            words("columns.agreement"),
            *map(words.group, groups),
        ),
        rows=tuple(
            (
                words.short(item.dimension_id),
                traced_question(words, item.item_id),
                words.range(item.low, item.high),
                words.agreement(item.agreement.rwg if item.agreement else None),
                *(
                    words.locale.level(item.groups[one].median if one in item.groups else None)
                    for one in groups
                ),
            )
            for item in items
        ),
        widths=(2.8, 3.6, 1.7, 1.7, *(1.7,) * len(groups)),
        alignments=("start", "start", "end", "end", *repeated("end", len(groups))),
        caption=caption,
        bookmark=bookmark,
    )
    return meaning, table


def _decided(words: Words, items: list[ItemScore]) -> tuple[Block, ...]:
    against = sum(bool(words.decision(item.item_id).dissent) for item in items)
    dissent = words.locale.whole(against)
    meaning = says(words, "decided", DECIDED, count=len(items), dissent=dissent)
    table = Table(
        header=(words("columns.item"), words("columns.decision"), words("columns.reason")),
        rows=tuple(_decision_row(words, item) for item in items),
        widths=(3, 4.6, 8.4),
        caption=words("agreement.decided_caption"),
        bookmark=DECIDED,
    )
    return meaning, table


def _decision_row(words: Words, item: ItemScore) -> tuple[Text, ...]:
    decision = words.decision(item.item_id)
    level = (
        words("level", level=words.locale.whole(decision.level))
        if decision.level is not None
        else words(f"states.{decision.state}")
    )
    made = words(
        "agreement.decision",
        level=level,
        method=words(f"methods.{decision.method}"),
        who=decision.decided_by,
        date=words.locale.date(decision.decided_on),
    )
    reason = (
        words("agreement.dissent", reason=decision.reason, dissent=decision.dissent)
        if decision.dissent
        else decision.reason
    )
    return (traced_question(words, item.item_id), made, reason)


def inconsistencies(words: Words) -> tuple[Block, ...]:
    """What the rules of the model found; findings of one rule stand together."""
    found: dict[str, list[Finding]] = {}
    for finding in words.report.findings.inconsistencies:
        found.setdefault(finding.rule_id, []).append(finding)
    return (
        Heading(1, words("findings.title"), bookmark="findings"),
        Paragraph(words("findings.lead"), style="lead"),
        *(
            (_findings_say(words, found), _findings(words, found))
            if found
            else (Paragraph(words("findings.none")),)
        ),
    )


def _findings_say(words: Words, found: Mapping[str, list[Finding]]) -> Block:
    rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
    warnings = sum(rules[one].severity == "warning" for one in found)
    number = words.locale.whole(warnings)
    return says(words, "findings", "finding-table", count=len(found), warnings=number)


def _findings(words: Words, found: Mapping[str, list[Finding]]) -> Block:
    rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
    names = ("rule", "finding", "advice")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                Cell(
                    (Span(f"{rules[one].code}  {rules[one].title}", bold=True),),
                    fill="pale-target" if rules[one].severity == "warning" else "pale-current",
                ),
                (Span(f"{rules[one].message}\n"), Span(_concerns(words, findings), bold=True)),
                rules[one].advice,
            )
            for one, findings in found.items()
        ),
        widths=(3, 7, 6),
        caption=words("findings.caption"),
        bookmark="finding-table",
    )


def _concerns(words: Words, findings: list[Finding]) -> str:
    """Name all that the findings of a rule speak of, each with its numbers."""
    subjects = [subject for finding in findings for subject in _subjects(words, finding)]
    shown = words.join(subjects[:MOST_SUBJECTS])
    if (more := len(subjects) - MOST_SUBJECTS) > 0:
        shown = words("findings.more", count=more, subjects=shown)
    return words("findings.subjects", subjects=shown)


def _subjects(words: Words, finding: Finding) -> list[str]:
    """Name what a finding speaks of, with the numbers that made the rule speak."""
    names = [words.subject(one) for one in finding.subjects]
    numbers = list(finding.numbers.values())
    if len(names) == 1:
        told = " / ".join(words.locale.number(one) for one in numbers)
        return [words("parenthesis", text=names[0], extra=told)]
    if len(numbers) != len(names):
        numbers = [_value(words, one) for one in finding.subjects]
    return [
        words("parenthesis", text=name, extra=words.locale.number(number))
        for name, number in zip(names, numbers, strict=True)
    ]


def _value(words: Words, element_id: str) -> Fraction:
    """Give the score of a dimension or item where the rule counted rather than measured."""
    findings = words.report.findings
    scorecard = findings.view.scorecard if findings.view else findings.scorecard
    if element_id in scorecard.dimensions:
        return scorecard.dimensions[element_id].score or Fraction(0)
    return scorecard.items[element_id].value or Fraction(0)
