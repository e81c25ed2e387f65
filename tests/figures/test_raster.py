from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from figure_plans import CHINESE, ENGLISH, LABELS, LANES, NAMES, PERSIAN, node
from PIL import Image, ImageChops

from crmplan.errors import FontMissingError
from crmplan.figures import Figure, FigureStyle, draw_phase, fonts, raster
from crmplan.figures.svg import Canvas


def picture(figure: Figure, width_cm: float = 8) -> Image.Image:
    return Image.open(io.BytesIO(raster(figure, width_cm=width_cm, dpi=110))).convert("L")


def one_text(text: str, style: FigureStyle) -> Figure:
    canvas = Canvas(200, 30, style)
    canvas.text(100, 20, text, size=14, anchor="middle")
    return canvas.finish(title="", description="")


def ink(image: Image.Image) -> int:
    return sum(image.histogram()[:128])


@pytest.mark.parametrize("style", [ENGLISH, PERSIAN, CHINESE], ids=lambda style: style.language)
def test_text_of_every_language_leaves_ink(style: FigureStyle) -> None:
    assert ink(picture(one_text(NAMES[style.language][:12], style))) > 50


def test_persian_letters_are_drawn_joined() -> None:
    joined = picture(one_text("سسسس", PERSIAN))
    apart = picture(one_text("\u200c".join("سسسس"), PERSIAN))

    assert ImageChops.difference(joined, apart).getbbox() is not None
    assert ink(joined) < ink(apart)


def test_a_latin_word_stands_where_persian_readers_expect_it() -> None:
    """In "CRM ما" the reader starts on the right with CRM."""
    right_first = picture(one_text("CRM ما", PERSIAN))

    box = ImageChops.invert(right_first).getbbox()
    assert box is not None
    middle = (box[0] + box[2]) // 2
    right_half = right_first.crop((middle, 0, box[2], right_first.height))
    left_half = right_first.crop((box[0], 0, middle, right_first.height))
    assert ink(right_half) > 1.3 * ink(left_half)


def test_the_picture_has_the_asked_resolution() -> None:
    (figure,) = draw_phase((node(1),), (), LANES[0], labels=LABELS, style=ENGLISH)

    image = Image.open(io.BytesIO(raster(figure, width_cm=16, dpi=220)))

    assert image.width == round(16 / 2.54 * 220)


def test_the_same_figure_gives_the_same_bytes() -> None:
    figure = one_text("A101", ENGLISH)

    assert raster(figure) == raster(figure)


def test_a_missing_font_file_is_reported_instead_of_drawing_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = one_text("A101", ENGLISH)
    folder = tmp_path / "fonts"
    shutil.copytree(fonts.FONT_FOLDER, folder)
    (folder / "NotoSansTC-Bold.ttf").unlink()
    monkeypatch.setattr(fonts, "FONT_FOLDER", folder)

    with pytest.raises(FontMissingError) as caught:
        raster(figure)

    assert caught.value.path == folder / "NotoSansTC-Bold.ttf"
