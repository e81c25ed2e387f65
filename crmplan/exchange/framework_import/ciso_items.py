"""The items of a requirement of CISO Assistant: its graded questions, or the requirement itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.exchange.framework_import.ciso_answers import Graded, Step
from crmplan.exchange.framework_import.ciso_library import CisoFramework, Node
from crmplan.exchange.framework_import.draft import ItemDraft
from crmplan.exchange.framework_import.foreign_text import shortened


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the items of a framework are made of.

    Attributes:
        questions: of each requirement that is asked about the graded questions, and the words of
            the others.
    """

    source: CisoFramework
    name: str
    steps: tuple[Step, ...]
    titles: Mapping[str, str]
    questions: Mapping[str, tuple[tuple[Graded, ...], tuple[str, ...]]]

    @property
    def has_graded_questions(self) -> bool:
        """Tell whether some item has answers of its own."""
        return any(graded for graded, _ in self.questions.values())


def items_of(work: Requirements, node: Node) -> Iterator[ItemDraft]:
    """Give the items of a requirement; it weighs the same however many they are."""
    graded, points = work.questions[node.urn]
    if not graded:
        yield _item(work, node, None, points)
    for number, one in enumerate(graded):
        yield _item(work, node, one, () if number else points)


def _item(
    work: Requirements, node: Node, question: Graded | None, points: tuple[str, ...]
) -> ItemDraft:
    entry, title = node.entry, work.titles[node.urn]
    about = work.source.words(entry, "description") or title
    evidence = work.source.words(entry, "typical_evidence", 1_000)
    weight = max(entry.number("weight") or Fraction(1), Fraction(1))
    asked = work.source.words(question.entry, "text") if question else ""
    return ItemDraft(
        key=question.key if question else node.urn,
        name=entry.text("ref_id", 60) or title,
        topic=title,
        ask=asked or f"How far does this hold? {about}",
        answers=question.answers if question else _answers(work),
        source=f"published: {work.name}, {shortened(title, 80)}",
        place=(question.entry if question else entry).place,
        points=points,
        evidence=(evidence,) if evidence else (),
        weight=weight * (question.weight if question else 1),
    )


def _answers(work: Requirements) -> tuple[Answer, ...]:
    """Give the steps of the scale; without words where the scale's own say it for all items."""
    says = work.has_graded_questions
    return tuple(Answer(name if says else "", score) for score, name, _ in work.steps)
