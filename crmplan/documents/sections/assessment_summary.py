"""The one-page summary of the assessment report: the answer first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    BulletList,
    Heading,
    KeyFigure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.words import Words

AGREEMENT = "agreement"


def summary(words: Words) -> tuple[Block, ...]:
    """Score, strongest, weakest, most urgent, and what the committee is asked for."""
    return (
        Heading(1, words("summary.title")),
        Paragraph(_lead(words), style="lead"),
        _figures(words),
        BulletList(tuple(_messages(words))),
        Heading(2, words("summary.decisions_title"), numbered=False),
        NumberedList(tuple(_decisions(words))),
    )


def _lead(words: Words) -> str:
    report = words.report
    overall = report.findings.scorecard.overall
    client = report.assessment.organisation.name
    if overall.score is None:
        return words(
            "summary.insufficient", client=client, coverage=words.locale.percent(overall.coverage)
        )
    profile = next(
        one
        for one in report.definitions.framework.profiles
        if one.id == report.assessment.use.profile
    )
    return words(
        "summary.lead",
        client=client,
        score=words.locale.number(overall.score),
        highest=words.highest(),
        level_name=words.level_name(words.standing(overall.score)),
        target=profile.title,
    )


def _figures(words: Words) -> Block:
    overall, locale = words.report.findings.scorecard.overall, words.locale
    stage = overall.staged_level
    return KeyFigures(
        (
            KeyFigure(
                locale.number(overall.score),
                words("figures.score"),
                words("figures.score_note", highest=words.highest()),
            ),
            KeyFigure(
                locale.whole(stage),
                words("figures.stage"),
                words("figures.stage_note", name=words.level_name(stage))
                if stage is not None
                else "",
            ),
            KeyFigure(
                locale.percent(overall.evidence_share),
                words("figures.evidence"),
                words("figures.evidence_note"),
            ),
            KeyFigure(
                locale.whole(len(overall.open_items)),
                words("figures.open"),
                words("figures.open_note"),
            ),
        )
    )


def _messages(words: Words) -> Iterator[str]:
    scorecard, locale = words.report.findings.scorecard, words.locale
    scored = [node for node in scorecard.dimensions.values() if node.score is not None]
    if scored:
        yield _extreme(words, "summary.strongest", max(scored, key=lambda node: node.score or 0))
        yield _extreme(words, "summary.weakest", min(scored, key=lambda node: node.score or 0))
    yield from _most_urgent(words)
    overall = scorecard.overall
    if overall.score is not None:
        yield words(
            "summary.evidence",
            share=locale.percent(overall.evidence_share),
            evidenced=locale.number(overall.evidenced),
        )
        yield words(
            "summary.range", low=locale.number(overall.low), high=locale.number(overall.high)
        )


def _extreme(words: Words, message: str, node: NodeScore) -> str:
    level = words.standing(node.score)
    return words(
        message,
        dimension=words.dimension(node.id),
        score=words.locale.number(node.score),
        level_text=words.level_text(node.id, level),
    )


def _most_urgent(words: Words) -> Iterator[str]:
    report = words.report
    if not (ranked := report.findings.gaps.ranked):
        return
    first = ranked[0]
    carried = sum(
        link.from_ == first.dimension_id for link in report.definitions.framework.dependencies
    )
    yield words(
        "summary.largest_gap" if carried else "summary.largest_gap_alone",
        dimension=words.dimension(first.dimension_id),
        gap=words.locale.number(first.gap),
        carried=words.locale.whole(carried),
    )


def _decisions(words: Words) -> Iterator[Text]:
    report = words.report
    if report.findings.scorecard.overall.open_items:
        yield words.referring("summary.decision_open", AGREEMENT)
    yield words("summary.decision_evidence")
    if report.findings.gaps.ranked:
        first = report.findings.gaps.ranked[0].dimension_id
        yield words("summary.decision_targets", dimension=words.dimension(first))
