"""What is different between two versions of a framework, and which number of the version it moves.

The first number moves where answers would lose their place or meaning: a thing is gone or has
another id, the scale has other levels. The second moves where scores may differ: something is new,
weighed or ruled otherwise. The third moves where only words differ.
Method: docs/method/versions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmplan.assessment import migration as steps
from crmplan.assessment.definition import Definition, Element, text_fields
from crmplan.assessment.migration import migrations_between, version_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.migration import Migration, Step
    from crmplan.assessment.rating_schemes import RatingScheme

VersionPart = Literal["major", "minor", "patch"]
VERSION_PARTS: tuple[VersionPart, ...] = ("patch", "minor", "major")
"""The parts of a version that a change moves, the heaviest last."""

_PARTS = ("dimensions", "items", "profiles", "audiences", "groups", "dependencies", "feedback",
          "rules", "concepts", "initiatives")  # fmt: skip
_HOLD_ANSWERS = ("dimensions", "items", "profiles", "audiences")
"""Parts that records refer to by id, so that one that is gone takes them along."""

_WORDS = ("title", "summary", "interpretation", "licence", "sources", "languages")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: the kind of thing: ``items``, ``scale``, ``scoring`` and so on.
        id: which one; empty for what there is one of.
        how: ``new``, ``gone``, ``changed``, or what a migration step says became of it.
        details: names of fields that changed, or the new ids.
        is_explained: a thing that is gone and holds answers has a migration step.
    """

    moves: VersionPart
    what: str
    id: str
    how: str
    details: tuple[str, ...] = ()
    is_explained: bool = True


