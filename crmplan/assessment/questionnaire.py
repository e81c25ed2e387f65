"""What is asked of whom, in which order, and how far one person has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.errors import UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crmplan.assessment.framework import Dimension, Framework, Item
    from crmplan.assessment.rating_schemes import RatingScheme
    from crmplan.assessment.responses import Layer, Response

SHORT_FORM_ITEMS = 3
"""Items per dimension in the short form: the first ones, which authors put first on purpose."""

_BOTH: tuple[Layer, ...] = ("intention", "reality")


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item as it is asked.

    Attributes:
        number: dimension and place in the whole framework, such as ``3.4``; it is the same in every
            form, so that people with different forms can talk about it.
        layers: what is answered: ``overall``, or ``intention`` and ``reality``.
        scheme: by what the item is rated attribute by attribute; None if a level is asked for.
    """

    item: Item
    number: str
    layers: tuple[Layer, ...]
    scheme: RatingScheme | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The asked items of one dimension; there is at least one."""

    dimension: Dimension
    items: tuple[AskedItem, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The items to ask, in the order of asking; texts in the framework's language.

    Attributes:
        audience: the group that is asked, or None for everybody.
        is_short: whether only the first items of each dimension are asked.
    """

    framework: Framework
    audience: str | None
    is_short: bool
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[AskedItem, ...]:
        """All asked items, in order."""
        return tuple(asked for section in self.sections for asked in section.items)

    @property
    def has_layers(self) -> bool:
        """Tell whether some item is answered for plan and practice separately."""
        return any(len(asked.layers) > 1 for asked in self.items)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person has come; ``next_item`` is the first item without an answer, or None."""

    answered: int
    total: int
    next_item: str | None

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to answer."""
        return self.answered == self.total


def questionnaire(
    framework: Framework,
    *,
    audience: str | None,
    short: bool = False,
    layers: bool = True,
    rated: bool = False,
    without: Collection[str] = (),
) -> Questionnaire:
    """Choose what to ask.

    Args:
        framework: the framework to ask about.
        audience: ask only what concerns this group; None asks everything.
        short: ask only the first three items of each dimension, among those for the audience.
        layers: ask for plan and practice separately where the framework allows it.
        rated: ask for ratings, in place of levels, where the framework has a scheme for them.
        without: items that are not asked, such as those answered for another framework.

    Raises:
        UnknownElementError: if the framework has no such audience.
    """
    known = [group.id for group in framework.audiences]
    if audience is not None and audience not in known:
        raise UnknownElementError(audience, kind="audience", suggestion=closest(audience, known))
    limit = SHORT_FORM_ITEMS if short else None
    sections = (
        Section(
            dimension,
            tuple(
                one
                for one in _asked(framework, dimension, audience, layers=layers, rated=rated)[
                    :limit
                ]
                if one.item.id not in without
            ),
        )
        for dimension in framework.dimensions
    )
    chosen = tuple(section for section in sections if section.items)
    return Questionnaire(framework, audience, short, chosen)


def progress(questionnaire: Questionnaire, responses: Iterable[Response]) -> Progress:
    """Count what one person has answered.

    An item is answered when it has an answer as a whole, or for plan and practice both, whatever
    the form asks for: scoring counts both, and half an answer is none. Not applicable and unknown
    are answers. Responses to other items or frameworks are left out.

    Args:
        questionnaire: what is asked.
        responses: the answers of one respondent.
    """
    given: dict[str, set[Layer]] = {}
    for response in responses:
        if response.framework == questionnaire.framework.id:
            given.setdefault(response.item, set()).add(response.layer)
    open_items = [
        asked.item.id
        for asked in questionnaire.items
        if not _is_answered(given.get(asked.item.id, set()))
    ]
    total = len(questionnaire.items)
    return Progress(total - len(open_items), total, next(iter(open_items), None))


def _asked(
    framework: Framework,
    dimension: Dimension,
    audience: str | None,
    *,
    layers: bool,
    rated: bool,
) -> tuple[AskedItem, ...]:
    asked = []
    for place, item in enumerate(dimension.items, start=1):
        if audience is not None and audience not in item.audience:
            continue
        scheme = framework.rating_scheme(item.id) if rated else None
        # Ratings tell plan and practice apart by themselves: approach and deployment.
        in_layers = layers and scheme is None and framework.asks_for_layers(item.id)
        number = f"{dimension.number}.{place}"
        asked.append(AskedItem(item, number, _BOTH if in_layers else ("overall",), scheme))
    return tuple(asked)


def _is_answered(layers: set[Layer]) -> bool:
    return "overall" in layers or layers.issuperset(_BOTH)
