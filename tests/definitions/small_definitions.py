"""A small framework folder without faults, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builders import write

FRAMEWORK = """\
id: care
version: "1.0.0"
title: "Care"
summary: "A small framework."
interpretation: "Ours."
licence: "CC0-1.0"
languages: [en, fa]
scoring: {confirmed_from: 1}
readiness: [service]
layers: {intention: "0.4", reality: "0.6"}
scale:
  levels:
    - {id: level-0, level: 0, name: "None", enabler: "No.", result: "None."}
    - {id: level-1, level: 1, name: "Some", enabler: "Some.", result: "Some."}
audiences:
  - {id: manager, title: "Managers"}
groups:
  - {id: ways, title: "Ways"}
profiles:
  - {id: usual, title: "Usual", default: 1, dimensions: {service: 1}}
dimensions: [service, loyalty]
"""
SERVICE = """\
id: service
number: 1
title: "Service"
short: "Service"
purpose: "Whether promises are kept."
kind: enabler
group: ways
weight: "1.5"
source: "own"
levels:
  0: "Nobody promises anything."
  1: "Promises are kept."
items:
  - id: service.promise
    topic: "Promise"
    ask: "How far are promises kept?"
    audience: [manager]
    evidence: ["A list"]
    aspects: [process]
    observe:
      1: "A list of promises."
    source: "own"
"""
LOYALTY = SERVICE.replace("service", "loyalty").replace("number: 1", "number: 2")
LINKS = """\
dependencies:
  - {id: service-to-loyalty, from: service, to: loyalty, strength: strong, reason: "R", source:
  "own"}
"""
RULES = """\
rules:
  - id: careless
    code: G1
    title: "Careless"
    message: "Service is low."
    advice: "Begin there."
    severity: advice
    when: {kind: levels, all: [{dimension: service, at_most: 0}]}
    effect: {kind: prefer, initiatives: [promises]}
    source: "own"
"""
INITIATIVES = """\
dimension: service
initiatives:
  - id: promises
    code: "I1"
    title: "Write promises down"
    purpose: "Everybody knows them."
    level: {from: 0, to: 1}
    phase: planning
    effort_days: [2, 4]
    duration_weeks: [1, 2]
    lead: sponsor
    support: [marketing]
    deliverables: ["A list"]
    requires: []
    kpis: ["Promises kept"]
    covers: []
    source: "own"
"""
CROSSWALK = """\
from: care
to: drcrm
links:
  - {from: service.promise, to: service.standards, relation: subset, strength: 1, reason: "R"}
"""
CASES = """\
tests:
  - name: "all kept"
    answers: {all: 1}
    expect: {scores: {overall: 1}}
"""
PERSIAN = """\
care: {title: "ت", summary: "خ", interpretation: "ت"}
level-0: {name: "ن", enabler: "ن", result: "ن"}
level-1: {name: "ب", enabler: "ب", result: "ب"}
manager: {title: "م"}
ways: {title: "ر"}
usual: {title: "ع"}
service: {title: "خ", short: "خ", purpose: "خ", levels: {0: "ن", 1: "ب"}}
loyalty: {title: "و", short: "و", purpose: "و", levels: {0: "ن", 1: "ب"}}
service.promise: {topic: "ق", ask: "ق؟", evidence: ["ف"], observe: {1: "ف"}}
loyalty.promise: {topic: "ق", ask: "ق؟", evidence: ["ف"], observe: {1: "ف"}}
service-to-loyalty: {reason: "د"}
careless: {title: "ب", message: "ب", advice: "ب"}
promises: {title: "ق", purpose: "ق", deliverables: ["ف"], kpis: ["ش"]}
"""
FILES: Mapping[str, str] = {
    "framework.yaml": FRAMEWORK,
    "dimensions/service.yaml": SERVICE,
    "dimensions/loyalty.yaml": LOYALTY,
    "dependencies.yaml": LINKS,
    "consistency.yaml": RULES,
    "initiatives/service.yaml": INITIATIVES,
    "crosswalks/drcrm.yaml": CROSSWALK,
    "tests/levels.yaml": CASES,
    "locale/fa/all.yaml": PERSIAN,
}
ENGLISH: Mapping[str, str] = {
    **{name: text for name, text in FILES.items() if not name.startswith("locale/")},
    "framework.yaml": FRAMEWORK.replace("[en, fa]", "[en]"),
}


def spoilt(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the folder with some texts replaced: file, what stands there, what shall stand
    there."""
    files = dict(FILES)
    for name, old, new in changes:
        assert old in files[name], f"{name} holds no {old!r}"
        files[name] = files[name].replace(old, new, 1)
    return write(folder / "care", files)


def place_of(text: str, mark: str) -> tuple[int, int]:
    """Line and column, from 1, where some words begin."""
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
