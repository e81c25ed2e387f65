"""How requirements of CISO Assistant are answered: by a score, a result, or questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import MOST_STEPS, Answer

if TYPE_CHECKING:
    from crmplan.exchange.framework_import.ciso_library import CisoFramework
    from crmplan.exchange.framework_import.foreign_file import Entry

Step = tuple[Fraction, str, str]
_RESULTS: Mapping[str, Fraction] = {
    "non_compliant": Fraction(0),
    "partially_compliant": Fraction(1, 2),
    "compliant": Fraction(1),
}
COMPLIANCE: tuple[Step, ...] = (
    (Fraction(0), "Not compliant", "The requirement is not met"),
    (Fraction(1), "Partially compliant", "The requirement is met in part"),
    (Fraction(2), "Compliant", "The requirement is met"),
)


def steps_of(source: CisoFramework) -> tuple[Step, ...]:
    """Read the scale: as it is defined, by its bounds, or compliant in three steps."""
    framework = source.framework
    defined = tuple(
        (
            score,
            source.words(one, "name", 200) or f"Score {score}",
            source.words(one, "description", 1_000),
        )
        for one in framework.entries("scores_definition")
        if (score := one.number("score")) is not None
    )
    if len({one[0] for one in defined}) > 1:
        return tuple(sorted({one[0]: one for one in defined}.values()))
    low, high = framework.number("min_score"), framework.number("max_score")
    if low is None or high is None:
        return COMPLIANCE
    if low < high <= low + MOST_STEPS and low.denominator == high.denominator == 1:
        values = range(int(low), int(high) + 1)
        return tuple((Fraction(one), f"Score {one}", "") for one in values)
    message = f"scores from {low} to {high} have no steps; compliance in three steps stands instead"
    framework.at("max_score").note("IMPORT-LEVEL", message)
    return COMPLIANCE


@dataclass(frozen=True, slots=True)
class Graded:
    """A question with graded answers; ``weight`` is its share in its requirement."""

    entry: Entry
    key: str
    answers: tuple[Answer, ...]
    weight: Fraction


def read_questions(
    source: CisoFramework, node: Entry
) -> tuple[tuple[Graded, ...], tuple[str, ...]]:
    """Read the questions of a requirement: those with graded answers, and the words of the others.

    A requirement adds the scores of its questions up, so each weighs as much as it can add. The
    others are points to go through; their answers are noted as lost.
    """
    found: list[Graded] = []
    points: list[str] = []
    for urn, question in node.at("questions").fields():
        question.lose("depends_on", code="IMPORT-CONDITION")
        is_choice = question.text("type", 40) == "unique_choice"
        answers = _answers(source, question) if is_choice else ()
        if len({one.value for one in answers}) < 2:
            points.append(source.words(question, "text", 1_000))
            question.note("IMPORT-ANSWERS", "without answers that are graded; it became a point")
            continue
        values = [one.value for one in answers]
        own = question.number("weight") or Fraction(1)
        weight = (max(values) - min(values)) * max(own, Fraction(1))
        found.append(Graded(question, urn.lower(), answers, weight))
    total = sum((one.weight for one in found), Fraction(0))
    graded = tuple(Graded(one.entry, one.key, one.answers, one.weight / total) for one in found)
    return graded, tuple(filter(None, points))


def _answers(source: CisoFramework, question: Entry) -> tuple[Answer, ...]:
    """Read answers by score, or else by result; "not applicable" is a state of crmplan."""
    choices = [
        one
        for one in question.entries("choices")
        if one.text("compute_result", 40) != "not_applicable"
    ]
    has_scores = any(one.has("add_score") for one in choices)
    found = []
    for one in choices:
        one.lose("select_implementation_groups", code="IMPORT-CONDITION")
        result = one.text("compute_result", 40)
        value = one.number("add_score") if has_scores else _RESULTS.get(result)
        if value is not None:
            found.append(Answer(source.words(one, "value", 500), value))
        elif has_scores or result:
            one.note("IMPORT-ANSWERS", "an answer without a score is left out")
    return tuple(found)
