"""Numbers and days as people type them, in the digits and calendars of the three languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Any

_MARKS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "−": "-", "–": "-"})
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,20})?")
_PLAIN = re.compile(r"-?[0-9]{1,30}([.,][0-9]{1,20})?")
_DAY = re.compile(r"([0-9]{2,4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(T00:00:00)?")
_LAST_REPUBLIC_YEAR = 200
_LAST_JALALI_YEAR = 1699
_REPUBLIC = 1911
"""The year before the first of the calendar that Taiwan counts its years by."""


def typed_number(text: str) -> Fraction | None:
    """Read a number such as 1,250.5, ۱۲۵۰٫۵ or 3,5; None if it is none.

    A comma before exactly three digits parts thousands, any other a fraction.
    """
    written = _in_ascii(text)
    if _GROUPED.fullmatch(written):
        return Fraction(written.replace(",", ""))
    return Fraction(written.replace(",", ".")) if _PLAIN.fullmatch(written) else None


def typed_day(text: str) -> date | None:
    """Read a day, year first: 2026-10-05, ۱۴۰۵/۰۷/۱۳, 115/10/5; None if it is none.

    The year tells the calendar: up to 200 that of the Republic, up to 1699 Jalali, then Gregorian.
    """
    found = _DAY.fullmatch(_in_ascii(text).removeprefix("民國"))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        if year <= _LAST_REPUBLIC_YEAR:
            return date(year + _REPUBLIC, month, day)
        return _jalali(year, month, day) if year <= _LAST_JALALI_YEAR else date(year, month, day)
    except ValueError:
        return None


def decimal_text(number: Fraction) -> str:
    """Write a number that was typed with a decimal point in the shortest exact way."""
    whole, rest = divmod(abs(number), 1)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{'-' if number < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def _jalali(year: int, month: int, day: int) -> date:
    from persiantools.jdatetime import JalaliDate

    given: Any = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
    found: date = given.to_gregorian()
    return found


def _in_ascii(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).translate(_MARKS)
    kept = (one for one in normal if not one.isspace() and unicodedata.category(one) != "Cf")
    return "".join(str(unicodedata.decimal(one, one)) for one in kept)
