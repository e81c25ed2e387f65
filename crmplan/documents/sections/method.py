"""The method annex: how the figures of all documents were made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Heading, Paragraph, Table
from crmplan.documents.sections.rating import rating_rules
from crmplan.documents.sections.saying import says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmplan.documents.sections.choosing import Composer
    from crmplan.documents.words import Words

SCALE = "scale"
_LOCATOR = re.compile(r"\s*\(seed[^)]*\)|^published: ")
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def method_of(*parts: str) -> Composer:
    """Compose the rules.

    Args:
        parts: of ``scoring``, ``evidence``, ``agreement``, ``gaps``, ``swot``, ``plan``; those
            that the document uses.
    """
    return lambda words: _method(words, parts)


def _method(words: Words, parts: Sequence[str]) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Heading(1, words("method.title"), bookmark="method"),
        Paragraph(words("method.lead"), style="lead"),
        Heading(2, words("method.scale_title")),
        *_scale_says(words),
        _scale(words),
    ]
    values = _values(words)
    for part in parts:
        sentences = words.listed(f"method.{part}", **values)
        if part == "scoring":
            layered = words.report.definitions.framework.layers is not None
            first = words("method.person_layers" if layered else "method.person", values)
            sentences = (first, *sentences)
        if part == "evidence" and words.report.definitions.framework.scoring.trend:
            sentences = (*sentences, words("method.trend", values))
        blocks += [Heading(2, words(f"method.{part}_title")), BulletList(sentences)]
        if part == "scoring":
            blocks += rating_rules(words)
    definition = words.report.definitions.framework
    blocks += [
        Heading(2, words("method.sources_title")),
        Paragraph(words("method.ours")),
        Paragraph(definition.interpretation),
    ]
    if sources := _sources(words):
        blocks.append(BulletList(sources))
    return tuple(blocks)


def _sources(words: Words) -> tuple[str, ...]:
    """Name the sources of the framework in words, each once.

    The author's own work has been named already. Locators of our own notes ("seed 002 L22") say
    nothing to a client, and neither does an English remark in another language: what stays of it
    is the work that it names.
    """
    found = (_source(words, one) for one in words.report.definitions.framework.sources)
    return tuple(dict.fromkeys(one for one in found if one))


def _source(words: Words, text: str) -> str:
    named = _LOCATOR.sub("", text).strip()
    if text.lower().startswith("own"):
        return ""
    if text.startswith("seed "):
        return words("method.source_seed")
    if words.locale.language == "en" or not named.isascii():
        return named
    if "Persian" in named:
        return words("method.source_seed")
    work = named.partition(": ")[0]
    return work if _YEAR.search(work) else ""


def _scale_says(words: Words) -> Iterator[Block]:
    score = words.report.findings.scorecard.overall.score
    if score is not None:
        level = words.standing(score)
        name = words.level_name(level)
        yield says(words, "scale", SCALE, level=words.locale.whole(level), name=name)


def _scale(words: Words) -> Block:
    return Table(
        header=(
            words("columns.level"),
            words("method.level_name"),
            words("method.enabler"),
            words("method.result"),
        ),
        rows=tuple(
            (words.locale.whole(step.level), step.name, step.enabler, step.result)
            for step in words.report.definitions.framework.scale.levels
        ),
        widths=(1.4, 3, 6, 6),
        alignments=("center", "start", "start", "start"),
        caption=words("method.scale_caption"),
        bookmark=SCALE,
        dense=True,
    )


def _values(words: Words) -> dict[str, str]:
    """Write the numbers that the framework's author and the sizing of this client set."""
    framework, locale = words.report.definitions.framework, words.locale
    policy, trend, sizing = framework.scoring, framework.scoring.trend, words.report.plan.sizing
    layers = framework.layers
    return {
        "intention": locale.percent(layers.intention if layers else None),
        "reality": locale.percent(layers.reality if layers else None),
        "coverage": locale.percent(policy.minimum_coverage),
        "largely": locale.percent(policy.largely),
        "fully": locale.percent(policy.fully),
        "confirmed_from": locale.whole(policy.confirmed_from),
        "below": locale.whole(policy.confirmed_from - 1),
        "periods": locale.whole(trend.periods if trend else None),
        "cap": locale.whole(trend.cap if trend else None),
        "spread": locale.whole(policy.contested_spread),
        "count": locale.whole(policy.coefficient_from),
        "threshold": locale.number(policy.contested_agreement),
        "strength_from": locale.whole(framework.swot.strength_from),
        "weakness_gap": locale.level(framework.swot.weakness_gap),
        "effort_factor": locale.number(sizing.effort, 2),
        "pace_factor": locale.number(sizing.pace),
    }
