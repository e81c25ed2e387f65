"""Targets and importances agreed in one framework, in the terms of the framework that plans.

Each dimension of the planning framework takes the mean of the dimensions whose items are linked to
its own, weighted by the strength of the links.
Source: docs/method/crosswalk.md, section "Targets and importances".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.crosswalk import carried_level
from crmplan.assessment.gaps import MIDDLE_IMPORTANCE
from crmplan.assessment.weighting import weighted_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.framework import Framework

_Linked = tuple[Fraction, str]


@dataclass(frozen=True, slots=True)
class Aims:
    """What a client wants in each dimension of a framework.

    Attributes:
        targets: level to reach, on the scale of the framework; for every dimension.
        importances: 1 (little) to 5 (decides about success); for every dimension.
    """

    targets: Mapping[str, Fraction]
    importances: Mapping[str, Fraction]


def carried_aims(
    crosswalk: Crosswalk,
    aims: Aims,
    *,
    source: Framework,
    framework: Framework,
    defaults: Mapping[str, Fraction],
) -> Aims:
    """Carry targets and importances over the links of a crosswalk.

    Args:
        crosswalk: links from ``source`` to ``framework``.
        aims: what was agreed in ``source``; dimensions without an importance have the usual one.
        source: the framework of the assessment.
        framework: the framework that plans.
        defaults: target of each dimension of ``framework`` that no link reaches.
    """
    linked = _linked_dimensions(crosswalk, source, framework)
    targets, importances = {}, {}
    for name in framework.dimension:
        links = linked[name]
        level = weighted_mean([(weight, aims.targets[one]) for weight, one in links])
        usual = Fraction(MIDDLE_IMPORTANCE)
        matters = weighted_mean([(w, aims.importances.get(one, usual)) for w, one in links])
        targets[name] = defaults[name] if level is None else carried_level(level, source, framework)
        importances[name] = usual if matters is None else matters
    return Aims(targets, importances)


def _linked_dimensions(
    crosswalk: Crosswalk, source: Framework, framework: Framework
) -> Mapping[str, Sequence[_Linked]]:
    """Give for each dimension the strengths of the links into it and where they begin."""
    linked: defaultdict[str, list[_Linked]] = defaultdict(list)
    for link in crosswalk.links:
        begin, end = source.dimension_of.get(link.from_), framework.dimension_of.get(link.to)
        if begin and end:
            linked[end.id].append((link.strength, begin.id))
    return linked
