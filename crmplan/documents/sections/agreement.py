"""Where people differ: open questions, decided ones, and what does not fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Callout, Heading, Paragraph, Table
from crmplan.documents.sections.assessment_summary import AGREEMENT
from crmplan.documents.sections.shading import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.consistency import Finding
    from crmplan.assessment.item_scores import ItemScore
    from crmplan.documents.words import Words

MOST_SUBJECTS = 6


def agreement(words: Words) -> tuple[Block, ...]:
    """Open and decided contested questions."""
    items = words.report.findings.scorecard.items.values()
    open_items = [item for item in items if item.is_open]
    decided = [item for item in items if item.decision]
    return (
        Heading(1, words("agreement.title"), bookmark=AGREEMENT, page_break_before=True),
        Paragraph(words("agreement.lead"), style="lead"),
        Heading(2, words("agreement.open_title")),
        contested_table(words, open_items, words("agreement.open_caption"))
        if open_items
        else Paragraph(words("agreement.open_none")),
        Heading(2, words("agreement.decided_title")),
        _decided(words, decided) if decided else Paragraph(words("agreement.decided_none")),
    )


def contested_table(words: Words, items: list[ItemScore], caption: str) -> Block:
    """List contested questions with the median of each group."""
    groups = [
        one.id
        for one in words.report.definitions.framework.audiences
        if any(one.id in item.groups for item in items)
    ]
    return Table(
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
                words.topic(item.item_id),
                words.range(item.low, item.high),
                words.agreement(item.agreement.rwg if item.agreement else None),
                *(
                    words.locale.level(item.groups[one].median if one in item.groups else None)
                    for one in groups
                ),
            )
            for item in items
        ),
        widths=(2.8, 3.6, 1.8, 1.9, *(1.9,) * len(groups)),
        alignments=("start", "start", "end", "end", *repeated("end", len(groups))),
        caption=caption,
    )


def _decided(words: Words, items: list[ItemScore]) -> Block:
    return Table(
        header=(words("columns.item"), words("columns.decision"), words("columns.reason")),
        rows=tuple(_decision_row(words, item) for item in items),
        widths=(4, 4, 8),
        caption=words("agreement.decided_caption"),
    )


def _decision_row(words: Words, item: ItemScore) -> tuple[str, ...]:
    decision = item.decision
    if decision is None:
        raise ValueError(f"{item.item_id} has no decision")
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
    return (words.topic(item.item_id), made, reason)


def inconsistencies(words: Words) -> tuple[Block, ...]:
    """What the rules of the model found; findings of one rule stand together."""
    found: dict[str, list[Finding]] = {}
    for finding in words.report.findings.inconsistencies:
        found.setdefault(finding.rule_id, []).append(finding)
    blocks: list[Block] = [
        Heading(1, words("findings.title"), bookmark="findings"),
        Paragraph(words("findings.lead"), style="lead"),
    ]
    if not found:
        blocks.append(Paragraph(words("findings.none")))
    for rule_id, findings in found.items():
        blocks += _rule(words, rule_id, findings)
    return tuple(blocks)


def _rule(words: Words, rule_id: str, findings: list[Finding]) -> Iterator[Block]:
    rules = {rule.id: rule for rule in words.report.definitions.planning_framework.rules}
    rule = rules[rule_id]
    yield Heading(2, f"{rule.code} · {rule.title}")
    yield Paragraph(rule.message)
    subjects = [_subject(words, finding) for finding in findings]
    yield Paragraph(words("findings.subjects", subjects=_shortened(words, subjects)))
    yield Callout(
        rule.advice,
        title=words("columns.advice"),
        tone="warning" if rule.severity == "warning" else "info",
    )


def _subject(words: Words, finding: Finding) -> str:
    """Name what a finding speaks of, with the numbers where they are levels of the subjects."""
    numbers = list(finding.numbers.values())
    if len(numbers) == len(finding.subjects) or len(finding.subjects) == 1:
        names = [words.subject(one) for one in finding.subjects]
        levels = [words.locale.number(one) for one in numbers]
        pairs = (
            zip(names, levels, strict=False) if len(names) > 1 else [(names[0], " / ".join(levels))]
        )
        return words.join(words("parenthesis", text=name, extra=level) for name, level in pairs)
    names = [words.subject(one) for one in finding.subjects]
    return _shortened(words, names)


def _shortened(words: Words, subjects: list[str]) -> str:
    if len(subjects) <= MOST_SUBJECTS:
        return words.join(subjects)
    return words(
        "findings.more",
        count=len(subjects) - MOST_SUBJECTS,
        subjects=words.join(subjects[:MOST_SUBJECTS]),
    )
