"""The risk rules of a custom lens: which answers mean which risk; the first rule that fits counts.

A condition joins ids of choices by ``&&``, ``||``, ``!`` and brackets, or is ``default``. Source:
AWS Well-Architected Tool, lens format specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

MOST_BRACKETS = 50
LONGEST_CONDITION = 10_000
MOST_CHOICES_TRIED = 10
DEFAULT = "default"
_TOKEN = re.compile(r"\s*(&&|\|\||!|\(|\)|[\w.-]+)")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice is ticked."""

    choice: str


@dataclass(frozen=True, slots=True)
class Not:
    """A condition does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Joined:
    """All, or any, of some conditions hold; no parts and all: always."""

    is_all: bool
    parts: tuple[Condition, ...]


Condition: TypeAlias = Chosen | Not | Joined
ALWAYS = Joined(is_all=True, parts=())


@dataclass(frozen=True, slots=True)
class RiskRule:
    """A risk and when it holds, if no rule before did."""

    condition: Condition
    risk: str


class ConditionError(ValueError):
    """A condition that is not written as the format says."""


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: if it cannot be read.
    """
    if len(text) > LONGEST_CONDITION:
        raise ConditionError("it is too long")
    if text.strip() == DEFAULT:
        return ALWAYS
    reader = _Reader(_tokens(text))
    found = reader.any_of(0)
    if reader.at < len(reader.tokens):
        raise ConditionError(f"{reader.tokens[reader.at]!r} is not expected")
    return found


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionError(f"{text[at : at + 10].strip()!r} is not expected")
        tokens.append(match[1])
        at = match.end()
    return tokens


@dataclass(slots=True)
class _Reader:
    """Reads tokens from left to right: ! binds before &&, && before ||."""

    tokens: list[str]
    at: int = 0

    def any_of(self, depth: int) -> Condition:
        parts = [self.all_of(depth)]
        while self._take("||"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Joined(is_all=False, parts=tuple(parts))

    def all_of(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self._take("&&"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else Joined(is_all=True, parts=tuple(parts))

    def one(self, depth: int) -> Condition:
        if depth > MOST_BRACKETS:
            raise ConditionError("it has too many brackets within brackets")
        if self._take("!"):
            return Not(self.one(depth + 1))
        if self._take("("):
            inner = self.any_of(depth + 1)
            if not self._take(")"):
                raise ConditionError("a bracket is not closed")
            return inner
        if self.at == len(self.tokens) or not self.tokens[self.at][0].isalnum():
            raise ConditionError("the id of a choice is missing")
        self.at += 1
        return Chosen(self.tokens[self.at - 1])

    def _take(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found


def choices_in(condition: Condition) -> Iterator[str]:
    """Name the choices that a condition speaks of."""
    match condition:
        case Chosen():
            yield condition.choice
        case Not():
            yield from choices_in(condition.part)
        case Joined():
            for part in condition.parts:
                yield from choices_in(part)


def holds(condition: Condition, chosen: Set[str]) -> bool:
    """Tell whether a condition holds where exactly these choices are ticked."""
    match condition:
        case Chosen():
            return condition.choice in chosen
        case Not():
            return not holds(condition.part, chosen)
        case Joined():
            found = (holds(part, chosen) for part in condition.parts)
            return all(found) if condition.is_all else any(found)


def risk_of(rules: Sequence[RiskRule], chosen: Set[str]) -> str | None:
    """Give the risk of the first rule that fits; None if none does."""
    return next((rule.risk for rule in rules if holds(rule.condition, chosen)), None)


def outcomes(rules: Sequence[RiskRule], choices: Sequence[str]) -> frozenset[str | None] | None:
    """Try all ticked choices; None where there are too many to try."""
    if len(choices) > MOST_CHOICES_TRIED:
        return None
    return frozenset(
        risk_of(rules, frozenset(some))
        for size in range(len(choices) + 1)
        for some in combinations(choices, size)
    )


def in_words(condition: Condition, titles: Mapping[str, str]) -> str:
    """Say a condition with the titles of the choices."""
    match condition:
        case Chosen():
            return f'"{titles.get(condition.choice, condition.choice)}"'
        case Not(part=Chosen()):
            return f"not {in_words(condition.part, titles)}"
        case Not():
            return f"not ({in_words(condition.part, titles)})"
        case Joined(is_all=True, parts=()):
            return "in all other cases"
        case Joined():
            return _joined(condition, titles)


def _joined(condition: Joined, titles: Mapping[str, str]) -> str:
    parts = condition.parts
    if all(isinstance(part, Chosen) for part in parts):
        words = "; ".join(in_words(part, titles) for part in parts)
        return f"{'all of' if condition.is_all else 'at least one of'}: {words}"
    if all(isinstance(part, Not) and isinstance(part.part, Chosen) for part in parts):
        words = "; ".join(in_words(part.part, titles) for part in parts if isinstance(part, Not))
        return f"{'none of' if condition.is_all else 'without at least one of'}: {words}"
    joint = " and " if condition.is_all else " or "
    return joint.join(
        f"({in_words(part, titles)})" if isinstance(part, Joined) else in_words(part, titles)
        for part in parts
    )
