"""CISO Assistant libraries: branches of a tree become dimensions, requirements items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crmplan.exchange.framework_import.ciso_answers import (
    COMPLIANCE,
    read_questions,
    steps_of,
)
from crmplan.exchange.framework_import.ciso_items import Requirements, items_of
from crmplan.exchange.framework_import.ciso_library import CisoFramework, Node, nodes_of, titles
from crmplan.exchange.framework_import.draft import (
    Count,
    DimensionDraft,
    FrameworkDraft,
    ItemDraft,
    evenly,
)
from crmplan.exchange.framework_import.outline_tree import Branch, branches

_NO_LICENCE = "Not stated in the library; ask its publisher before passing it on"
_INTERPRETATION = (
    "Imported from a library of CISO Assistant. Requirements, questions and answers are the "
    "library's; dimensions are the upper branches of its tree. Requirements without a question "
    "are asked as: How far does this hold?"
)
_COMPLIANCE_ONLY = " The library defines no scale; the three steps are the results of an audit."


@dataclass(frozen=True, slots=True)
class CisoDraft:
    """The draft, and the keys of the items that each requirement became, by URN."""

    draft: FrameworkDraft
    items_of: Mapping[str, tuple[str, ...]]


def ciso_draft(source: CisoFramework) -> CisoDraft:
    """Understand a framework of a library.

    Raises:
        ExchangeError: if its tree is broken.
    """
    nodes = {node.urn: node for node in nodes_of(source)}
    asked = [node for node in nodes.values() if node.is_assessable]
    questions = {node.urn: read_questions(source, node.entry) for node in asked}
    work = Requirements(
        source=source,
        name=source.words(source.framework, "name", 200) or source.id,
        steps=steps_of(source),
        titles=titles(nodes.values(), source),
        questions=questions,
    )
    placed = branches({node.urn: node.chain for node in asked})
    families: dict[tuple[str, str], list[ItemDraft]] = {}
    for node in asked:
        place = (placed[node.urn].group, placed[node.urn].dimension)
        families.setdefault(place, []).extend(items_of(work, node))
    dimensions = evenly(
        _dimension(work, group, nodes.get(branch), items)
        for (group, branch), items in families.items()
    )
    _lose(work, nodes.values(), placed)
    keys = {urn: tuple(one.key for one in graded) for urn, (graded, _) in questions.items()}
    return CisoDraft(
        _draft(work, dimensions, len(asked)),
        {urn: graded or (urn,) for urn, graded in keys.items()},
    )


def _draft(
    work: Requirements, dimensions: tuple[DimensionDraft, ...], requirements: int
) -> FrameworkDraft:
    library, framework, name = work.source.library, work.source.framework, work.name
    facts = (
        *(name, library.text("provider", 200), library.text("publication_date", 40)),
        *(framework.text("urn", 300), f"CISO Assistant library by {library.text('packager', 200)}"),
    )
    number = library.number("version")
    is_plain = work.steps == COMPLIANCE
    items = sum(len(one.items) for one in dimensions)
    return FrameworkDraft(
        title=name,
        summary=work.source.words(framework, "description", 1_500) or name,
        version=f"{int(number)}.0.0" if number is not None and number > 0 else "1.0.0",
        licence=work.source.words(library, "copyright", 2_000) or _NO_LICENCE,
        sources=(", ".join(filter(None, facts)),),
        interpretation=_INTERPRETATION + (_COMPLIANCE_ONLY if is_plain else ""),
        dimensions=dimensions,
        counts=(
            Count("branches", "groups", len({one.group for one in dimensions if one.group})),
            Count("branches", "dimensions", len(dimensions)),
            Count("requirements", "items", requirements),
            Count("items", "items with their weights", items),
        ),
        steps=work.steps,
    )


def _dimension(
    work: Requirements, group: str, branch: Node | None, items: Sequence[ItemDraft]
) -> DimensionDraft:
    title = work.titles[branch.urn] if branch else "Requirements"
    about = work.source.words(branch.entry, "description", 2_000) if branch else ""
    return DimensionDraft(
        key=f"branch {group} {branch.urn if branch else ''}",
        title=title,
        purpose=about or title,
        items=tuple(items),
        source=f"published: {work.name}, {title}",
        group=work.titles.get(group, ""),
    )


def _lose(work: Requirements, nodes: Iterable[Node], placed: Mapping[str, Branch]) -> None:
    """Note what has no place: lower branches, conditions, notes, other languages."""
    source, named = work.source, work.titles
    if not source.is_english and not source.library.at("translations").has("en"):
        language = source.library.text("locale", 10)
        source.library.at("locale").note(
            "IMPORT-LANGUAGE",
            f'the texts are in "{language}", and frameworks of crmplan are written in English',
            "translate the folder, or ask its publisher for an English edition",
        )
    source.framework.lose(
        *("implementation_groups_definition", "outcomes_definition"), code="IMPORT-CONDITION"
    )
    source.framework.lose("field_visibility")
    source.library.lose("translations", code="IMPORT-LANGUAGE")
    below = {urn: branch for branch in placed.values() for urn in branch.lost}
    for node in nodes:
        node.entry.lose("annotation", "reference_controls", "threats")
        node.entry.lose("visibility_expression", code="IMPORT-CONDITION")
        if node.urn in below:
            kept = named.get(below[node.urn].dimension, "")
            message = f'"{named[node.urn]}" is a branch below the dimension "{kept}"'
            node.entry.note("IMPORT-STRUCTURE", message)
        elif not node.is_assessable and not node.is_branch:
            node.entry.note("IMPORT-TEXT", f'"{named[node.urn]}" asks nothing')
