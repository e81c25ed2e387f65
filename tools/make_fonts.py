"""Make the two bundled Chinese fonts: Noto Sans TC, cut down, with the simplified forms added.

Run once when the fonts change, in a folder where the two npm packages named in
`crmplan/localisation/fonts/README.md` are unpacked as `tc/` and `sc/`:

    python tools/make_fonts.py FOLDER [TEXT…]

Characters of the given text files are kept as well, so that a rare name can be added.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS = Path(__file__).parents[1] / "crmplan" / "localisation" / "fonts"
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
LATIN = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180))}
SYMBOLS = {
    *map(chr, range(0x2010, 0x2030)),
    *"‰′″‹›※€™→←↑↓↔⇒≈≠≤≥−∞√∑±×÷□■△▲▽▼◆◇○●◎★☆✓✗①②③④⑤⑥⑦⑧⑨⑩",
    *map(chr, range(0x3000, 0x3020)),
    *map(chr, range(0x3105, 0x312A)),
    *map(chr, range(0xFE30, 0xFE50)),
    *map(chr, range(0xFF01, 0xFF5F)),
}
# Vertical writing and alternates are not used; Word and resvg read what is left.
KEPT_FEATURES = ["ccmp", "kern", "mark", "mkmk", "liga"]
DROPPED_TABLES = ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG", "meta"]


def main(folder: Path, texts: Iterable[Path]) -> None:
    """Write one font file per weight."""
    wanted = LATIN | SYMBOLS | big5_level_1() | gb2312_level_1()
    wanted |= {character for path in texts for character in path.read_text(encoding="utf-8")}
    for weight, source in WEIGHTS.items():
        font = open_subset(folder / f"tc/package/{source}/NotoSansTC_{source}.ttf", wanted)
        donor = TTFont(folder / f"sc/package/{source}/NotoSansSC_{source}.ttf")
        add_glyphs(font, donor, wanted - characters_of(font))
        font.save(FONTS / f"NotoSansTC-{weight}.ttf", reorderTables=True)
        print(weight, font["maxp"].numGlyphs, "glyphs")


def big5_level_1() -> set[str]:
    """The 5,401 frequently used traditional characters."""
    return set(decoded("big5", (code.to_bytes(2, "big") for code in range(0xA440, 0xC67F))))


def gb2312_level_1() -> set[str]:
    """The 3,755 frequently used simplified characters, which client names need."""
    rows = range(0xB0, 0xD8)
    return set(decoded("gb2312", (bytes([r, c]) for r in rows for c in range(0xA1, 0xFF))))


def decoded(encoding: str, codes: Iterable[bytes]) -> Iterator[str]:
    """The characters of those codes that the encoding knows."""
    for code in codes:
        try:
            yield code.decode(encoding)
        except UnicodeDecodeError:
            continue


def open_subset(path: Path, characters: set[str]) -> TTFont:
    """The font, reduced to the characters it has of those wanted."""
    options = subset.Options(
        layout_features=KEPT_FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True
    )
    options.drop_tables += DROPPED_TABLES
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    return font


def characters_of(font: TTFont) -> set[str]:
    """The characters that a font maps to a glyph."""
    return {chr(code) for code in font.getBestCmap()}


def add_glyphs(font: TTFont, donor: TTFont, characters: Iterable[str]) -> None:
    """Copy glyphs from a font of the same design and units; those it lacks are left out."""
    names = donor.getBestCmap()
    for code in sorted(ord(character) for character in characters):
        if code not in names:
            continue
        new = f"u{code:04X}"
        font["glyf"][new] = donor["glyf"][names[code]]
        font["hmtx"][new] = donor["hmtx"][names[code]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = new


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
