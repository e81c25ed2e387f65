"""Test cases inside a framework: answers, and the scores and findings that must follow.

They stand in ``tests/*.yaml`` of the framework's folder and are run by ``crmplan framework
check``, so that whoever changes weights, rules or thresholds sees what it does.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from crmplan.assessment.consistency import find_inconsistencies
from crmplan.assessment.definition import Definition, Exact, Id
from crmplan.assessment.gaps import target_levels
from crmplan.assessment.responses import (
    Assessment,
    Evidence,
    FrameworkUse,
    Organisation,
    Respondent,
    Response,
)
from crmplan.assessment.scoring import OVERALL, NodeScore, score
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.scoring import Scorecard
    from crmplan.definitions.yaml_source import Path_, YamlFile

Answer = int | Literal["not-applicable", "unknown"]
EVERYTHING = "all"


class Expected(Definition):
    """What must follow: exact scores by id, rules that speak, open items."""

    scores: dict[Id, Exact | Literal["none"]] = Field(default_factory=dict)
    findings: tuple[Id, ...] | None = None
    open: tuple[Id, ...] | None = None


class FrameworkTest(Definition):
    """One case.

    Attributes:
        answers: one answer, or one for each person, by item or dimension; ``all`` is every item.
            What is said for an item stands before what is said for its dimension, and that before
            ``all``.
        evidence: items for which everything that is claimed was seen, over many periods.
    """

    name: str
    answers: dict[Id, Answer | tuple[Answer, ...]]
    evidence: tuple[Id, ...] = ()
    expect: Expected


class FrameworkTests(Definition):
    """The cases of one file."""

    tests: tuple[FrameworkTest, ...]


def run_tests(framework: Framework, tests: FrameworkTests, file: YamlFile) -> Iterator[Problem]:
    """Run all cases; each expectation that does not hold is a problem with its place."""
    for index, test in enumerate(tests.tests):
        here = ("tests", index)
        faults = [*_unknown_ids(framework, test, file, here), *_levels(framework, test, file, here)]
        yield from faults or _check(framework, test, file, here)


def _unknown_ids(
    framework: Framework, test: FrameworkTest, file: YamlFile, here: Path_
) -> Iterator[Problem]:
    items, dimensions = framework.items, framework.dimension
    groups = [group.id for group in framework.groups]
    rules = [rule.id for rule in framework.rules]
    expect = test.expect
    named = (
        (test.answers, ("answers",), (*items, *dimensions, EVERYTHING), "item or dimension"),
        (test.evidence, ("evidence",), tuple(items), "item"),
        (expect.scores, ("expect", "scores"), (*items, *dimensions, *groups, OVERALL), "score"),
        (expect.findings or (), ("expect", "findings"), rules, "rule"),
        (expect.open or (), ("expect", "open"), tuple(items), "item"),
    )
    for words, path, known, kind in named:
        for number, word in enumerate(words):
            if word not in known:
                at = word if isinstance(words, dict) else number
                message = f'"{word}" is no {kind} of this definition'
                hint = did_you_mean(word, known)
                yield Problem(file.place((*here, *path, at)), "DEF-UNKNOWN-ID", message, hint)


def _levels(
    framework: Framework, test: FrameworkTest, file: YamlFile, here: Path_
) -> Iterator[Problem]:
    scale = framework.scale
    for name, given in test.answers.items():
        for answer in given if isinstance(given, tuple) else (given,):
            if isinstance(answer, int) and not scale.lowest <= answer <= scale.highest:
                place = file.place((*here, "answers", name))
                yield Problem(place, "DEF-LEVEL", f"the scale has no level {answer}")


def _check(
    framework: Framework, test: FrameworkTest, file: YamlFile, here: Path_
) -> Iterator[Problem]:
    scorecard = score(framework, _assessment(framework, test))
    profile = framework.profiles[0].id
    found = find_inconsistencies(framework, scorecard, target_levels(framework, profile, {}))
    spoken = tuple(dict.fromkeys(one.rule_id for one in found))
    for node_id, expected in test.expect.scores.items():
        place = file.place((*here, "expect", "scores", node_id))
        got = _value(scorecard, node_id)
        if got is None and expected != "none":
            yield _failure(place, test, node_id, str(expected), "none")
        elif got is not None and got != expected:
            yield _failure(place, test, node_id, str(expected), str(got))
    open_items = tuple(one.item_id for one in scorecard.open_items)
    for name, wanted, got_ids in (
        ("findings", test.expect.findings, spoken),
        ("open", test.expect.open, open_items),
    ):
        if wanted is not None and set(wanted) != set(got_ids):
            place = file.place((*here, "expect", name))
            yield _failure(place, test, name, _listed(wanted), _listed(got_ids))


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(sorted(ids)) or "nothing"


def _failure(place: Location, test: FrameworkTest, what: str, expected: str, got: str) -> Problem:
    message = f'test "{test.name}": {what} is {got}, not {expected}'
    return Problem(place, "DEF-TEST", message)


def _value(scorecard: Scorecard, node_id: str) -> Fraction | None:
    node = scorecard.overall if node_id == OVERALL else scorecard.node(node_id)
    return node.score if isinstance(node, NodeScore) else node.value


def _assessment(framework: Framework, test: FrameworkTest) -> Assessment:
    people = max((len(one) for one in test.answers.values() if isinstance(one, tuple)), default=1)
    group = framework.audiences[0].id
    return Assessment(
        use=FrameworkUse(
            id=framework.id,
            version=framework.version,
            profile=framework.profiles[0].id,
            held_on=date(2000, 1, 1),
        ),
        organisation=Organisation(name="test"),
        respondents=tuple(
            Respondent(id=f"p{number}", name=f"p{number}", group=group) for number in range(people)
        ),
        responses=tuple(_responses(framework, test, people)),
        evidence=tuple(
            Evidence(
                id=f"e{number}",
                framework=framework.id,
                item=item_id,
                kind="document",
                title="seen",
                periods=99,
            )
            for number, item_id in enumerate(test.evidence)
        ),
    )


def _responses(framework: Framework, test: FrameworkTest, people: int) -> Iterator[Response]:
    for item_id, dimension in framework.dimension_of.items():
        given = next(
            (
                test.answers[one]
                for one in (item_id, dimension.id, EVERYTHING)
                if one in test.answers
            ),
            None,
        )
        if given is None:
            continue
        answers = given if isinstance(given, tuple) else (given,) * people
        for number, answer in enumerate(answers):
            yield _response(framework.id, f"p{number}", item_id, answer)


def _response(framework_id: str, who: str, item_id: str, answer: Answer) -> Response:
    if isinstance(answer, int):
        return Response(framework=framework_id, respondent=who, item=item_id, level=answer)
    return Response(
        framework=framework_id, respondent=who, item=item_id, state=answer, reason="test"
    )
