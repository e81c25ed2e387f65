"""Check the ids that definitions beside the frameworks name: their own, and a framework's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.definitions.library import load_catalogue, load_framework
from crmplan.errors import CrmplanError
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from crmplan.assessment.definition import Element
    from crmplan.definitions.yaml_source import Path_, YamlFile


@dataclass(frozen=True, slots=True)
class IdCheck:
    """Checks ids of one file.

    Attributes:
        file: the file, for the places of faults.
        owner: the definition that should have the ids, for messages.
    """

    file: YamlFile
    owner: str

    def unknown(
        self, path: Path_, used: Iterable[str], known: Collection[str], kind: str
    ) -> Iterator[Problem]:
        """Find ids that nothing has; a list of them stands at the path, or one alone."""
        for index, word in enumerate(used):
            if word not in known:
                yield Problem(
                    self.file.place((*path, index)),
                    "DEF-UNKNOWN-ID",
                    f'"{word}" is no {kind} of {self.owner}',
                    did_you_mean(word, known),
                )

    def repeated(self, lists: Iterable[tuple[str, Sequence[Element]]]) -> Iterator[Problem]:
        """Find ids that several elements of one or more lists have.

        Args:
            lists: name of each list in the file, and its elements.
        """
        found = [
            (element.id, (name, index, "id"))
            for name, elements in lists
            for index, element in enumerate(elements)
        ]
        counted = Counter(element_id for element_id, _ in found)
        last = dict(found)
        for element_id, count in counted.items():
            if count > 1:
                place = self.file.place(last[element_id])
                yield Problem(
                    place, "DEF-DUPLICATE-ID", f'"{element_id}" is the id of {count} things'
                )

    def circle(self, edges: Sequence[tuple[str, str]], path: Path_) -> Iterator[Problem]:
        """Find a chain of causes that comes back to its beginning."""
        graph = nx.DiGraph(edges)
        if not nx.is_directed_acyclic_graph(graph):
            members = [edge[0] for edge in nx.find_cycle(graph)]
            chain = " → ".join((*members, members[0]))
            index = edges.index((members[-1], members[0]))
            place = self.file.place((*path, index))
            yield Problem(place, "DEF-CYCLE", f"objectives cause one another in a circle: {chain}")


@dataclass(frozen=True, slots=True)
class FrameworkIds:
    """What a framework has: ids that other definitions may name."""

    framework_id: str
    dimensions: frozenset[str]
    initiatives: frozenset[str]


def framework_ids(framework_id: str, file: YamlFile) -> FrameworkIds | Problem:
    """Look up what a framework has, or say why it cannot be looked up."""
    try:
        framework = load_framework(framework_id)
        catalogue = load_catalogue(framework.plans_with or framework.id)
    except CrmplanError as error:
        return Problem(file.place(("framework",)), "DEF-UNKNOWN-ID", error.message, error.hint)
    initiatives = frozenset(catalogue.by_id) if catalogue else frozenset()
    return FrameworkIds(framework_id, frozenset(framework.dimension), initiatives)
