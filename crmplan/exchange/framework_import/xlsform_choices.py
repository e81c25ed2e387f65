"""Lists of choices that can be put in an order, from the worst answer to the best."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.exchange.framework_import.foreign_text import exact
from crmplan.exchange.framework_import.xlsform_workbook import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmplan.exchange.framework_import.foreign_file import Entry

# Answers for which crmplan has states of its own.
_STATES = re.compile(
    r"(not[ _-]?applicable|n[ _/-]?a|do(n'?t| not)[ _]know|dont_know|dk|unknown|unsure|refused"
    r"|other|no[ _]answer)",
    re.IGNORECASE,
)
_LADDER = {"no": Fraction(0), "partly": Fraction(1, 2), "partially": Fraction(1, 2),
           "yes": Fraction(1)}  # fmt: skip
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>-?[0-9]{1,6})")


def graded_choices(rows: Iterable[Entry]) -> tuple[Answer, ...]:
    """Grade the choices of a list; empty if no order can be told from them.

    An order is told by names that are numbers, or end with numbers after the same words, or by
    yes, partly and no. The order of the rows tells nothing: forms list the best first or last.
    """
    graded = [row for row in rows if not _is_state(row)]
    names = [row.text("name", 200).lower() for row in graded]
    values = _numbers(names) or _ladder(names)
    if not values or len(set(values)) < max(2, len(values)):
        return ()
    return tuple(
        Answer(label(row, limit=500) or name, value)
        for row, name, value in zip(graded, names, values, strict=True)
    )


def _is_state(row: Entry) -> bool:
    texts = (row.text("name", 200), label(row, limit=500))
    return any(_STATES.fullmatch(text) for text in texts)


def _numbers(names: Sequence[str]) -> list[Fraction]:
    plain = [exact(name) for name in names]
    if all(one is not None for one in plain):
        return [one for one in plain if one is not None]
    found = [_NUMBERED.fullmatch(name) for name in names]
    if any(one is None for one in found) or len({one["stem"] for one in found if one}) > 1:
        return []
    return [Fraction(one["number"]) for one in found if one]


def _ladder(names: Sequence[str]) -> list[Fraction]:
    return [_LADDER[name] for name in names] if set(names) <= set(_LADDER) else []
