"""How a questionnaire workbook looks: fonts, colours and the room that a text needs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

INK = "#1F2933"
DARK = "#1F4E5F"
BAND = "#DCE8EC"
LINE = "#B8C4CC"
TO_FILL = "#FFF8DC"
ANSWERED = "#E3F1E3"
MISSING = "#F8C9A8"
CLOSED = "#ECEFF1"

_HIGHEST_ROW = 400.0
_TOKEN = re.compile(r"\S+|\s")


@dataclass(frozen=True, slots=True)
class Look:
    """What a language asks of a sheet.

    A cell knows one font only. Where Vazirmatn is not installed, Excel looks for another font of
    the same character set and family, which is Tahoma or Arial: hence the two numbers.

    Attributes:
        charset, family: numbers by which Excel looks for a substitute font.
        number_format: shows whole numbers in the digits of the language.
        letter: average width of a letter, in characters of the column width.
        line_height: of a line of text, in points.
    """

    font: str
    charset: int
    number_format: str
    letter: float
    line_height: float
    is_rtl: bool = False
    family: int = 2

    def height(self, text: str, width: float) -> float:
        """Estimate the height of a wrapped text in points; Excel does not fit rows by itself."""
        lines = sum(_lines(line, width - 1, self.letter) for line in text.split("\n"))
        return min(lines * self.line_height + 4, _HIGHEST_ROW)


_LATIN = Look("Arial", 0, "0", 0.83, 13.0)
_LOOKS: Mapping[str, Look] = {
    "fa": Look("Vazirmatn", 178, "[$-3000429]0", 0.83, 17.0, is_rtl=True),
    "zh": Look("Microsoft JhengHei", 136, "0", 0.9, 15.5),
}


def look(language: str) -> Look:
    """Give the look of a language; those that are not known look like English."""
    return _LOOKS.get(language, _LATIN)


def numbered(number: object, title: str, language: str) -> str:
    """Put a number before a title; a mark keeps it there where text runs from the right."""
    mark = "\u200f" if look(language).is_rtl else ""
    return f"{mark}{in_digits(number, language)}  {title}"


def in_digits(value: object, language: str) -> str:
    """Write digits as the language does; all other letters stay."""
    text = str(value)
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text


_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class CellFormats:
    """The cell formats of one workbook; equal properties share one format."""

    def __init__(self, workbook: Workbook, look: Look) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._base = {
            "font_name": look.font,
            "font_charset": look.charset,
            "font_family": look.family,
            "font_size": 10,
            "font_color": INK,
            "valign": "top",
            "reading_order": 2 if look.is_rtl else 1,
        }

    def of(self, *styles: Mapping[str, Any]) -> Format:
        """Give the format of some styles together; later ones win."""
        properties = dict(self._base)
        for style in styles:
            properties.update(style)
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]


WRAPPED: Mapping[str, Any] = {"text_wrap": True}
BOXED: Mapping[str, Any] = {"border": 1, "border_color": LINE}
BOLD: Mapping[str, Any] = {"bold": True}
CENTRED: Mapping[str, Any] = {"align": "center"}
HEADER: Mapping[str, Any] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": DARK,
    "valign": "vcenter",
    "text_wrap": True,
    **BOXED,
}
HEADING: Mapping[str, Any] = {"bold": True, "font_size": 12, "font_color": DARK}
# "@" makes Excel keep what is typed as text: "=1+1" stays "=1+1". What people type takes the
# direction of its first letter, because Persian answers hold English names and the other way round.
TYPED: Mapping[str, Any] = {
    "locked": False,
    "bg_color": TO_FILL,
    "num_format": "@",
    "reading_order": 0,
}


def _lines(text: str, width: float, letter: float) -> int:
    """Count the lines of a paragraph, broken at spaces and between Chinese characters."""
    lines, used = 1, 0.0
    for token in _TOKEN.findall(text):
        for part, size in _parts(token, letter):
            if used + size > width and used and not part.isspace():
                lines, used = lines + 1, 0.0
            used += size
            while used > width:
                lines, used = lines + 1, used - width
    return lines


def _parts(token: str, letter: float) -> list[tuple[str, float]]:
    if not any(_is_wide(one) for one in token):
        return [(token, letter * sum(not unicodedata.combining(one) for one in token))]
    return [(one, 1.95 if _is_wide(one) else letter) for one in token]


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
