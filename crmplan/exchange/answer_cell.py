"""What a cell says in which a level was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from crmplan.exchange.answer_words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.framework import Scale
    from crmplan.assessment.responses import State

Fault = Literal["word", "range", "fraction"]

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,30})?")
_LONG_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]*)?")
_WORD_AND_LEVEL = re.compile(r"(?P<word>[^0-9]+?):?(?P<level>[0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: a state, and a level if the state has one."""

    state: State
    level: int | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A cell that is no answer: an unknown word, a level off the scale, or half a level."""

    fault: Fault
    text: str


def read_level(
    text: str, *, scale: Scale, words: Mapping[str, State]
) -> Given | NotUnderstood | None:
    """Understand a cell; None if nothing stands in it.

    Args:
        text: the cell as text, as typed.
        scale: the levels there are.
        words: state per plain word, see `known_words`.
    """
    said = plain(text)
    if not said:
        return None
    if state := words.get(said):
        # Somebody else does it, but nobody said how well: a word is enough.
        return Given(state)
    if _NUMBER.fullmatch(said):
        return _number(said, text, scale)
    if _LONG_NUMBER.fullmatch(said):
        return NotUnderstood("range", text)
    return _word_and_level(said, text, scale, words) or NotUnderstood("word", text)


def _number(said: str, text: str, scale: Scale) -> Given | NotUnderstood:
    number = Decimal(said.replace(",", "."))
    if not scale.lowest <= number <= scale.highest:
        return NotUnderstood("range", text)
    if number != int(number):
        return NotUnderstood("fraction", text)
    return Given("scored", int(number))


def _word_and_level(
    said: str, text: str, scale: Scale, words: Mapping[str, State]
) -> Given | NotUnderstood | None:
    """Understand "done elsewhere 4"; answers without a level cannot have one."""
    found = _WORD_AND_LEVEL.fullmatch(said)
    state = words.get(found["word"]) if found else None
    if not found or state not in ("inherited", "out-of-control"):
        return None
    level = int(found["level"])
    if not scale.lowest <= level <= scale.highest:
        return NotUnderstood("range", text)
    return Given(state, level)
