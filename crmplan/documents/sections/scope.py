"""Who was asked, how much has a value, and what the model is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Heading, Paragraph, Table
from crmplan.documents.sections.saying import most_frequent, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words


def scope(words: Words) -> tuple[Block, ...]:
    """Who answered, how much has a value, what nobody could say."""
    report = words.report
    items = report.findings.scorecard.items
    valued = sum(item.value is not None for item in items.values())
    groups = len({one.group for one in report.assessment.respondents})
    blocks: list[Block] = [
        Heading(1, words("scope.title"), page_break_before=True),
        Paragraph(
            words(
                "scope.lead" if groups > 1 else "scope.lead_alike",
                count=report.findings.scorecard.respondents,
                groups=words.locale.whole(groups),
                date=words.locale.date(report.assessment.use.held_on),
                answered=words.locale.whole(valued),
                total=words.locale.whole(len(items)),
            )
        ),
        *_people_say(words),
        _people(words),
    ]
    for state in ("not-applicable", "unknown", "unanswered"):
        topics = [words.topic(item_id) for item_id, item in items.items() if item.state == state]
        if topics:
            message = f"scope.{state.replace('-', '_')}"
            blocks.append(Paragraph(words(message, items=words.join(topics))))
    definition = report.definitions.framework
    blocks += [
        Heading(2, words("interpretation")),
        Paragraph(definition.summary),
        Paragraph(definition.interpretation),
    ]
    return tuple(blocks)


def _people_say(words: Words) -> Iterator[Block]:
    people = words.report.assessment.respondents
    if people:
        group, count = most_frequent(one.group for one in people)
        total = words.locale.whole(len(people))
        yield says(words, "people", "people", count=count, total=total, group=words.group(group))


def _people(words: Words) -> Block:
    assessment = words.report.assessment
    answers = {
        person.id: len({one.item for one in assessment.responses if one.respondent == person.id})
        for person in assessment.respondents
    }
    return Table(
        header=(
            words("columns.number"),
            words("columns.respondent"),
            words("columns.role"),
            words("columns.group"),
            words("columns.answers"),
        ),
        rows=tuple(
            (
                words.locale.whole(number),
                person.name,
                person.role,
                words.group(person.group),
                words.locale.whole(answers[person.id]),
            )
            for number, person in enumerate(assessment.respondents, start=1)
        ),
        widths=(1, 4, 5, 3, 2),
        alignments=("end", "start", "start", "start", "end"),
        caption=words("scope.caption"),
        bookmark="people",
    )
