"""The maturity profile: radar, scores, evidence, groups."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.documents.blocks import (
    Block,
    Cell,
    Chart,
    Heading,
    Paragraph,
    Series,
    Table,
)
from crmplan.documents.sections.rating import points
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import level_fill, printed, repeated, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.blocks import Text
    from crmplan.documents.words import Words

RADAR, SCORES, BARS, HEAT = "maturity-radar", "scores", "evidence-bars", "group-scores"
RADAR_HEIGHT_CM = 7.6


def profile(words: Words) -> tuple[Block, ...]:
    """Radar, table of scores, claimed against evidenced, the groups, and points."""
    client = words.report.assessment.organisation.name
    return (
        Heading(1, words("profile.title")),
        Paragraph(words("profile.lead", client=client), style="lead"),
        *_radar(words),
        *_scores_say(words),
        _scores(words),
        *_evidenced(words),
        *_by_group(words),
        *points(words),
    )


def _nodes(words: Words) -> tuple[NodeScore, ...]:
    return tuple(words.report.findings.scorecard.dimensions.values())


def _radar(words: Words) -> Iterator[Block]:
    nodes, highest = _nodes(words), words.report.definitions.framework.scale.highest
    targets = words.report.findings.targets
    scored = [node for node in nodes if node.score is not None]
    if scored:
        low = min(scored, key=lambda node: node.score or 0)
        high = max(scored, key=lambda node: node.score or 0)
        says = words.referring(
            "profile.radar_says",
            RADAR,
            lowest=words.dimension(low.id),
            highest=words.dimension(high.id),
        )
        yield Paragraph(says, keep_with_next=True)
    yield Chart(
        # Two dimensions make no area.
        kind="radar" if len(nodes) > 2 else "bar",
        categories=tuple(words.short(node.id) for node in nodes),
        series=(
            Series(words("profile.present"), tuple(map(_plain, nodes)), "current"),
            Series(
                words("profile.target"), tuple(float(targets[one.id]) for one in nodes), "target"
            ),
        ),
        caption=words("profile.radar_caption"),
        bookmark=RADAR,
        minimum=0,
        maximum=highest,
        step=1,
        value_labels=False,
        height_cm=RADAR_HEIGHT_CM if len(nodes) > 2 else None,
    )
    yield source(words)


def _plain(node: NodeScore) -> float | None:
    """Give a chart the number that the table prints: a chart must not disagree by rounding."""
    return printed(node.score)


def _scores_say(words: Words) -> Iterator[Block]:
    gaps = words.report.findings.gaps
    scored = [gap for gap in gaps.gaps.values() if gap.current is not None]
    if scored:
        yield says(
            words,
            "scores",
            SCORES,
            count=len(scored) - len(gaps.ranked),
            total=words.locale.whole(len(scored)),
        )


def _scores(words: Words) -> Block:
    scorecard = words.report.findings.scorecard
    rows = [_score_row(words, node, words.dimension(node.id)) for node in _nodes(words)]
    titles = {group.id: group.title for group in words.report.definitions.framework.groups}
    rows += [
        _score_row(words, node, titles[node.id], bold=True) for node in scorecard.groups.values()
    ]
    rows.append(_score_row(words, scorecard.overall, words("profile.overall"), bold=True))
    names = ("dimension", "score", "range", "evidenced", "staged", "target", "coverage")
    return Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(rows),
        widths=(5.2, 1.5, 2, 1.9, 1.4, 1.5, 1.9),
        alignments=("start", *("end",) * 6),
        caption=words("profile.table_caption"),
        bookmark=SCORES,
        note=words("profile.table_note"),
    )


def _score_row(
    words: Words, node: NodeScore, title: str, *, bold: bool = False
) -> tuple[Cell, ...]:
    locale = words.locale
    target = words.report.findings.targets.get(node.id)
    score = Cell(
        locale.number(node.score),
        fill=level_fill(words, node.score),
        bold=bold,
    )
    return (
        Cell(title, bold=bold),
        score,
        Cell(words.range(node.low, node.high), bold=bold),
        Cell(locale.number(node.evidenced), bold=bold),
        Cell(locale.whole(node.staged_level), bold=bold),
        Cell(locale.level(target) if target is not None else "", bold=bold),
        Cell(locale.percent(node.coverage), bold=bold),
    )


def _evidenced(words: Words) -> Iterator[Block]:
    nodes = [node for node in _nodes(words) if node.score is not None]
    if not nodes:
        return
    widest = max(nodes, key=_difference)
    says = words.referring(
        "profile.bars_says" if _difference(widest) else "profile.bars_even",
        BARS,
        dimension=words.dimension(widest.id),
        difference=words.locale.number(_difference(widest)),
    )
    yield Paragraph(says, keep_with_next=True)
    yield Chart(
        kind="bar",
        categories=tuple(words.short(node.id) for node in nodes),
        series=(
            Series(words("profile.present"), tuple(map(_plain, nodes)), "current"),
            Series(
                words("profile.evidenced"),
                tuple(printed(node.evidenced) for node in nodes),
                "positive",
            ),
        ),
        caption=words("profile.bars_caption"),
        bookmark=BARS,
        maximum=words.report.definitions.framework.scale.highest,
        step=1,
    )


def _difference(node: NodeScore) -> Fraction:
    return (node.score or Fraction(0)) - (node.evidenced or Fraction(0))


def group_means(words: Words) -> Mapping[str, Mapping[str, Fraction]]:
    """Average the groups' medians over the items of each dimension: dimension → group → mean."""
    scorecard = words.report.findings.scorecard
    found: dict[str, dict[str, Fraction]] = {}
    for node in scorecard.dimensions.values():
        medians: dict[str, list[Fraction]] = {}
        for item_id in node.parts:
            for group, agreement in scorecard.items[item_id].groups.items():
                medians.setdefault(group, []).append(agreement.median)
        found[node.id] = {
            group: sum(values, Fraction(0)) / len(values) for group, values in medians.items()
        }
    return found


