"""Points and ratings: how they are made up, and what was rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.rating_schemes import FULL
from crmplan.documents.blocks import Block, BulletList, Cell, Heading, Table
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.tracing import traced_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.item_scores import ItemScore
    from crmplan.assessment.rating_schemes import RatedElement, RatingScheme
    from crmplan.assessment.ratings import Rating
    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.words import Words

POINTS, RATINGS = "points", "ratings"


def points(words: Words) -> Iterator[Block]:
    """The points of dimensions, groups and the whole; nothing if the framework counts none."""
    scorecard = words.report.findings.scorecard
    if not scorecard.points:
        return
    rows: list[tuple[str | Cell, ...]] = [
        _points_row(words, words.dimension(one.id), one) for one in scorecard.dimensions.values()
    ]
    rows += [
        _points_row(words, group.title, scorecard.groups[group.id])
        for group in words.report.definitions.framework.groups
    ]
    whole = words("profile.overall")
    rows.append(tuple(Cell(one, bold=True) for one in _points_row(words, whole, scorecard.overall)))
    yield Heading(2, words("points.title"))
    total = words.points(scorecard.points[scorecard.overall.id])
    yield says(words, "points", POINTS, total=total)
    yield Table(
        header=(words("columns.dimension"), words("columns.score"), words("columns.points")),
        rows=tuple(rows),
        widths=(9, 3, 4),
        alignments=("start", "end", "end"),
        caption=words("points.caption"),
        bookmark=POINTS,
        dense=True,
        note=words("points.note"),
    )


def _points_row(words: Words, title: str, node: NodeScore) -> tuple[str, str, str]:
    found = words.report.findings.scorecard.points[node.id]
    return title, words.locale.number(node.score), words.points(found)


def rating_rules(words: Words) -> Iterator[Block]:
    """How ratings become a level; nothing if nobody rated attribute by attribute."""
    used = {one.scheme for item in _rated(words) for one in item.ratings.values()}
    schemes = [one for one in words.report.definitions.framework.rating_schemes if one.id in used]
    if not schemes:
        return
    scale = words.report.definitions.framework.scale
    ends = {
        "lowest": words.locale.whole(scale.lowest),
        "highest": words.locale.whole(scale.highest),
    }
    yield Heading(2, words("ratings.method_title"))
    yield BulletList(
        (
            *(_scheme(words, one) for one in schemes),
            words("ratings.mean"),
            *(_cap(words, one) for one in schemes if one.cap),
            words("ratings.level", ends),
        )
    )


def _scheme(words: Words, scheme: RatingScheme) -> str:
    elements = words("semicolon").join(
        words(
            "parenthesis", text=element.title, extra=words.join(o.title for o in element.attributes)
        )
        for element in scheme.elements
    )
    return words("colon", label=scheme.title, text=elements)


def _cap(words: Words, scheme: RatingScheme) -> str:
    title = next(one.title for one in scheme.elements if one.id == scheme.cap)
    return words("ratings.cap", scheme=scheme.title, element=title)


def rated_answers(words: Words) -> Iterator[Block]:
    """Every answer that was rated, from attributes to level."""
    rated = [(item, who, one) for item in _rated(words) for who, one in item.ratings.items()]
    if not rated:
        return
    capped = words.locale.whole(sum(one.capped_by is not None for _, _, one in rated))
    yield Heading(2, words("ratings.title"), bookmark="rated")
    yield says(words, "ratings", RATINGS, count=len(rated), capped=capped)
    names = ("item", "respondent", "ratings", "total", "level")
    yield Table(
        header=tuple(words(f"columns.{name}") for name in names),
        rows=tuple(
            (
                traced_question(words, item.item_id),
                words.person(who),
                _elements(words, item.item_id, one),
                _total(words, item.item_id, one),
                words.locale.number(one.level, 2),
            )
            for item, who, one in rated
        ),
        widths=(2.6, 2.6, 6.4, 2.8, 1.6),
        alignments=("start", "start", "start", "start", "end"),
        caption=words("ratings.caption"),
        bookmark=RATINGS,
        dense=True,
    )


def _rated(words: Words) -> list[ItemScore]:
    return [one for one in words.report.findings.scorecard.items.values() if one.ratings]


def _elements(words: Words, item_id: str, rating: Rating) -> str:
    """Write an element a line: its mean, and the attributes that it was made of."""
    return "\n".join(
        words(
            "ratings.element",
            element=element.title,
            percent=words.locale.percent(rating.elements[element.id] / FULL, 1),
            attributes=words.join(
                words(
                    "ratings.attribute",
                    attribute=one.title,
                    percent=words.locale.percent_of(rating.attributes[one.id] / FULL),
                )
                for one in element.attributes
            ),
        )
        for element in _elements_of(words, item_id)
    )


def _total(words: Words, item_id: str, rating: Rating) -> str:
    total = words.locale.percent(rating.total / FULL, 1)
    if rating.capped_by is None:
        return total
    titles = {one.id: one.title for one in _elements_of(words, item_id)}
    mean = words.locale.percent(rating.mean / FULL, 1)
    return words("ratings.capped", total=total, element=titles[rating.capped_by], mean=mean)


def _elements_of(words: Words, item_id: str) -> tuple[RatedElement, ...]:
    scheme = words.report.definitions.framework.rating_scheme(item_id)
    return scheme.elements if scheme else ()
