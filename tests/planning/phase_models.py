"""A phase model of two phases, read by the real reader."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from builders import write

from crmplan.definitions.kinds import phase_model
from crmplan.planning.phases import PhaseModel

HEAD = """
id: two-phases
version: "1.0.0"
title: "T"
summary: "S"
licence: "CC0-1.0"
source: "own"
languages: [en]
phases:
  - {id: planning, number: 1, title: "T", short: "S", purpose: "P", entry: ["E"], exit: ["X"],
     risks: [], source: "own"}
  - {id: analysis, number: 2, title: "T", short: "S", purpose: "P", entry: ["E"], exit: ["X"],
     risks: [], source: "own"}
"""
ROLES = 'roles: [{id: project-manager, title: "T", duty: "D"}]\n'


def activity(
    name: str, after: str, effort: str, days: str, *, gate: bool = False, phase: str = "planning"
) -> str:
    """One activity; its phase is that of the file, unless it says so."""
    return (
        f'  - {{id: {name}, code: "{name}", phase: {phase}, title: "T", reason: "R", '
        f'deliverable: "D", after: [{after}], effort_days: [{effort}], duration_days: [{days}], '
        f'lead: project-manager, support: [], gate: {str(gate).lower()}, source: "own"}}\n'
    )


FILES = {
    "phase-model.yaml": HEAD,
    "roles.yaml": ROLES,
    "activities/planning.yaml": "phase: planning\nactivities:\n"
    + activity("appoint", "", "6, 12", "3, 5")
    + activity("map", "appoint", "8, 18", "4, 10")
    + activity("gate-scope", "map", "1, 2", "1, 1", gate=True),
    "activities/analysis.yaml": "phase: analysis\nactivities:\n"
    + activity("require", "gate-scope", "15, 40", "10, 20", phase="analysis")
    + activity("shortages", "require", "4, 10", "2, 6", phase="analysis")
    + activity("redesign", "require", "15, 45", "8, 22", phase="analysis")
    + activity("gate-needs", "shortages, redesign", "1, 2", "1, 1", gate=True, phase="analysis"),
}


def two_phases(**after: str) -> PhaseModel:
    """Planning (appoint, map, gate), then analysis (require, shortages, redesign, gate).

    Args:
        after: what an activity waits for instead, as it stands in the file.
    """
    files = {name: _tied(text, after) for name, text in FILES.items()}
    with tempfile.TemporaryDirectory() as folder:
        found = phase_model.read(write(Path(folder), files))
    assert not found.problems, found.problems
    assert found.value is not None
    return found.value


def _tied(text: str, after: dict[str, str]) -> str:
    for name, ties in after.items():
        text = re.sub(rf"(id: {name},.*after: )\[[^]]*\]", rf"\g<1>[{ties}]", text)
    return text
