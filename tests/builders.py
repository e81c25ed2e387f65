"""Small frameworks, assessments and plans, short enough to stand in a test.

A framework is written as YAML and read by the real reader. Answers are a table: one row per item,
one column per person.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from crmplan.assessment.consistency import find_inconsistencies
from crmplan.assessment.framework import Framework
from crmplan.assessment.gaps import Gap, GapAnalysis, analyse_gaps, target_levels
from crmplan.assessment.responses import (
    Assessment,
    Decision,
    Evidence,
    FrameworkUse,
    Organisation,
    Respondent,
    Response,
    State,
)
from crmplan.assessment.scoring import Scorecard, score
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.sizing import EffortRange
from crmplan.planning.workplan import Link, Task, TaskKind, WorkPlan

HELD_ON = date(2026, 3, 2)
Weights = Mapping[str, object]
STATES: Mapping[str, State] = {
    "n/a": "not-applicable",
    "?": "unknown",
    "inherited": "inherited",
    "beyond": "out-of-control",
}


def head(*dimensions: str, lowest: int = 0, highest: int = 5, extra: str = "") -> str:
    """The text of ``framework.yaml``."""
    levels = "\n".join(
        f'    - {{id: level-{n}, level: {n}, name: "N", enabler: "E", result: "R"}}'
        for n in range(lowest, highest + 1)
    )
    profiles = "" if "profiles:" in extra else 'profiles: [{id: usual, title: "U", default: 3}]\n'
    return (
        'id: care\nversion: "1.0.0"\ntitle: "T"\nsummary: "S"\ninterpretation: "I"\n'
        f'licence: "CC0-1.0"\nlanguages: [en]\nscale:\n  levels:\n{levels}\n'
        'audiences:\n  - {id: manager, title: "M"}\n  - {id: front-line, title: "F"}\n'
        f"{profiles}dimensions: [{', '.join(dimensions)}]\n{extra}"
    )


def dimension_text(
    dimension_id: str,
    items: Weights,
    *,
    number: int = 1,
    weight: object = 1,
    kind: str = "enabler",
    levels: Iterable[int] = range(6),
    extra: str = "",
) -> str:
    """The text of a dimension's file; ``items`` gives the weight of each."""
    described = "\n".join(f'  {level}: "L"' for level in levels)
    asked = "\n".join(
        f'  - {{id: {dimension_id}.{name}, topic: "T", ask: "A?", audience: [manager], '
        f'evidence: ["E"], aspects: [process], weight: "{item_weight}", source: "own"}}'
        for name, item_weight in items.items()
    )
    return (
        f'id: {dimension_id}\nnumber: {number}\ntitle: "T"\nshort: "S"\npurpose: "P"\n'
        f"kind: {kind}\n"
        f'weight: "{weight}"\nsource: "own"\nlevels:\n{described}\n{extra}items:\n{asked}\n'
    )


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a definition into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def framework(
    dimensions: Mapping[str, Weights],
    *,
    lowest: int = 0,
    highest: int = 5,
    weights: Weights | None = None,
    results: Iterable[str] = (),
    groups: Mapping[str, str] | None = None,
    extra: str = "",
    rules: str = "",
    links: Iterable[tuple[str, str, str]] = (),
) -> Framework:
    """A framework of some dimensions, each with its items and their weights.

    Args:
        dimensions: weight per item, per dimension.
        lowest: the lowest level of the scale.
        highest: the highest level of the scale.
        weights: weight per dimension, 1 for those not named.
        results: the dimensions that are results.
        groups: group per dimension.
        extra: more lines of ``framework.yaml``.
        rules: the text of ``consistency.yaml``.
        links: from, to and strength of the dependencies.
    """
    scale = range(lowest, highest + 1)
    files = {"framework.yaml": head(*dimensions, lowest=lowest, highest=highest, extra=extra)}
    for number, (name, items) in enumerate(dimensions.items(), start=1):
        files[f"dimensions/{name}.yaml"] = dimension_text(
            name,
            items,
            number=number,
            weight=(weights or {}).get(name, 1),
            kind="result" if name in results else "enabler",
            levels=scale,
            extra=f"group: {groups[name]}\n" if groups and name in groups else "",
        )
    files["dependencies.yaml"] = "dependencies:\n" + "".join(
        f'  - {{id: {a}-to-{b}, from: {a}, to: {b}, strength: {s}, reason: "R", source: "own"}}\n'
        for a, b, s in links
    )
    if not links:
        del files["dependencies.yaml"]
    if rules:
        files["consistency.yaml"] = rules
    with tempfile.TemporaryDirectory() as folder:
        read = read_framework_folder(write(Path(folder), files))
    assert not read.problems, read.problems
    assert read.framework is not None
    return read.framework


