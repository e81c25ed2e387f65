"""What becomes of one record when its framework gets a later version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.assessment import migration as steps
from crmplan.assessment.responses import Decision, Evidence, Importance, Response, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.assessment.migration import Migration

OfFramework = Response | Evidence | Decision | Target | Importance
"""A record that belongs to one framework and names an item or a dimension of it."""

Fate = Literal["kept", "renamed", "split", "rescaled", "dropped"]
FATES: tuple[Fate, ...] = ("kept", "rescaled", "renamed", "split", "dropped")
"""All fates, the strongest last."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one record.

    Attributes:
        field: the field of ``Engagement`` that holds it.
        fate: the strongest thing that happened to it, from ``kept`` to ``dropped``; ``rescaled``
            is another level or layer.
        after: what stands there now; empty if it was dropped.
        reason: why it was dropped.
    """

    field: str
    before: OfFramework
    fate: Fate
    after: tuple[OfFramework, ...]
    reason: str = ""


def carry(field: str, record: OfFramework, path: Iterable[Migration]) -> Carried:
    """Take a record through all migrations; of a split each part goes on by itself."""
    parts = [Carried(field, record, "kept", (record,))]
    for migration in path:
        parts = [one for part in parts for one in _through(migration, part)]
    after = tuple(record for part in parts for record in part.after)
    # A split of which one part was dropped later is still there in the others.
    fates = [part.fate for part in parts if part.after or not after]
    reason = next((part.reason for part in parts if part.reason), "")
    return Carried(field, record, max(fates, key=FATES.index), after, reason)


def _through(migration: Migration, carried: Carried) -> Iterator[Carried]:
    """Take one record through one migration: first to its new id, then to its new level."""
    if not carried.after:
        yield carried
        return
    for one in _to_new_ids(_step_about(migration, carried.after[0]), carried):
        moved = one
        for step in migration.steps:
            if isinstance(step, steps.Rescale) and moved.after:
                moved = _stronger(moved, "rescaled", _rescaled(moved.after[0], step))
            elif isinstance(step, steps.OneLayer) and moved.after:
                moved = _in_one_layer(moved, moved.after[0], step)
        yield moved


def _step_about(
    migration: Migration, record: OfFramework
) -> steps.Rename | steps.Split | steps.Drop | None:
    """Find the step about the item or dimension of a record.

    Items go with their dimension when it is renamed or dropped, unless a step is about them.
    """
    about = [
        one for one in migration.steps if isinstance(one, steps.Rename | steps.Split | steps.Drop)
    ]
    name, part = name_of(record), "dimension" if _is_of_dimension(record) else "item"
    own = [one for one in about if one.part == part and one.old == name]
    inherited = [
        one
        for one in about
        if part == "item"
        and one.part == "dimension"
        and not isinstance(one, steps.Split)
        and name.startswith(f"{one.old}.")
    ]
    # Of dimensions "a" and "a.b" the item "a.b.c" belongs to the longer one.
    return max(own or inherited, key=lambda one: len(one.old), default=None)


def _to_new_ids(
    step: steps.Rename | steps.Split | steps.Drop | None, carried: Carried
) -> Iterator[Carried]:
    match step:
        case None:
            yield carried
        case steps.Drop():
            yield replace(carried, fate="dropped", after=(), reason=step.reason)
        case steps.Rename():
            yield _stronger(carried, "renamed", _named(carried.after[0], step, step.to))
        case steps.Split():
            for name in step.to:
                yield _stronger(carried, "split", _named(carried.after[0], step, name))


def _stronger(carried: Carried, fate: Fate, record: OfFramework) -> Carried:
    if record == carried.after[0]:
        return carried
    return replace(carried, fate=max(carried.fate, fate, key=FATES.index), after=(record,))


def _is_of_dimension(record: OfFramework) -> bool:
    return isinstance(record, Target | Importance)


def name_of(record: OfFramework) -> str:
    """Give the id of the item or dimension that a record is about."""
    return record.dimension if isinstance(record, Target | Importance) else record.item


def _named(record: OfFramework, step: steps.Rename | steps.Split, name: str) -> OfFramework:
    if isinstance(record, Target | Importance):
        return record.model_copy(update={"dimension": name})
    item = name if step.part == "item" else name + record.item.removeprefix(step.old)
    changes: dict[str, object] = {"item": item}
    if isinstance(record, Evidence) and isinstance(step, steps.Split) and item != step.to[0]:
        changes["id"] = f"{record.id}-{step.to.index(item) + 1}"
    return record.model_copy(update=changes)


def _rescaled(record: OfFramework, step: steps.Rescale) -> OfFramework:
    """Carry the levels of a record to the new scale; answers stay whole, as the step says them."""
    if isinstance(record, Target):
        return record.model_copy(update={"level": step.level(record.level)})
    if isinstance(record, Evidence):
        supports = record.supports
        level = None if supports is None else int(step.level(Fraction(supports)))
        return record.model_copy(update={"supports": level})
    if isinstance(record, Response | Decision) and record.level is not None:
        return record.model_copy(update={"level": int(step.level(Fraction(record.level)))})
    return record


def _in_one_layer(carried: Carried, record: OfFramework, step: steps.OneLayer) -> Carried:
    if not isinstance(record, Response) or record.layer == "overall":
        return carried
    if record.layer == step.take:
        return _stronger(carried, "rescaled", record.model_copy(update={"layer": "overall"}))
    reason = f"only the layer {step.take} is asked for now"
    return replace(carried, fate="dropped", after=(), reason=reason)


def level_of(record: OfFramework) -> Fraction | int | None:
    """Give the level that a record names, or None if it names none."""
    if isinstance(record, Evidence):
        return record.supports
    return None if isinstance(record, Importance) else record.level
