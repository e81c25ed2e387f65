from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from builders import HELD_ON, assessment, framework, seen, write

from crmplan.assessment.gaps import analyse_gaps, target_levels
from crmplan.assessment.responses import ChosenFactor, Decision, Evidence
from crmplan.assessment.scoring import score
from crmplan.assessment.swot import Swot, derive_swot
from crmplan.assessment.swot_rules import FactorLibrary
from crmplan.definitions.kinds import factor_library
from crmplan.errors import UnknownElementError

CARE = framework({"service": {"promise": 1, "answer": 1}, "loyalty": {"reasons": 1}})
LIBRARY = """
id: factors
version: "1.0.0"
title: "T"
summary: "S"
licence: "CC0-1.0"
source: "own"
languages: [en]
factors:
  - {id: messaging, kind: opportunity, area: technology, text: "T", question: "Q?",
     dimensions: [service], source: "own"}
  - {id: tourists, kind: opportunity, area: market, text: "T", question: "Q?", source: "own"}
  - {id: new-rival, kind: threat, area: competitors, text: "T", question: "Q?",
     dimensions: [loyalty, service], source: "own"}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FactorLibrary:
    folder = write(tmp_path_factory.mktemp("factors"), {"factor-library.yaml": LIBRARY})
    found = factor_library.read(folder).value
    assert found is not None
    return found


def swot(
    library: FactorLibrary,
    table: str,
    *,
    evidence: tuple[Evidence, ...] = (),
    decisions: tuple[Decision, ...] = (),
    importances: Mapping[str, int] | None = None,
    chosen: tuple[ChosenFactor, ...] = (),
    target: object = 3,
) -> Swot:
    card = score(CARE, assessment(CARE, table, evidence=evidence, decisions=decisions))
    agreed = dict.fromkeys(CARE.dimension, Fraction(str(target)))
    gaps = analyse_gaps(
        CARE,
        card,
        targets=target_levels(CARE, "usual", agreed),
        profile_id="usual",
        importances={name: Fraction(level) for name, level in (importances or {}).items()},
    )
    return derive_swot(CARE, card, gaps, library=library, chosen=chosen)


def factor(name: str, probability: int = 3, impact: int = 3) -> ChosenFactor:
    return ChosenFactor(factor=name, probability=probability, impact=impact)


def test_what_reaches_its_target_and_was_seen_is_a_strength(library: FactorLibrary) -> None:
    found = swot(library, "sara\nservice.promise 4", evidence=(seen("service.promise"),))

    (line,) = found.strengths
    assert (line.item_id, line.value, line.target, line.weight) == ("service.promise", 4, 3, 1)
    assert found.weaknesses == ()


def test_without_evidence_there_is_no_strength(library: FactorLibrary) -> None:
    assert swot(library, "sara\nservice.promise 5").strengths == ()


def test_evidence_for_less_than_was_claimed_makes_no_strength(library: FactorLibrary) -> None:
    half_seen = (seen("service.promise", supports=3),)

    assert swot(library, "sara\nservice.promise 4", evidence=half_seen).strengths == ()


def test_a_low_target_makes_no_strength(library: FactorLibrary) -> None:
    shown = (seen("service.promise"),)

    assert swot(library, "sara\nservice.promise 2", evidence=shown, target=1).strengths == ()


def test_one_level_below_the_target_is_a_weakness(library: FactorLibrary) -> None:
    # distances 1 and 1/2; usual importance everywhere
    found = swot(library, "ann ben\nservice.promise 2 2\nservice.answer 2 3")

    assert [(line.item_id, line.weight) for line in found.weaknesses] == [("service.promise", 1)]


def test_a_weakness_lies_where_it_matters(library: FactorLibrary) -> None:
    # importances 5/3 and 1/3, median 1: loyalty is below it
    found = swot(
        library,
        "sara\nservice.promise 1\nloyalty.reasons 0",
        importances={"service": 5, "loyalty": 1},
    )

    assert [line.item_id for line in found.weaknesses] == ["service.promise"]


def test_the_heaviest_weakness_stands_first(library: FactorLibrary) -> None:
    # distance × importance: 1 · 1, 3 · 1, 2 · 5/3
    found = swot(
        library,
        "sara\nservice.promise 2\nservice.answer 0\nloyalty.reasons 1",
        importances={"loyalty": 5, "service": 3},
    )

    assert [line.weight for line in found.weaknesses] == [Fraction(10, 3)]

    usual = swot(library, "sara\nservice.promise 2\nservice.answer 0\nloyalty.reasons 1")
    assert [line.item_id for line in usual.weaknesses] == [
        "service.answer",
        "loyalty.reasons",
        "service.promise",
    ]


def test_what_people_see_differently_is_to_be_clarified(library: FactorLibrary) -> None:
    shown = (seen("service.answer"),)
    found = swot(library, "ann ben\nservice.promise 0 2\nservice.answer 3 5", evidence=shown)

    assert [line.item_id for line in found.to_clarify] == ["service.promise", "service.answer"]
    assert (found.strengths, found.weaknesses) == ((), ())


def test_a_decision_makes_it_strength_or_weakness_again(library: FactorLibrary) -> None:
    agreed = Decision(
        framework="care",
        item="service.promise",
        level=1,
        method="consensus",
        reason="R",
        decided_by="assessor",
        decided_on=HELD_ON,
    )
    found = swot(library, "ann ben\nservice.promise 0 2", decisions=(agreed,))

    assert [line.item_id for line in found.weaknesses] == ["service.promise"]
    assert found.to_clarify == ()


@pytest.mark.parametrize("level", [0, 3, 5])
def test_scores_never_make_opportunities_or_threats(library: FactorLibrary, level: int) -> None:
    rows = "\n".join(f"{item} {level}" for item in CARE.items)
    found = swot(library, f"sara\n{rows}", evidence=tuple(seen(item) for item in CARE.items))

    assert (found.opportunities, found.threats, found.pairs) == ((), (), ())


def test_people_choose_opportunities_and_threats(library: FactorLibrary) -> None:
    # weights 2 · 3 = 6 and 4 · 5 = 20
    found = swot(library, "sara", chosen=(factor("messaging", 2, 3), factor("tourists", 4, 5)))

    assert [(one.factor_id, one.weight) for one in found.opportunities] == [
        ("tourists", 20),
        ("messaging", 6),
    ]
    assert found.threats == ()


def test_an_unknown_factor_is_refused_with_a_suggestion(library: FactorLibrary) -> None:
    with pytest.raises(UnknownElementError) as error:
        swot(library, "sara", chosen=(factor("mesaging"),))

    assert error.value.hint == "did you mean 'messaging'?"


def test_an_outer_line_meets_the_heaviest_inner_line_it_touches(library: FactorLibrary) -> None:
    # service.promise is a strength; loyalty.reasons (distance 2) outweighs service.answer (1);
    # tourists touch no dimension
    found = swot(
        library,
        "sara\nservice.promise 4\nservice.answer 2\nloyalty.reasons 1",
        evidence=(seen("service.promise"),),
        chosen=(factor("messaging"), factor("tourists"), factor("new-rival")),
    )

    assert [(one.kind, one.item_id, one.factor_id) for one in found.pairs] == [
        ("SO", "service.promise", "messaging"),
        ("WO", "service.answer", "messaging"),
        ("ST", "service.promise", "new-rival"),
        ("WT", "loyalty.reasons", "new-rival"),
    ]


def test_a_quadrant_holds_no_more_lines_than_the_framework_says() -> None:
    many = framework({"service": {f"item{number}": 1 for number in range(9)}})
    card = score(many, assessment(many, "sara\n" + "\n".join(f"{one} 0" for one in many.items)))
    gaps = analyse_gaps(many, card, targets=target_levels(many, "usual", {}), profile_id="usual")
    empty = FactorLibrary.model_validate(
        {
            "id": "none",
            "version": "1.0.0",
            "title": "T",
            "summary": "S",
            "licence": "CC0-1.0",
            "source": "own",
            "languages": ["en"],
            "factors": [],
        }
    )

    assert len(derive_swot(many, card, gaps, library=empty).weaknesses) == 8


def test_the_library_was_read_from_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, {"factor-library.yaml": LIBRARY.replace("tourists", "messaging")})

    found = factor_library.read(folder)

    assert [problem.code for problem in found.problems] == ["DEF-DUPLICATE-ID"]
