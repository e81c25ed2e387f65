"""Check that the parts of a definition refer to one another rightly."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import networkx as nx

from crmplan.definitions.rating_checks import check_rating_schemes
from crmplan.definitions.rule_references import check_rules
from crmplan.definitions.tie_references import check_ties
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.swot_rules import FactorLibrary
    from crmplan.definitions.yaml_source import Path_, YamlFile
    from crmplan.planning.initiatives import Catalogue
    from crmplan.planning.phases import PhaseModel


def check_framework(
    framework: Framework, catalogue: Catalogue | None, whole: YamlFile, initiatives: YamlFile
) -> tuple[Problem, ...]:
    """Find unknown and repeated ids, circles, and levels outside the scale.

    Args:
        framework: the framework, validated.
        catalogue: its initiatives, or None if it has none.
        whole: the composite file of the framework, for places.
        initiatives: the composite file of the initiatives.
    """
    problems = [
        *_repeated(framework, catalogue, whole, initiatives),
        *_dimension_problems(framework, whole),
        *_link_problems(framework, whole),
        *_layer_problems(framework, whole),
        *_unknown(whole, ("readiness",), framework.readiness, framework.dimension, "dimension"),
        *check_rules(framework, catalogue, whole),
        *check_rating_schemes(framework, whole),
    ]
    if catalogue:
        problems += _initiative_problems(framework, catalogue, initiatives)
    return tuple(problems)


def _repeated(
    framework: Framework, catalogue: Catalogue | None, whole: YamlFile, initiatives: YamlFile
) -> Iterator[Problem]:
    ids = [item.id for dimension in framework.dimensions for item in dimension.items]
    ids += [dimension.id for dimension in framework.dimensions]
    ids += [rule.id for rule in framework.rules] + [group.id for group in framework.groups]
    for scheme in framework.rating_schemes:
        ids += [scheme.id, *(one.id for one in scheme.elements)]
        ids += [one.id for element in scheme.elements for one in element.attributes]
    ids += [initiative.id for initiative in catalogue.initiatives] if catalogue else []
    yield from _duplicates(ids, whole, initiatives)


def _duplicates(ids: Iterable[str], *files: YamlFile) -> Iterator[Problem]:
    for element_id, count in Counter(ids).items():
        if count > 1:
            place = _place_of_id(files, element_id)
            yield Problem(place, "DEF-DUPLICATE-ID", f'"{element_id}" is the id of {count} things')


def _place_of_id(files: Iterable[YamlFile], element_id: str) -> Location:
    """Find where an id is written last."""
    places = [
        place
        for file in files
        for path, place in file.places.items()
        if path and path[-1] == "id" and _value(file.value, path) == element_id
    ]
    return places[-1]


def _value(value: object, path: Path_) -> object:
    for key in path:
        value = value[key] if isinstance(value, (dict, list)) else None  # type: ignore[index]
    return value


def _dimension_problems(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    audiences = {audience.id for audience in framework.audiences}
    groups = {group.id for group in framework.groups}
    scale = range(framework.scale.lowest, framework.scale.highest + 1)
    for number, dimension in enumerate(framework.dimensions):
        here: Path_ = ("dimensions", number)
        if dimension.group is not None:
            yield from _unknown(whole, (*here, "group"), [dimension.group], groups, "group")
        if missing := [level for level in scale if level not in dimension.levels]:
            place = whole.place((*here, "levels"))
            message = f'"{dimension.id}" does not describe level {", ".join(map(str, missing))}'
            yield Problem(place, "DEF-LEVEL-MISSING", message)
        for index, item in enumerate(dimension.items):
            path = (*here, "items", index)
            yield from _unknown(whole, (*path, "audience"), item.audience, audiences, "audience")
            if not item.id.startswith(f"{dimension.id}."):
                message = f'the id of an item begins with its dimension: "{dimension.id}.…"'
                yield Problem(whole.place((*path, "id")), "DEF-ITEM-ID", message)
            for level in item.observe:
                if level not in scale:
                    place = whole.place((*path, "observe", level))
                    yield Problem(place, "DEF-LEVEL", f"the scale has no level {level}")


def _link_problems(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    known = set(framework.dimension)
    for name in ("dependencies", "feedback"):
        for index, link in enumerate(getattr(framework, name)):
            for end, value in (("from", link.from_), ("to", link.to)):
                yield from _unknown(whole, (name, index, end), [value], known, "dimension")
    edges = [(link.from_, link.to) for link in framework.dependencies]
    yield from _cycle(edges, whole.place(("dependencies",)), "dimensions rest on one another")
    for index, concept in enumerate(framework.concepts):
        path = ("concepts", index, "dimensions")
        yield from _unknown(whole, path, concept.dimensions, known, "dimension")
    for index, profile in enumerate(framework.profiles):
        path = ("profiles", index, "dimensions")
        yield from _unknown(whole, path, profile.dimensions, known, "dimension")


def _layer_problems(framework: Framework, whole: YamlFile) -> Iterator[Problem]:
    layers = framework.layers
    if layers and layers.intention + layers.reality != 1:
        place = whole.place(("layers",))
        yield Problem(place, "DEF-LAYERS", "intention and reality must add up to 1")


def _initiative_problems(
    framework: Framework, catalogue: Catalogue, file: YamlFile
) -> Iterator[Problem]:
    for index, initiative in enumerate(catalogue.initiatives):
        here: Path_ = ("initiatives", index)
        yield from _unknown(
            file, (*here, "dimension"), [initiative.dimension], framework.dimension, "dimension"
        )
        if initiative.level.from_ >= initiative.level.to:
            place = file.place((*here, "level"))
            yield Problem(place, "DEF-LEVEL", f'"{initiative.id}" must lead to a higher level')
        for name in ("effort_days", "duration_weeks"):
            low, high = getattr(initiative, name)
            if not 0 < low <= high:
                place = file.place((*here, name))
                yield Problem(place, "DEF-RANGE", f"{name} must rise from a number above 0")
    circle = "initiatives require one another"
    yield from check_ties(file, "initiatives", catalogue.initiatives, "requires", circle=circle)


def check_phase_model(model: PhaseModel, whole: YamlFile) -> tuple[Problem, ...]:
    """Find unknown ids, circles, and activities that wait for a later phase."""
    phases = {phase.id: phase.number for phase in model.phases}
    parts = (*model.phases, *model.activities, *model.roles)
    problems = list(_duplicates((part.id for part in parts), whole))
    for index, activity in enumerate(model.activities):
        here: Path_ = ("activities", index)
        problems += _unknown(whole, (*here, "phase"), [activity.phase], phases, "phase")
        roles = (activity.lead, *activity.support)
        problems += _unknown(whole, (*here, "lead"), roles, model.role, "role")
        for before in activity.needs:
            if before in model.activity and phases.get(
                model.activity[before].phase, 0
            ) > phases.get(activity.phase, 0):
                message = f'"{activity.id}" waits for "{before}" of a later phase'
                problems.append(Problem(whole.place((*here, "after")), "DEF-PHASE", message))
    circle = "activities wait for one another"
    problems += check_ties(whole, "activities", model.activities, "after", circle=circle)
    return tuple(problems)


def repeated_ids(ids: Iterable[str], whole: YamlFile) -> tuple[Problem, ...]:
    """Find ids of a definition that stand for several things."""
    return tuple(_duplicates(ids, whole))


def check_factors(library: FactorLibrary, whole: YamlFile) -> tuple[Problem, ...]:
    """Find factors with the same id; their dimensions belong to frameworks not known here."""
    return repeated_ids((factor.id for factor in library.factors), whole)


def check_catalogue_against(
    catalogue: Catalogue, model: PhaseModel, file: YamlFile
) -> tuple[Problem, ...]:
    """Find phases, roles and activities of initiatives that the phase model lacks.

    Also: no initiative requires one of a later phase.
    """
    problems: list[Problem] = []
    for index, initiative in enumerate(catalogue.initiatives):
        here: Path_ = ("initiatives", index)
        checks: tuple[tuple[str, Sequence[str], Mapping[str, object], str], ...] = (
            ("phase", [initiative.phase], model.phase, "phase"),
            ("lead", [initiative.lead], model.role, "role"),
            ("support", initiative.support, model.role, "role"),
            ("covers", initiative.covers, model.activity, "activity"),
        )
        for name, used, known, kind in checks:
            problems += [
                Problem(
                    file.place((*here, name, position)),
                    "DEF-UNKNOWN-ID",
                    f'"{word}", used by "{initiative.id}", is no {kind} of {model.id}',
                    did_you_mean(word, known),
                )
                for position, word in enumerate(used)
                if word not in known
            ]
        problems += _later_phase(initiative.id, catalogue, model, file.place((*here, "requires")))
    return tuple(problems)


def check_crosswalk(
    crosswalk: Crosswalk, source: Framework, target: Framework, file: YamlFile
) -> tuple[Problem, ...]:
    """Find links of a crosswalk that begin or end at an unknown item, or stand there twice."""
    problems: list[Problem] = []
    for index, link in enumerate(crosswalk.links):
        for end, word, framework in (("from", link.from_, source), ("to", link.to, target)):
            if word not in framework.items:
                place = file.place(("links", index, end))
                message = f'"{word}" is no item of {framework.id}'
                hint = did_you_mean(word, framework.items)
                problems.append(Problem(place, "DEF-UNKNOWN-ID", message, hint))
        if link.strength > 1:
            place = file.place(("links", index, "strength"))
            problems.append(Problem(place, "DEF-RANGE", "strength is above 0 and at most 1"))
    last = {(one.from_, one.to): index for index, one in enumerate(crosswalk.links)}
    for (begin, end), count in Counter((one.from_, one.to) for one in crosswalk.links).items():
        if count > 1:
            place = file.place(("links", last[begin, end]))
            message = f'the link from "{begin}" to "{end}" stands here {count} times'
            problems.append(Problem(place, "DEF-DUPLICATE-ID", message))
    return tuple(problems)


def _later_phase(
    initiative_id: str, catalogue: Catalogue, model: PhaseModel, place: Location
) -> Iterator[Problem]:
    initiative = catalogue.by_id[initiative_id]
    for need in initiative.needs:
        required = catalogue.by_id.get(need)
        if (
            required
            and {required.phase, initiative.phase} <= set(model.phase)
            and model.phase[required.phase].number > model.phase[initiative.phase].number
        ):
            message = f'"{initiative_id}" requires "{need}" of a later phase'
            yield Problem(place, "DEF-PHASE", message)


def _unknown(
    file: YamlFile,
    path: Path_,
    used: Iterable[str],
    known: Iterable[str] | Mapping[str, object],
    kind: str,
) -> Iterator[Problem]:
    known = set(known)
    for index, word in enumerate(used):
        if word not in known:
            at = word if (*path, word) in file.places else index
            yield Problem(
                file.place((*path, at)),
                "DEF-UNKNOWN-ID",
                f'"{word}" is no {kind} of this definition',
                did_you_mean(word, known),
            )


def _cycle(edges: list[tuple[str, str]], place: Location, message: str) -> Iterator[Problem]:
    graph = nx.DiGraph(edges)
    if not nx.is_directed_acyclic_graph(graph):
        members = [edge[0] for edge in nx.find_cycle(graph)]
        circle = " → ".join((*members, members[0]))
        yield Problem(place, "DEF-CYCLE", f"{message} in a circle: {circle}")
