"""AWS Well-Architected custom lens: pillars become dimensions, questions items, choices points.

The answer of an item is the risk, from high to none. The rules say in words what is seen at each
level; whoever asks applies them, first rule first.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.exchange.framework_import.draft import (
    Count,
    DimensionDraft,
    FrameworkDraft,
    ItemDraft,
)
from crmplan.exchange.framework_import.foreign_file import Entry, ForeignFile, Notes
from crmplan.exchange.framework_import.foreign_text import sentence, shortened, version_of
from crmplan.exchange.framework_import.risk_rules import (
    ALWAYS,
    ConditionError,
    RiskRule,
    choices_in,
    in_words,
    outcomes,
    parse_condition,
    risk_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RISKS = {"HIGH_RISK": Fraction(0), "MEDIUM_RISK": Fraction(1), "NO_RISK": Fraction(2)}
_STEPS = (
    (Fraction(0), "High risk", "What was found out means a high risk by the rules of the lens"),
    (Fraction(1), "Medium risk", "What was found out means a medium risk by the rules of the lens"),
    (Fraction(2), "No risk", "What was found out means no risk by the rules of the lens"),
)
_INTERPRETATION = (
    "Imported from an AWS Well-Architected custom lens. Questions, choices, improvement texts and "
    "rules are the lens's. A lens counts risks and has no score: levels and equal weights are "
    "crmplan's. The rules stand in words at each level; the first one that fits counts."
)
_NO_LICENCE = "Not stated in the lens; ask its publisher before passing it on"
_NONE_OF_THESE = re.compile(r"none of (these|those|the )?( ?above)?", re.IGNORECASE)
_EMPTY = frozenset({"", "-", "--", "n/a", "N/A", "None"})


def aws_lens_draft(document: ForeignFile, notes: Notes) -> FrameworkDraft:
    """Understand a lens.

    Raises:
        ExchangeError: if it is no lens.
    """
    lens = Entry(document, notes, document.value)
    if not lens.has("name", "pillars"):
        raise ExchangeError(f"{document.name}: this is no custom lens: it has no name or pillars")
    title = lens.text("name", 200)
    pillars = tuple(_pillar(one, title) for one in lens.entries("pillars"))
    dimensions = tuple(one for one in pillars if one.items)
    for name, field in lens.fields():
        if name not in ("name", "description", "pillars", "schemaVersion", "_version"):
            field.note("IMPORT-TEXT", f'"{name}" has no place in a framework of crmplan')
    return FrameworkDraft(
        title=title,
        summary=lens.text("description", 1_000) or title,
        version=version_of(lens.text("_version")),
        licence=_NO_LICENCE,
        sources=(f"{title}, AWS Well-Architected custom lens {lens.text('_version')}".strip(),),
        interpretation=_INTERPRETATION,
        dimensions=dimensions,
        counts=_counts(lens, dimensions),
        steps=_STEPS,
    )


def _pillar(pillar: Entry, lens: str) -> DimensionDraft:
    name = pillar.text("name", 120) or pillar.text("id", 120)
    questions = (_question(one, lens) for one in pillar.entries("questions"))
    return DimensionDraft(
        key=f"pillar {pillar.path}",
        title=name,
        purpose=pillar.text("description") or f'Risks that "{lens}" asks about under "{name}"',
        items=tuple(one for one in questions if one),
        source=f"published: {lens}, pillar {name}",
    )


def _question(question: Entry, lens: str) -> ItemDraft | None:
    choices = question.entries("choices")
    titles = {one.text("id"): one.text("title", 500) for one in choices}
    if len(titles) < len(choices):
        question.note("IMPORT-RULE", "two choices have the same id; rules may mean either")
    code = question.text("id", 80)
    title, about = question.text("title"), question.text("description")
    ask = title or about
    if not ask:
        question.note("IMPORT-ANSWERS", "a question without words")
        return None
    question.lose(*(["description"] if title else []), "helpfulResource", "url")
    rules = _rules(question, titles)
    _check(question, rules, [one for one in choices if not _is_none(one)])
    return ItemDraft(
        key=f"question {question.path}",
        name=code or ask,
        topic=shortened(f"{code} {ask}".strip(), 120),
        ask=ask,
        answers=_answers(rules, titles),
        source=f"published: {lens}, question {code}",
        place=question.place,
        points=tuple(_point(one) for one in choices if not _is_none(one) and one.text("title")),
    )


def _is_none(choice: Entry) -> bool:
    """Tell whether a choice says that no other one holds; it is no good practice."""
    says_none = _NONE_OF_THESE.fullmatch(choice.text("title", 500).rstrip("."))
    return choice.text("id").endswith("_no") or says_none is not None


def _point(choice: Entry) -> str:
    """Say a good practice, and how to come to it where the lens tells more than its title."""
    choice.lose("description", "helpfulResource", "additionalResources")
    plan = choice.at("improvementPlan")
    plan.lose("url")
    title, how = choice.text("title", 500), plan.text("displayText", 1_000)
    is_more = how not in _EMPTY and how.rstrip(".").lower() != title.rstrip(".").lower()
    return f"{sentence(title)} How: {how}" if is_more else title


def _rules(question: Entry, titles: Mapping[str, str]) -> tuple[RiskRule, ...]:
    rules = []
    for one in question.entries("riskRules"):
        risk, written = one.text("risk"), one.text("condition", 20_000)
        try:
            condition = parse_condition(written)
        except ConditionError as error:
            one.note("IMPORT-RULE", f"the condition cannot be read: {error}")
            continue
        unknown = sorted(set(choices_in(condition)) - set(titles))
        if unknown or risk not in RISKS:
            what = f'"{unknown[0]}" is no choice' if unknown else f'"{risk}" is no risk'
            one.note("IMPORT-RULE", f"{shortened(what, 120)}; the rule is left out")
            continue
        rules.append(RiskRule(condition, risk))
    return tuple(rules)


def _answers(rules: Sequence[RiskRule], titles: Mapping[str, str]) -> tuple[Answer, ...]:
    """Say at each level which rules lead to it; a level without a rule has no text."""
    words: dict[str, list[str]] = {risk: [] for risk in RISKS}
    for number, rule in enumerate(rules, start=1):
        is_all = number == 1 and rule.condition == ALWAYS
        said = "whatever is chosen" if is_all else in_words(rule.condition, titles)
        words[rule.risk].append(f"Rule {number}: {said}")
    return tuple(
        Answer(shortened(sentence(". ".join(words[risk])), 2_000), value)
        for risk, value in RISKS.items()
    )


def _check(question: Entry, rules: Sequence[RiskRule], good: Sequence[Entry]) -> None:
    """Note rules by which a level is never reached, or the best answer is a risk."""
    where = question.at("riskRules")
    if not rules:
        where.note("IMPORT-RULE", "no rule tells what an answer means")
        return
    ids = [one.text("id") for one in question.entries("choices")]
    reached = outcomes(rules, ids)
    if reached is None:
        where.note("IMPORT-RULE", "too many choices to try all answers; rules are not checked")
        return
    if None in reached:
        where.note("IMPORT-RULE", "some answers fit no rule")
    best = {one.text("id") for one in good}
    if risk_of(rules, best) != "NO_RISK":
        where.note("IMPORT-RULE", "with every good practice chosen, the rules still find a risk")
    for risk in sorted({rule.risk for rule in rules} - reached):
        where.note("IMPORT-RULE", f"no answer leads to {risk}, although a rule names it")
    if len(reached - {None}) == 1:
        where.note("IMPORT-RULE", "every answer means the same risk; here all levels can be given")


def _counts(lens: Entry, dimensions: tuple[DimensionDraft, ...]) -> tuple[Count, ...]:
    questions = [q for pillar in lens.entries("pillars") for q in pillar.entries("questions")]
    points = sum(len(item.points) for one in dimensions for item in one.items)
    choices = sum(len(one.entries("choices")) for one in questions)
    return (
        Count("pillars", "dimensions", len(dimensions)),
        Count("questions", "items", sum(len(one.items) for one in dimensions)),
        Count("choices", "points", points),
        Count('choices "none of these"', "the lowest level", choices - points),
        Count(
            "risk rules",
            "what is seen at a level",
            sum(
                len(_rules(one, {c.text("id"): "" for c in one.entries("choices")}))
                for one in questions
            ),
        ),
    )
