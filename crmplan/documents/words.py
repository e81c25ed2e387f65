"""The words of a document: sentences, names of things, numbers and dates in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from crmplan.assessment.framework import Dimension
from crmplan.assessment.gaps import Gap
from crmplan.assessment.points import Points
from crmplan.assessment.responses import Decision
from crmplan.data_files import data_folder
from crmplan.documents.text_blocks import CrossReference, Span, Text
from crmplan.localisation.locale import NO_VALUE, Calendar, LanguageCode, Locale
from crmplan.localisation.messages import Messages, catalogue
from crmplan.planning.forecast import Expectation
from crmplan.planning.sizing import EffortRange
from crmplan.planning.working_time import Days
from crmplan.report import Report

# Stands for a reference while a sentence is filled; no document may contain it.
_MARK = "\0"


@dataclass(frozen=True)
class Words:
    """What section code writes with.

    Calling it gives a sentence of the document's catalogue; ids that are not there are looked for
    in ``common``.
    """

    report: Report
    locale: Locale
    messages: Messages

    def __call__(
        self,
        message_id: str,
        given: Mapping[str, str] = MappingProxyType({}),
        /,
        *,
        count: Days | None = None,
        **values: str,
    ) -> str:
        """Give a sentence; ``count`` chooses its form and fills ``{count_text}``."""
        if count is not None:
            values.setdefault("count_text", self.locale.days(count))
        return self.messages(message_id, given, count=count, **values)

    def referring(
        self, message_id: str, bookmark: str, /, *, count: int | None = None, **values: str
    ) -> Text:
        """Give a sentence with a live reference where it says {figure} or {section}."""
        clean = {name: value.replace(_MARK, "") for name, value in values.items()}
        sentence = self(message_id, count=count, figure=_MARK, section=_MARK, **clean)
        before, _, after = sentence.partition(_MARK)
        parts = (Span(before), CrossReference(bookmark), Span(after))
        return tuple(one for one in parts if not isinstance(one, Span) or one.text)

    def listed(self, message_id: str, /, **values: str) -> tuple[str, ...]:
        """Give the sentences of a list."""
        return self.messages.listed(message_id, **values)

    def within(self, document: str) -> Words:
        """Give the same words with the sentences of another catalogue."""
        return words_for(self.report, document, self.locale.language, self.locale.calendar)

    def dimension(self, dimension_id: str) -> str:
        """Name a dimension of either framework."""
        return self._dimensions[dimension_id].title

    def short(self, dimension_id: str) -> str:
        """Name a dimension where room is narrow."""
        return self._dimensions[dimension_id].short

    @property
    def _dimensions(self) -> dict[str, Dimension]:
        definitions = self.report.definitions
        return {**definitions.planning_framework.dimension, **definitions.framework.dimension}

    def topic(self, item_id: str) -> str:
        """Name an item of either framework."""
        definitions = self.report.definitions
        items = definitions.framework.items
        return (items.get(item_id) or definitions.planning_framework.items[item_id]).topic

    def question_code(self, item_id: str) -> str:
        """Give the code of a question: dimension and place, such as Q-3.4."""
        definitions = self.report.definitions
        for framework in (definitions.framework, definitions.planning_framework):
            for dimension in framework.dimensions:
                for number, item in enumerate(dimension.items, start=1):
                    if item.id == item_id:
                        return f"Q-{dimension.number}.{number}"
        raise KeyError(item_id)

    def coded_topic(self, item_id: str) -> str:
        """Name an item with its code."""
        return f"{self.question_code(item_id)} {self.topic(item_id)}"

    def gap_code(self, dimension_id: str) -> str:
        """Give the code of the gap of a dimension, such as G-3."""
        return f"G-{self._dimensions[dimension_id].number}"

    def subject(self, element_id: str) -> str:
        """Name a dimension or an item."""
        return (
            self.dimension(element_id) if element_id in self._dimensions else self.topic(element_id)
        )

    def factor(self, factor_id: str) -> str:
        """Name an external factor."""
        factors = self.report.definitions.factors.factors
        return next(one.text for one in factors if one.id == factor_id)

    def task(self, task_id: str) -> str:
        """Name a task: an initiative or a standing activity."""
        definitions = self.report.definitions
        if task_id in definitions.catalogue.by_id:
            return definitions.catalogue.by_id[task_id].title
        return definitions.phase_model.activity[task_id].title

    def coded(self, task_id: str) -> str:
        """Name a task with its code."""
        return f"{self.report.plan.workplan.task[task_id].code} {self.task(task_id)}"

    def initiative(self, initiative_id: str) -> str:
        """Name an initiative with its code, whether it was chosen or not."""
        found = self.report.definitions.catalogue.by_id[initiative_id]
        return f"{found.code} {found.title}"

    def phase(self, phase_id: str) -> str:
        """Name a phase."""
        return self.report.definitions.phase_model.phase[phase_id].title

    def role(self, role_id: str) -> str:
        """Name a role."""
        return self.report.definitions.phase_model.role[role_id].title

    def group(self, group_id: str) -> str:
        """Name a group of respondents."""
        audiences = {one.id: one.title for one in self.report.definitions.framework.audiences}
        return audiences.get(group_id, group_id)

    def person(self, respondent_id: str) -> str:
        """Name a respondent."""
        people = {one.id: one.name for one in self.report.assessment.respondents}
        return people.get(respondent_id, respondent_id)

    def decision(self, item_id: str) -> Decision:
        """Give the decision on a contested item, as the document may tell it."""
        return next(one for one in self.report.assessment.decisions if one.item == item_id)

    def level_name(self, level: int) -> str:
        """Name a level of the scale."""
        return self.report.definitions.framework.scale.step(level).name

    def level_text(self, dimension_id: str, level: int) -> str:
        """Say what a level looks like in a dimension."""
        return self._dimensions[dimension_id].levels[level]

    def standing(self, score: Fraction | None) -> int:
        """Give the level that a score stands on: the whole level at or below the printed score."""
        scale = self.report.definitions.framework.scale
        tenths = int((score or Fraction(0)) * 10 + Fraction(1, 2))
        return max(scale.lowest, min(scale.highest, tenths // 10))

    def range(self, low: Fraction | None, high: Fraction | None) -> str:
        """Write a range of levels; a single level if both ends are printed alike."""
        first, last = self.locale.number(low), self.locale.number(high)
        return first if first == last else self("range", low=first, high=last)

    def points(self, found: Points) -> str:
        """Write points with those there are: 45 of 100."""
        reached, possible = self.locale.number(found.reached, 0), self.locale.level(found.possible)
        return self("of_scale", score=reached, highest=possible)

    def expectation(self, found: Expectation) -> str:
        """Write an expected score with its range; a certain one without."""
        likely = self.locale.number(found.likely)
        around = self.range(found.low, found.high)
        return likely if around == likely else self("parenthesis", text=likely, extra=around)

    def effort(self, effort: EffortRange) -> str:
        """Write a range of person-days without the unit."""
        low, high = self.locale.whole(effort.low), self.locale.whole(effort.high)
        return NO_VALUE if not effort.high else self("range", low=low, high=high)

    def dates(self, start: date, finish: date) -> str:
        """Write two days in figures, one below the other; one day once."""
        days = dict.fromkeys((self.locale.short_date(start), self.locale.short_date(finish)))
        return "\n".join(days)

    def highest(self) -> str:
        """Write the highest level of the scale."""
        return self.locale.whole(self.report.definitions.framework.scale.highest)

    def agreement(self, rwg: Fraction | None) -> str:
        """Write an agreement coefficient."""
        return self.locale.number(rwg, 2)

    def priority(self, gap: Gap) -> str:
        """Write a priority; the sign for one that a rule has raised is explained with the table."""
        written = self.locale.number(gap.priority, 2)
        return self("raised.sign", priority=written) if gap.is_raised else written

    def flow(self, sentences: Iterable[str]) -> str:
        """Write sentences one after the other."""
        return ("" if self.locale.language == "zh" else " ").join(sentences)

    def join(self, words: Iterable[str]) -> str:
        """Join words with commas."""
        return self.locale.listed(words)


def words_for(report: Report, document: str, language: LanguageCode, calendar: Calendar) -> Words:
    """Gather the words of a document.

    Args:
        report: the report, with definitions in the same language.
        document: the catalogue of the document: ``assessment-report`` and so on.
        language: the language.
        calendar: how dates are written.
    """
    folder = data_folder("templates") / "prose"
    common = catalogue("common", language, folder)
    own = catalogue(document, language, folder)
    messages = Messages(language, MappingProxyType({**common.texts, **own.texts}))
    return Words(report, Locale(language, calendar), messages)