def one_item(**options: object) -> Framework:
    """A framework that asks one question, ``service.promise``."""
    return framework({"service": {"promise": 1}}, **options)  # type: ignore[arg-type]


def assessment(
    asked: Framework,
    table: str,
    *,
    groups: Mapping[str, str] | None = None,
    evidence: Iterable[Evidence] = (),
    decisions: Iterable[Decision] = (),
) -> Assessment:
    """An assessment out of a table of answers.

    The first row names the people. A cell is a level; ``4/2`` plan and practice; ``4/-`` half of
    that; ``n/a``; ``?`` for unknown; ``inherited``; ``beyond`` (our control); ``-`` for no answer.
    """
    names, *rows = [line.split() for line in table.strip().splitlines()]
    return Assessment(
        use=FrameworkUse(
            id=asked.id, version=asked.version, profile=asked.profiles[0].id, held_on=HELD_ON
        ),
        organisation=Organisation(name="Alborz"),
        respondents=tuple(
            Respondent(id=name, name=name, group=(groups or {}).get(name, "manager"))
            for name in names
        ),
        responses=tuple(
            response
            for item, *cells in rows
            for name, cell in zip(names, cells, strict=True)
            for response in _responses(asked.id, name, item, cell)
        ),
        evidence=tuple(evidence),
        decisions=tuple(decisions),
    )


def _responses(framework_id: str, name: str, item: str, cell: str) -> Iterable[Response]:
    common = {"framework": framework_id, "respondent": name, "item": item}
    if cell in STATES:
        yield Response.model_validate({**common, "state": STATES[cell], "reason": "because"})
    elif "/" in cell:
        for layer, level in zip(("intention", "reality"), cell.split("/"), strict=True):
            if level != "-":
                yield Response.model_validate({**common, "layer": layer, "level": int(level)})
    elif cell != "-":
        yield Response.model_validate({**common, "level": int(cell)})


def people(item: str, *cells: object) -> str:
    """A table of one item and as many people as there are cells: p1, p2, …"""
    names = " ".join(f"p{number}" for number, _ in enumerate(cells, start=1))
    return f"{names}\n{item} {' '.join(map(str, cells))}"


def seen(
    item: str, *, supports: int | None = None, periods: int = 0, framework_id: str = "care"
) -> Evidence:
    """A document that was seen for an item."""
    return Evidence(
        id=f"seen-{item.replace('.', '-')}",
        framework=framework_id,
        item=item,
        kind="document",
        title="D",
        supports=supports,
        periods=periods,
    )


def decided(item: str, level: int | None, *, state: State = "scored") -> Decision:
    """A decision about an item."""
    return Decision(
        framework="care",
        item=item,
        state=state,
        level=level,
        method="consensus",
        reason="R",
        decided_by="assessor",
        decided_on=HELD_ON,
    )


def answers(asked: Framework, levels: Mapping[str, object]) -> str:
    """A table in which one person, Sara, answers all items of some dimensions alike."""
    rows = [
        f"{item.id} {levels[dimension.id]}"
        for dimension in asked.dimensions
        if dimension.id in levels
        for item in dimension.items
    ]
    return "\n".join(("sara", *rows))


def scores(
    asked: Framework, levels: Mapping[str, object], evidence: Iterable[Evidence] = ()
) -> Scorecard:
    """A scorecard in which all items of a dimension have the same answer."""
    return score(asked, assessment(asked, answers(asked, levels), evidence=evidence))