@dataclass(frozen=True, slots=True)
class FrameworkDifference:
    """All differences, the heaviest first.

    Attributes:
        before, after: the two versions.
        needed: the lowest version that these changes allow.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    needed: str

    @property
    def is_honest(self) -> bool:
        """Tell whether the version says how much changed, and every loss is explained."""
        is_enough = version_numbers(self.after) >= version_numbers(self.needed)
        return is_enough and all(change.is_explained for change in self.changes)


def compare(
    old: Framework,
    new: Framework,
    *,
    migrations: Iterable[Migration] = (),
    initiatives: tuple[Sequence[Element], Sequence[Element]] = ((), ()),
) -> FrameworkDifference:
    """Compare two versions of a framework in the same language.

    Args:
        old: the version before.
        new: the version after.
        migrations: those that the new version brings along.
        initiatives: those of both versions; none without.
    """
    path = migrations_between(migrations, before=old.version, after=new.version)
    about = [step for migration in path for step in migration.steps]
    before, after = _parts(old, initiatives[0]), _parts(new, initiatives[1])
    changes = [
        *_of_scale(old, new, about),
        *_of_head(old, new),
        *_of_ratings(old, new),
        *(one for part in _PARTS for one in _of_part(part, before[part], after[part], about)),
    ]
    changes.sort(key=lambda change: -VERSION_PARTS.index(change.moves))
    return FrameworkDifference(
        old.version, new.version, tuple(changes), _needed(old.version, changes)
    )


def _parts(
    framework: Framework, initiatives: Sequence[Element]
) -> Mapping[str, Mapping[str, Element]]:
    own = (name for name in _PARTS if name != "initiatives")
    listed = {name: getattr(framework, name) for name in own}
    listed |= {"items": framework.items.values(), "initiatives": initiatives}
    return {name: {one.id: one for one in listed[name]} for name in _PARTS}


def _needed(before: str, changes: Sequence[Change]) -> str:
    """Give the lowest version that follows from the heaviest change."""
    first, second, third = version_numbers(before)
    if not changes:
        return before
    match max((change.moves for change in changes), key=VERSION_PARTS.index):
        case "major":
            return f"{first + 1}.0.0"
        case "minor":
            return f"{first}.{second + 1}.0"
        case _:
            return f"{first}.{second}.{third + 1}"


def _of_scale(old: Framework, new: Framework, about: Sequence[Step]) -> Iterator[Change]:
    numbers = [[step.level for step in one.scale.levels] for one in (old, new)]
    if numbers[0] != numbers[1]:
        is_rescaled = any(isinstance(step, steps.Rescale) for step in about)
        details = tuple(f"{levels[0]}–{levels[-1]}" for levels in numbers)
        yield Change("major", "scale", "", "changed", details, is_rescaled)
    elif old.scale != new.scale:
        yield Change("patch", "scale", "", "changed", ("words",))
    if old.layers and not new.layers:
        is_merged = any(isinstance(step, steps.OneLayer) for step in about)
        yield Change("major", "layers", "", "gone", (), is_merged)
    elif old.layers != new.layers:
        yield Change("minor", "layers", "", "changed" if old.layers else "new")


def _of_ratings(old: Framework, new: Framework) -> Iterator[Change]:
    """Compare how items are rated; ratings that no longer fit cannot be scored."""
    before, after = ({one.kind: one for one in each.rating_schemes} for each in (old, new))
    for kind in before.keys() | after.keys():
        was, now = before.get(kind), after.get(kind)
        if was is None or now is None:
            moves: VersionPart = "minor" if was is None else "major"
            yield Change(moves, "rating_schemes", kind, "new" if was is None else "gone")
        elif was != now:
            asked = [(tuple(one.attributes), one.step) for one in (was, now)]
            counted = [_counted(one) for one in (was, now)]
            moves = "minor" if counted[0] != counted[1] else "patch"
            if asked[0] != asked[1]:
                moves = "major"
            yield Change(moves, "rating_schemes", kind, "changed", _changed_fields(was, now))


def _counted(scheme: RatingScheme) -> tuple[object, ...]:
    """Name what the total of a scheme depends on, besides its attributes."""
    elements = ((one.id, tuple(part.id for part in one.attributes)) for one in scheme.elements)
    return (scheme.cap, *elements)


def _of_head(old: Framework, new: Framework) -> Iterator[Change]:
    for name in _WORDS:
        if getattr(old, name) != getattr(new, name):
            yield Change("patch", name, "", "changed")
    for name in ("scoring", "swot", "readiness", "plans_with", "points"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            details = _changed_fields(before, after) if isinstance(before, Definition) else ()
            yield Change("minor", name, "", "changed", details)


def _of_part(
    what: str, old: Mapping[str, Element], new: Mapping[str, Element], about: Sequence[Step]
) -> Iterator[Change]:
    holds_answers = what in _HOLD_ANSWERS
    for name in (one for one in old if one not in new):
        how, details = _fate(what, name, about)
        is_explained = not holds_answers or how != "gone" or what == "audiences"
        moves: VersionPart = "major" if holds_answers else "minor"
        yield Change(moves, what, name, how, details, is_explained)
    for name in (one for one in new if one not in old):
        yield Change("minor", what, name, "new")
    for name in (one for one in new if one in old):
        if fields := _changed_fields(old[name], new[name]):
            yield Change(_moves(old[name], fields), what, name, "changed", fields)


def _fate(what: str, name: str, about: Sequence[Step]) -> tuple[str, tuple[str, ...]]:
    """Say what migrations let become of a thing; items go with their dimension."""
    for step in about:
        if not isinstance(step, steps.Rename | steps.Split | steps.Drop):
            continue
        is_it = what == f"{step.part}s" and step.old == name
        goes_along = (
            what == "items"
            and step.part == "dimension"
            and not isinstance(step, steps.Split)
            and name.startswith(f"{step.old}.")
        )
        if not (is_it or goes_along):
            continue
        match step:
            case steps.Drop():
                return "dropped", (step.reason,)
            case steps.Split():
                return "split", step.to
            case steps.Rename():
                return "renamed", (step.to + (name.removeprefix(step.old) if goes_along else ""),)
    return "gone", ()


def _changed_fields(old: Definition, new: Definition) -> tuple[str, ...]:
    """Name the fields that differ; items have their own lines."""
    names = (name for name in type(old).model_fields if name != "items")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _moves(element: Element, fields: Sequence[str]) -> VersionPart:
    words = {*text_fields(type(element)), "source", "confidence"}
    if "kind" in fields and hasattr(element, "items"):
        return "major"  # another kind is asked for other layers
    return "patch" if words.issuperset(fields) else "minor"
