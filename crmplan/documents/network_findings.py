"""What a plan says about its dates, in sentences: on the screen and in the roadmap the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from crmplan.localisation.network_words import NetworkWords
from crmplan.planning.scheduling import NEAR_DAYS

if TYPE_CHECKING:
    from crmplan.assessment.plan_records import CalendarException
    from crmplan.documents.words import Words
    from crmplan.planning.scheduling import Schedule


@dataclass(frozen=True)
class Findings:
    """Writes the findings of one report."""

    words: Words

    def missed(self) -> Iterator[str]:
        """Name every date that is not kept."""
        for one in self._schedule.missed:
            yield self._network.say(
                "missed",
                task=self.words.coded(one.constraint.task),
                constraint=self._network.constraint(one.constraint),
                planned=self.words.locale.date(one.planned),
                time=self._network.days(one.days),
            )

    def negative(self) -> Iterator[str]:
        """Name the chain of tasks that would have to be shorter, if there is one."""
        if chain := self._schedule.worst_chain:
            codes = " → ".join(one.task.code for one in chain)
            time = self._network.days(-chain[-1].times.total_float)
            yield self._network.say("negative", chain=codes, time=time)

    def near(self) -> Iterator[str]:
        """Name the tasks that are nearly critical, unless roles are limited."""
        found = [one.task.code for one in self._schedule.near_critical()]
        if found:
            time = self._network.days(NEAR_DAYS)
            yield self._network.say("near", time=time, tasks=self.words.join(found))

    def beyond(self) -> Iterator[str]:
        """Say from which year on holidays are computed, if the plan runs beyond it."""
        if year := self._schedule.beyond_announced:
            written = self.words.locale.digits(str(year))
            yield self._network.say("beyond", year=written)

    def idle(self) -> Iterator[str]:
        """Name the records that have no effect."""
        if idle := self.words.report.plan.workplan.idle:
            yield self._network.say("idle", records=self.words.join(idle))

    def constraints(self) -> Iterator[tuple[str, str]]:
        """Give every date that binds, beside its task."""
        for one in self.words.report.plan.workplan.constraints:
            yield self.words.coded(one.task), self._network.constraint(one)

    def exceptions(self) -> Iterator[tuple[str, str, str]]:
        """Give the days on which more or less is worked: of whom, when, what; public ones aside."""
        for one in self.words.report.plan.inputs.exceptions:
            if one.source == "own":
                works = self._network.say(f"works.{one.works}")
                text = f"{works} ({one.note})" if one.note else works
                yield self._subject(one), self.words.dates(one.first, one.last), text
        entered = {one.first for one in self.words.report.plan.inputs.exceptions}
        plan = self._schedule
        for day in sorted(plan.calendar.extra_days - entered):
            if plan.start <= day <= plan.finish:
                worked = self._network.say("works.full")
                yield self._network.say("organisation"), self.words.dates(day, day), worked

    def _subject(self, one: CalendarException) -> str:
        if one.scope == "role":
            return self.words.role(one.subject)
        if one.scope == "task":
            return self.words.task(one.subject)
        return self._network.say("organisation")

    @property
    def _schedule(self) -> Schedule:
        return self.words.report.plan.schedule

    @cached_property
    def _network(self) -> NetworkWords:
        return NetworkWords(self.words.locale)
