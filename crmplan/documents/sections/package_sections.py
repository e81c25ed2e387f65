"""The comparison of packages: ranking, knock-outs, what would turn it round, every score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Callout, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.shading import group_row, repeated
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from crmplan.assessment.package_comparison import CandidateResult, PackageComparison
    from crmplan.assessment.ranking_sensitivity import RankedPackages, ShareSensitivity, Turn
    from crmplan.documents.words import Words

MOST_TURNS = 8
MOST_PACKAGES = 8
"""More columns of scores do not fit beside one another."""


def packages(words: Words) -> tuple[Block, ...]:
    """Compose a chapter for each evaluation with candidates."""
    return tuple(
        block
        for ranked in words.report.papers.packages
        if ranked.comparison.results
        for block in _evaluation(words, ranked)
    )


def _evaluation(words: Words, ranked: RankedPackages) -> Iterator[Block]:
    comparison = ranked.comparison
    yield Heading(1, comparison.evaluation.title, page_break_before=True)
    yield Paragraph(_lead(words, comparison), style="lead")
    yield _ranking(words, comparison)
    yield from _knock_outs(words, comparison)
    yield from _sensitivity(words, ranked)
    yield from _scores(words, comparison)
    if comparison.orphans:
        yield Callout(words("orphans", ids=words.join(comparison.orphans)), tone="warning")


def _lead(words: Words, comparison: PackageComparison) -> str:
    names = [one.candidate.name for one in comparison.leaders]
    if not names:
        return words("lead.none")
    if len(names) > 1:
        return words("lead.equal", names=words.join(names))
    kind = "settled" if comparison.is_settled else "open"
    if all(one.scored == 1 for one in comparison.results):
        kind = "complete"
    value = words.locale.number(comparison.leaders[0].value, 2)
    return words(f"lead.{kind}", name=names[0], value=value)


def _ranking(words: Words, comparison: PackageComparison) -> Block:
    groups = comparison.evaluation.groups
    results = comparison.results
    header = ("", words("columns.share"), *(one.candidate.name for one in results))
    rows: list[tuple[str | Cell, ...]] = [
        (words("rows.rank"), "", *(_rank(words, one) for one in results)),
        (words("rows.value"), "", *(_value(words, one.value) for one in results)),
        (words("rows.range"), "", *(_between(words, one) for one in results)),
        (words("rows.scored"), "", *(words.locale.percent(one.scored) for one in results)),
        group_row(words("rows.groups"), len(header)),
    ]
    rows += [
        (
            group.title,
            _share(words, comparison.group_shares[group.id]),
            *(_value(words, one.groups[group.id]) for one in results),
        )
        for group in groups
    ]
    return Table(
        header=header,
        rows=tuple(rows),
        widths=(5, 1.8, *(2.4 for _ in results)),
        alignments=("start", *repeated("end", len(results) + 1)),
        caption=words("ranking_caption"),
        note=words("ranking_note"),
    )


def _rank(words: Words, one: CandidateResult) -> Cell:
    if one.knocked_out:
        return Cell(words("out"), align="end")
    return Cell(words.locale.whole(one.rank) if one.rank else NO_VALUE, bold=one.rank == 1)


def _value(words: Words, value: Fraction | None) -> str:
    return words.locale.number(value, 2)


def _share(words: Words, share: Fraction) -> str:
    """Write a share in percent with one decimal: weights move by little."""
    return words.locale.number(share * 100)


def _between(words: Words, one: CandidateResult) -> str:
    low, high = _value(words, one.low), _value(words, one.high)
    return low if low == high else words("range", low=low, high=high)


def _knock_outs(words: Words, comparison: PackageComparison) -> Iterator[Block]:
    rows = [
        (
            one.candidate.name,
            comparison.evaluation.criterion[out.demand.criterion].title,
            words.locale.whole(out.score),
            words.locale.whole(out.demand.minimum),
            words.join(out.demand.requirements) or words("by_evaluation"),
        )
        for one in comparison.results
        for out in one.knocked_out
    ]
    if rows:
        names = ("package", "criterion", "score", "minimum", "because")
        yield Heading(2, words("out_title"))
        yield Table(
            header=tuple(words(f"columns.{name}") for name in names),
            rows=tuple(rows),
            widths=(3, 5, 1.6, 1.8, 4),
            alignments=("start", "start", "end", "end", "start"),
            caption=words("out_caption"),
        )


def _sensitivity(words: Words, ranked: RankedPackages) -> Iterator[Block]:
    yield Heading(2, words("turn_title"))
    turning = sorted(
        (one for one in ranked.sensitivity if one.move is not None),
        key=lambda one: (one.move or 0, one.element_id),
    )
    if not ranked.sensitivity:
        yield Paragraph(words("turn_unknown"))
        return
    if not turning:
        yield Paragraph(words("turn_none"))
        return
    names = {one.candidate.id: one.candidate.name for one in ranked.comparison.results}
    yield Paragraph(words("turn_lead"), keep_with_next=True)
    yield Table(
        header=tuple(words(f"columns.{name}") for name in ("element", "share", "below", "above")),
        rows=tuple(_turn_row(words, ranked, one, names) for one in turning[:MOST_TURNS]),
        widths=(5, 2, 4, 4),
        alignments=("start", "end", "start", "start"),
        caption=words("turn_caption"),
    )


def _turn_row(
    words: Words, ranked: RankedPackages, found: ShareSensitivity, names: dict[str, str]
) -> tuple[str, ...]:
    evaluation = ranked.comparison.evaluation
    element = evaluation.group.get(found.element_id) or evaluation.criterion[found.element_id]

    def said(turn: Turn | None, way: str) -> str:
        if turn is None:
            return NO_VALUE
        share = _share(words, turn.share)
        return words(f"turn.{way}", share=share, name=names[turn.candidate])

    share = _share(words, found.share)
    return element.title, share, said(found.below, "below"), said(found.above, "above")


def _scores(words: Words, comparison: PackageComparison) -> Iterator[Block]:
    """Every score, with the share of its criterion, for at most as many packages as fit."""
    results = comparison.results[:MOST_PACKAGES]
    header = (words("columns.criterion"), words("columns.share"))
    rows: list[tuple[str | Cell, ...]] = []
    for group in comparison.evaluation.groups:
        rows.append(group_row(group.title, len(header) + len(results)))
        for criterion in group.criteria:
            cells = (_score(words, comparison, one, criterion.id) for one in results)
            share = _share(words, comparison.shares[criterion.id])
            rows.append((criterion.title, share, *cells))
    yield Heading(2, words("scores_title"))
    yield Table(
        header=(*header, *(one.candidate.name for one in results)),
        rows=tuple(rows),
        widths=(5, 1.6, *(1.8 for _ in results)),
        alignments=("start", *repeated("end", len(results) + 1)),
        caption=words("scores_caption"),
        note=words("scores_note"),
        dense=True,
    )


def _score(
    words: Words, comparison: PackageComparison, one: CandidateResult, criterion: str
) -> Cell:
    if criterion not in one.scores:
        return Cell(NO_VALUE)
    demand = comparison.demands.get(criterion)
    missed = demand is not None and one.scores[criterion] < demand.minimum
    fill = "pale-negative" if missed else f"level-{one.scores[criterion]}"
    return Cell(words.locale.whole(one.scores[criterion]), fill=fill, bold=missed)
