"""Check what elements of a definition wait for: ids, repeated links, and circles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from crmplan.planning.network.problems import circle_text, circles
from crmplan.planning.workplan import Link
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.definitions.yaml_source import Path_, YamlFile
    from crmplan.planning.ties import Tie
    from crmplan.problems import Location


class _Waiting(Protocol):
    @property
    def id(self) -> str: ...


def check_ties(
    file: YamlFile, part: str, elements: Sequence[_Waiting], field: str, *, circle: str
) -> Iterator[Problem]:
    """Find unknown ids, links that stand there twice, and circles.

    Args:
        file: the composite file, for places.
        part: where the elements stand in it: ``initiatives`` or ``activities``.
        elements: initiatives or activities.
        field: what holds their ties: ``requires`` or ``after``.
        circle: what elements do in a circle, in words.
    """
    ids = [element.id for element in elements]
    places: dict[Link, Location] = {}
    for index, element in enumerate(elements):
        ties: tuple[Tie, ...] = getattr(element, field)
        here: Path_ = (part, index, field)
        yield from _repeated(file, here, ties)
        for at, tie in enumerate(ties):
            place = file.place((*here, at, "id"))
            if tie.before not in ids:
                message = f'"{tie.before}" is no {_KINDS[part]} of this definition'
                hint = did_you_mean(tie.before, ids)
                yield Problem(place, "DEF-UNKNOWN-ID", message, hint)
            link = Link(
                tie.before, element.id, "activity", kind=tie.kind, lag=tie.lag, at_most=tie.at_most
            )
            places.setdefault(link, place)
    for found in circles(places):
        message = f"{circle} in a circle: {circle_text(found)}"
        yield Problem(places[found[0]], "DEF-CYCLE", message)


_KINDS: Mapping[str, str] = {"initiatives": "initiative", "activities": "activity"}


def _repeated(file: YamlFile, here: Path_, ties: Sequence[Tie]) -> Iterator[Problem]:
    last = {(tie.before, tie.kind): at for at, tie in enumerate(ties)}
    for (before, kind), count in Counter((tie.before, tie.kind) for tie in ties).items():
        if count > 1:
            yield Problem(
                file.place((*here, last[before, kind], "id")),
                "DEF-DUPLICATE-ID",
                f'"{before}" stands here {count} times as {kind}',
                "keep one, or tie other ends: kind: SS, FF or SF",
            )