def _by_group(words: Words) -> Iterator[Block]:
    means = group_means(words)
    asked = {group for by_group in means.values() for group in by_group}
    groups = [one.id for one in words.report.definitions.framework.audiences if one.id in asked]
    if len(groups) < 2:
        return
    yield Heading(2, words("profile.heat_title"))
    yield Paragraph(_heat_says(words, means), keep_with_next=True)
    yield Table(
        header=(words("columns.dimension"), *map(words.group, groups)),
        rows=tuple(
            (
                words.dimension(dimension_id),
                *(
                    Cell(
                        words.locale.number(by_group.get(one)),
                        fill=level_fill(words, by_group.get(one)),
                    )
                    for one in groups
                ),
            )
            for dimension_id, by_group in means.items()
        ),
        widths=(5, *(2.4,) * len(groups)),
        alignments=("start", *repeated("center", len(groups))),
        caption=words("profile.heat_caption"),
        bookmark=HEAT,
    )


def _heat_says(words: Words, means: Mapping[str, Mapping[str, Fraction]]) -> Text:
    several = {one: by_group for one, by_group in means.items() if len(by_group) > 1}
    if not several:
        return words.referring("profile.heat_single", HEAT)
    widest = max(several, key=lambda one: max(several[one].values()) - min(several[one].values()))
    by_group = several[widest]
    high, low = (
        max(by_group, key=lambda one: by_group[one]),
        min(by_group, key=lambda one: by_group[one]),
    )
    if by_group[high] == by_group[low]:
        return words.referring("profile.heat_even", HEAT)
    return words.referring(
        "profile.heat_says",
        HEAT,
        dimension=words.dimension(widest),
        high_group=words.group(high),
        high=words.locale.number(by_group[high]),
        low_group=words.group(low),
        low=words.locale.number(by_group[low]),
    )
