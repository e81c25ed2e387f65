"""Mapping sets of CISO Assistant as crosswalks.

A crosswalk names items of both frameworks, so both are read; the other one has the id that it gets
when it is imported from the same folder.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.crosswalk import Crosswalk, Relation
from crmplan.exchange.framework_import.assembling import Assembled, assemble
from crmplan.exchange.framework_import.ciso_assistant import ciso_draft
from crmplan.exchange.framework_import.foreign_file import Entry, Notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmplan.exchange.framework_import.ciso_assistant import CisoDraft
    from crmplan.exchange.framework_import.ciso_library import CisoFramework, CisoLibraries

_RELATIONS: Mapping[str, tuple[Relation, Fraction]] = {
    "equal": ("equal", Fraction(1)),
    "subset": ("subset", Fraction(1, 2)),
    "superset": ("superset", Fraction(1, 2)),
    "intersect": ("intersects", Fraction(1, 2)),
}
"""Our word for a relation, and its strength where the mapping says none."""

_STRONGEST = 10


def crosswalks_for(
    libraries: CisoLibraries, chosen: CisoFramework, read: CisoDraft, assembled: Assembled
) -> tuple[Crosswalk, ...]:
    """Make the crosswalks that begin at the framework that is imported.

    A mapping set between the same frameworks in the other direction belongs to the other one.
    """
    found: dict[str, Crosswalk] = {}
    for mapping in libraries.mapping_sets:
        target = _target(mapping, libraries, chosen)
        if target is None:
            continue
        other = ciso_draft(target.quiet())
        ready = assemble(other.draft, target.id, Notes())
        links = tuple(_links(mapping, (read, assembled), (other, ready)))
        if target.id in found:
            mapping.note("IMPORT-MAPPING", f'there is another mapping set to "{target.id}"')
        elif links:
            found[target.id] = Crosswalk.model_validate(
                {"from": assembled.framework.id, "to": target.id, "links": links}
            )
    return tuple(found.values())


def _target(
    mapping: Entry, libraries: CisoLibraries, chosen: CisoFramework
) -> CisoFramework | None:
    if mapping.text("source_framework_urn", 300).lower() != chosen.urn:
        return None
    wanted = mapping.text("target_framework_urn", 300).lower()
    found = next((one for one in libraries.frameworks if one.urn == wanted), None)
    if found is None:
        mapping.at("target_framework_urn").note(
            "IMPORT-MAPPING",
            f'the framework "{wanted[-80:]}" is not in these files',
            "put its library into the same folder",
        )
    return found


def _links(
    mapping: Entry, here: tuple[CisoDraft, Assembled], there: tuple[CisoDraft, Assembled]
) -> Iterator[dict[str, object]]:
    seen: set[tuple[str, str]] = set()
    for one in mapping.entries("requirement_mappings"):
        relation = _RELATIONS.get(one.text("relationship", 40))
        begins = _items(one, "source_requirement_urn", *here)
        ends = _items(one, "target_requirement_urn", *there)
        if relation is None or not begins or not ends:
            one.note("IMPORT-MAPPING", "a link without a relation, or to what is not asked about")
            continue
        given = one.number("strength_of_relationship")
        strength = relation[1] if not given else min(given / _STRONGEST, Fraction(1))
        for begin in begins:
            for end in ends:
                if (begin, end) in seen or strength <= 0:
                    one.note("IMPORT-MAPPING", "a link that stands there twice, or has no strength")
                    continue
                seen.add((begin, end))
                yield {
                    "from": begin,
                    "to": end,
                    "relation": relation[0],
                    "strength": strength,
                    "reason": one.text("rationale", 500) or "Mapped without a reason",
                }


def _items(link: Entry, field: str, read: CisoDraft, assembled: Assembled) -> tuple[str, ...]:
    keys = read.items_of.get(link.text(field, 300).lower(), ())
    return tuple(assembled.ids[key] for key in keys)
