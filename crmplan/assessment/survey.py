"""Survey templates: what is asked of customers or employees, and which results come of it.

A question may be asked more than once: what was expected and what was got, with a feature and
without it. Each such prompt has a scale. An answer is stored under its key: the id of the
question, followed by that of the prompt where a question has several.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from crmplan.assessment.definition import (
    Definition,
    Element,
    Exact,
    Id,
    LevelTexts,
    Source,
    Text,
    WholeDefinition,
)
from crmplan.assessment.framework import Confidence
from crmplan.assessment.survey_rules import (
    BandRule,
    DifferenceRule,
    MeanRule,
    Result,
    ResultRule,
    ZoneRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class SourcedElement(Element):
    """An element that says where it comes from, and how surely its source was read."""

    source: Source
    confidence: Confidence | None = None


class Steps(SourcedElement):
    """A scale of whole numbers; at least its ends have words."""

    kind: Literal["steps"]
    lowest: int
    highest: int
    labels: LevelTexts

    @model_validator(mode="after")
    def _ends_have_words(self) -> Self:
        if self.lowest >= self.highest:
            raise ValueError("highest: above lowest")
        if not {self.lowest, self.highest} <= set(self.labels):
            raise ValueError(f"labels: words for {self.lowest} and {self.highest}, the ends")
        if any(not self.lowest <= step <= self.highest for step in self.labels):
            raise ValueError(f"labels: from {self.lowest} to {self.highest} only")
        return self

    @property
    def steps(self) -> range:
        """All steps, the lowest first."""
        return range(self.lowest, self.highest + 1)


class Amount(SourcedElement):
    """A number with a unit, between two bounds where it has any."""

    kind: Literal["amount"]
    unit: Text
    lowest: Exact | None = None
    highest: Exact | None = None


class Comment(SourcedElement):
    """Free words; they are kept, but nothing is computed of them."""

    kind: Literal["comment"]


AnswerScale = Annotated[Steps | Amount | Comment, Field(discriminator="kind")]


class Prompt(SourcedElement):
    """How a question is asked, and on which scale it is answered."""

    ask: Text
    scale: Id


class SurveyQuestion(SourcedElement):
    """Something people are asked about.

    Attributes:
        prompts: each is one answer.
        better: whether a higher or a lower number is good; for trends of amounts.
        dimensions: dimensions of maturity frameworks that it speaks of.
    """

    text: Text
    prompts: tuple[Id, ...] = Field(min_length=1)
    better: Literal["higher", "lower"] = "higher"
    dimensions: tuple[Id, ...] = ()

    def key(self, prompt: str) -> str:
        """Name the answer to one prompt."""
        return self.id if len(self.prompts) == 1 else f"{self.id}.{prompt}"


class Section(SourcedElement):
    """Questions under one heading."""

    title: Text
    questions: tuple[SurveyQuestion, ...] = Field(min_length=1)


class Zone(SourcedElement):
    """A stretch of the scale, from ``at_least`` up to the next zone; the first begins lowest."""

    title: Text
    meaning: Text
    behaviour: Text
    at_least: Exact | None = None


class Reporting(Definition):
    """From how many forms on something is said.

    Attributes:
        shown_from: below it no number is shown: nobody shall be recognised.
        claims_from: below it there is no interval and no judgement; for trends, periods.
    """

    shown_from: int = Field(default=5, ge=1)
    claims_from: int = Field(default=30, ge=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer that a form asks for."""

    key: str
    section: Section
    question: SurveyQuestion
    prompt: Prompt
    scale: Steps | Amount | Comment


class Survey(WholeDefinition):
    """A survey template.

    Attributes:
        asked_of: whom it is made for.
        introduction: printed at the head of the form; {organisation} stands for the client's name.
    """

    asked_of: Text
    introduction: Text
    scales: tuple[AnswerScale, ...]
    prompts: tuple[Prompt, ...]
    zones: tuple[Zone, ...] = ()
    sections: tuple[Section, ...]
    results: tuple[Result, ...]
    reporting: Reporting = Reporting()

    @cached_property
    def question(self) -> dict[str, SurveyQuestion]:
        """All questions by id, in order."""
        return {one.id: one for section in self.sections for one in section.questions}

    @cached_property
    def prompt(self) -> dict[str, Prompt]:
        """All prompts by id."""
        return {one.id: one for one in self.prompts}

    @cached_property
    def scale(self) -> dict[str, Steps | Amount | Comment]:
        """All scales by id."""
        return {one.id: one for one in self.scales}

    @cached_property
    def result(self) -> dict[str, Result]:
        """All results by id, in order."""
        return {one.id: one for one in self.results}

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Every answer that a form asks for, by key, in the order of the form."""
        return {
            one.key: one
            for section in self.sections
            for question in section.questions
            for prompt_id in question.prompts
            for prompt in (self.prompt[prompt_id],)
            for one in (
                Asked(question.key(prompt_id), section, question, prompt, self.scale[prompt.scale]),
            )
        }

    def questions_of(self, ids: Iterable[str]) -> tuple[SurveyQuestion, ...]:
        """Give questions by their ids; the id of a section stands for all its questions."""
        members = {section.id: section.questions for section in self.sections}
        return tuple(
            question for one in ids for question in members.get(one) or (self.question[one],)
        )

    def range_of(self, rule: ResultRule) -> tuple[int, int] | None:
        """Give the lowest and highest mean that a rule can find; None if its scale has no ends.

        For differences it is the range of the two means that are compared.
        """
        if isinstance(rule, BandRule):
            return 1, 1 + max(len(part.bounds) for part in rule.parts)
        if isinstance(rule, MeanRule | ZoneRule | DifferenceRule):
            scale = self.scale[self.prompt[rule.prompt].scale]
            if isinstance(scale, Steps):
                return scale.lowest, scale.highest
        return None
