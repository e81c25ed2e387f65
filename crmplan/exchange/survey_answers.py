"""What a cell of a table of replies says: a step, an amount, words, a day, or nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Amount, Comment, Steps
from crmplan.assessment.survey_forms import number_on
from crmplan.exchange.answer_words import known_words, plain
from crmplan.exchange.survey_columns import step_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmplan.assessment.survey import Survey

_NOTHING = frozenset(known_words({}))
"""Words for "does not apply" and "don't know": no answer, but no fault either."""

_THOUSANDS = re.compile(r"-?[0-9]{1,3}([,،][0-9]{3})+(\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?![0-9]).*", re.DOTALL)
_JALALI = range(1300, 1500)


def step_words(surveys: Iterable[Survey]) -> dict[str, dict[str, int]]:
    """Give the step per plain label, by scale, from the same survey in several languages."""
    words: dict[str, dict[str, int]] = {}
    for survey in surveys:
        for scale in survey.scales:
            if isinstance(scale, Steps):
                known = words.setdefault(scale.id, {})
                known |= {plain(text): step for step, text in scale.labels.items()}
                known |= {plain(step_label(scale, step)): step for step in scale.steps}
    return words


def read_answer(cell: str, scale: Steps | Amount | Comment, words: Mapping[str, int]) -> str | None:
    """Read an answer as it is stored; an empty text if the cell gives none.

    Args:
        cell: the cell, as typed: digits of any script, the number or a label of the scale.
        scale: what the answer must lie on.
        words: step per plain label.

    Returns:
        The answer, or None if the cell cannot be understood.
    """
    if isinstance(scale, Comment):
        return cell.strip()
    said = plain(cell)
    if not said:
        return ""
    if said in words:
        return str(words[said])
    number = _number(said)
    if number_on(scale, number) is not None:
        return _shortest(number)
    return "" if said in _NOTHING else None


def _number(said: str) -> str:
    """Write a number with a point for decimals and without marks for thousands."""
    said = said.rstrip("%٪").replace("٬", "").removeprefix("+")
    if _THOUSANDS.fullmatch(said):
        return said.replace(",", "").replace("،", "")
    return said.replace(",", ".")


def _shortest(number: str) -> str:
    """Write 5.0 as 5 and 05 as 5: one number has one form."""
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    whole = str(int(whole)) if whole not in ("-0", "-00") else "0"
    if number.startswith("-") and decimals and not whole.startswith("-"):
        whole = f"-{whole}"
    return f"{whole}.{decimals}" if decimals else whole


def read_day(cell: str) -> date | None:
    """Read a day, year first, Gregorian or Jalali; a time behind it is left out.

    Returns:
        The day, or None if the cell holds no such day.
    """
    found = _DAY.fullmatch(plain(cell))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        if year not in _JALALI:
            return date(year, month, day)
        from persiantools.jdatetime import JalaliDate

        return date.fromordinal(JalaliDate(year, month, day).to_gregorian().toordinal())  # type: ignore[no-untyped-call]
    except ValueError:
        return None
