"""Strategy maps: objectives in perspectives, what causes what, and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.strategy_map import StrategyMap
from crmplan.definitions.folder import DefinitionFolder
from crmplan.definitions.found import read_whole
from crmplan.definitions.id_checks import IdCheck, framework_ids
from crmplan.definitions.kinds import head_of
from crmplan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import YamlFile

USE = "set targets, enter readings, see what lags: `crmplan strategy`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[StrategyMap]:
    """Read a strategy map's folder; a check also looks at the framework that it names."""
    reader = DefinitionFolder(folder)
    whole = reader.file(head_of("strategy-map"))

    def check_references(one: StrategyMap, file: YamlFile) -> Iterator[Problem]:
        yield from _own_references(one, file)
        if check:
            yield from _framework_references(one, file)

    return read_whole(reader, StrategyMap, whole, check_references, language=language, check=check)


def _own_references(one: StrategyMap, file: YamlFile) -> Iterator[Problem]:
    ids = IdCheck(file, "this map")
    yield from ids.repeated(
        (name, getattr(one, name)) for name in ("perspectives", "objectives", "links", "measures")
    )
    for index, objective in enumerate(one.objectives):
        path = ("objectives", index, "perspective")
        yield from ids.unknown(path, [objective.perspective], one.perspective, "perspective")
    for index, link in enumerate(one.links):
        for end, word in (("from", link.from_), ("to", link.to)):
            yield from ids.unknown(("links", index, end), [word], one.objective, "objective")
    for index, measure in enumerate(one.measures):
        path = ("measures", index, "objective")
        yield from ids.unknown(path, [measure.objective], one.objective, "objective")
    yield from ids.circle([(link.from_, link.to) for link in one.links], ("links",))


def _framework_references(one: StrategyMap, file: YamlFile) -> Iterator[Problem]:
    known = framework_ids(one.framework, file)
    if isinstance(known, Problem):
        yield known
        return
    ids = IdCheck(file, one.framework)
    for index, perspective in enumerate(one.perspectives):
        for dimension in perspective.dimensions:
            path = ("perspectives", index, "dimensions", dimension)
            yield from ids.unknown(path, [dimension], known.dimensions, "dimension")
    for index, objective in enumerate(one.objectives):
        here = ("objectives", index)
        yield from ids.unknown(
            (*here, "dimensions"), objective.dimensions, known.dimensions, "dimension"
        )
        yield from ids.unknown(
            (*here, "initiatives"), objective.initiatives, known.initiatives, "initiative"
        )


def counts(one: StrategyMap) -> dict[str, int]:
    """Count perspectives, objectives, links and measures."""
    return {
        "perspectives": len(one.perspectives),
        "objectives": len(one.objectives),
        "links": len(one.links),
        "measures": len(one.measures),
    }


def outline(one: StrategyMap) -> Iterator[tuple[int, str]]:
    """Give the perspectives with objectives, what they cause, and measures."""
    yield 0, one.interpretation
    for perspective in one.perspectives:
        yield 0, ""
        yield 0, f"{perspective.number}. {perspective.title} [{perspective.id}]"
        yield 1, perspective.question
        for objective in one.objectives_of(perspective.id):
            yield 1, f"{objective.title} [{objective.id}]"
            for link in one.links:
                if link.from_ == objective.id:
                    yield 2, f"→ {one.objective[link.to].title}: {link.reason}"
            for measure in one.measures_of(objective.id):
                yield 2, f"{measure.title} ({measure.unit}) [{measure.id}]"


def schemas() -> dict[str, type[StrategyMap]]:
    """Give the model of the head file."""
    return {"strategy-map": StrategyMap}