def gaps_of(
    asked: Framework, scorecard: Scorecard, targets: Mapping[str, object] | None = None
) -> GapAnalysis:
    """Gaps to the first profile of a framework, or to other targets where some are named."""
    profile = asked.profiles[0].id
    agreed = {name: Fraction(str(level)) for name, level in (targets or {}).items()}
    wanted = target_levels(asked, profile, agreed)
    return analyse_gaps(asked, scorecard, targets=wanted, profile_id=profile)


def codes_of_findings(
    asked: Framework,
    scorecard: Scorecard,
    *,
    target: object = 0,
    wanted: Iterable[str] = (),
) -> list[str]:
    """The codes of the rules that speak, once each, with the same target everywhere."""
    targets = dict.fromkeys(asked.dimension, Fraction(str(target)))
    findings = find_inconsistencies(asked, scorecard, targets, wanted=frozenset(wanted))
    code = {rule.id: rule.code for rule in asked.rules}
    return list(dict.fromkeys(code[finding.rule_id] for finding in findings))


def network(text: str, *, kinds: Mapping[str, TaskKind] | None = None) -> WorkPlan:
    """A plan out of rows of a task, its days, and what it waits for: ``C 10 A,B``."""
    rows = [line.split() for line in text.strip().splitlines()]
    tasks = tuple(
        Task(
            id=name,
            code=name.upper(),
            kind=(kinds or {}).get(name, "activity"),
            phase="planning",
            effort=EffortRange(int(days), int(days)),
            duration_days=int(days),
            lead="project-manager",
            support=(),
        )
        for name, days, *_ in rows
    )
    links = tuple(
        Link(before, name, "activity")
        for name, _, *needs in rows
        for before in (needs[0].split(",") if needs else ())
    )
    return WorkPlan(tasks, links)


def catalogue(rows: str) -> Catalogue:
    """Initiatives out of rows of an id, its dimension and its levels: ``audit service 0>2``.

    More may follow: ``phase=analysis``, ``needs=a,b``, ``covers=x``, ``effort=10-20`` in
    person-days, ``weeks=2-4``, ``runs-on`` for one whose gate does not wait.
    """
    entries: dict[str, list[str]] = {}
    for line in rows.strip().splitlines():
        name, dimension, levels, *more = line.split()
        entries.setdefault(dimension, []).append(_initiative_text(name, levels, more))
    files = {"framework.yaml": head(*entries)}
    for number, (dimension, texts) in enumerate(entries.items(), start=1):
        files[f"dimensions/{dimension}.yaml"] = dimension_text(dimension, {"a": 1}, number=number)
        files[f"initiatives/{dimension}.yaml"] = (
            f"dimension: {dimension}\ninitiatives:\n{''.join(texts)}"
        )
    with tempfile.TemporaryDirectory() as folder:
        read = read_framework_folder(write(Path(folder), files))
    assert not read.problems, read.problems
    assert read.catalogue is not None
    return read.catalogue


def _initiative_text(name: str, levels: str, more: list[str]) -> str:
    given = dict(one.split("=", 1) for one in more if "=" in one)
    begin, end = levels.split(">")
    effort, weeks = given.get("effort", "10-20"), given.get("weeks", "2-4")
    return (
        f'  - {{id: {name}, code: "{name}", title: "T", purpose: "P", '
        f"level: {{from: {begin}, to: {end}}}, phase: {given.get('phase', 'planning')}, "
        f"effort_days: [{effort.replace('-', ', ')}], "
        f"duration_weeks: [{weeks.replace('-', ', ')}], lead: project-manager, support: [], "
        f'deliverables: ["D"], kpis: ["K"], requires: [{given.get("needs", "")}], '
        f'covers: [{given.get("covers", "")}], source: "own", '
        f"holds_gate: {'false' if 'runs-on' in more else 'true'}}}\n"
    )


def gaps(levels: Mapping[str, object], *, target: object = 3) -> GapAnalysis:
    """Gaps of some dimensions, each with its level, to the same target; None is not assessed."""
    wanted = Fraction(str(target))
    return GapAnalysis(
        "usual",
        {name: _gap(name, level, wanted) for name, level in levels.items()},
    )


def _gap(name: str, level: object, target: Fraction) -> Gap:
    current = None if level is None else Fraction(str(level))
    missing = None if current is None else max(Fraction(0), target - current)
    one = Fraction(1)
    return Gap(name, current, target, missing, one, one, one, missing, None)
