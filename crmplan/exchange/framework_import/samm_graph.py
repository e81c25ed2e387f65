"""The objects of an OWASP SAMM model and the links between them.

The model is one YAML file per object, each with a ``type`` and a GUID; others refer to the GUID.
Format: github.com/owaspsamm/core, folder ``model``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What each kind of object refers to: field and kind.
_LINKS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Practice": (("function", "Function"),),
    "Stream": (("practice", "Practice"),),
    "PracticeLevel": (("practice", "Practice"), ("maturityLevel", "MaturityLevel")),
    "Activity": (("stream", "Stream"), ("level", "PracticeLevel")),
    "Question": (("activity", "Activity"), ("answerSet", "AnswerSet")),
}
KINDS = ("Function", "MaturityLevel", "AnswerSet", *_LINKS)


@dataclass(frozen=True, slots=True)
class SammGraph:
    """All objects, by kind and GUID.

    Attributes:
        referring: by kind and field the objects that refer to a GUID; in order.
    """

    objects: Mapping[str, Mapping[str, Entry]]
    referring: Mapping[tuple[str, str], Mapping[str, tuple[Entry, ...]]]

    def all(self, kind: str) -> tuple[Entry, ...]:
        """Give the objects of a kind, in order."""
        return _in_order(self.objects[kind].values())

    def of(self, kind: str, field: str, owner: Entry) -> tuple[Entry, ...]:
        """Give the objects of a kind that refer to another one, in order."""
        return self.referring[kind, field].get(owner.text("id"), ())

    def to(self, entry: Entry, field: str, kind: str) -> Entry:
        """Follow a link; all of them were checked."""
        return self.objects[kind][entry.text(field)]


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort by ``order``, then as they came."""
    return tuple(sorted(entries, key=lambda one: number_or(one, "order")))


def number_or(entry: Entry, field: str, otherwise: Fraction = Fraction(0)) -> Fraction:
    """Read a number, or take another one where there is none."""
    found = entry.number(field)
    return otherwise if found is None else found


def read_samm(documents: Iterable[ForeignFile], notes: Notes) -> SammGraph:
    """Sort documents by kind.

    Raises:
        ExchangeError: if an object has no GUID, shares it, or refers to one that is not there.
    """
    objects: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for document in documents:
        entry = Entry(document, notes, document.value)
        kind, guid = entry.text("type"), entry.text("id")
        if kind not in KINDS:
            continue
        if not guid or guid in objects[kind]:
            why = "has no id" if not guid else f'has the id "{guid}" of another {kind}'
            raise ExchangeError(f"{entry.place}: {why}")
        objects[kind][guid] = entry
    for kind in KINDS:
        objects.setdefault(kind, {})
    _check_links(objects)
    referring = {
        (kind, field): _by_target(objects[kind].values(), field)
        for kind, links in _LINKS.items()
        for field, _ in links
    }
    return SammGraph(objects, referring)


def _by_target(entries: Iterable[Entry], field: str) -> dict[str, tuple[Entry, ...]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in _in_order(entries):
        found[one.text(field)].append(one)
    return {target: tuple(ones) for target, ones in found.items()}


def _check_links(objects: Mapping[str, Mapping[str, Entry]]) -> None:
    for kind, links in _LINKS.items():
        for entry in objects[kind].values():
            for field, target in links:
                if (wanted := entry.text(field)) not in objects[target]:
                    raise ExchangeError(
                        f'{entry.at(field).place}: "{wanted}" is the id of no {target}',
                        hint="name the folder that holds the whole model",
                    )
