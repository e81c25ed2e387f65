"""Check that the rating schemes of a framework can be asked and combined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.rating_schemes import FULL
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.rating_schemes import RatedAttribute, RatingScheme
    from crmplan.definitions.yaml_source import Path_, YamlFile


def check_rating_schemes(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    """Find two schemes for one kind, unknown caps, and ratings that nobody can give."""
    kinds: set[str] = set()
    for index, scheme in enumerate(framework.rating_schemes):
        here: Path_ = ("rating_schemes", index)
        if scheme.kind in kinds:
            message = f'there is another scheme for items of the kind "{scheme.kind}"'
            yield Problem(whole.place((*here, "kind")), "DEF-RATING", message)
        kinds.add(scheme.kind)
        yield from _cap(scheme, whole, here)
        if FULL % scheme.step:
            message = f"{FULL} is no multiple of {scheme.step}, so nobody can rate {FULL}"
            yield Problem(whole.place((*here, "step")), "DEF-RATING", message)
            continue  # what is off such steps says nothing more
        for place, element in enumerate(scheme.elements):
            for number, attribute in enumerate(element.attributes):
                path = (*here, "elements", place, "attributes", number)
                yield from _anchors(scheme, attribute, whole, path)


def _cap(scheme: RatingScheme, whole: YamlFile, here: Path_) -> Iterator[Problem]:
    known = [element.id for element in scheme.elements]
    if scheme.cap is not None and scheme.cap not in known:
        yield Problem(
            whole.place((*here, "cap")),
            "DEF-UNKNOWN-ID",
            f'"{scheme.cap}" is no element of {scheme.id}',
            did_you_mean(scheme.cap, known),
        )


def _anchors(
    scheme: RatingScheme, attribute: RatedAttribute, whole: YamlFile, path: Path_
) -> Iterator[Problem]:
    for percent in attribute.anchors:
        if not scheme.allows(percent):
            message = f"{percent} is no multiple of {scheme.step} from 0 to {FULL}"
            yield Problem(whole.place((*path, "anchors", percent)), "DEF-RATING", message)
    if missing := [str(end) for end in (0, FULL) if end not in attribute.anchors]:
        message = f'"{attribute.id}" does not say what {" and ".join(missing)} looks like'
        yield Problem(whole.place((*path, "anchors")), "DEF-RATING", message)
