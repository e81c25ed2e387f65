"""The font files that ship with the program, and which characters they have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import uharfbuzz as hb

import crmplan.localisation
from crmplan.errors import FontMissingError

FONT_FOLDER = Path(crmplan.localisation.__file__).parent / "fonts"

_FILES = {
    ("Vazirmatn", False): "Vazirmatn-Regular.ttf",
    ("Vazirmatn", True): "Vazirmatn-Bold.ttf",
    ("Noto Sans TC", False): "NotoSansTC-Regular.ttf",
    ("Noto Sans TC", True): "NotoSansTC-Bold.ttf",
}

_INVISIBLE = ((0, 0x1F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))


def font_files() -> tuple[Path, ...]:
    """Every font file that a figure can use.

    Raises:
        FontMissingError: if one is not there. Without this check the rasteriser would leave the
            text out and say nothing.
    """
    return tuple(_existing(FONT_FOLDER / name) for name in _FILES.values())


@cache
def face(family: str, *, bold: bool) -> hb.Face:
    """One weight of a family, opened.

    Raises:
        FontMissingError: if its file is not there.
    """
    path = _existing(FONT_FOLDER / _FILES[family, bold])
    return hb.Face(hb.Blob.from_file_path(str(path)))


@cache
def characters(family: str) -> frozenset[int]:
    """The code points that the regular weight of a family has a glyph for."""
    return frozenset(face(family, bold=False).unicodes)


def missing_characters(text: str, families: tuple[str, ...]) -> str:
    """The characters of a text that none of the families can draw, each once, in order."""
    return "".join(
        dict.fromkeys(
            character
            for character in text
            if not is_invisible(character) and not any(_has(f, character) for f in families)
        )
    )


def family_for(character: str, families: tuple[str, ...]) -> str:
    """The first family that has the character; the first of all if none does."""
    if is_invisible(character):
        return families[0]
    return next((f for f in families if _has(f, character)), families[0])


def is_invisible(character: str) -> bool:
    """Joiners, isolates, direction marks, variation selectors and control characters."""
    return any(first <= ord(character) <= last for first, last in _INVISIBLE)


def _has(family: str, character: str) -> bool:
    return ord(character) in characters(family)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FontMissingError(path)
    return path
