"""Which initiatives answer the gaps, why, and why the others do not.

An initiative is wanted if it leads a dimension that has a gap from below its target to above where
it stands. What a wanted initiative requires is pulled in, unless its dimension has already passed
the level it leads to. Rules of the framework add, order and postpone. Method:
docs/method/selection.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmplan.assessment import consistency_rules as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crmplan.assessment.consistency import Finding
    from crmplan.assessment.gaps import GapAnalysis
    from crmplan.assessment.plan_records import Choice, InitiativeChoice
    from crmplan.planning.initiatives import Catalogue, Initiative

ReasonKind = Literal["closes-gap", "required-by", "rule", "decided"]
LeftOutKind = Literal[
    "no-gap",
    "already-reached",
    "beyond-target",
    "not-assessed",
    "postponed",
    "needs-postponed",
    "over-budget",
    "excluded",
    "needs-excluded",
]
ConflictKind = Literal["rule-postpones", "rule-demands", "needs-excluded", "already-reached"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an initiative is in: ``by`` is a dimension, an initiative or a rule, as the kind says.

    ``decided`` is a decision of people; ``by`` is then the initiative itself.
    """

    kind: ReasonKind
    by: str


@dataclass(frozen=True, slots=True)
class ChosenInitiative:
    """An initiative that is in the plan.

    Attributes:
        reasons: all of them, the gap first.
        in_place: what it requires and the organisation is taken to have already.
    """

    id: str
    reasons: tuple[Reason, ...]
    in_place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutInitiative:
    """An initiative that is not in the plan; ``by`` is the rule or initiative behind it."""

    id: str
    kind: LeftOutKind
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One task comes before another because a rule says so; both are initiatives or activities."""

    before: str
    after: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class ChoiceConflict:
    """What people decided about an initiative contradicts something; their decision is kept.

    Attributes:
        initiative: what was decided about.
        kind: a rule postpones what they want, or demands what they exclude; what they want needs
            what they exclude; its level is reached already.
        by: the rule, the excluded initiative, or the dimension.
    """

    initiative: str
    kind: ConflictKind
    by: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is in, what is out, and what the rules order; in the order of the catalogue."""

    chosen: tuple[ChosenInitiative, ...]
    left_out: tuple[LeftOutInitiative, ...]
    orders: tuple[Order, ...]
    conflicts: tuple[ChoiceConflict, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The chosen initiatives."""
        return frozenset(one.id for one in self.chosen)


def select_initiatives(
    gaps: GapAnalysis,
    catalogue: Catalogue,
    *,
    findings: Iterable[Finding] = (),
    framework_rules: Iterable[rules.ConsistencyRule] = (),
    choices: Iterable[InitiativeChoice] = (),
) -> Selection:
    """Choose initiatives.

    Args:
        gaps: gaps of the catalogue's framework.
        catalogue: the initiatives to choose from.
        findings: rules that spoke.
        framework_rules: the rules, for what they ask of the plan.
        choices: initiatives that people want or do not want, whatever the gaps say; those that the
            catalogue does not have are another framework's.
    """
    spoken = {finding.rule_id for finding in findings}
    effects = [(rule.id, rule.effect) for rule in framework_rules if rule.id in spoken]
    decided = {one.initiative: one.choice for one in choices if one.initiative in catalogue.by_id}
    work = _Choosing(gaps, catalogue, decided)
    work.postpone(effects)
    for initiative in catalogue.initiatives:
        if decided.get(initiative.id) == "mandatory":
            work.take(initiative, Reason("decided", initiative.id))
    for initiative in catalogue.initiatives:
        if work.closes_gap(initiative):
            work.take(initiative, Reason("closes-gap", initiative.dimension))
    work.follow(effects)
    return work.result(tuple(_orders(effects, work.reasons.keys())))


@dataclass(slots=True)
class _Choosing:
    """The choice while it is being made."""

    gaps: GapAnalysis
    catalogue: Catalogue
    decided: Mapping[str, Choice]
    reasons: dict[str, list[Reason]] = field(default_factory=dict)
    postponed: dict[str, str] = field(default_factory=dict)
    conflicts: dict[ChoiceConflict, None] = field(default_factory=dict)

    def closes_gap(self, initiative: Initiative) -> bool:
        gap = self.gaps.gaps[initiative.dimension]
        return (
            gap.current is not None
            and bool(gap.gap)
            and initiative.level.from_ < gap.target
            and initiative.level.to > gap.current
        )

    def is_in_place(self, initiative: Initiative) -> bool:
        current = self.gaps.gaps[initiative.dimension].current
        return current is not None and current >= initiative.level.to

    def postpone(self, effects: Iterable[tuple[str, rules.Effect]]) -> None:
        for rule_id, effect in effects:
            if not isinstance(effect, rules.Postpone):
                continue
            if self.decided.get(effect.initiative) == "mandatory":
                self._conflict(effect.initiative, "rule-postpones", rule_id)
            else:
                self.postponed[effect.initiative] = rule_id

    def _conflict(self, initiative: str, kind: ConflictKind, by: str) -> None:
        self.conflicts[ChoiceConflict(initiative, kind, by)] = None

    def take(self, initiative: Initiative, reason: Reason) -> None:
        """Take an initiative in with all that it requires.

        One that is excluded or postponed, or needs such a one, stays out, unless people want it:
        then only what it lacks stays out, and the conflict is told.
        """
        if self.decided.get(initiative.id) == "mandatory":
            if excluded := self.excluded_for(initiative):
                self._conflict(initiative.id, "needs-excluded", excluded)
            if self.is_in_place(initiative):
                self._conflict(initiative.id, "already-reached", initiative.dimension)
        elif self.waits_for(initiative) or self.excluded_for(initiative):
            return
        is_new = initiative.id not in self.reasons
        known = self.reasons.setdefault(initiative.id, [])
        if reason not in known:
            known.append(reason)
        if is_new:
            for need in self._missing(initiative):
                self.take(need, Reason("required-by", initiative.id))

    def waits_for(self, initiative: Initiative) -> str | None:
        """Name the postponed initiative that this one is, or needs."""
        return self._first(initiative, lambda one: one in self.postponed)

    def excluded_for(self, initiative: Initiative) -> str | None:
        """Name the initiative that people excluded and that this one is, or needs."""
        return self._first(initiative, lambda one: self.decided.get(one) == "excluded")

    def _first(self, initiative: Initiative, is_meant: Callable[[str], bool]) -> str | None:
        """Find the first that is meant: the initiative itself, or what it needs in the end."""
        if is_meant(initiative.id):
            return initiative.id
        found = (self._first(need, is_meant) for need in self._missing(initiative))
        return next((one for one in found if one), None)

    def _missing(self, initiative: Initiative) -> list[Initiative]:
        needs = [self.catalogue.by_id[need] for need in initiative.needs]
        return [need for need in needs if not self.is_in_place(need)]

    def follow(self, effects: Iterable[tuple[str, rules.Effect]]) -> None:
        """Take in what the rules ask for, unless it is in place already."""
        for rule_id, effect in effects:
            for wanted in _asked_for(effect):
                initiative = self.catalogue.by_id.get(wanted)
                if initiative and not self.is_in_place(initiative):
                    if self.decided.get(initiative.id) == "excluded":
                        self._conflict(initiative.id, "rule-demands", rule_id)
                    self.take(initiative, Reason("rule", rule_id))

    def result(self, orders: tuple[Order, ...]) -> Selection:
        chosen, left_out = [], []
        for initiative in self.catalogue.initiatives:
            if reasons := self.reasons.get(initiative.id):
                in_place = tuple(
                    need
                    for need in initiative.needs
                    if need not in self.reasons and self.is_in_place(self.catalogue.by_id[need])
                )
                chosen.append(ChosenInitiative(initiative.id, tuple(reasons), in_place))
            else:
                left_out.append(self._left_out(initiative))
        return Selection(tuple(chosen), tuple(left_out), orders, tuple(self.conflicts))

    def _left_out(self, initiative: Initiative) -> LeftOutInitiative:
        gap = self.gaps.gaps[initiative.dimension]
        if self.decided.get(initiative.id) == "excluded":
            return LeftOutInitiative(initiative.id, "excluded")
        if initiative.id in self.postponed:
            return LeftOutInitiative(initiative.id, "postponed", self.postponed[initiative.id])
        if gap.current is None:
            return LeftOutInitiative(initiative.id, "not-assessed")
        if initiative.level.to <= gap.current:
            return LeftOutInitiative(initiative.id, "already-reached")
        if not gap.gap:
            return LeftOutInitiative(initiative.id, "no-gap")
        if waits := self.waits_for(initiative):
            return LeftOutInitiative(initiative.id, "needs-postponed", waits)
        if excluded := self.excluded_for(initiative):
            return LeftOutInitiative(initiative.id, "needs-excluded", excluded)
        return LeftOutInitiative(initiative.id, "beyond-target")


def _asked_for(effect: rules.Effect) -> tuple[str, ...]:
    match effect:
        case rules.RequireFirst() | rules.Prefer():
            return effect.initiatives
        case rules.RequireBefore():
            return (effect.initiative,)
        case _:
            return ()


def _orders(
    effects: Iterable[tuple[str, rules.Effect]], chosen: Mapping[str, object] | Iterable[str]
) -> Iterator[Order]:
    ids = list(chosen)
    for rule_id, effect in effects:
        match effect:
            case rules.Hold() if effect.initiative in ids:
                yield Order(effect.until, effect.initiative, rule_id)
            case rules.RequireBefore() if effect.initiative in ids:
                for later in effect.before:
                    if later in ids:
                        yield Order(effect.initiative, later, rule_id)
            case rules.RequireFirst():
                first = [one for one in effect.initiatives if one in ids]
                for later in ids:
                    if later not in first:
                        yield from (Order(one, later, rule_id) for one in first)
