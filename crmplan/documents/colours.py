"""Colour roles: what a colour means, and the theme colour and paint behind it.

The paints are those of ``templates/word/base/theme.xml.j2``; charts and shapes name the theme
colour, so that a firm's theme recolours them. Distinct for the colour-blind after
Okabe & Ito (2008), Color Universal Design.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crmplan.errors import BlockError

THEME = {
    "text2": "14304F",
    "accent1": "0B6CA8",
    "accent2": "E39A14",
    "accent3": "15806A",
    "accent4": "C2491D",
    "accent5": "7B4F8E",
    "accent6": "7C8896",
}
ROLES = {
    "current": "accent1",
    "target": "accent2",
    "positive": "accent3",
    "negative": "accent4",
    "special": "accent5",
    "neutral": "accent6",
    "ink": "text2",
}
PALE = {
    "pale-current": "E4EFF7",
    "pale-target": "FCF1DD",
    "pale-positive": "E2F1ED",
    "pale-negative": "FAE8E1",
    "pale-special": "F1EAF4",
    "pale-neutral": "EEF1F4",
    "level-0": "F6D5C9",
    "level-1": "FAE3CF",
    "level-2": "FCF1D6",
    "level-3": "E6F0E0",
    "level-4": "CBE5DA",
    "level-5": "A5D3C3",
    "load-1": "EDF4FA",
    "load-2": "D5E6F2",
    "load-3": "B5D3E8",
    "load-4": "8DBBDC",
    "load-5": "F3B98F",
}
# 4.5 on white and a reserve for the pale grounds.
_READABLE = 5.2
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_CHART_NAMES = {"text2": "tx2"}


def paint(colour: str) -> str:
    """Six hexadecimal digits for a role, a theme colour or digits given as such."""
    if _HEX.fullmatch(colour):
        return colour.upper()
    name = ROLES.get(colour, colour)
    if found := THEME.get(name) or PALE.get(name):
        return found
    known = ", ".join(sorted({*ROLES, *THEME, *PALE}))
    raise BlockError(f'colour "{colour}"', f"not one of {known} and no six hexadecimal digits")


def theme_name(colour: str) -> str | None:
    """The theme colour of a role as charts name it, or None for a fixed paint."""
    name = ROLES.get(colour, colour)
    return _CHART_NAMES.get(name, name) if name in THEME else None


def text_paint(colour: str) -> str:
    """The colour of a role for text: darkened until it reads well on white and on pale grounds.

    Source: WCAG 2.1, success criterion 1.4.3: a contrast of 4.5 to 1.
    """
    channels = [int(paint(colour)[i : i + 2], 16) for i in (0, 2, 4)]
    while 1.05 / (_luminance(channels) + 0.05) < _READABLE:
        channels = [round(channel * 0.94) for channel in channels]
    return "".join(f"{channel:02X}" for channel in channels)


def _luminance(channels: Sequence[int]) -> float:
    shares = (channel / 255 for channel in channels)
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(fill: str) -> str | None:
    """White for text on a dark fill; None where the usual ink has contrast enough."""
    red, green, blue = (int(paint(fill)[i : i + 2], 16) for i in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else None
