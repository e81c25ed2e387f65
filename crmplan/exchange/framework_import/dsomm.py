"""OWASP DSOMM: sub-dimensions become dimensions, activities initiatives that require one another.

Each sub-dimension is asked about once: up to which level its activities are in place. The five
levels are those of DSOMM, so a gap chooses just the activities between two levels.
Format: github.com/devsecopsmaturitymodel/DevSecOps-MaturityModel-data, ``generated/model.yaml``:
dimension → sub-dimension → activity.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.exchange.framework_import.draft import (
    Count,
    DimensionDraft,
    FrameworkDraft,
    ItemDraft,
    ProfileDraft,
)
from crmplan.exchange.framework_import.dsomm_activities import (
    HIGHEST,
    PUBLISHER,
    Activity,
    initiatives_of,
    read_activities,
)
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes
from crmplan.exchange.framework_import.foreign_text import sentence, shortened, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVELS = range(HIGHEST + 1)
_STEPS = (
    (Fraction(0), "Level 0", "Not all activities of level 1 are in place"),
    *(
        (Fraction(one), f"Level {one}", f"All activities up to level {one} are in place")
        for one in _LEVELS[1:]
    ),
)
_LICENCE = "GPL-3.0"
_SOURCE = (
    "OWASP DevSecOps Maturity Model (DSOMM), version {version}: dimensions, activities, levels and "
    "dependencies, by its authors and contributors."
)
_INTERPRETATION = (
    "Imported from the OWASP DevSecOps Maturity Model. Activities, levels and dependencies are the "
    "model's. The question about each sub-dimension is crmplan's. Effort and duration of "
    "initiatives are crmplan's reading of the difficulty that DSOMM gives from 1 to 5 for time "
    "and resources; phase, lead, deliverable and indicator are placeholders"
)


def dsomm_draft(documents: Sequence[ForeignFile], notes: Notes, *, licence: str) -> FrameworkDraft:
    """Understand a DSOMM model.

    Args:
        documents: the documents of its file, or of its files.
        notes: takes up what has no place here.
        licence: the licence found beside the model; empty if none.

    Raises:
        ExchangeError: if activities depend on one another in a circle, or share an id.
    """
    version = next((found for one in documents if (found := _version(one, notes))), "")
    activities = read_activities(documents, notes)
    dimensions = _dimensions(activities)
    initiatives = initiatives_of(activities, notes)
    return FrameworkDraft(
        title="OWASP DevSecOps Maturity Model",
        summary=f"{len(activities)} activities of secure development in {len(dimensions)} families",
        version=version_of(version),
        licence=licence or _LICENCE,
        sources=(_SOURCE.format(version=version or "not stated"),),
        interpretation=_INTERPRETATION,
        dimensions=dimensions,
        counts=(
            Count("dimensions", "groups", len({one.group for one in dimensions})),
            Count("sub-dimensions", "dimensions with one item each", len(dimensions)),
            Count("activities", "initiatives", len(initiatives)),
            Count("dependsOn", "requires", sum(len(one.requires) for one in initiatives)),
        ),
        steps=_STEPS,
        profiles=tuple(
            ProfileDraft(f"level-{one}", f"DSOMM level {one} everywhere", Fraction(one))
            for one in _LEVELS[1:]
        ),
        initiatives=initiatives,
    )


def _version(document: ForeignFile, notes: Notes) -> str:
    return Entry(document, notes, document.value).at("meta").text("version", 40)


def _dimensions(activities: Sequence[Activity]) -> tuple[DimensionDraft, ...]:
    families: dict[tuple[str, str], list[Activity]] = {}
    for one in activities:
        families.setdefault((one.dimension, one.family), []).append(one)
    return tuple(_dimension(*names, members) for names, members in families.items())


def _dimension(dimension: str, family: str, members: Sequence[Activity]) -> DimensionDraft:
    key = f"{dimension}/{family}"
    by_level = [[one for one in members if one.level == level] for level in _LEVELS]
    seen = tuple(_seen(level, by_level[level]) for level in _LEVELS)
    source = f"published: {PUBLISHER}, {dimension}, {family}"
    item = ItemDraft(
        key=f"question {key}",
        name="level",
        topic=family,
        ask=f'Up to which level are all activities of "{family}" in place?',
        answers=tuple(Answer(seen[level], Fraction(level)) for level in _LEVELS),
        source=source,
        place=members[0].entry.place,
        points=tuple(f"Level {one.level}: {one.title}" for level in by_level for one in level),
        evidence=tuple(f"{one.title}: {one.assessment}" for one in members if one.assessment),
    )
    return DimensionDraft(
        key=key,
        title=family,
        purpose=f'How far the {len(members)} activities of "{family}" are part of daily work.',
        items=(item,),
        source=source,
        group=dimension,
        stages=seen[1:],
    )


def _seen(level: int, activities: Sequence[Activity]) -> str:
    if level == 0:
        return "Not all activities of level 1 are in place."
    if not activities:
        return f"As level {level - 1}; DSOMM has no activity of level {level} here."
    named = "; ".join(one.title for one in activities)
    return shortened(sentence(f"Also in place: {named}"), 1_500)
