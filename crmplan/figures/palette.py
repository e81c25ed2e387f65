"""Colours that stay apart for colour-blind readers, and the contrast between two colours."""

from __future__ import annotations

# Found by search: each has 3:1 or more on white, and any two differ by 19.8 (CIEDE2000) or more
# in normal, protan, deutan and tritan vision. The first also carries white text (4.8:1).
CATEGORIES = ("#C9461A", "#31208F", "#309D8B", "#624C67", "#A97CF0", "#720119")

CRITICAL = CATEGORIES[0]
CRITICAL_TINT = "#FCEFE9"

BLACK = "#000000"
INK = "#1F2933"
INK_SOFT = "#52606D"
LINE = "#75838F"
HAIRLINE = "#D5DBE1"
PAPER = "#FFFFFF"
PANEL = "#F3F6F9"
PANEL_EDGE = "#E3E9EF"
GATE = "#3E4C59"

# One dark line per lane, in lane order. Critical red is left out on purpose.
LANES = ("#31208F", "#1F7A6C", "#624C67", "#7A4FC4", "#2B5C8A", "#720119")

# Light to dark, one per step of the scale: readable in grey print as well.
SEQUENCE = ("#F4F8FB", "#D6E6F2", "#AFCFE6", "#7FB1D6", "#4A8BBF", "#1F5F96", "#0B3A66")


def lane_colour(position: int) -> str:
    """The line colour of a lane; colours repeat after the sixth."""
    return LANES[position % len(LANES)]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21.

    Source: W3C (2018), WCAG 2.1, "contrast ratio" and "relative luminance".
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_colour_on(background: str) -> str:
    """Black or white, whichever reads better: 4.5:1 or more on any ground."""
    return max((BLACK, PAPER), key=lambda colour: contrast(colour, background))


def blend(start: str, end: str, share: float) -> str:
    """A colour between two others; share 0 is the start, 1 the end."""
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def sequence_colour(share: float) -> str:
    """A colour of the light-to-dark sequence for a share of the scale, 0 to 1."""
    steps = len(SEQUENCE) - 1
    place = min(max(share, 0.0), 1.0) * steps
    step = min(int(place), steps - 1)
    return blend(SEQUENCE[step], SEQUENCE[step + 1], place - step)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)
