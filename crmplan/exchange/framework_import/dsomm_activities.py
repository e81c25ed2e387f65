"""Activities of DSOMM as initiatives: what each requires, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.draft import InitiativeDraft
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes
from crmplan.exchange.framework_import.foreign_text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PUBLISHER = "OWASP DSOMM"
HIGHEST = 5
_META = frozenset({"meta", "_yaml_references", "$schema"})
# Elapsed weeks, low and high, for the difficulty "time" 1 to 5. Own reading: DSOMM gives no unit.
_WEEKS = ((1, 2), (2, 4), (4, 8), (8, 13), (13, 26))
_LOST = (
    *("description", "usefulness", "implementation", "references", "tags", "comments", "comment"),
    *("evidence", "credits"),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity, and where it belongs."""

    entry: Entry
    dimension: str
    family: str
    title: str
    level: int

    @property
    def key(self) -> str:
        """Its id, or its title in older versions of the format."""
        return self.entry.text("uuid", 100) or self.title

    @property
    def assessment(self) -> str:
        """What the model asks to see; mostly empty."""
        return self.entry.text("assessment", 1_000)


def read_activities(documents: Iterable[ForeignFile], notes: Notes) -> tuple[Activity, ...]:
    """Read all activities, in order.

    Raises:
        ExchangeError: if two have the same id.
    """
    found: dict[str, Activity] = {}
    for document in documents:
        for dimension, families in Entry(document, notes, document.value).fields():
            if dimension in _META or not isinstance(families.value, dict):
                continue
            for one in _of_dimension(families):
                if one.key in found:
                    raise ExchangeError(
                        f'{one.entry.place}: "{one.key}" is the id of two activities'
                    )
                found[one.key] = one
    return tuple(found.values())


def _of_dimension(families: Entry) -> Iterable[Activity]:
    dimension = Entry(families.file, families.notes, str(families.path[-1])).words(120)
    for name, members in families.fields():
        family = Entry(families.file, families.notes, name).words(120)
        for title, entry in members.fields() if isinstance(members.value, dict) else ():
            if level := _level(entry):
                words = Entry(entry.file, entry.notes, title, entry.path).words(200)
                yield Activity(entry, dimension, family, words, level)


def _level(entry: Entry) -> int | None:
    """Read the maturity level; None, and noted, if it is not one of the five."""
    level = entry.number("level")
    if level is not None and level.denominator == 1 and 1 <= level <= HIGHEST:
        return int(level)
    entry.note("IMPORT-LEVEL", f"an activity needs a level from 1 to {HIGHEST}; it is left out")
    return None


def initiatives_of(activities: Sequence[Activity], notes: Notes) -> tuple[InitiativeDraft, ...]:
    """Make an initiative of each activity.

    Raises:
        ExchangeError: if activities depend on one another in a circle.
    """
    keys = {one.key: one.key for one in activities}
    by_title = {one.title: one.key for one in activities}
    known = by_title | keys
    made = tuple(_initiative(one, known, notes) for one in activities)
    _refuse_circle(made)
    return made


def _initiative(activity: Activity, known: Mapping[str, str], notes: Notes) -> InitiativeDraft:
    entry = activity.entry
    entry.lose(*_LOST)
    entry.at("meta").lose("implementationGuide")
    weeks = _WEEKS[_difficulty(entry, "time") - 1]
    days_a_week = _difficulty(entry, "resources")
    return InitiativeDraft(
        key=activity.key,
        title=activity.title,
        dimension=f"{activity.dimension}/{activity.family}",
        purpose=_purpose(activity),
        level=(activity.level - 1, activity.level),
        effort_days=(weeks[0] * days_a_week, weeks[1] * days_a_week),
        duration_weeks=weeks,
        requires=_required(entry, known, notes),
        source=f"published: {PUBLISHER}, activity {activity.key}",
    )


def _purpose(activity: Activity) -> str:
    measure, risk = activity.entry.text("measure", 2_000), activity.entry.text("risk", 1_500)
    parts = (sentence(measure), f"Without it: {sentence(risk)}" if risk else "")
    return " ".join(filter(None, parts)) or activity.title


def _difficulty(entry: Entry, name: str) -> int:
    """Read a difficulty from 1 to 5; the middle where there is none."""
    given = entry.at("difficultyOfImplementation").number(name)
    return min(5, max(1, round(given))) if given is not None else 3


def _required(entry: Entry, known: Mapping[str, str], notes: Notes) -> tuple[str, ...]:
    found = []
    for one in entry.entries("dependsOn"):
        if key := known.get(one.words(200)):
            found.append(key)
        else:
            message = f'"{one.words(60)}" is no activity of this model'
            notes.add(one.place, "IMPORT-REFERENCE", message)
    return tuple(dict.fromkeys(found))


def _refuse_circle(initiatives: Sequence[InitiativeDraft]) -> None:
    titles = {one.key: one.title for one in initiatives}
    graph = nx.DiGraph([(need, one.key) for one in initiatives for need in one.requires])
    if nx.is_directed_acyclic_graph(graph):
        return
    members = [titles[edge[0]] for edge in nx.find_cycle(graph)]
    shown = " → ".join((*members[:10], members[0] if len(members) <= 10 else "…"))
    raise ExchangeError(
        f"activities depend on one another in a circle: {shown}",
        hint="take one of these out of dependsOn in the source, and tell its publisher",
    )
