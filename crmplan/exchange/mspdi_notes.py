"""What a task's note in MS Project says: what it is for, why it is in the plan, why it waits.

The sentences are those of the roadmap, so that file and document say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from crmplan.data_files import data_folder
from crmplan.exchange.mspdi_calendars import CalendarWords
from crmplan.exchange.plan_rows import task_name
from crmplan.localisation.locale import LanguageCode, Locale
from crmplan.localisation.messages import Messages, catalogue
from crmplan.localisation.network_words import NetworkWords

if TYPE_CHECKING:
    from crmplan.planning.selection import Reason
    from crmplan.planning.workplan import Link, Task
    from crmplan.report import Report

DatesMode = Literal["links", "constraints"]

_COMMENTS: Mapping[DatesMode, Mapping[LanguageCode, str]] = {
    "links": {
        "en": "Dates follow from the links between tasks: "
        "if a task slips, those that wait for it move.",
        "fa": "تاریخ‌ها از وابستگی میان کارها به دست می‌آید؛ "
        "اگر کاری عقب بیفتد، کارهای بعدی هم جابه‌جا می‌شود.",
        "zh": "日期由任務之間的相依關係推算；任務延誤時，後續任務會隨之移動。",
    },
    "constraints": {
        "en": "Every task starts no earlier than planned, so none moves forward when the plan is "
        "calculated anew. Remove these constraints before you plan anew.",
        "fa": "هیچ کاری زودتر از روز برنامه‌ریزی‌شده آغاز نمی‌شود؛ پس با محاسبه دوباره، "
        "کاری جلو نمی‌افتد. پیش از برنامه‌ریزی دوباره این محدودیت‌ها را بردارید.",
        "zh": "每項任務都不早於計畫日期開始，因此重新計算時任務不會提前。"
        "重新規劃之前，請先移除這些限制。",
    },
}
_DAYS: Mapping[LanguageCode, CalendarWords] = {
    "en": CalendarWords("Day off", "Half a working day", "Working day"),
    "fa": CalendarWords("روز تعطیل", "روز نیمه‌کاری", "روز کاری"),
    "zh": CalendarWords("休假日", "半日上班", "補行上班日"),
}


@dataclass(frozen=True)
class Notes:
    """Writes the notes of one report, in its language."""

    report: Report

    @cached_property
    def language(self) -> LanguageCode:
        """The language of the report's texts."""
        return cast("LanguageCode", self.report.definitions.phase_model.language)

    def comments(self, dates: DatesMode) -> str:
        """Say how the file holds its dates; the last line is for programs."""
        return f"{_COMMENTS[dates][self.language]}\ncrmplan dates={dates}"

    @property
    def calendar_words(self) -> CalendarWords:
        """What days are called that are worked otherwise than usual."""
        return _DAYS[self.language]

    def of(self, task: Task) -> str:
        """Write the note of a task: purpose, reasons, effort, and what it waits for."""
        lines = [*self._purpose(task), *self._effort(task), *self._waits(task)]
        return "\n".join(lines)

    def _purpose(self, task: Task) -> Iterator[str]:
        definitions = self.report.definitions
        if task.kind == "initiative":
            yield definitions.catalogue.by_id[task.id].purpose
            yield from (self._reason(one) for one in self._reasons.get(task.id, ()))
            return
        yield definitions.phase_model.activity[task.id].reason
        if task.covered_by:
            codes = (self.report.plan.workplan.task[one].code for one in task.covered_by)
            listed = self._locale.listed(codes)
            yield self._words("phase.covered", initiatives=listed)

    def _reason(self, reason: Reason) -> str:
        if reason.kind == "closes-gap":
            gap = self.report.findings.planning_gaps.gaps[reason.by]
            return self._words(
                "choice.closes-gap",
                dimension=self.report.definitions.planning_framework.dimension[reason.by].short,
                current=self._locale.number(gap.current),
                target=self._locale.level(gap.target),
            )
        if reason.kind == "required-by":
            code = self.report.definitions.catalogue.by_id[reason.by].code
            return self._words("choice.required-by", initiative=code)
        return self._rule("choice.rule", reason.by)

    def _effort(self, task: Task) -> Iterator[str]:
        if task.effort.high:
            low, high = map(self._locale.whole, (task.effort.low, task.effort.high))
            yield self._common("person_days", low=low, high=high)

    def _waits(self, task: Task) -> Iterator[str]:
        for link in self._links.get(task.id, ()):
            before = self.report.plan.workplan.task[link.before]
            label = f"{before.code} {task_name(self.report, before.id)}"
            text = self._because(link)
            if tie := self._network.tie(link):
                text = self._common("parenthesis", text=text, extra=tie)
            yield "← " + self._common("colon", label=label, text=text)

    def _because(self, link: Link) -> str:
        if link.reason == "rule" and link.by:
            return self._rule("links.rule", link.by)
        return self._words(f"links.{link.reason}")

    def _rule(self, message: str, rule_id: str) -> str:
        rules = {rule.id: rule for rule in self.report.definitions.planning_framework.rules}
        return self._words(message, code=rules[rule_id].code, title=rules[rule_id].title)

    @cached_property
    def _reasons(self) -> dict[str, tuple[Reason, ...]]:
        return {one.id: one.reasons for one in self.report.plan.selection.chosen}

    @cached_property
    def _links(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.report.plan.workplan.links:
            found.setdefault(link.after, []).append(link)
        return found

    @cached_property
    def _locale(self) -> Locale:
        return Locale(self.language)

    @cached_property
    def _network(self) -> NetworkWords:
        return NetworkWords(self._locale)

    @cached_property
    def _words(self) -> Messages:
        return catalogue("implementation-roadmap", self.language, _prose())

    @cached_property
    def _common(self) -> Messages:
        return catalogue("common", self.language, _prose())


def _prose() -> Path:
    return data_folder("templates") / "prose"
