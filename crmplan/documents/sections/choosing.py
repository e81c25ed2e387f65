"""Which sections of a document are wanted, and whether people are named in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from crmplan.errors import DocumentError
from crmplan.problems import closest

if TYPE_CHECKING:
    from crmplan.documents.blocks import Block
    from crmplan.documents.words import Words

Composer: TypeAlias = "Callable[[Words], tuple[Block, ...]]"
Sections: TypeAlias = Mapping[str, Composer]
"""The sections of a document in reading order, by the names that people choose them by."""

ALWAYS = "cover"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a document is wanted.

    Attributes:
        only: the sections that are kept; empty keeps all.
        without: the sections that are left out.
        is_anonymous: people appear by number and group, without name and role.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_anonymous: bool = False

    def keeps(self, section: str) -> bool:
        """Tell whether a section is wanted; the cover always is."""
        if section == ALWAYS:
            return True
        return section not in self.without and (not self.only or section in self.only)


WHOLE = Extent()


def check_extent(extent: Extent, documents: Mapping[str, Sections]) -> None:
    """Refuse sections that none of some documents has, and an extent that keeps nothing of one.

    Raises:
        DocumentError: with the sections that there are.
    """
    known = {name for sections in documents.values() for name in sections if name != ALWAYS}
    for name in (*extent.only, *extent.without):
        if name not in known:
            suggestion = closest(name, known)
            raise DocumentError(
                f"there is no section {name!r} in {', '.join(documents)}",
                hint=(f"did you mean {suggestion!r}? " if suggestion else "")
                + f"sections: {', '.join(sorted(known))}",
            )
    for document, sections in documents.items():
        named = [one for one in sections if one != ALWAYS]
        if not any(map(extent.keeps, named)):
            raise DocumentError(
                f"nothing of {document} is left", hint=f"its sections: {', '.join(named)}"
            )
