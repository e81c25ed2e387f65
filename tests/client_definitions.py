"""Small definitions beside the frameworks, as YAML text read by the real readers."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from crmplan.assessment.process_catalogue import ProcessCatalogue
from crmplan.assessment.strategy_map import StrategyMap
from crmplan.definitions.kinds import head_of, module_of
from crmplan.problems import Problem

HEAD = """\
id: {id}
version: "1.0.0"
title: "T"
summary: "S"
interpretation: "I"
licence: "CC0-1.0"
source: "own"
languages: [en]
framework: drcrm
"""


def written(folder: Path, kind: str, body: str) -> Path:
    """Write the folder of a definition whose id is the folder's name."""
    folder.mkdir(parents=True, exist_ok=True)
    text = HEAD.format(id=folder.name) + body
    (folder / head_of(kind)).write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path, kind: str, body: str) -> tuple[Problem, ...]:
    """Check a definition."""
    return module_of(kind).read(written(folder, kind, body), check=True).problems


def strategy_map(folder: Path, body: str) -> StrategyMap:
    """Read a strategy map."""
    found = module_of("strategy-map").read(written(folder, "strategy-map", body))
    assert not found.problems, found.problems
    return cast("StrategyMap", found.value)


def process_catalogue(folder: Path, body: str) -> ProcessCatalogue:
    """Read a process catalogue."""
    found = module_of("process-catalogue").read(written(folder, "process-catalogue", body))
    assert not found.problems, found.problems
    return cast("ProcessCatalogue", found.value)
