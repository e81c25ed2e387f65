"""What one more level would cost, dimension by dimension. Method: docs/method/budget.md."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.planning.reaching import length_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmplan.assessment.gaps import Gap, GapAnalysis
    from crmplan.planning.reaching import Surroundings
    from crmplan.planning.selection import Selection


@dataclass(frozen=True, slots=True)
class OneMoreLevel:
    """A target one level higher, the others as they are.

    Attributes:
        target: the higher target.
        added: the initiatives that come in.
        is_reached: whether the initiatives then lead there; if so and none is added, those of the
            plan lead there already. If not, the catalogue has none that does.
        effort_days: person-days more, in the middle of the estimates.
        length_days: working days by which the plan becomes longer, roles not limited.
    """

    dimension: str
    target: Fraction
    added: tuple[str, ...]
    is_reached: bool
    effort_days: Fraction
    length_days: int


def one_more_level(
    around: Surroundings, select: Callable[[GapAnalysis], Selection], *, highest: int
) -> tuple[OneMoreLevel, ...]:
    """Raise each target by a level, or to the top, and plan anew.

    Dimensions without a score, and those whose target is the top, are left out. Rules that spoke
    are those of the present targets.

    Args:
        around: the selection as it is, and what it was made with.
        select: chooses initiatives for other gaps.
        highest: the top of the scale.
    """
    return tuple(_raised(around, select, highest))


def _raised(
    around: Surroundings, select: Callable[[GapAnalysis], Selection], highest: int
) -> Iterator[OneMoreLevel]:
    before = around.plan_of(around.selection.ids)
    length = length_of(before)
    for gap in around.gaps.gaps.values():
        target = min(gap.target + 1, Fraction(highest))
        if gap.current is None or target <= gap.target:
            continue
        chosen = select(_with(around.gaps, gap, target))
        plan = replace(around, selection=chosen).plan_of(chosen.ids)
        yield OneMoreLevel(
            dimension=gap.dimension_id,
            target=target,
            added=tuple(one.id for one in chosen.chosen if one.id not in around.selection.ids),
            is_reached=any(
                one.dimension == gap.dimension_id and one.level.to >= target
                for one in map(around.catalogue.by_id.__getitem__, chosen.ids)
            ),
            effort_days=plan.effort.middle - before.effort.middle,
            length_days=length_of(plan) - length,
        )


def _with(gaps: GapAnalysis, gap: Gap, target: Fraction) -> GapAnalysis:
    distance = max(Fraction(0), target - (gap.current or Fraction(0)))
    higher = replace(gap, target=target, gap=distance)
    return replace(gaps, gaps={**gaps.gaps, gap.dimension_id: higher})
