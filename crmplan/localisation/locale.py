"""Numbers, dates and lists as one language writes them; the only place that rounds.

Persian uses its own digits, ٫ and ٬ as separators and ٪ after the number; dates are Gregorian or
Jalali as the engagement says. Chinese dates put the year first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

LanguageCode = Literal["en", "fa", "zh"]
Calendar = Literal["gregorian", "jalali"]
LANGUAGES: tuple[LanguageCode, ...] = ("en", "fa", "zh")
NO_VALUE = "–"

_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
}
_JALALI_MONTHS = {
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "en": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
}


@dataclass(frozen=True, slots=True)
class Locale:
    """A language and a calendar."""

    language: LanguageCode = "en"
    calendar: Calendar = "gregorian"

    @property
    def is_rtl(self) -> bool:
        """Tell whether the language is written from right to left."""
        return self.language == "fa"

    def digits(self, text: str) -> str:
        """Write the digits of a text as the language does."""
        return text.translate(_PERSIAN) if self.language == "fa" else text

    def number(self, value: Fraction | float | None, places: int = 1) -> str:
        """Write a number with a fixed number of decimals; halves are rounded up."""
        if value is None:
            return NO_VALUE
        exact = Fraction(value)
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        rounded = quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = f"{rounded or abs(rounded):,}"  # a zero has no sign
        if self.language == "fa":
            text = text.replace(",", "٬").replace(".", "٫")
        return self.digits(text)

    def level(self, value: Fraction | None) -> str:
        """Write a level without decimals if it is whole, else with one."""
        places = 0 if value is not None and value.denominator == 1 else 1
        return self.number(value, places)

    def amount(self, value: Fraction | None) -> str:
        """Write a number with as few decimals as say it, two at most."""
        places = next(
            (n for n in (0, 1) if value is not None and (value * 10**n).denominator == 1), 2
        )
        return self.number(value, places)

    def signed(self, value: Fraction | None) -> str:
        """Write a difference with its sign."""
        if value is None:
            return NO_VALUE
        size = self.number(abs(value))
        if size == self.number(Fraction(0)):
            return size
        return f"{'+' if value > 0 else '−'}{size}"

    def whole(self, value: Fraction | int | None) -> str:
        """Write a whole number."""
        return self.number(None if value is None else Fraction(value), 0)

    def days(self, value: Fraction | int | None) -> str:
        """Write a number of days: a whole one without decimals, one with a half with one."""
        return self.number(value, 0 if value is None or value == int(value) else 1)

    def percent(self, share: Fraction | None, places: int = 0) -> str:
        """Write a share from 0 to 1 in percent."""
        if share is None:
            return NO_VALUE
        number = self.number(share * 100, places)
        return {"en": f"{number}%", "fa": f"{number}٪", "zh": f"{number}%"}[self.language]

    def percent_of(self, share: float) -> str:
        """Write a share that is no exact number in percent, without decimals."""
        return self.percent(Fraction(share).limit_denominator(10**6))

    def date(self, day: dt.date) -> str:
        """Write a day with the name of its month: 5 October 2026, ۱۳ مهر ۱۴۰۵, 2026年10月5日."""
        year, month, number = self._parts(day)
        if self.language == "zh":
            return f"{year}年{month}月{number}日"
        return self.digits(f"{number} {self._month_name(month)} {year}")

    def short_date(self, day: dt.date) -> str:
        """Write a day in figures, year first: 2026-10-05, ۱۴۰۵/۰۷/۱۳, 2026/10/05."""
        year, month, number = self._parts(day)
        mark = "-" if self.language == "en" else "/"
        return self.digits(f"{year:04}{mark}{month:02}{mark}{number:02}")

    def month(self, day: dt.date) -> str:
        """Write month and year: October 2026, مهر ۱۴۰۵, 2026年10月."""
        year, month, _ = self._parts(day)
        if self.language == "zh":
            return f"{year}年{month}月"
        return self.digits(f"{self._month_name(month)} {year}")

    def month_start(self, day: dt.date) -> dt.date:
        """Find the first day of the month of a day, in the calendar of the engagement."""
        if self.calendar == "gregorian":
            return day.replace(day=1)
        from persiantools.jdatetime import JalaliDate

        jalali: Any = JalaliDate(day)  # type: ignore[no-untyped-call]
        first: dt.date = jalali.replace(day=1).to_gregorian()
        return first

    def listed(self, words: Iterable[str]) -> str:
        """Join words with the comma of the language."""
        comma = {"en": ", ", "fa": "، ", "zh": "、"}[self.language]
        return comma.join(words)

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        if self.calendar == "gregorian":
            return day.year, day.month, day.day
        from persiantools.jdatetime import JalaliDate

        jalali: Any = JalaliDate(day)  # type: ignore[no-untyped-call]
        return jalali.year, jalali.month, jalali.day

    def _month_name(self, month: int) -> str:
        names = _MONTHS if self.calendar == "gregorian" else _JALALI_MONTHS
        language = "fa" if self.language == "fa" else "en"
        return names[language].split(" ")[month - 1]
