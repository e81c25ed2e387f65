"""Fonts, sizes, direction and language tags of each document language."""

from __future__ import annotations

from dataclasses import dataclass

from crmplan.documents.settings import Language


@dataclass(frozen=True, slots=True)
class Typography:
    """How one language is set.

    Sizes are half points, as Word counts them. ``digit_font`` draws ASCII digits in the
    language's shapes, for numbers that Word itself writes (fields, list numbers, charts).
    ``leading`` takes some of the room between lines that fonts with tall letters bring along.
    """

    tag: str
    latin_tag: str
    latin: str
    complex: str
    east_asian: str
    digit_font: str
    size: int
    complex_size: int
    line: int
    rtl: bool = False
    caption_separator: str = ".\u2002"
    leading: float = 1.0

    @property
    def chart_font(self) -> str:
        """The font of the ASCII digits and Latin letters in charts."""
        return self.digit_font if self.rtl else self.latin


# Arial has the metrics of Liberation Sans: page numbers measured by LibreOffice hold in Word.
_ENGLISH = Typography(
    tag="en-GB",
    latin_tag="en-GB",
    latin="Arial",
    complex="Arial",
    east_asian="Microsoft JhengHei",
    digit_font="Arial",
    size=20,
    complex_size=20,
    line=288,
)
_PERSIAN = Typography(
    tag="fa-IR",
    latin_tag="en-US",
    latin="Vazirmatn",
    complex="Vazirmatn",
    east_asian="Microsoft JhengHei",
    digit_font="Vazirmatn FD",
    size=19,
    complex_size=21,
    line=250,
    rtl=True,
    leading=0.9,
)
_CHINESE = Typography(
    tag="zh-TW",
    latin_tag="en-GB",
    latin="Arial",
    complex="Arial",
    east_asian="Microsoft JhengHei",
    digit_font="Arial",
    size=21,
    complex_size=21,
    line=270,
    caption_separator="\u3000",
    leading=0.92,
)
_BY_LANGUAGE: dict[Language, Typography] = {"en": _ENGLISH, "fa": _PERSIAN, "zh": _CHINESE}


def typography(language: Language) -> Typography:
    """How a document in this language is set."""
    return _BY_LANGUAGE[language]
