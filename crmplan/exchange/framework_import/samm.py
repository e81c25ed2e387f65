"""OWASP SAMM: practices become dimensions, questions items, quality criteria points.

SAMM's arithmetic is kept: the score of a practice is the sum of its levels, each the mean of its
streams, and a function the mean of its practices. Here all are weighted means, so the score of
SAMM is the score here as a share of the scale, times the number of maturity levels.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import Answer, fit_scale
from crmplan.exchange.framework_import.draft import (
    ConceptDraft,
    Count,
    DimensionDraft,
    FrameworkDraft,
    ItemDraft,
    evenly,
)
from crmplan.exchange.framework_import.foreign_text import sentence, shortened
from crmplan.exchange.framework_import.samm_graph import SammGraph, number_or, read_samm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes

LICENCE = "CC-BY-SA-4.0"
PUBLISHER = "OWASP SAMM"
_SOURCE = (
    "OWASP SAMM core model, github.com/owaspsamm/core: functions, practices, questions, answers "
    "and quality criteria, by the OWASP SAMM project and its contributors."
)
_INTERPRETATION = (
    "Imported from the OWASP SAMM model. Questions, answers and quality criteria are the "
    "project's. Answers keep their distances, so a level may stand between two answers; a SAMM "
    "score, 0 to {levels}, is the score here times {factor}."
)


def samm_draft(documents: Iterable[ForeignFile], notes: Notes, *, licence: str) -> FrameworkDraft:
    """Understand a SAMM model.

    Args:
        documents: the files of its folder ``model``.
        notes: takes up what has no place here.
        licence: the licence found beside the model; empty if none.
    """
    graph = read_samm(documents, notes)
    levels = len(graph.objects["MaturityLevel"])
    dimensions = tuple(
        _practice(graph, function, practice)
        for function in graph.all("Function")
        for practice in graph.of("Practice", "function", function)
        if graph.of("PracticeLevel", "practice", practice)
    )
    kept = evenly(one for one in dimensions if one.items)
    _lose(graph)
    return FrameworkDraft(
        title=PUBLISHER,
        summary=f"Software assurance: {len(kept)} practices of OWASP SAMM.",
        version="2.0.0",
        licence=licence or LICENCE,
        sources=(_SOURCE,),
        interpretation=_INTERPRETATION.format(levels=levels, factor=_factor(kept, levels)),
        dimensions=kept,
        counts=_counts(graph, kept),
        concepts=_concepts(graph, kept),
    )


def _practice(graph: SammGraph, function: Entry, practice: Entry) -> DimensionDraft:
    siblings = graph.of("Practice", "function", function)
    stages = sorted(
        graph.of("PracticeLevel", "practice", practice),
        key=lambda one: number_or(graph.to(one, "maturityLevel", "MaturityLevel"), "number"),
    )
    items = tuple(
        item for level in stages for item in _questions(graph, practice, level) if item.answers
    )
    return DimensionDraft(
        key=practice.text("id"),
        title=practice.text("name", 120),
        purpose=practice.text("shortDescription"),
        items=items,
        source=f"published: {PUBLISHER}, practice {practice.text('name', 120)}",
        group=function.text("name", 120),
        weight=Fraction(1, len(siblings)),
        stages=tuple(sentence(one.text("objective")) for one in stages),
    )


def _questions(graph: SammGraph, practice: Entry, level: Entry) -> Iterable[ItemDraft]:
    """Give the questions of a practice level; the streams of a level weigh the same."""
    activities = graph.of("Activity", "level", level)
    number = graph.to(level, "maturityLevel", "MaturityLevel").text("number", 4)
    for activity in activities:
        questions = graph.of("Question", "activity", activity)
        letter = graph.to(activity, "stream", "Stream").text("letter", 4)
        code = "-".join(filter(None, (practice.text("shortName", 8), number, letter)))
        for question in questions:
            yield ItemDraft(
                key=question.text("id"),
                name=code,
                topic=shortened(f"{code} {activity.text('title')}", 120),
                ask=question.text("text"),
                answers=_answers(graph.to(question, "answerSet", "AnswerSet")),
                source=f"published: {PUBLISHER}, question {code}",
                place=question.place,
                points=question.texts("quality"),
                weight=Fraction(1, len(activities) * len(questions)),
            )


def _answers(answer_set: Entry) -> tuple[Answer, ...]:
    """Read an answer set; empty, and noted, if its values do not differ."""
    answers = tuple(
        Answer(one.text("text", 300), value)
        for one in answer_set.entries("values")
        if (value := one.number("value")) is not None
    )
    if len({one.value for one in answers}) > 1:
        return answers
    answer_set.note("IMPORT-ANSWERS", "the answers of this set do not differ in value")
    return ()


def _factor(dimensions: tuple[DimensionDraft, ...], levels: int) -> str:
    answers = [item.answers for one in dimensions for item in one.items]
    if not answers:
        return "1"
    scale = fit_scale(answers)
    return str(Fraction(levels, scale.highest - scale.lowest))


def _concepts(graph: SammGraph, dimensions: tuple[DimensionDraft, ...]) -> tuple[ConceptDraft, ...]:
    """Keep what the model says about its functions; a group has no text of its own."""
    return tuple(
        ConceptDraft(name, text, members, f"published: {PUBLISHER}, function {name}")
        for one in graph.all("Function")
        if (name := one.text("name", 120))
        and (text := one.text("description"))
        and (members := tuple(d.key for d in dimensions if d.group == name))
    )


def _lose(graph: SammGraph) -> None:
    """Note the texts for which a framework of crmplan has no place."""
    texts = {
        "Practice": ("longDescription",),
        "Stream": ("description",),
        "MaturityLevel": ("description",),
        "Activity": (
            *("benefit", "shortDescription", "longDescription", "results", "metrics", "costs"),
            *("personnel", "notes", "relatedActivities"),
        ),
    }
    for kind, names in texts.items():
        for entry in graph.objects[kind].values():
            entry.lose(*names)


def _counts(graph: SammGraph, dimensions: tuple[DimensionDraft, ...]) -> tuple[Count, ...]:
    items = [item for one in dimensions for item in one.items]
    return (
        Count("business functions", "groups", len({one.group for one in dimensions})),
        Count("practices", "dimensions", len(dimensions)),
        Count("streams", "letters in topics", len(graph.objects["Stream"])),
        Count("practice levels", "levels of dimensions", len(graph.objects["PracticeLevel"])),
        Count("questions", "items", len(items)),
        Count("answer sets", "what is seen at each level", len(graph.objects["AnswerSet"])),
        Count("quality criteria", "points", sum(len(one.points) for one in items)),
    )
